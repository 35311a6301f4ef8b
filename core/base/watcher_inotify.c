/* SPDX-License-Identifier: MIT
 * watcher_inotify.c - Linux: one watch a folder; folders that come get theirs when they are seen.
 *
 * A file counts when it was closed after writing or moved here: in between it is half of itself. */
#include "base/fs.h"
#include "base/path.h"
#include "base/watcher_parts.h"

#ifdef __linux__

#include <dirent.h>
#include <errno.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_DEPTH 64
#define EVENTS                                                                                     \
    (IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF |       \
     IN_ONLYDIR | IN_EXCL_UNLINK)

bool watcher_open_events(Watcher *watcher) {
    watcher->file = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    return watcher->file >= 0;
}

void watcher_close_events(Watcher *watcher) {
    if (watcher->file >= 0) {
        close(watcher->file);
    }
    watcher->file = -1;
    watcher->watches.count = 0;
}

static bool watch_folder(Watcher *watcher, Str folder, bool is_deep) {
    int number = inotify_add_watch(watcher->file, folder.data, EVENTS);
    if (number < 0) {
        return errno != ENOSPC && errno != ENOMEM; /* gone again, or not ours to read: no matter */
    }
    while (watcher->watches.count <= (size_t)number) {
        vec_push(&watcher->watches, ((EventWatch){0}));
    }
    EventWatch *watch = &watcher->watches.items[number];
    watch->is_deep = is_deep || (watch->path.len > 0 && watch->is_deep);
    watch->path = folder;
    return true;
}

typedef struct Descent {
    Watcher *watcher;
    Arena *arena; /* of the paths found */
    WatcherChanges *found;
    Arena scratch;
    bool has_room;
} Descent;

/* First the watch, then the look: what comes in between is seen twice, never missed. */
static void descend(Descent *descent, Str folder, int depth) {
    Watcher *watcher = descent->watcher;
    descent->has_room = descent->has_room && watch_folder(watcher, folder, true);
    DIR *dir = descent->has_room && depth < MAX_DEPTH ? opendir(folder.data) : NULL;
    for (struct dirent *entry; dir != NULL && (entry = readdir(dir)) != NULL;) {
        Str name = str_from(entry->d_name);
        if (watcher_is_noise(name)) {
            continue;
        }
        Str path = path_join(&descent->scratch, folder, name);
        struct stat info;
        if (lstat(str_terminated(&descent->scratch, path), &info) != 0) {
            continue;
        }
        if (S_ISDIR(info.st_mode) && !watcher_skips(watcher, path)) {
            descend(descent, str_from(str_terminated(&watcher->arena, path)), depth + 1);
        } else if (!S_ISDIR(info.st_mode) && descent->found != NULL) {
            vec_push(&descent->found->paths, str_copy(descent->arena, path));
        }
    }
    if (dir != NULL) {
        closedir(dir);
    }
}

static bool add_tree(Watcher *watcher, Str folder, Arena *arena, WatcherChanges *found) {
    Descent descent = {.watcher = watcher, .arena = arena, .found = found, .has_room = true};
    if (!watcher_skips(watcher, folder)) {
        descend(&descent, folder, 0);
    }
    arena_release(&descent.scratch);
    return descent.has_room;
}

bool watcher_add_events(Watcher *watcher, Str folder, bool is_deep, WatcherChanges *found) {
    return is_deep ? add_tree(watcher, folder, NULL, found) : watch_folder(watcher, folder, false);
}

/* A folder that was moved away would go on under its old name. */
static void forget_tree(Watcher *watcher, Str folder) {
    for (size_t i = 0; i < watcher->watches.count; i++) {
        EventWatch *watch = &watcher->watches.items[i];
        if (watch->path.len > 0 && path_is_inside(watch->path, folder)) {
            inotify_rm_watch(watcher->file, (int)i);
            *watch = (EventWatch){0};
        }
    }
}

/* Links are complete when they are made; other files when they are closed. */
static bool is_complete_when_made(const char *path) {
    struct stat info;
    return lstat(path, &info) == 0 &&
           (S_ISLNK(info.st_mode) || (S_ISREG(info.st_mode) && info.st_nlink > 1));
}

static bool take_folder(Watcher *watcher, const struct inotify_event *event, Str path, Arena *arena,
                        WatcherChanges *out) {
    vec_push(&out->paths, str_copy(arena, path));
    if ((event->mask & (IN_MOVED_FROM | IN_DELETE)) != 0) {
        forget_tree(watcher, path);
        return true;
    }
    return !watcher->watches.items[event->wd].is_deep || add_tree(watcher, path, arena, out);
}

static bool take_event(Watcher *watcher, const struct inotify_event *event, Arena *arena,
                       WatcherChanges *out) {
    size_t number = (size_t)event->wd;
    if ((event->mask & IN_Q_OVERFLOW) != 0) {
        out->is_all = true;
        return true;
    }
    if (number >= watcher->watches.count || watcher->watches.items[number].path.len == 0) {
        return true;
    }
    if ((event->mask & IN_IGNORED) != 0) {
        watcher->watches.items[number] = (EventWatch){0};
        return true;
    }
    if (event->len == 0 || watcher_is_noise(str_from(event->name))) {
        return true;
    }
    Str folder = watcher->watches.items[number].path;
    if ((event->mask & IN_ISDIR) != 0) { /* its path is kept: it gets a watch */
        Str path = path_join(&watcher->arena, folder, str_from(event->name));
        return take_folder(watcher, event, str_from(str_terminated(&watcher->arena, path)), arena,
                           out);
    }
    char *path = str_terminated(arena, path_join(arena, folder, str_from(event->name)));
    if ((event->mask & IN_CREATE) == 0 || is_complete_when_made(path)) {
        vec_push(&out->paths, str_from(path));
    }
    return true;
}

bool watcher_take_events(Watcher *watcher, Arena *arena, WatcherChanges *out) {
    _Alignas(struct inotify_event) char bytes[16 * 1024];
    bool has_room = true;
    for (ssize_t len; has_room && (len = read(watcher->file, bytes, sizeof bytes)) > 0;) {
        for (char *at = bytes; at < bytes + len && has_room;) {
            const struct inotify_event *event = (const void *)at;
            has_room = take_event(watcher, event, arena, out);
            at += sizeof *event + event->len;
        }
    }
    return has_room;
}

#else

bool watcher_open_events(Watcher *watcher) {
    (void)watcher;
    return false;
}

void watcher_close_events(Watcher *watcher) {
    (void)watcher;
}

bool watcher_add_events(Watcher *watcher, Str folder, bool is_deep, WatcherChanges *found) {
    (void)watcher, (void)folder, (void)is_deep, (void)found;
    return false;
}

bool watcher_take_events(Watcher *watcher, Arena *arena, WatcherChanges *out) {
    (void)watcher, (void)arena, (void)out;
    return false;
}

#endif
