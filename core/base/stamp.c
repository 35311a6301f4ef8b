/* SPDX-License-Identifier: MIT
 * stamp.c - stamps of files. */
#include "base/stamp.h"

#include <stddef.h>
#include <sys/stat.h>
#include <time.h>

/* File systems count by the kernel's tick, at most 10 ms; some by the second. */
#define YOUNG_NANOSECONDS 20000000
#define YOUNG_SECONDS     2

Stamp stamp_of(const char *path) {
    struct stat info;
    if (path == NULL || stat(path, &info) != 0) {
        return (Stamp){0};
    }
#ifdef __APPLE__
    int64_t nanoseconds = info.st_mtimespec.tv_nsec;
#else
    int64_t nanoseconds = info.st_mtim.tv_nsec;
#endif
    return (Stamp){info.st_mtime, nanoseconds, info.st_size, info.st_ino};
}

bool stamp_equal(const Stamp *a, const Stamp *b) {
    return a->seconds == b->seconds && a->nanoseconds == b->nanoseconds && a->size == b->size &&
           a->inode == b->inode;
}

bool stamp_is_young(const Stamp *stamp) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    int64_t seconds = now.tv_sec - stamp->seconds;
    if (stamp->nanoseconds == 0) {
        return seconds < YOUNG_SECONDS;
    }
    return seconds < YOUNG_SECONDS &&
           seconds * 1000000000 + now.tv_nsec - stamp->nanoseconds < YOUNG_NANOSECONDS;
}
