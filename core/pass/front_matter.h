/* SPDX-License-Identifier: MIT
 * front_matter.h - metadata that a page carries: YAML at its top, a sidecar file, and fields that
 * are written as text at its head. */
#ifndef QUOIN_PASS_FRONT_MATTER_H
#define QUOIN_PASS_FRONT_MATTER_H

#include "model/face.h"
#include "model/source.h"
#include "text/markdown.h"

/* Finds the YAML between a first line `---` and the next line `---` or `...`. Gives its text and
 * the number of lines that do not belong to the content (both markers included); 0 when the page
 * has none. A rule followed by text that is no YAML map is content, as on GitHub. */
uint32_t front_matter_find(Str text, Str *yaml);

/* Merges into `meta` (a map) what is not there yet; keys become "last-updated" from
 * "Last_Updated". Later calls fill gaps only, so the order of calls is the order of precedence. */
void front_matter_merge(Arena *arena, Value *meta, const Value *map);

/* Reads the sidecar file of a source, if it has one, into `meta`. */
void front_matter_read_sidecar(Arena *arena, Value *meta, const Source *source, Diag *diag);

/* Fields at the head of the text, before the second heading: `**Status:** Draft` lines,
 * `- Start Date: 2020-01-01` bullets, two-column tables. Adds those that `meta` lacks. */
void front_matter_read_head(Arena *arena, Value *meta, Node *root);

#endif
