/* SPDX-License-Identifier: MIT
 * watcher.c - the watcher's common part, and looking at every file. The kernel's events are in
 * watcher_inotify.c. */
#include "base/fs.h"
#include "base/path.h"
#include "base/watcher_parts.h"

#include <stdlib.h>
#include <string.h>

bool watcher_is_noise(Str name) {
    static const char *const ENDINGS[] = {"~",     ".swp",  ".swo",        ".swx", ".tmp",
                                          ".part", ".orig", ".crdownload", ".bak"};
    if (name.len == 0 || name.data[0] == '.' || name.data[0] == '#' ||
        str_equal(name, STR("4913")) || str_contains(name, STR("___jb_"))) {
        return true; /* 4913: how vim finds out whether it may write */
    }
    for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++) {
        if (str_ends_with(name, str_from(ENDINGS[i]))) {
            return true;
        }
    }
    return false;
}

bool watcher_skips(const Watcher *watcher, Str folder) {
    return watcher->options.skip != NULL && watcher->options.skip(watcher->options.context, folder);
}

/* --- looking at every file ---------------------------------------------------------------------
 */

typedef struct Look {
    const Watcher *watcher;
    Str root;
    bool is_deep;
    Arena *arena;
} Look;

static bool skip_entry(void *context, Str path, FsKind kind) {
    const Look *look = context;
    if (watcher_is_noise(path_base(path))) {
        return true;
    }
    return kind == FS_DIR &&
           (!look->is_deep ||
            watcher_skips(look->watcher, path_join(look->arena, look->root, path)));
}

static void look_at(Watcher *watcher, const WatchRoot *root, Sight *sight) {
    FsEntries entries = {0};
    Look look = {watcher, root->path, root->is_deep, &sight->arena};
    if (fs_walk(&sight->arena, root->path.data, skip_entry, &look, &entries)) {
        for (size_t i = 0; i < entries.count; i++) {
            char *path = str_terminated(
                &sight->arena, path_join(&sight->arena, root->path, entries.items[i].path));
            if (entries.items[i].kind == FS_FILE) {
                Stamp *stamp = arena_new(&sight->arena, Stamp);
                *stamp = stamp_of(path);
                map_add(&sight->files, str_from(path), stamp);
            }
        }
    }
    vec_release(&entries);
}

static void compare(const Sight *before, const Sight *now, Arena *arena, WatcherChanges *out) {
    for (size_t i = 0; i < now->files.count; i++) {
        const MapEntry *entry = &now->files.entries[i];
        const Stamp *old = map_get(&before->files, entry->key);
        if (old == NULL || !stamp_equal(entry->value, old)) {
            vec_push(&out->paths, str_copy(arena, entry->key));
        }
    }
    for (size_t i = 0; i < before->files.count; i++) {
        if (!map_has(&now->files, before->files.entries[i].key)) {
            vec_push(&out->paths, str_copy(arena, before->files.entries[i].key));
        }
    }
}

static void sight_release(Sight *sight) {
    map_release(&sight->files);
    arena_release(&sight->arena);
}

static Sight look_at_all(Watcher *watcher) {
    Sight sight = {0};
    for (size_t i = 0; i < watcher->roots.count; i++) {
        look_at(watcher, &watcher->roots.items[i], &sight);
    }
    return sight;
}

void watcher_start_looking(Watcher *watcher) {
    watcher->looks = true;
    sight_release(&watcher->sight);
    watcher->sight = look_at_all(watcher);
}

static void take_by_looking(Watcher *watcher, Arena *arena, WatcherChanges *out) {
    Sight now = look_at_all(watcher);
    compare(&watcher->sight, &now, arena, out);
    sight_release(&watcher->sight);
    watcher->sight = now;
}

/* --- the watcher ------------------------------------------------------------------------------ */

Watcher *watcher_new(const WatcherOptions *options) {
    Watcher *watcher = calloc(1, sizeof *watcher);
    if (watcher == NULL) {
        abort();
    }
    watcher->options = *options;
    watcher->file = -1;
    watcher->looks = options->looks || !watcher_open_events(watcher);
    return watcher;
}

void watcher_free(Watcher *watcher) {
    if (watcher == NULL) {
        return;
    }
    watcher_close_events(watcher);
    sight_release(&watcher->sight);
    vec_release(&watcher->roots);
    vec_release(&watcher->watches);
    arena_release(&watcher->arena);
    free(watcher);
}

bool watcher_add(Watcher *watcher, const char *folder, bool is_deep) {
    Str path = str_from(folder);
    for (size_t i = 0; i < watcher->roots.count; i++) {
        const WatchRoot *root = &watcher->roots.items[i];
        bool is_covered =
            str_equal(root->path, path) || (root->is_deep && path_is_inside(path, root->path));
        if (is_covered && (root->is_deep || !is_deep)) {
            return false;
        }
    }
    if (fs_kind(folder) != FS_DIR) {
        return false;
    }
    char *copy = str_terminated(&watcher->arena, path);
    WatchRoot root = {str_from(copy), is_deep};
    vec_push(&watcher->roots, root);
    if (!watcher->looks && !watcher_add_events(watcher, root.path, is_deep, NULL)) {
        watcher_close_events(watcher);
        watcher->looks = true;
    }
    if (watcher->looks) {
        watcher_start_looking(watcher);
    }
    return true;
}

int watcher_file(const Watcher *watcher) {
    return watcher->looks ? -1 : watcher->file;
}

bool watcher_take(Watcher *watcher, Arena *arena, WatcherChanges *out) {
    *out = (WatcherChanges){0};
    if (watcher->looks) {
        take_by_looking(watcher, arena, out);
    } else if (!watcher_take_events(watcher, arena, out)) { /* no watches left for new folders */
        watcher_close_events(watcher);
        watcher_start_looking(watcher);
        out->is_all = true;
    }
    return out->paths.count > 0 || out->is_all;
}
