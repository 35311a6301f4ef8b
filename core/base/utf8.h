/* SPDX-License-Identifier: MIT
 * utf8.h - decoding, checking and the few character classes that the rules of GFM and GitHub's
 * anchors need. The tables come from the Unicode Character Database (see utf8_tables.h). */
#ifndef QUOIN_BASE_UTF8_H
#define QUOIN_BASE_UTF8_H

#include "base/buf.h"

/* Decodes one code point at s[*at] and moves *at behind it. An invalid sequence gives U+FFFD
 * and moves by one byte. *at must be < s.len. */
uint32_t utf8_next(Str s, size_t *at);

/* Appends the UTF-8 form of `codepoint` (U+FFFD for what is not a scalar value). */
void utf8_add(Buf *buf, uint32_t codepoint);

/* Byte offset of the first invalid sequence (RFC 3629), STR_NONE when all is valid. */
size_t utf8_find_invalid(Str s);

/* Code points in `s`; used for columns. */
size_t utf8_length(Str s);

/* Appends `text` as a quoted JSON string: control characters and "</" escaped, what is not valid
 * UTF-8 as U+FFFD. */
void utf8_add_json(Buf *buf, Str text);

/* `text` as one line for readers: control characters are white space, runs of white space become
 * one space, what is not valid UTF-8 becomes U+FFFD. */
Str utf8_line(Arena *arena, Str text);

/* Ruby's \p{Word}: letters, marks, decimal numbers, connector punctuation. */
bool utf8_is_word(uint32_t codepoint);
bool utf8_is_space(uint32_t codepoint); /* Zs, tab, LF, FF, CR (GFM 2.1) */
bool utf8_is_punctuation(
    uint32_t codepoint); /* ASCII punctuation and the P* categories (GFM 2.1) */

/* Simple lower-case mapping. */
uint32_t utf8_lower(uint32_t codepoint);

#endif
