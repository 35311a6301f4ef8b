/* SPDX-License-Identifier: MIT
 * emit.c - station 5: stages what differs, commits by renaming, removes what is no longer made. */
#include "pass/emit.h"

#include "base/fs.h"
#include "base/map.h"
#include "base/path.h"
#include "base/vec.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
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
#define STAGE         STATE_DIR "/stage"
#define MANIFEST_HEAD "# Files that Quoin wrote here; only these are ever removed.\n"
#define MAX_MANIFEST  ((size_t)256 * 1024 * 1024)

typedef struct EmitFile {
    Str path;
    char *staged;  /* absolute path of the new bytes; NULL when the file is as it was */
    bool is_kept;  /* not made this time, yesterday's stays */
    bool is_done;  /* in place */
    EmitView view; /* of an Emit in memory */
} EmitFile;

struct Emit {
    Arena arena;
    Diag *diag;
    Str folder;
    int lock;
    pthread_mutex_t mutex;
    VEC(EmitFile) files;
    Map by_path;   /* path -> number of the file, from 1; the files of this build */
    Map old_files; /* path -> the emit; from the manifest */
    size_t stage_number;
    bool has_failed;
    bool is_memory;
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
    if (folder.len == 0) {
        refuse(diag, folder, NULL, "the current folder is gone");
    } else if (path_is_inside(config->content_root, folder) ||
               path_is_inside(config->root, folder)) {
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

/* --- paths ------------------------------------------------------------------------------------ */

/* NULL when a file of the output may have this path, else what is wrong with it. */
static const char *path_problem(Str path) {
    Str part, rest = path;
    bool more = path.len > 0 && path.data[0] != '/';
    if (!more || memchr(path.data, '\0', path.len) != NULL) {
        return "is no path of a file";
    }
    if (path_is_inside(path, STR(STATE_DIR))) {
        return "belongs to Quoin";
    }
    while (more) {
        more = str_cut(rest, '/', &part, &rest);
        if (part.len == 0 || str_equal(part, STR("..")) || str_equal(part, STR("."))) {
            return "is no path of a file";
        }
        if (part.len > NAME_MAX) {
            return "has a name that is too long for a file";
        }
    }
    return NULL;
}

/* One line of the manifest: what could be taken for a comment or a line end is escaped. */
static void add_line(Buf *text, Str path) {
    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.data[i];
        if (c < ' ' || c == '%' || (c == '#' && i == 0)) {
            buf_add_format(text, "%%%02X", c);
        } else {
            buf_add_char(text, (char)c);
        }
    }
    buf_add_char(text, '\n');
}

/* --- opening ---------------------------------------------------------------------------------- */

static void read_manifest(Emit *emit) {
    Str text, line;
    if (!fs_read(&emit->arena, disk_path(emit, &emit->arena, STR(MANIFEST)), MAX_MANIFEST, &text)) {
        return;
    }
    while (str_next_line(&text, &line)) {
        Str path = path_decode(&emit->arena, line);
        if (!str_starts_with(line, STR("#")) && path_problem(path) == NULL) {
            map_add(&emit->old_files, path, emit);
        }
    }
}

static bool take_lock(Emit *emit) {
    char *state = disk_path(emit, &emit->arena, STR(STATE_DIR));
    Str pos = emit->folder;
    struct stat info;
    if (lstat(state, &info) == 0 && !S_ISDIR(info.st_mode)) {
        refuse(emit->diag, pos, "remove it", "its " STATE_DIR " is not a folder");
        return false;
    }
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
    fs_remove_tree(disk_path(emit, &emit->arena, STR(STAGE))); /* of a killed build */
    read_manifest(emit);
    return emit;
}

Emit *emit_open_memory(Diag *diag) {
    Emit *emit = calloc(1, sizeof *emit);
    if (emit == NULL) {
        abort();
    }
    emit->diag = diag;
    emit->lock = -1;
    emit->is_memory = true;
    pthread_mutex_init(&emit->mutex, NULL);
    return emit;
}

/* --- adding ------------------------------------------------------------------------------------
 */

static bool is_same(const char *disk, Str bytes) {
    struct stat info;
    if (lstat(disk, &info) != 0 || !S_ISREG(info.st_mode) || (size_t)info.st_size != bytes.len) {
        return false;
    }
    Arena arena = {0};
    Str old;
    bool same = fs_read(&arena, disk, bytes.len, &old) && str_equal(old, bytes);
    arena_release(&arena);
    return same;
}

static void report_write(Emit *emit, Str path, const char *why) {
    if (!emit->has_failed) {
        Str file = path_join(&emit->arena, emit->folder, path);
        diag_report(emit->diag, SEVERITY_ERROR, "emit.write", (Pos){file, 0, 0, 0}, NULL,
                    "cannot be written: %s", why);
    }
    emit->has_failed = true;
}

/* Registers the path; false (reported) when it is bad or taken. Gives the name of its stage. */
static bool claim(Emit *emit, Str path, size_t *index, Arena *scratch, char **stage) {
    const char *problem = path_problem(path);
    bool is_claimed = false;
    pthread_mutex_lock(&emit->mutex);
    if (problem == NULL && map_has(&emit->by_path, path)) {
        problem = "is the name of another file of the output";
    }
    if (problem != NULL) {
        diag_report(emit->diag, SEVERITY_ERROR, "emit.name", (Pos){path, 0, 0, 0},
                    "the file is left out; rename it", "%s", problem);
    } else if (!emit->has_failed) {
        EmitFile file = {.path = str_copy(&emit->arena, path)};
        *index = emit->files.count;
        vec_push(&emit->files, file);
        map_add(&emit->by_path, file.path, (void *)(uintptr_t)emit->files.count);
        Str name = str_format(scratch, STAGE "/%zu", emit->stage_number++);
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
        report_write(emit, emit->files.items[index].path, strerror(errno));
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

static void keep_in_memory(Emit *emit, size_t index, Str bytes, const char *disk) {
    pthread_mutex_lock(&emit->mutex);
    emit->files.items[index].view =
        (EmitView){str_copy(&emit->arena, bytes),
                   disk != NULL ? str_terminated(&emit->arena, str_from(disk)) : NULL};
    pthread_mutex_unlock(&emit->mutex);
}

bool emit_file(Emit *emit, Str path, Str bytes) {
    Arena scratch = {0};
    size_t index;
    char *stage;
    bool is_good = claim(emit, path, &index, &scratch, &stage);
    if (is_good && emit->is_memory) {
        keep_in_memory(emit, index, bytes, NULL);
    } else if (is_good && !is_same(disk_path(emit, &scratch, path), bytes)) {
        is_good = write_stage(stage, bytes);
        set_staged(emit, index, stage, is_good);
    }
    arena_release(&scratch);
    return is_good;
}

static bool copy_in_memory(Emit *emit, const char *disk, Str path) {
    Arena scratch = {0};
    size_t index;
    char *stage;
    bool is_good = claim(emit, path, &index, &scratch, &stage);
    if (is_good) {
        keep_in_memory(emit, index, STR_EMPTY, disk);
    }
    arena_release(&scratch);
    return is_good;
}

bool emit_copy(Emit *emit, const char *disk, Str path) {
    if (emit->is_memory) {
        return copy_in_memory(emit, disk, path);
    }
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

bool emit_get(const Emit *emit, Str path, EmitView *out) {
    size_t number = (size_t)(uintptr_t)map_get(&emit->by_path, path);
    if (number > 0) {
        *out = emit->files.items[number - 1].view;
    }
    return number > 0;
}

void emit_each(const Emit *emit, EmitVisit visit, void *context) {
    for (size_t i = 0; i < emit->files.count; i++) {
        visit(context, emit->files.items[i].path, &emit->files.items[i].view);
    }
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

static bool is_ours(const Emit *emit, Str path) {
    return map_has(&emit->old_files, path);
}

/* Does something stand at `target` that keeps a file from its place? Nothing that we wrote does:
 * it goes first. */
static bool is_blocked(Emit *emit, Arena *scratch, Str path) {
    FsEntries entries = {0};
    char *target = disk_path(emit, scratch, path);
    bool is_found = false;
    if (fs_kind(target) == FS_DIR && fs_walk(scratch, target, NULL, NULL, &entries)) {
        for (size_t i = 0; i < entries.count && !is_found; i++) {
            Str below = path_join(scratch, path, entries.items[i].path);
            is_found = entries.items[i].kind != FS_DIR && !is_ours(emit, below);
        }
    }
    vec_release(&entries);
    return is_found;
}

/* Removes a folder that holds nothing but folders. */
static void remove_empty_tree(Arena *scratch, const char *folder) {
    FsEntries entries = {0};
    if (fs_kind(folder) == FS_DIR && fs_walk(scratch, folder, NULL, NULL, &entries)) {
        for (size_t i = entries.count; i > 0; i--) {
            Str below = path_join(scratch, str_from(folder), entries.items[i - 1].path);
            rmdir(str_terminated(scratch, below));
        }
        rmdir(folder);
    }
    vec_release(&entries);
}

static bool may_change_folder(Emit *emit, Arena *scratch, Str folder) {
    char *disk = disk_path(emit, scratch, folder);
    return fs_kind(disk) != FS_DIR || access(disk, W_OK | X_OK) == 0;
}

/* Can `folder` be a folder? Not when another file of this build has that name, nor when something
 * stands there that we did not write, be it a link: it would lead out of the output. */
static bool is_good_folder(Emit *emit, Arena *scratch, Str folder) {
    struct stat info;
    char *target = disk_path(emit, scratch, folder);
    if (map_has(&emit->by_path, folder)) {
        return false;
    }
    return lstat(target, &info) != 0 || S_ISDIR(info.st_mode) ||
           (S_ISREG(info.st_mode) && is_ours(emit, folder));
}

/* Everything is looked at before anything is touched. */
static bool can_commit(Emit *emit) {
    Arena scratch = {0};
    Map folders = {0};
    for (size_t i = 0; i < emit->files.count && !emit->has_failed; i++) {
        Str path = emit->files.items[i].path;
        Str dir = path_dir(path);
        for (; dir.len > 0 && map_add(&folders, dir, emit); dir = path_dir(dir)) {
            if (!is_good_folder(emit, &scratch, dir)) {
                report_write(emit, path, "one of its folders is a file");
            }
        }
        if (emit->files.items[i].staged == NULL) {
            continue;
        }
        if (is_blocked(emit, &scratch, path)) {
            report_write(emit, path, "a folder with other files has its name");
        } else if (!may_change_folder(emit, &scratch, path_dir(path))) {
            report_write(emit, path, strerror(errno));
        }
        arena_reset(&scratch);
    }
    map_release(&folders);
    arena_release(&scratch);
    return !emit->has_failed;
}

static size_t put_in_place(Emit *emit, bool is_retry) {
    Arena scratch = {0};
    size_t failures = 0;
    for (size_t i = 0; i < emit->files.count; i++) {
        EmitFile *file = &emit->files.items[i];
        if (file->staged == NULL || file->is_done) {
            continue;
        }
        char *target = disk_path(emit, &scratch, file->path);
        if (is_retry) {
            remove_empty_tree(&scratch, target);
        }
        file->is_done = fs_rename(file->staged, target) ||
                        (fs_make_dirs(str_terminated(&scratch, path_dir(str_from(target)))) &&
                         fs_rename(file->staged, target));
        failures += !file->is_done;
        arena_reset(&scratch);
    }
    arena_release(&scratch);
    return failures;
}

/* Is no folder on the way to the file a link out of the output? */
static bool is_reached_by_folders(Emit *emit, Arena *scratch, Str path) {
    struct stat info;
    for (Str dir = path_dir(path); dir.len > 0; dir = path_dir(dir)) {
        if (lstat(disk_path(emit, scratch, dir), &info) != 0 || !S_ISDIR(info.st_mode)) {
            return false;
        }
    }
    return true;
}

static size_t remove_obsolete(Emit *emit, size_t *failures) {
    Arena scratch = {0};
    size_t removed = 0;
    for (size_t i = 0; i < emit->old_files.count; i++) {
        Str path = emit->old_files.entries[i].key, parent = path_dir(path);
        char *target = disk_path(emit, &scratch, path);
        struct stat info;
        if (map_has(&emit->by_path, path) || !is_reached_by_folders(emit, &scratch, path)) {
            continue;
        }
        if (lstat(target, &info) == 0 && !S_ISDIR(info.st_mode)) {
            bool is_gone = fs_remove_file(target);
            removed += is_gone;
            *failures += !is_gone;
        }
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
    for (size_t i = 0; keep_obsolete && i < emit->old_files.count; i++) {
        if (!map_has(&emit->by_path, emit->old_files.entries[i].key)) {
            vec_push(&paths, emit->old_files.entries[i].key);
        }
    }
    if (paths.count > 1) {
        qsort(paths.items, paths.count, sizeof(Str), compare_strs);
    }
    buf_add_literal(&text, MANIFEST_HEAD);
    for (size_t i = 0; i < paths.count; i++) {
        add_line(&text, paths.items[i]);
    }
    char *target = disk_path(emit, &emit->arena, STR(MANIFEST));
    char *fresh = disk_path(emit, &emit->arena, STR(STAGE "/manifest"));
    bool is_good = is_same(target, buf_str(&text)) ||
                   (write_stage(fresh, buf_str(&text)) && fs_rename(fresh, target));
    buf_release(&text);
    vec_release(&paths);
    return is_good;
}

bool emit_commit(Emit *emit, bool keep_obsolete, EmitCounts *counts) {
    *counts = (EmitCounts){0};
    if (emit->has_failed || !can_commit(emit)) {
        return false;
    }
    for (size_t i = 0; i < emit->files.count; i++) {
        counts->written += emit->files.items[i].staged != NULL;
        counts->unchanged += emit->files.items[i].staged == NULL;
    }
    /* Should this process be killed from here on, the next one knows the files of both builds. */
    if (!write_manifest(emit, true)) {
        report_write(emit, STR(MANIFEST), strerror(errno));
        return false;
    }
    /* A file may stand where a folder is needed now, or the other way round: what fails in the
     * first round is tried again when the obsolete files are gone. */
    size_t failures = 0, misplaced = put_in_place(emit, false);
    if (!keep_obsolete) {
        counts->removed = remove_obsolete(emit, &failures);
    }
    failures += misplaced > 0 ? put_in_place(emit, true) : 0;
    if (failures > 0 || !write_manifest(emit, keep_obsolete)) {
        diag_report(emit->diag, SEVERITY_ERROR, "emit.partial", (Pos){emit->folder, 0, 0, 0},
                    "build again", "some files are new and some are old: %s", strerror(errno));
        return false;
    }
    return true;
}

void emit_close(Emit *emit) {
    if (emit == NULL) {
        return;
    }
    if (emit->lock >= 0) {
        fs_remove_tree(disk_path(emit, &emit->arena, STR(STAGE)));
        close(emit->lock);
    }
    pthread_mutex_destroy(&emit->mutex);
    map_release(&emit->by_path);
    map_release(&emit->old_files);
    vec_release(&emit->files);
    arena_release(&emit->arena);
    free(emit);
}
