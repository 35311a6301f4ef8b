/* SPDX-License-Identifier: MIT
 * path.h - paths as text: '/'-separated, no file system access.
 *
 * A "site path" is relative to the content folder, normalised (no ".", "..", "//"), without a
 * leading '/': "billing/design.md". The folder of the site itself is the empty path. */
#ifndef QUOIN_BASE_PATH_H
#define QUOIN_BASE_PATH_H

#include "base/buf.h"

Str path_dir(Str path);  /* "a/b.md" -> "a"; "b.md" -> "" */
Str path_base(Str path); /* "a/b.md" -> "b.md" */
Str path_stem(Str path); /* "a/b.tar.gz" -> "b.tar"; ".x" -> ".x" */
Str path_ext(Str path);  /* "a/b.MD" -> ".MD"; none gives empty */

/* A name for readers from a file's or folder's: "billing-rules_2" -> "Billing rules 2". */
Str path_readable(Arena *arena, Str name);

/* a + "/" + b; an empty side gives the other; an absolute b gives b. */
Str path_join(Arena *arena, Str a, Str b);

/* Resolves "." and ".." and doubled slashes. A leading '/' is kept. *escapes is set when ".."
 * leads above the start (those are dropped); it may be NULL. */
Str path_normalise(Arena *arena, Str path, bool *escapes);

/* Appends the relative reference from the file `from` to the file `to` (both site paths, not
 * encoded): from "a/b.html" to "a/c.html" is "c.html", to "x.html" is "../x.html". */
void path_add_relative(Buf *buf, Str from, Str to);

/* Is `path` equal to `folder` or below it? The empty folder contains everything relative. */
bool path_is_inside(Str path, Str folder);

/* Shell-like match of a whole site path: '*' and '?' stay within a part, "**" crosses parts.
 * Bounded: linear in pattern times path. */
bool path_matches(Str pattern, Str path);

/* Percent-encodes everything but RFC 3986 unreserved characters, '/' and the sub-delimiters
 * that are safe in a path segment; and decodes (invalid escapes stay as they are). */
void path_add_encoded(Buf *buf, Str path);
Str path_decode(Arena *arena, Str text);

#endif
