/* SPDX-License-Identifier: MIT
 * emit.c - station 5: stages what differs, commits by renaming, removes what is no longer made. */
#include "pass/emit.h"

#include "base/fs.h"
#include "base/map.h"
#include "base/path.h"
#include "base/vec.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define STATE_DIR     ".quoin"
#define LOCK          STATE_DIR "/lock" /* there as soon as a build has begun: the folder is ours */
#define MANIFEST      STATE_DIR "/manifest"
#define MANIFEST_HEAD "# Files that Quoin wrote here; only these are ever removed.\n"
#define MAX_MANIFEST  ((size_t)256 * 1024 * 1024)

typedef struct EmitFile {
    Str path;
    char *staged; /* absolute path of the new bytes; NULL when the file is as it was */
    bool is_kept; /* not made this time, yesterday's stays */
    bool is_done; /* in place */
} EmitFile;

struct Emit {
    Arena arena;
    Diag *diag;
    Str folder;
    int lock;
    pthread_mutex_t mutex;
    VEC(EmitFile) files;
    Map by_path;    /* path -> itself; the files of this build */
    Str *old_files; /* from the manifest */
    size_t old_count;
    size_t stage_number;
    bool has_failed;
};

static char *disk_path(Emit *emit, Arena *arena, Str path) {
    return str_terminated(arena, path_join(arena, emit->folder, path));
}

/* --- whose folder is it ---------------------------------------------------------------------- */

static void refuse(Diag *diag, Str folder, const char *hint, const char *why) {
    diag_report(diag, SEVERITY_ERROR, "emit.folder", (Pos){folder, 0, 0, 0}, hint,
                "will not write into this folder: %s", why);
}

static bool skip_all_below(void *context, Str path, FsKind kind) {
    (void)context;
    (void)kind;
    return str_find_char(path, '/') != STR_NONE;
}

static bool is_empty_folder(Arena *arena, const char *folder) {
    FsEntries entries = {0};
    bool is_walked = fs_walk(arena, folder, skip_all_below, NULL, &entries);
    size_t count = entries.count;
    vec_release(&entries);
    return is_walked && count == 0;
}

/* Would a later scan read this folder? Only hidden and "_" folders inside the content are not. */
static bool is_content(const Config *config, Str folder) {
    Str part, rest = str_from_offset(folder, config->content_root.len);
    for (bool more = rest.len > 0; more;) {
        more = str_cut(rest, '/', &part, &rest);
        if (str_starts_with(part, STR(".")) || str_starts_with(part, STR("_"))) {
            return false;
        }
    }
    return true;
}

static bool may_write(const Config *config, Arena *arena, Str folder, Diag *diag) {
    char *disk = str_terminated(arena, folder);
    char *lock = str_terminated(arena, path_join(arena, folder, STR(LOCK)));
    FsKind kind = fs_kind(disk);
    if (path_is_inside(config->content_root, folder) || path_is_inside(config->root, folder)) {
        refuse(diag, folder, "name another folder with -o", "it holds the sources");
    } else if (path_is_inside(folder, config->content_root) && is_content(config, folder)) {
        refuse(diag, folder, "a folder whose name starts with `_`, like _site, is never content",
               "it is inside the content and would be read as such");
    } else if (kind == FS_FILE || kind == FS_OTHER) {
        refuse(diag, folder, NULL, "it is not a folder");
    } else if (kind == FS_DIR && fs_kind(lock) == FS_NONE && !is_empty_folder(arena, disk)) {
        refuse(diag, folder, "name a new or empty folder with -o",
               "it is not empty and Quoin did not make it");
    } else {
        return true;
    }
    return false;
}

/* --- opening ---------------------------------------------------------------------------------- */

static bool is_safe(Str path) {
    Str part;
    bool more = path.len > 0 && path.data[0] != '/';
    if (!more || memchr(path.data, '\0', path.len) != NULL) {
        return false;
    }
    while (more) {
        more = str_cut(path, '/', &part, &path);
        if (part.len == 0 || str_equal(part, STR("..")) || str_equal(part, STR("."))) {
            return false;
        }
    }
    return true;
}

static void read_manifest(Emit *emit) {
    Str text, line;
    VEC(Str) files = {0};
    if (!fs_read(&emit->arena, disk_path(emit, &emit->arena, STR(MANIFEST)), MAX_MANIFEST, &text)) {
        return;
    }
    while (str_next_line(&text, &line)) {
        if (is_safe(line) && line.data[0] != '#') {
            vec_push(&files, line);
        }
    }
    emit->old_count = files.count;
    emit->old_files = vec_to_arena(&emit->arena, &files);
}

static bool take_lock(Emit *emit) {
    char *state = disk_path(emit, &emit->arena, STR(STATE_DIR));
    Str pos = emit->folder;
    if (!fs_make_dirs(state)) {
        diag_report(emit->diag, SEVERITY_ERROR, "emit.write", (Pos){pos, 0, 0, 0}, NULL,
                    "cannot be made: %s", strerror(errno));
        return false;
    }
    emit->lock = open(disk_path(emit, &emit->arena, STR(LOCK)), O_CREAT | O_RDWR | O_CLOEXEC, 0666);
    if (emit->lock < 0 || flock(emit->lock, LOCK_EX | LOCK_NB) != 0) {
        bool is_busy = emit->lock >= 0 && errno == EWOULDBLOCK;
        diag_report(emit->diag, SEVERITY_ERROR, is_busy ? "emit.busy" : "emit.write",
                    (Pos){pos, 0, 0, 0}, NULL, "%s",
                    is_busy ? "another build is writing into this folder" : strerror(errno));
        return false;
    }
    return true;
}

Emit *emit_open(const Config *config, Str folder, Diag *diag) {
    Emit *emit = calloc(1, sizeof *emit);
    if (emit == NULL) {
        abort();
    }
    emit->diag = diag;
    emit->lock = -1;
    emit->folder = str_copy(&emit->arena, folder);
    pthread_mutex_init(&emit->mutex, NULL);
    if (!may_write(config, &emit->arena, folder, diag) || !take_lock(emit)) {
        emit_close(emit);
        return NULL;
    }
    fs_remove_tree(disk_path(emit, &emit->arena, STR(STATE_DIR "/stage"))); /* of a killed build */
    read_manifest(emit);
    return emit;
}

/* --- adding ------------------------------------------------------------------------------------
 */

static bool is_same(const char *disk, Str bytes) {
    struct stat info;
    if (stat(disk, &info) != 0 || !S_ISREG(info.st_mode) || (size_t)info.st_size != bytes.len) {
        return false;
    }
    Arena arena = {0};
    Str old;
    bool same = fs_read(&arena, disk, bytes.len, &old) && str_equal(old, bytes);
    arena_release(&arena);
    return same;
}

static void report_write(Emit *emit, Str path) {
    bool is_first = !emit->has_failed;
    emit->has_failed = true;
    if (is_first) {
        diag_report(emit->diag, SEVERITY_ERROR, "emit.write", (Pos){path, 0, 0, 0},
                    "the output folder is as it was", "cannot be written: %s", strerror(errno));
    }
}

/* Registers the path; false when it is bad or taken. With a stage wanted, gives its file name. */
static bool claim(Emit *emit, Str path, size_t *index, Arena *scratch, char **stage) {
    bool is_claimed = false;
    pthread_mutex_lock(&emit->mutex);
    if (!emit->has_failed && is_safe(path) && !map_has(&emit->by_path, path)) {
        EmitFile file = {.path = str_copy(&emit->arena, path)};
        *index = emit->files.count;
        vec_push(&emit->files, file);
        map_add(&emit->by_path, file.path, emit);
        Str name = str_format(scratch, STATE_DIR "/stage/%zu", emit->stage_number++);
        *stage = str_terminated(scratch, path_join(scratch, emit->folder, name));
        is_claimed = true;
    }
    pthread_mutex_unlock(&emit->mutex);
    return is_claimed;
}

static void set_staged(Emit *emit, size_t index, const char *stage, bool is_written) {
    pthread_mutex_lock(&emit->mutex);
    if (is_written) {
        emit->files.items[index].staged = str_terminated(&emit->arena, str_from(stage));
    } else {
        report_write(emit, emit->files.items[index].path);
    }
    pthread_mutex_unlock(&emit->mutex);
}

static bool write_stage(const char *stage, Str bytes) {
    if (fs_write(stage, bytes)) {
        return true;
    }
    char folder[4096]; /* the first file of the build makes the stage */
    size_t len = path_dir(str_from(stage)).len;
    if (errno != ENOENT || len >= sizeof folder) {
        return false;
    }
    memcpy(folder, stage, len);
    folder[len] = '\0';
    return fs_make_dirs(folder) && fs_write(stage, bytes);
}

bool emit_file(Emit *emit, Str path, Str bytes) {
    Arena scratch = {0};
    size_t index;
    char *stage;
    bool is_good = claim(emit, path, &index, &scratch, &stage);
    if (is_good && !is_same(disk_path(emit, &scratch, path), bytes)) {
        is_good = write_stage(stage, bytes);
        set_staged(emit, index, stage, is_good);
    }
    arena_release(&scratch);
    return is_good;
}

bool emit_copy(Emit *emit, const char *disk, Str path) {
    Arena arena = {0};
    Str bytes;
    bool is_good = fs_read(&arena, disk, SIZE_MAX / 2, &bytes);
    if (!is_good) {
        diag_report(emit->diag, SEVERITY_ERROR, "emit.read", (Pos){path, 0, 0, 0}, NULL,
                    "cannot be copied: %s", strerror(errno));
    }
    is_good = is_good && emit_file(emit, path, bytes);
    arena_release(&arena);
    return is_good;
}

bool emit_has(const Emit *emit, Str path) {
    return map_has(&emit->by_path, path);
}

void emit_keep(Emit *emit, Str path) {
    Arena scratch = {0};
    size_t index;
    char *stage;
    if (claim(emit, path, &index, &scratch, &stage)) {
        pthread_mutex_lock(&emit->mutex);
        emit->files.items[index].is_kept = true;
        pthread_mutex_unlock(&emit->mutex);
    }
    arena_release(&scratch);
}

/* --- commit ------------------------------------------------------------------------------------
 */

static size_t put_in_place(Emit *emit) {
    Arena scratch = {0};
    size_t failures = 0;
    for (size_t i = 0; i < emit->files.count; i++) {
        EmitFile *file = &emit->files.items[i];
        if (file->staged == NULL || file->is_done) {
            continue;
        }
        char *target = disk_path(emit, &scratch, file->path);
        file->is_done = fs_rename(file->staged, target) ||
                        (fs_make_dirs(str_terminated(&scratch, path_dir(str_from(target)))) &&
                         fs_rename(file->staged, target));
        failures += !file->is_done;
        arena_reset(&scratch);
    }
    arena_release(&scratch);
    return failures;
}

static size_t remove_obsolete(Emit *emit) {
    Arena scratch = {0};
    size_t removed = 0;
    for (size_t i = 0; i < emit->old_count; i++) {
        if (map_has(&emit->by_path, emit->old_files[i])) {
            continue;
        }
        char *target = disk_path(emit, &scratch, emit->old_files[i]);
        removed += fs_kind(target) == FS_FILE && fs_remove_file(target);
        Str parent = path_dir(emit->old_files[i]);
        if (parent.len > 0) {
            fs_remove_empty_dirs(disk_path(emit, &scratch, parent));
        }
        arena_reset(&scratch);
    }
    arena_release(&scratch);
    return removed;
}

static int compare_strs(const void *a, const void *b) {
    return str_compare(*(const Str *)a, *(const Str *)b);
}

static bool write_manifest(Emit *emit, bool keep_obsolete) {
    VEC(Str) paths = {0};
    Buf text = {0};
    for (size_t i = 0; i < emit->files.count; i++) {
        vec_push(&paths, emit->files.items[i].path);
    }
    for (size_t i = 0; keep_obsolete && i < emit->old_count; i++) {
        if (!map_has(&emit->by_path, emit->old_files[i])) {
            vec_push(&paths, emit->old_files[i]);
        }
    }
    if (paths.count > 1) {
        qsort(paths.items, paths.count, sizeof(Str), compare_strs);
    }
    buf_add_literal(&text, MANIFEST_HEAD);
    for (size_t i = 0; i < paths.count; i++) {
        buf_add(&text, paths.items[i]);
        buf_add_char(&text, '\n');
    }
    char *target = disk_path(emit, &emit->arena, STR(MANIFEST));
    char *fresh = disk_path(emit, &emit->arena, STR(MANIFEST ".new"));
    bool is_good = is_same(target, buf_str(&text)) ||
                   (fs_write(fresh, buf_str(&text)) && fs_rename(fresh, target));
    buf_release(&text);
    vec_release(&paths);
    return is_good;
}

bool emit_commit(Emit *emit, bool keep_obsolete, EmitCounts *counts) {
    *counts = (EmitCounts){0};
    if (emit->has_failed) {
        return false;
    }
    for (size_t i = 0; i < emit->files.count; i++) {
        counts->written += emit->files.items[i].staged != NULL;
        counts->unchanged += emit->files.items[i].staged == NULL;
    }
    /* A file may stand where a folder is needed now, or the other way round: what fails in the
     * first round is tried again when the obsolete files are gone. */
    size_t failures = put_in_place(emit);
    if (!keep_obsolete) {
        counts->removed = remove_obsolete(emit);
    }
    failures = failures > 0 ? put_in_place(emit) : 0;
    if (failures > 0 || !write_manifest(emit, keep_obsolete || failures > 0)) {
        report_write(emit, emit->folder);
        return false;
    }
    return true;
}

void emit_close(Emit *emit) {
    if (emit == NULL) {
        return;
    }
    if (emit->lock >= 0) {
        fs_remove_tree(disk_path(emit, &emit->arena, STR(STATE_DIR "/stage")));
        close(emit->lock);
    }
    pthread_mutex_destroy(&emit->mutex);
    map_release(&emit->by_path);
    vec_release(&emit->files);
    arena_release(&emit->arena);
    free(emit);
}
