/* SPDX-License-Identifier: MIT
 * test_watcher.c - what changes below a folder is told, by the kernel and by looking alike. */
#include "base/fs.h"
#include "base/path.h"
#include "base/watcher.h"

#include "unit.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PATIENCE_MS 5000 /* for the kernel; nothing is measured */

static char root[64];

static void make_root(void) {
    strcpy(root, "/tmp/quoin-watcher-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(root));
}

static void remove_root(void) {
    ck_assert(fs_remove_tree(root));
}

static const char *in_root(Arena *arena, const char *path) {
    return str_terminated(arena, path_join(arena, str_from(root), str_from(path)));
}

static void write_text(const char *path, const char *text) {
    Arena arena = {0};
    const char *disk = in_root(&arena, path);
    ck_assert(fs_make_dirs(str_terminated(&arena, path_dir(str_from(disk)))));
    ck_assert(fs_write(disk, str_from(text)));
    arena_release(&arena);
}

static bool skip_output(void *context, Str folder) {
    (void)context;
    return str_equal(path_base(folder), STR("_site"));
}

/* With `_i` 0 the kernel tells, with 1 the watcher looks. */
static Watcher *watch(int how, bool is_deep) {
    WatcherOptions options = {.looks = how == 1, .skip = skip_output};
    Watcher *watcher = watcher_new(&options);
    ck_assert(watcher_add(watcher, root, is_deep));
    ck_assert(!watcher_add(watcher, root, is_deep));
    return watcher;
}

static bool is_told(Watcher *watcher, const char *path) {
    Arena arena = {0};
    WatcherChanges changes;
    bool found = false;
    for (int i = 0; i < 10 && !found; i++) {
        struct pollfd file = {.fd = watcher_file(watcher), .events = POLLIN};
        if (file.fd >= 0) {
            poll(&file, 1, PATIENCE_MS / 10);
        }
        watcher_take(watcher, &arena, &changes);
        for (size_t k = 0; k < changes.paths.count; k++) {
            found = found || str_equal(changes.paths.items[k], str_from(in_root(&arena, path)));
        }
        vec_release(&changes.paths);
    }
    arena_release(&arena);
    return found;
}

static bool is_quiet(Watcher *watcher) {
    Arena arena = {0};
    WatcherChanges changes;
    struct pollfd file = {.fd = watcher_file(watcher), .events = POLLIN};
    if (file.fd >= 0) {
        poll(&file, 1, 50);
    }
    bool is_changed = watcher_take(watcher, &arena, &changes);
    vec_release(&changes.paths);
    arena_release(&arena);
    return !is_changed;
}

START_TEST(edits_are_told) {
    write_text("a.md", "one");
    write_text("deep/er/b.md", "one");
    Watcher *watcher = watch(_i, true);
    ck_assert(is_quiet(watcher));
    write_text("a.md", "other");
    ck_assert(is_told(watcher, "a.md"));
    write_text("deep/er/b.md", "other");
    ck_assert(is_told(watcher, "deep/er/b.md"));
    ck_assert(is_quiet(watcher));
    watcher_free(watcher);
}
END_TEST

START_TEST(what_comes_and_goes_is_told) {
    Arena arena = {0};
    Watcher *watcher = watch(_i, true);
    write_text("a.md", "one");
    ck_assert(is_told(watcher, "a.md"));
    write_text(".a.md.new", "two");
    ck_assert(fs_rename(in_root(&arena, ".a.md.new"), in_root(&arena, "a.md")));
    ck_assert(is_told(watcher, "a.md"));
    ck_assert(fs_rename(in_root(&arena, "a.md"), in_root(&arena, "b.md")));
    ck_assert(is_told(watcher, "b.md"));
    ck_assert(fs_remove_file(in_root(&arena, "b.md")));
    ck_assert(is_told(watcher, "b.md"));
    ck_assert_int_eq(symlink("nowhere", in_root(&arena, "link.md")), 0);
    ck_assert(_i == 1 || is_told(watcher, "link.md"));
    watcher_free(watcher);
    arena_release(&arena);
}
END_TEST

START_TEST(new_folders_are_watched) {
    Arena arena = {0};
    Watcher *watcher = watch(_i, true);
    write_text("new/deep/a.md", "one");
    ck_assert(is_told(watcher, "new/deep/a.md"));
    write_text("new/deep/a.md", "other");
    ck_assert(is_told(watcher, "new/deep/a.md"));
    ck_assert(fs_rename(in_root(&arena, "new"), in_root(&arena, "moved")));
    ck_assert(is_told(watcher, "moved/deep/a.md"));
    write_text("moved/deep/a.md", "third");
    ck_assert(is_told(watcher, "moved/deep/a.md"));
    ck_assert(fs_remove_tree(in_root(&arena, "moved")));
    write_text("moved/deep/a.md", "fourth");
    ck_assert(is_told(watcher, "moved/deep/a.md"));
    watcher_free(watcher);
    arena_release(&arena);
}
END_TEST

START_TEST(noise_and_skipped_folders_are_not_told) {
    write_text("_site/a.md", "one");
    write_text(".git/index", "one");
    Watcher *watcher = watch(_i, true);
    write_text("_site/a.md", "other");
    write_text(".git/index", "other");
    write_text(".a.md.swp", "x");
    write_text("a.md~", "x");
    write_text("4913", "x");
    ck_assert(is_quiet(watcher));
    watcher_free(watcher);
}
END_TEST

START_TEST(a_flat_watch_stays_flat) {
    write_text("deep/a.md", "one");
    Watcher *watcher = watch(_i, false);
    write_text("deep/a.md", "other");
    ck_assert(is_quiet(watcher));
    write_text("quoin.yaml", "title: A");
    ck_assert(is_told(watcher, "quoin.yaml"));
    watcher_free(watcher);
}
END_TEST

static const struct {
    const char *name;
    bool is_noise;
} NAMES[] = {
    {"design.md", false},     {"quoin.yaml", false},
    {"a.b.c", false},         {"4913.md", false},
    {"tilde~.md", false},     {"template.html", false},
    {".design.md.swp", true}, {"design.md~", true},
    {"#design.md#", true},    {".#design.md", true},
    {"4913", true},           {"design.md.tmp", true},
    {"x.part", true},         {"a___jb_tmp___", true},
    {".DS_Store", true},      {"", true},
};

START_TEST(noise_is_known_by_name) {
    ck_assert_msg(watcher_is_noise(str_from(NAMES[_i].name)) == NAMES[_i].is_noise, "%s",
                  NAMES[_i].name);
}
END_TEST

int main(void) {
    TCase *tcase = tcase_create("watcher");
    tcase_set_timeout(tcase, 60);
    tcase_add_checked_fixture(tcase, make_root, remove_root);
    add_rows(tcase, edits_are_told, 2);
    add_rows(tcase, what_comes_and_goes_is_told, 2);
    add_rows(tcase, new_folders_are_watched, 2);
    add_rows(tcase, noise_and_skipped_folders_are_not_told, 2);
    add_rows(tcase, a_flat_watch_stays_flat, 2);
    add_rows(tcase, noise_is_known_by_name, ROW_COUNT(NAMES));
    return run_suite("watcher", tcase);
}
