/* SPDX-License-Identifier: MIT
 * words.h - text into the words that a search finds; no language is assumed.
 *
 * themes/default/js/search-engine.js splits queries by the very same rules; a change belongs into
 * both, and tests/search compares them.
 *
 * A word is letters, marks, digits and '_', also with single '-', '.' or apostrophes inside. It is
 * folded: lower case, without diacritics. `REQ-12`, `read_only` and `readOnly` give each part and
 * then the whole without what joins it: "read", "only", "readonly". What follows an apostrophe
 * counts from three letters on ("don't" is "don"). Scripts that do not part their words (Chinese,
 * Japanese, Korean, Thai...) give each pair of neighbouring characters. English plurals become
 * singular: "traits" is "trait", "policies" "policy". */
#ifndef QUOIN_TEXT_WORDS_H
#define QUOIN_TEXT_WORDS_H

#include "base/buf.h"

#define WORD_MAX_CHARS 24 /* parts are cut there; longer wholes are left out */

/* Takes one word in folded form; borrowed until the sink returns. */
typedef void (*WordSink)(void *context, Str word);

/* Every word of `text` in its order. */
void words_split(Str text, WordSink sink, void *context);

#endif
