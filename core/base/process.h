/* SPDX-License-Identifier: MIT
 * process.h - run another program, feed it text, take its output. No shell is involved. */
#ifndef QUOIN_BASE_PROCESS_H
#define QUOIN_BASE_PROCESS_H

#include "base/buf.h"

typedef struct ProcessResult {
    int exit_code; /* -1: killed by a signal or by the time limit */
    bool timed_out;
} ProcessResult;

/* Runs argv[0] (found on PATH) with `input` on its standard input; standard output goes to
 * `out`, standard error to `err` (NULL: dropped). Both are cut at `max_bytes`. Returns false when
 * the program could not be started. Safe to call from several threads. */
bool process_run(const char *const argv[], Str input, int timeout_seconds, size_t max_bytes,
                 Buf *out, Buf *err, ProcessResult *result);

/* Absolute path of `program` on PATH; false when it is not there. */
bool process_find(Arena *arena, const char *program, Str *out);

#endif
