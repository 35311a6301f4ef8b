/* SPDX-License-Identifier: MIT
 * yaml.h - YAML to Value; the only door to libyaml.
 *
 * Block and flow collections, scalars of every style. Plain scalars are resolved by the YAML 1.2
 * core schema: null, true and false, decimal integers without leading zeros, and floats in their
 * shortest form. Everything else (`no`, `on`, dates, `007`, `1.10`, `0x1F`, `.inf`) stays text.
 * Anchors, aliases, tags, several documents and duplicate keys are errors. Bounds: 64 levels,
 * 64 KiB (front matter) or 1 MiB (files), 20,000 nodes.
 */
#ifndef QUOIN_TEXT_YAML_H
#define QUOIN_TEXT_YAML_H

#include "text/value.h"

#define YAML_MAX_FRONT_MATTER ((size_t)64 * 1024)
#define YAML_MAX_FILE         ((size_t)1024 * 1024)

/* Parses `text`, which starts at line `first_line` of `file`. Returns a Value (a NULL-typed one
 * for empty input), or NULL after reporting at least one "yaml.*" error at its place, with a hint
 * where the cause is one that authors often meet (an unquoted '@', '%', '`', ': ' in a value, a
 * tab, a bracket placeholder that YAML reads as a list). */
Value *yaml_parse(Arena *arena, Str file, Str text, uint32_t first_line, size_t max_bytes,
                  Diag *diag);

#endif
