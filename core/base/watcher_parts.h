/* SPDX-License-Identifier: MIT
 * watcher_parts.h - what watcher.c and watcher_inotify.c share. */
#ifndef QUOIN_BASE_WATCHER_PARTS_H
#define QUOIN_BASE_WATCHER_PARTS_H

#include "base/map.h"
#include "base/stamp.h"
#include "base/watcher.h"

typedef struct WatchRoot {
    Str path; /* terminated */
    bool is_deep;
} WatchRoot;

/* A folder that the kernel watches, at the index of its watch number. */
typedef struct EventWatch {
    Str path; /* empty: this number is not in use */
    bool is_deep;
} EventWatch;

/* Every file as it was seen last. */
typedef struct Sight {
    Arena arena;
    Map files; /* path -> Stamp */
} Sight;

struct Watcher {
    WatcherOptions options;
    Arena arena; /* paths of roots and watches */
    VEC(WatchRoot) roots;
    bool looks;
    Sight sight; /* when it looks */
    int file;    /* inotify's, or -1 */
    VEC(EventWatch) watches;
};

bool watcher_skips(const Watcher *watcher, Str folder);
void watcher_start_looking(Watcher *watcher);

/* False where there are no events. */
bool watcher_open_events(Watcher *watcher);
void watcher_close_events(Watcher *watcher);
/* Files below the folder are added to `found` (may be NULL). False when there are no watches left.
 */
bool watcher_add_events(Watcher *watcher, Str folder, bool is_deep, WatcherChanges *found);
bool watcher_take_events(Watcher *watcher, Arena *arena, WatcherChanges *out);

#endif
