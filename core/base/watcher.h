/* SPDX-License-Identifier: MIT
 * watcher.h - tells which files below some folders have changed.
 *
 * On Linux the kernel tells (inotify). Elsewhere, where the kernel has no watches left, and where
 * the caller wants it (network folders, containers), every file is looked at when asked. A watcher
 * belongs to one thread. What it names is a hint for being fast: whoever must be right compares the
 * files with what it knows, as a change may be named twice, late, or as `is_all`. */
#ifndef QUOIN_BASE_WATCHER_H
#define QUOIN_BASE_WATCHER_H

#include "base/str.h"
#include "base/vec.h"

typedef struct Watcher Watcher;

/* True leaves the folder (absolute path) and what is below it out. */
typedef bool (*WatcherSkip)(void *context, Str folder);

typedef struct WatcherOptions {
    bool looks;       /* look at every file when asked, whatever the kernel offers */
    WatcherSkip skip; /* may be NULL */
    void *context;
} WatcherOptions;

typedef struct WatcherChanges {
    VEC(Str) paths; /* absolute; of files that are new, other or gone, and of folders that came */
    bool is_all;    /* anything may have changed: the kernel lost count */
} WatcherChanges;

Watcher *watcher_new(const WatcherOptions *options);
void watcher_free(Watcher *watcher);

/* Watches `folder` (absolute, without links in it), with the folders below it, also those that come
 * later, when `is_deep`. Hidden folders below it are left out. False when it is watched already or
 * is not there: nothing happens then. */
bool watcher_add(Watcher *watcher, const char *folder, bool is_deep);

/* Readable when there is something to take. -1 when the watcher has to look: the caller asks from
 * time to time. It may become -1 in any call of watcher_add or watcher_take. */
int watcher_file(const Watcher *watcher);

/* What has changed since the last time, without the files that editors make for themselves. Paths
 * live in `arena`, in the order seen, some perhaps twice; the caller releases the vector. False
 * when there was nothing. */
bool watcher_take(Watcher *watcher, Arena *arena, WatcherChanges *out);

/* Swap files, backups, half-written downloads: names that no site is made of. */
bool watcher_is_noise(Str name);

#endif
