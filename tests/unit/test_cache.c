/* SPDX-License-Identifier: MIT
 * The cache between builds: entries are whole or absent, shared by threads, and do not pile up. */
#include "base/cache.h"

#include "base/fs.h"
#include "base/path.h"
#include "base/pool.h"
#include "unit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static char folder[] = "/tmp/quoin-cache-XXXXXX";
static Arena arena;

static void set_up(void) {
    strcpy(folder, "/tmp/quoin-cache-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void tear_down(void) {
    fs_remove_tree(folder);
    arena_release(&arena);
}

static const char *entry_of(const char *kind, const char *key) {
    return cache_entry(&arena, folder, kind, str_from(key));
}

START_TEST(what_is_written_is_read) {
    Str out;
    const char *entry = entry_of("kept", "a key");
    ck_assert(!cache_read(&arena, entry, &out));
    cache_write(&arena, entry, 0, STR("one\0two"));
    ck_assert(cache_read(&arena, entry, &out));
    ck_assert(str_equal(out, STR("one\0two")));
    cache_write(&arena, entry, 0, STR_EMPTY);
    ck_assert(cache_read(&arena, entry, &out));
    ck_assert_uint_eq(out.len, 0);
    ck_assert(!cache_read(&arena, entry_of("run", "a key"), &out));
    ck_assert(!cache_read(&arena, entry_of("kept", "another"), &out));
}
END_TEST

START_TEST(without_a_folder_nothing_is_kept) {
    Str out;
    ck_assert_ptr_null(cache_entry(&arena, NULL, "kept", STR("x")));
    cache_write(&arena, NULL, 0, STR("x"));
    ck_assert(!cache_read(&arena, NULL, &out));
    cache_sweep(NULL);
}
END_TEST

static const char *const broken[] = {"", "quoin 1 ", "one", "quoin 1 0123456789abcdef\none",
                                     "quoin 1 00000000000000000000000000000000\none"};

START_TEST(a_broken_entry_counts_as_absent) {
    Str out;
    const char *entry = entry_of("kept", "key");
    cache_write(&arena, entry, 0, STR("good"));
    ck_assert(fs_write(entry, str_from(broken[_i])));
    ck_assert(!cache_read(&arena, entry, &out));
    cache_write(&arena, entry, 0, STR("good"));
    ck_assert(cache_read(&arena, entry, &out));
}
END_TEST

START_TEST(a_cut_or_changed_entry_counts_as_absent) {
    Str out, whole;
    const char *entry = entry_of("kept", "key");
    cache_write(&arena, entry, 0, STR("some bytes of a drawing"));
    ck_assert(fs_read(&arena, entry, 1000, &whole));
    for (size_t len = 0; len < whole.len; len++) {
        ck_assert(fs_write(entry, str_slice(whole, 0, len)));
        ck_assert(!cache_read(&arena, entry, &out));
    }
    char *changed = str_terminated(&arena, whole);
    changed[whole.len - 1] ^= 1;
    ck_assert(fs_write(entry, (Str){changed, whole.len}));
    ck_assert(!cache_read(&arena, entry, &out));
}
END_TEST

START_TEST(too_large_is_not_kept) {
    Str out;
    const char *entry = entry_of("kept", "key");
    Str large = {arena_alloc(&arena, CACHE_MAX_BYTES + 1), CACHE_MAX_BYTES + 1};
    cache_write(&arena, entry, 0, large);
    ck_assert(!cache_read(&arena, entry, &out));
    large.len--;
    cache_write(&arena, entry, 0, large);
    ck_assert(cache_read(&arena, entry, &out));
}
END_TEST

static void write_and_read(void *context, int worker, size_t item) {
    Arena own = {0};
    Str out;
    Str bytes = str_format(&own, "%0*d", 1 + (int)(item % 5) * 4000, 7);
    (void)context;
    const char *entry = cache_entry(&own, folder, "kept", STR("shared"));
    cache_write(&own, entry, worker, bytes);
    if (cache_read(&own, entry, &out)) { /* whoever wrote it, it is whole */
        ck_assert(str_ends_with(out, STR("7")));
        ck_assert_uint_eq((out.len - 1) % 4000, 0);
    }
    arena_release(&own);
}

START_TEST(threads_may_share_an_entry) {
    Str out;
    pool_run(4, 400, write_and_read, NULL);
    ck_assert(cache_read(&arena, entry_of("kept", "shared"), &out));
}
END_TEST

static void set_age(const char *path, int days) {
    struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = time(NULL) - days * 86400L}};
    ck_assert_int_eq(utimensat(AT_FDCWD, path, times, 0), 0);
}

static int age(const char *path) {
    struct stat info;
    return stat(path, &info) == 0 ? (int)((time(NULL) - info.st_mtime) / 86400) : -1;
}

START_TEST(what_is_used_stays_and_the_rest_goes) {
    Str out;
    const char *used = entry_of("kept", "used"), *old = entry_of("kept", "old"),
               *recent = entry_of("run", "recent"), *gone = entry_of("run", "gone");
    const char *stray = str_format(&arena, "%s.123.0", recent).data;
    const char *const entries[] = {used, old, recent, gone};
    const int days[] = {40, 40, 20, 31};
    for (size_t i = 0; i < 4; i++) {
        cache_write(&arena, entries[i], 0, STR("x"));
        set_age(entries[i], days[i]);
    }
    ck_assert(fs_write(stray, STR("half")));
    set_age(stray, 2);
    ck_assert(cache_read(&arena, used, &out));
    ck_assert_int_eq(age(used), 0);
    cache_sweep(folder);
    ck_assert(cache_read(&arena, used, &out));
    ck_assert_int_eq(age(recent), 20);
    ck_assert_int_eq(age(old), -1);
    ck_assert_int_eq(age(gone), -1);
    ck_assert_int_eq(age(stray), -1);
}
END_TEST

START_TEST(it_is_swept_once_a_day) {
    const char *stamp = str_format(&arena, "%s/swept", folder).data;
    const char *entry = entry_of("kept", "old");
    cache_sweep(folder);
    cache_write(&arena, entry, 0, STR("x"));
    set_age(entry, 40);
    cache_sweep(folder);
    ck_assert_int_eq(age(entry), 40);
    set_age(stamp, 2);
    cache_sweep(folder);
    ck_assert_int_eq(age(entry), -1);
}
END_TEST

int main(void) {
    TCase *tcase = tcase_create("cache");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, what_is_written_is_read);
    tcase_add_test(tcase, without_a_folder_nothing_is_kept);
    add_rows(tcase, a_broken_entry_counts_as_absent, ROW_COUNT(broken));
    tcase_add_test(tcase, a_cut_or_changed_entry_counts_as_absent);
    tcase_add_test(tcase, too_large_is_not_kept);
    tcase_add_test(tcase, threads_may_share_an_entry);
    tcase_add_test(tcase, what_is_used_stays_and_the_rest_goes);
    tcase_add_test(tcase, it_is_swept_once_a_day);
    return run_suite("cache", tcase);
}
