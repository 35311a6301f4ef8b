/* SPDX-License-Identifier: MIT
 * stamp.h - what the file system says of a file's state: another stamp, another content. */
#ifndef QUOIN_BASE_STAMP_H
#define QUOIN_BASE_STAMP_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Stamp {
    int64_t seconds, nanoseconds; /* of the last writing */
    int64_t size;
    uint64_t inode;
} Stamp; /* all zero: there is no such file */

Stamp stamp_of(const char *path); /* NULL: no file */
bool stamp_equal(const Stamp *a, const Stamp *b);

/* Was the file written so shortly before now that the clock of its file system may not tell the
 * next writing from that one? Then an equal stamp proves nothing. */
bool stamp_is_young(const Stamp *stamp);

#endif
