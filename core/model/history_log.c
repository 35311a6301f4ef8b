/* SPDX-License-Identifier: MIT
 * history_log.c - from the output of `git log` to the changes of each file, and how they are kept.
 *
 * A commit is "\1<time>\2<parents>\2<author>", then its files; all ended by NUL, a line end before
 * the first file. */
#include "base/path.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "model/history.h"

#include <stdlib.h>

#define MAX_AUTHORS 64                    /* of one file; later (older) ones are not counted */
#define MAX_TIME    INT64_C(253402300799) /* the last second of the year 9999 */
#define HEAD        "quoin history 1"

typedef struct Author {
    Str name;
    size_t commits;
    size_t place; /* the most recent first */
} Author;

typedef struct FileChange {
    Change change;
    VEC(Author) authors;
} FileChange;

typedef struct LogReader {
    Arena *arena;
    Str prefix;
    Map files; /* path -> FileChange */
    Map names; /* as git gives it -> Str as it is shown; empty: not shown */
    VEC(FileChange *) all;
} LogReader;

/* --- one log -------------------------------------------------------------------------------- */

static bool next_part(Str *rest, Str *part) {
    return rest->len > 0 && (str_cut(*rest, '\0', part, rest), true);
}

static bool is_markdown(Str path) {
    Str ext = path_ext(path);
    return str_equal_ignoring_case(ext, STR(".md")) ||
           str_equal_ignoring_case(ext, STR(".markdown"));
}

/* Programs that commit are no authors. */
static Str shown_name(LogReader *reader, Str name) {
    Str *shown = map_get(&reader->names, name);
    if (shown == NULL) {
        shown = arena_new(reader->arena, Str);
        *shown = str_ends_with(name, STR("[bot]")) ? STR_EMPTY : utf8_line(reader->arena, name);
        map_set(&reader->names, name, shown);
    }
    return *shown;
}

static void count_author(FileChange *file, Str name) {
    size_t i = 0;
    while (i < file->authors.count && !str_equal(file->authors.items[i].name, name)) {
        i++;
    }
    if (i < file->authors.count) {
        file->authors.items[i].commits++;
    } else if (i < MAX_AUTHORS && name.len > 0) {
        vec_push(&file->authors, ((Author){name, 1, i}));
    }
}

static FileChange *file_of(LogReader *reader, Str path) {
    if (!is_markdown(path) || !path_is_inside(path, reader->prefix)) {
        return NULL;
    }
    path = str_from_offset(path, reader->prefix.len > 0 ? reader->prefix.len + 1 : 0);
    FileChange *file = map_get(&reader->files, path);
    if (file == NULL) {
        file = arena_new(reader->arena, FileChange);
        map_set(&reader->files, str_copy(reader->arena, path), file);
        vec_push(&reader->all, file);
    }
    return file;
}

static int64_t read_commit(LogReader *reader, Str part, Str *name) {
    Str time, parents, rest;
    int64_t seconds = 0;
    str_cut(str_from_offset(part, 1), '\2', &time, &rest);
    str_cut(rest, '\2', &parents, name);
    *name = shown_name(reader, *name);
    seconds = str_to_int(time, &seconds) ? seconds : 0;
    return seconds < 1 ? 1 : seconds < MAX_TIME ? seconds : MAX_TIME;
}

/* What a cut output has at its end is no whole part. */
static Str whole_parts(Str log) {
    while (log.len > 0 && log.data[log.len - 1] != '\0') {
        log.len--;
    }
    return log;
}

static void read_log(LogReader *reader, Str log, bool wants_dates, bool wants_names) {
    Str part, name = STR_EMPTY;
    int64_t time = 0;
    log = whole_parts(log);
    while (next_part(&log, &part)) {
        if (str_starts_with(part, STR("\1"))) {
            time = read_commit(reader, part, &name);
            continue;
        }
        FileChange *file =
            file_of(reader, str_starts_with(part, STR("\n")) ? str_from_offset(part, 1) : part);
        if (file != NULL && wants_dates && file->change.time == 0) {
            file->change.time = time;
        }
        if (file != NULL && wants_names) {
            count_author(file, name);
        }
    }
}

/* --- the result ------------------------------------------------------------------------------- */

static int compare_authors(const void *a, const void *b) {
    const Author *left = a, *right = b;
    if (left->commits != right->commits) {
        return left->commits > right->commits ? -1 : 1;
    }
    return left->place < right->place ? -1 : left->place > right->place;
}

static void finish_file(Arena *arena, FileChange *file) {
    size_t count = file->authors.count;
    if (count > 1) {
        qsort(file->authors.items, count, sizeof(Author), compare_authors);
    }
    count = count < HISTORY_MAX_NAMES ? count : HISTORY_MAX_NAMES;
    Str *names = arena_array(arena, Str, count);
    for (size_t i = 0; i < count; i++) {
        names[i] = file->authors.items[i].name;
    }
    file->change.names = names;
    file->change.name_count = count;
    vec_release(&file->authors);
}

bool history_has_merges(Str log) {
    Str part, time, parents, rest;
    while (next_part(&log, &part)) {
        if (str_starts_with(part, STR("\1")) && str_cut(part, '\2', &time, &rest) &&
            str_cut(rest, '\2', &parents, &rest) && str_contains(parents, STR(" "))) {
            return true;
        }
    }
    return false;
}

void history_parse(Arena *arena, Str prefix, Str dates, Str names, Map *out) {
    LogReader reader = {.arena = arena, .prefix = prefix};
    read_log(&reader, dates, true, names.len == 0);
    read_log(&reader, names, false, true);
    for (size_t i = 0; i < reader.files.count; i++) {
        finish_file(arena, reader.all.items[i]);
        map_set(out, reader.files.entries[i].key, &reader.all.items[i]->change);
    }
    vec_release(&reader.all);
    map_release(&reader.files);
    map_release(&reader.names);
}

/* --- how it is kept -----------------------------------------------------------------------------
 */

static void add_part(Buf *out, Str part) {
    buf_add(out, part);
    buf_add_char(out, '\0');
}

void history_add(Buf *out, const Map *changes) {
    add_part(out, STR(HEAD));
    for (size_t i = 0; i < changes->count; i++) {
        const Change *change = changes->entries[i].value;
        add_part(out, changes->entries[i].key);
        buf_add_format(out, "%lld%c%zu%c", (long long)change->time, '\0', change->name_count, '\0');
        for (size_t k = 0; k < change->name_count; k++) {
            add_part(out, change->names[k]);
        }
    }
}

static bool next_number(Str *rest, int64_t *out) {
    Str part;
    return next_part(rest, &part) && str_to_int(part, out) && *out >= 0;
}

static bool read_names(Arena *arena, Str *rest, size_t count, Change *change) {
    Str *names = arena_array(arena, Str, count);
    for (size_t i = 0; i < count; i++) {
        if (!next_part(rest, &names[i])) {
            return false;
        }
    }
    change->names = names;
    change->name_count = count;
    return true;
}

bool history_read(Arena *arena, Str text, Map *out) {
    Str path;
    if (!next_part(&text, &path) || !str_equal(path, STR(HEAD))) {
        return false;
    }
    while (next_part(&text, &path)) {
        Change *change = arena_new(arena, Change);
        int64_t count;
        if (!next_number(&text, &change->time) || !next_number(&text, &count) ||
            count > HISTORY_MAX_NAMES || !read_names(arena, &text, (size_t)count, change)) {
            return false;
        }
        map_set(out, path, change);
    }
    return true;
}
