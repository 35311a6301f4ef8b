/* SPDX-License-Identifier: MIT
 * sentence.h - the sentence around a place in plain text: what a list of references quotes. */
#ifndef QUOIN_TEXT_SENTENCE_H
#define QUOIN_TEXT_SENTENCE_H

#include "base/str.h"

/* The sentence of `text` that holds the byte at offset `at`, spaces collapsed, at most about `max`
 * bytes: longer ones are cut at words around `at` with "…". Sentences end with '.', '!' or '?'
 * before a space and a capital letter, digit, quote or bracket, unless the word before the '.' is
 * short as in "e.g." or "Fig.". Works in `arena`. */
Str sentence_around(Arena *arena, Str text, size_t at, size_t max);

#endif
