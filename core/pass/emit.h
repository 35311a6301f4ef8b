/* SPDX-License-Identifier: MIT
 * emit.h - station 5: files into the output folder, whole or not at all.
 *
 * Files that differ from what is there are first written to a stage inside the folder; the commit
 * renames them into place. Until then nothing of yesterday's site has changed, so that a full
 * disk, an interrupt or a crash leaves it whole. A manifest remembers what Quoin wrote; only that
 * is ever removed. */
#ifndef QUOIN_PASS_EMIT_H
#define QUOIN_PASS_EMIT_H

#include "model/config.h"

typedef struct Emit Emit;

typedef struct EmitCounts {
    size_t written, unchanged, removed;
} EmitCounts;

/* Opens `folder` (absolute; it need not exist). NULL after reporting when the folder is not
 * Quoin's and not empty, is or holds the content, would be read as content, or is in use by
 * another build. */
Emit *emit_open(const Config *config, Str folder, Diag *diag);

/* The same in memory, for `serve`: nothing is written. Such an Emit is never committed. */
Emit *emit_open_memory(Diag *diag);

/* Adds a file; thread-safe. False after a failure to write (reported once), and for a path that is
 * no relative one without "..", too long, or taken (reported): that file is left out. */
bool emit_file(Emit *emit, Str path, Str bytes);
bool emit_copy(Emit *emit, const char *disk, Str path);
bool emit_has(const Emit *emit, Str path); /* not while other threads add */

/* What was added to an Emit in memory, borrowed: its bytes, or the file on disk that it is a copy
 * of. Not while other threads add. */
typedef struct EmitView {
    Str bytes;
    const char *disk; /* NULL: `bytes` it is */
} EmitView;
bool emit_get(const Emit *emit, Str path, EmitView *out);
/* All of them, in the order in which they were added. */
typedef void (*EmitVisit)(void *context, Str path, const EmitView *view);
void emit_each(const Emit *emit, EmitVisit visit, void *context);

/* Keeps what was there under this path, if anything was: the new version failed. Thread-safe. */
void emit_keep(Emit *emit, Str path);

/* Puts everything in place. With `keep_obsolete`, files of earlier builds that were not made this
 * time stay (some plugin failed). False when a write failed: nothing has changed then. */
bool emit_commit(Emit *emit, bool keep_obsolete, EmitCounts *counts);

/* Ends without a commit when there was none: nothing has changed. */
void emit_close(Emit *emit);

#endif
