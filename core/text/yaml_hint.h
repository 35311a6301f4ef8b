/* SPDX-License-Identifier: MIT
 * yaml_hint.h - what a YAML syntax error probably means, in the words of who wrote the text. */
#ifndef QUOIN_TEXT_YAML_HINT_H
#define QUOIN_TEXT_YAML_HINT_H

#include "base/str.h"

typedef struct YamlFault {
    const char *problem; /* what the parser said */
    const char *context; /* what it was doing; NULL: unknown */
    Str line;            /* the source line where it stopped */
    size_t offset;       /* bytes of that line in front of the place */
} YamlFault;

/* One sentence, and what to do about it (may be empty). Both live in `arena` or for ever. */
void yaml_explain(Arena *arena, const YamlFault *fault, Str *message, Str *hint);

/* "quote the value: owner: "@alice"" for the line; a general advice when it has no "key: value". */
Str yaml_quote_hint(Arena *arena, Str line);

#endif
