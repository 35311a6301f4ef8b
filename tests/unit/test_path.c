/* SPDX-License-Identifier: MIT
 * test_path.c - paths as text, and files below a temporary folder. */
#include "unit.h"

#include "base/fs.h"
#include "base/path.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
    const char *path, *dir, *base, *stem, *ext;
} part_rows[] = {
    {"a/b.md", "a", "b.md", "b", ".md"},
    {"b.md", "", "b.md", "b", ".md"},
    {"a/b.tar.gz", "a", "b.tar.gz", "b.tar", ".gz"},
    {".x", "", ".x", ".x", ""},
    {"a/b.MD", "a", "b.MD", "b", ".MD"},
    {"a.b/c", "a.b", "c", "c", ""},
    {"/a", "/", "a", "a", ""},
    {"a/", "a", "", "", ""},
    {"", "", "", "", ""},
    {"..", "", "..", "..", ""},
};

START_TEST(paths_have_parts) {
    Str path = str_from(part_rows[_i].path);
    ASSERT_TEXT(path.data, path_dir(path), part_rows[_i].dir);
    ASSERT_TEXT(path.data, path_base(path), part_rows[_i].base);
    ASSERT_TEXT(path.data, path_stem(path), part_rows[_i].stem);
    ASSERT_TEXT(path.data, path_ext(path), part_rows[_i].ext);
}
END_TEST

static const struct {
    const char *path, *normal;
    bool escapes;
} normal_rows[] = {
    {"a/b", "a/b", false},
    {"./a//b/.", "a/b", false},
    {"a/../b", "b", false},
    {"a/..", "", false},
    {"..", "", true},
    {"../a", "a", true},
    {"a/../../b", "b", true},
    {"/a/../..", "/", true},
    {"/", "/", false},
    {"//a", "/a", false},
    {"", "", false},
    {"a/b/../../../c/./", "c", true},
    {"...", "...", false},
    {"..a/b", "..a/b", false},
    {"/../etc/passwd", "/etc/passwd", true},
};

START_TEST(paths_are_normalised) {
    Arena arena = {0};
    bool escapes = !normal_rows[_i].escapes;
    Str path = str_from(normal_rows[_i].path);
    ASSERT_TEXT(path.data, path_normalise(&arena, path, &escapes), normal_rows[_i].normal);
    ck_assert_msg(escapes == normal_rows[_i].escapes, "%s", path.data);
    arena_release(&arena);
}
END_TEST

static const struct {
    const char *from, *to, *reference;
} relative_rows[] = {
    {"a/b.html", "a/c.html", "c.html"},
    {"a/b.html", "x.html", "../x.html"},
    {"x.html", "a/b.html", "a/b.html"},
    {"a/b/c.html", "a/d/e.html", "../d/e.html"},
    {"ab/c.html", "a/c.html", "../a/c.html"},
    {"a.html", "a.html", "a.html"},
    {"a/b.html", "a/b.html", "b.html"},
    {"a/b.html", "", "../"},
    {"b.html", "", "./"},
    {"a/b/c.html", "s.css", "../../s.css"},
};

START_TEST(references_are_relative) {
    Buf buf = {0};
    path_add_relative(&buf, str_from(relative_rows[_i].from), str_from(relative_rows[_i].to));
    ASSERT_TEXT(relative_rows[_i].from, buf_str(&buf), relative_rows[_i].reference);
    buf_release(&buf);
}
END_TEST

static const struct {
    const char *pattern, *path;
    bool matches;
} match_rows[] = {
    {"*.md", "a.md", true},
    {"*.md", "a/b.md", false},
    {"**/*.md", "a/b.md", true},
    {"**/*.md", "b.md", true},
    {"**/*.md", "a/b/c.md", true},
    {"a/**", "a/b/c", true},
    {"a/**", "ab/c", false},
    {"a/**", "a", false},
    {"a/**/b", "a/b", true},
    {"a/**/b", "a/x/y/b", true},
    {"a/**/b", "a/xb", false},
    {"?.md", "é.md", true},
    {"?.md", "ab.md", false},
    {"a?b", "a/b", false},
    {"**", "a/b/c", true},
    {"", "", true},
    {"", "a", false},
    {"a", "", false},
    {"*", "", true},
    {"a**b", "a/x/b", true},
    {"drafts/*", "drafts/x.md", true},
    {"a*b*c", "aXXbYYc", true},
    {"a*b*c", "aXXbYY", false},
    {"[a]", "a", false},
    {"**/x/**/y", "x/y", true},
    {"**/x/**/y", "a/x/b/y", true},
};

START_TEST(patterns_match_whole_paths) {
    Str pattern = str_from(match_rows[_i].pattern), path = str_from(match_rows[_i].path);
    ck_assert_msg(path_matches(pattern, path) == match_rows[_i].matches, "%s on %s", pattern.data,
                  path.data);
}
END_TEST

START_TEST(hostile_patterns_are_linear) {
    char pattern[1025], path[4096];
    for (size_t i = 0; i < 1024; i++)
        pattern[i] = i % 2 ? 'a' : '*';
    memset(path, 'a', sizeof path);
    ck_assert(!path_matches((Str){pattern, 1023}, (Str){path, 500}));
    ck_assert(path_matches((Str){pattern, 1023}, (Str){path, sizeof path}));
    path[sizeof path - 1] = 'b';
    ck_assert(!path_matches((Str){pattern, 1024}, (Str){path, sizeof path}));
    memset(pattern, '*', sizeof pattern);
    ck_assert(path_matches((Str){pattern, 1024}, (Str){path, sizeof path}));
    ck_assert(!path_matches((Str){pattern, 1025}, (Str){path, sizeof path}));
}
END_TEST

START_TEST(paths_are_joined_and_compared) {
    Arena arena = {0};
    ASSERT_TEXT("join", path_join(&arena, STR("a"), STR("b")), "a/b");
    ASSERT_TEXT("slash", path_join(&arena, STR("a/"), STR("b")), "a/b");
    ASSERT_TEXT("left empty", path_join(&arena, STR(""), STR("b")), "b");
    ASSERT_TEXT("right empty", path_join(&arena, STR("a"), STR("")), "a");
    ASSERT_TEXT("absolute", path_join(&arena, STR("a"), STR("/b")), "/b");
    ck_assert(path_is_inside(STR("a/b"), STR("a")) && path_is_inside(STR("a"), STR("a")));
    ck_assert(path_is_inside(STR("a"), STR("")) && !path_is_inside(STR("/a"), STR("")));
    ck_assert(!path_is_inside(STR("ab"), STR("a")) && path_is_inside(STR("/a"), STR("/")));
    ck_assert(path_is_inside(STR("a/b"), STR("a/")));
    arena_release(&arena);
}
END_TEST

static const struct {
    const char *text, *encoded;
} encode_rows[] = {
    {"a b.html", "a%20b.html"},
    {"ä/ö", "%C3%A4/%C3%B6"},
    {"100%#?", "100%25%23%3F"},
    {"a:b", "a%3Ab"},
    {"a+b(c)", "a+b(c)"},
    {"\"<>'", "%22%3C%3E%27"},
    {"", ""},
};

START_TEST(encoded_paths_decode_to_themselves) {
    Arena arena = {0};
    Buf buf = {0};
    path_add_encoded(&buf, str_from(encode_rows[_i].text));
    ASSERT_TEXT(encode_rows[_i].text, buf_str(&buf), encode_rows[_i].encoded);
    ASSERT_TEXT("back", path_decode(&arena, buf_str(&buf)), encode_rows[_i].text);
    buf_release(&buf);
    arena_release(&arena);
}
END_TEST

START_TEST(invalid_escapes_stay) {
    Arena arena = {0};
    ASSERT_TEXT("bad", path_decode(&arena, STR("%zz%4%")), "%zz%4%");
    ASSERT_TEXT("end", path_decode(&arena, STR("a%41%4")), "aA%4");
    ck_assert_uint_eq(path_decode(&arena, STR("%00")).len, 1);
    arena_release(&arena);
}
END_TEST

static Arena memory;
static char folder[] = "/tmp/quoin-test-XXXXXX";

static void enter_folder(void) {
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void leave_folder(void) {
    ck_assert(fs_remove_tree(folder));
    ck_assert_int_eq(fs_kind(folder), FS_NONE);
    arena_release(&memory);
}

static const char *in_folder(const char *name) {
    return str_terminated(&memory, path_join(&memory, str_from(folder), str_from(name)));
}

START_TEST(files_are_written_and_read) {
    Str text;
    ck_assert(fs_make_dirs(in_folder("a/b/c")) && fs_make_dirs(in_folder("a/b/c/")));
    ck_assert(fs_write(in_folder("a/b/x"), STR("hello\0you")));
    ck_assert(fs_read(&memory, in_folder("a/b/x"), 9, &text));
    ck_assert(str_equal(text, STR("hello\0you")) && text.data[text.len] == '\0');
    ck_assert(!fs_read(&memory, in_folder("a/b/x"), 8, &text) && errno == EFBIG);
    ck_assert(fs_write(in_folder("a/b/x"), STR("")));
    ck_assert(fs_read(&memory, in_folder("a/b/x"), 0, &text) && text.len == 0);
    ck_assert(!fs_read(&memory, in_folder("a"), 9, &text) && errno == EISDIR);
    ck_assert(!fs_read(&memory, in_folder("none"), 9, &text) && errno == ENOENT);
    ck_assert(!fs_make_dirs(in_folder("a/b/x/y")) && errno == ENOTDIR);
    ck_assert(fs_read(&memory, "/proc/self/stat", 1 << 20, &text) && text.len > 10);
}
END_TEST

START_TEST(a_named_pipe_is_no_file) {
    Str text;
    ck_assert_int_eq(mkfifo(in_folder("pipe"), 0600), 0);
    ck_assert(!fs_read(&memory, in_folder("pipe"), 9, &text) && errno == EINVAL);
    ck_assert_int_eq(fs_kind(in_folder("pipe")), FS_OTHER);
}
END_TEST

START_TEST(a_full_disk_is_reported_and_devices_stay) {
    if (fs_kind("/dev/full") != FS_OTHER)
        return;
    ck_assert(!fs_write("/dev/full", STR("x")) && errno == ENOSPC);
    ck_assert_int_eq(fs_kind("/dev/full"), FS_OTHER);
}
END_TEST

/* A limit on the size of files stands for a disk that fills up in the middle of a file. */
START_TEST(partial_files_are_removed) {
    struct rlimit limit = {1000, 1000};
    Buf big = {0};
    buf_reserve(&big, 5000);
    big.len = 5000;
    memset(big.data, 'x', big.len);
    ck_assert(fs_write(in_folder("source"), buf_str(&big)));
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    ck_assert(!fs_write(in_folder("a"), buf_str(&big)) && errno == EFBIG);
    ck_assert_int_eq(fs_kind(in_folder("a")), FS_NONE);
    ck_assert(!fs_copy(in_folder("source"), in_folder("b")) && errno == EFBIG);
    ck_assert_int_eq(fs_kind(in_folder("b")), FS_NONE);
    buf_release(&big);
}
END_TEST

START_TEST(files_are_copied_and_removed) {
    Str text;
    Buf big = {0};
    for (int i = 0; i < 50000; i++)
        buf_add_format(&big, "%d ", i);
    ck_assert(fs_write(in_folder("a"), buf_str(&big)) && fs_copy(in_folder("a"), in_folder("b")));
    ck_assert(fs_read(&memory, in_folder("b"), SIZE_MAX, &text) && str_equal(text, buf_str(&big)));
    ck_assert(!fs_copy(in_folder("a"), in_folder("a")));
    ck_assert(fs_read(&memory, in_folder("a"), SIZE_MAX, &text) && text.len == big.len);
    ck_assert(!fs_copy(in_folder("none"), in_folder("c")) && fs_kind(in_folder("c")) == FS_NONE);
    ck_assert(fs_rename(in_folder("b"), in_folder("c")) && fs_remove_file(in_folder("c")));
    ck_assert(fs_remove_file(in_folder("c")));
    ck_assert(fs_make_dirs(in_folder("x/y/z")) && fs_remove_empty_dirs(in_folder("x/y/z")));
    ck_assert_int_eq(fs_kind(in_folder("x")), FS_NONE);
    ck_assert_int_eq(fs_kind(in_folder("a")), FS_FILE); /* so the folder itself stays */
    buf_release(&big);
}
END_TEST

static bool skip_hidden(void *context, Str path, FsKind kind) {
    (void)kind;
    ++*(int *)context;
    return path_base(path).data[0] == '.';
}

static const struct {
    const char *path;
    FsKind kind;
    bool is_link;
} walked[] = {
    {"a", FS_DIR, false},   {"a-b", FS_FILE, false},   {"a/x", FS_FILE, false},
    {"a/y", FS_DIR, false}, {"a/y/z", FS_FILE, false}, {"bad", FS_NONE, true},
    {"dir", FS_DIR, true},  {"link", FS_FILE, true},   {"é", FS_FILE, false},
};

START_TEST(walk_is_sorted_and_does_not_follow_folders) {
    static const char *const files[] = {"a/y/z", "a/x", "a-b", "é", ".git/config"};
    int asked = 0;
    FsEntries entries = {0};
    ck_assert(fs_make_dirs(in_folder("a/y")) && fs_make_dirs(in_folder(".git/objects")));
    for (size_t i = 0; i < 5; i++)
        ck_assert(fs_write(in_folder(files[i]), STR("x")));
    ck_assert_int_eq(symlink("a/x", in_folder("link")), 0);
    ck_assert_int_eq(symlink(".", in_folder("dir")), 0);
    ck_assert_int_eq(symlink("nowhere", in_folder("bad")), 0);
    ck_assert(fs_walk(&memory, folder, skip_hidden, &asked, &entries));
    ck_assert_int_eq((int)entries.count, ROW_COUNT(walked));
    for (size_t i = 0; i < entries.count; i++) {
        ASSERT_TEXT("entry", entries.items[i].path, walked[i].path);
        ck_assert_int_eq(entries.items[i].kind, walked[i].kind);
        ck_assert_int_eq(entries.items[i].is_link, walked[i].is_link);
    }
    ck_assert_int_eq(asked, 10); /* what is below .git is not asked for */
    vec_release(&entries);
    ck_assert(!fs_walk(&memory, in_folder("none"), NULL, NULL, &entries) && errno == ENOENT);
    vec_release(&entries);
}
END_TEST

START_TEST(too_deep_folders_are_named_and_can_be_removed) {
    Buf path = {0};
    FsEntries entries = {0};
    for (int i = 0; i < 100; i++)
        buf_add_literal(&path, "d/");
    ck_assert(fs_make_dirs(in_folder(str_terminated(&memory, buf_str(&path)))));
    ck_assert(fs_walk(&memory, folder, NULL, NULL, &entries));
    ck_assert_uint_eq(entries.count, 64);
    for (size_t i = 0; i < entries.count; i++)
        ck_assert_int_eq(entries.items[i].error, i == 63 ? ELOOP : 0);
    vec_release(&entries);
    buf_release(&path);
}
END_TEST

START_TEST(absolute_paths_resolve_what_exists) {
    Arena *arena = &memory;
    ck_assert(fs_make_dirs(in_folder("real")));
    ck_assert_int_eq(symlink("real", in_folder("link")), 0);
    Str base = fs_absolute(arena, folder);
    ck_assert_int_eq(base.data[0], '/');
    Str there = fs_absolute(arena, in_folder("link/../link/./none/deep"));
    ASSERT_TEXT("link", there,
                str_terminated(arena, path_join(arena, base, STR("real/none/deep"))));
    ASSERT_TEXT("root", fs_absolute(arena, "/"), "/");
    ASSERT_TEXT("none", fs_absolute(arena, "/none-such/x"), "/none-such/x");
    ck_assert(fs_make_dirs(in_folder("gone")) && chdir(in_folder("gone")) == 0);
    ck_assert(rmdir(in_folder("gone")) == 0);
    ASSERT_TEXT("gone", fs_absolute(arena, "."), "");
    ASSERT_TEXT("below gone", fs_absolute(arena, "a/b"), "");
    ck_assert(chdir("/") == 0);
    ck_assert(fs_absolute(arena, "").len > 0 && fs_absolute(arena, "none-such").data[0] == '/');
    ck_assert_int_eq(fs_kind(str_terminated(arena, fs_program_dir(arena))), FS_DIR);
}
END_TEST

static const struct {
    const char *name, *readable;
} readable_rows[] = {
    {"billing-rules_2", "Billing rules 2"},
    {"--", "--"},
    {" a\nb\t", "A b"},
    {"\xff\x1b[31m", "\xEF\xBF\xBD [31m"},
    {"über_uns", "über uns"},
    {"", ""},
};

START_TEST(names_become_readable) {
    const char *name = readable_rows[_i].name;
    ASSERT_TEXT(name, path_readable(&memory, str_from(name)), readable_rows[_i].readable);
}
END_TEST

START_TEST(files_are_inside_where_their_links_lead) {
    Str inside = fs_absolute(&memory, in_folder("in"));
    ck_assert(fs_make_dirs(in_folder("in/sub")) && fs_make_dirs(in_folder("in-side")));
    ck_assert(fs_write(in_folder("in/a"), STR("x")) && fs_write(in_folder("in-side/b"), STR("x")));
    ck_assert_int_eq(symlink("../in-side/b", in_folder("in/out")), 0);
    ck_assert_int_eq(symlink("../a", in_folder("in/sub/up")), 0);
    ck_assert(fs_is_inside(in_folder("in/a"), inside));
    ck_assert(fs_is_inside(in_folder("in/sub/up"), inside));
    ck_assert(!fs_is_inside(in_folder("in/out"), inside));
    ck_assert(!fs_is_inside(in_folder("in-side/b"), inside));
    ck_assert(!fs_is_inside(in_folder("in/none"), inside));
    ck_assert(fs_is_inside(in_folder("in/a"), STR("/")));
}
END_TEST

START_TEST(names_exist_in_their_case) {
    ck_assert(fs_write(in_folder("Design.md"), STR("x")));
    ck_assert(fs_exists_exactly(in_folder("Design.md")));
    ck_assert(!fs_exists_exactly(in_folder("design.md")));
    ck_assert(fs_exists_exactly(folder) && fs_exists_exactly("/"));
    ck_assert(!fs_exists_exactly("none-such") && !fs_exists_exactly(""));
}
END_TEST

int main(void) {
    TCase *tcase = tcase_create("path");
    tcase_add_checked_fixture(tcase, enter_folder, leave_folder);
    add_rows(tcase, paths_have_parts, ROW_COUNT(part_rows));
    add_rows(tcase, paths_are_normalised, ROW_COUNT(normal_rows));
    add_rows(tcase, references_are_relative, ROW_COUNT(relative_rows));
    add_rows(tcase, patterns_match_whole_paths, ROW_COUNT(match_rows));
    tcase_add_test(tcase, hostile_patterns_are_linear);
    tcase_add_test(tcase, paths_are_joined_and_compared);
    add_rows(tcase, encoded_paths_decode_to_themselves, ROW_COUNT(encode_rows));
    tcase_add_test(tcase, invalid_escapes_stay);
    tcase_add_test(tcase, files_are_written_and_read);
    tcase_add_test(tcase, a_named_pipe_is_no_file);
    tcase_add_test(tcase, a_full_disk_is_reported_and_devices_stay);
    tcase_add_test(tcase, partial_files_are_removed);
    tcase_add_test(tcase, files_are_copied_and_removed);
    tcase_add_test(tcase, walk_is_sorted_and_does_not_follow_folders);
    tcase_add_test(tcase, too_deep_folders_are_named_and_can_be_removed);
    tcase_add_test(tcase, absolute_paths_resolve_what_exists);
    tcase_add_test(tcase, names_exist_in_their_case);
    add_rows(tcase, names_become_readable, ROW_COUNT(readable_rows));
    tcase_add_test(tcase, files_are_inside_where_their_links_lead);
    return run_suite("path", tcase);
}
