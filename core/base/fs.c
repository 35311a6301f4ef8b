/* SPDX-License-Identifier: MIT
 * fs.c - whole files, folders and walks over POSIX calls. */
#include "base/fs.h"

#include "base/path.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_DEPTH = 64, COPY_BYTES = 64 * 1024 };

typedef VEC(Str) Names;

static FsKind kind_of_mode(mode_t mode) {
    return S_ISREG(mode) ? FS_FILE : S_ISDIR(mode) ? FS_DIR : FS_OTHER;
}

FsKind fs_kind(const char *path) {
    struct stat info;
    return stat(path, &info) == 0 ? kind_of_mode(info.st_mode) : FS_NONE;
}

static int compare_names(const void *a, const void *b) {
    return str_compare(*(const Str *)a, *(const Str *)b);
}

/* The sorted names in a folder, without "." and "..". */
static bool list_folder(Arena *arena, const char *path, Names *names) {
    DIR *folder = opendir(path);
    if (!folder)
        return false;
    const struct dirent *entry;
    errno = 0;
    while ((entry = readdir(folder))) {
        Str name = str_from(entry->d_name);
        if (str_equal(name, STR(".")) || str_equal(name, STR("..")))
            continue;
        vec_push(names, str_copy(arena, name));
        errno = 0;
    }
    int error = errno;
    closedir(folder);
    errno = error;
    if (names->count)
        qsort(names->items, names->count, sizeof(Str), compare_names);
    return error == 0;
}

/* Does the other case of the last name in `path` name the same file? */
static bool folds_case(Arena *arena, Str path, const struct stat *info) {
    char *other = str_terminated(arena, path);
    for (size_t i = path.len - path_base(path).len; i < path.len; i++) {
        int c = (unsigned char)other[i];
        other[i] = (char)(isupper(c) ? tolower(c) : toupper(c));
    }
    struct stat other_info;
    return strcmp(other, str_terminated(arena, path)) != 0 && stat(other, &other_info) == 0 &&
           other_info.st_dev == info->st_dev && other_info.st_ino == info->st_ino;
}

static bool is_listed(Arena *arena, Str path) {
    Names names = {0};
    Str folder = path_dir(path);
    bool is_found = false;
    if (list_folder(arena, folder.len ? str_terminated(arena, folder) : ".", &names)) {
        for (size_t i = 0; i < names.count && !is_found; i++) {
            is_found = str_equal(names.items[i], path_base(path));
        }
    } else {
        is_found = true; /* a folder that may be entered but not read: nothing to hold against it */
    }
    vec_release(&names);
    return is_found;
}

bool fs_exists_exactly(const char *path) {
    Arena arena = {0};
    bool is_exact = false;
    struct stat info;
    for (Str rest = str_from(path); rest.len; rest = path_dir(rest)) {
        while (rest.len > 1 && rest.data[rest.len - 1] == '/')
            rest.len--;
        if (str_equal(rest, STR("/")))
            break;
        is_exact = stat(str_terminated(&arena, rest), &info) == 0 &&
                   (!folds_case(&arena, rest, &info) || is_listed(&arena, rest));
        if (!is_exact)
            goto done;
    }
    is_exact = is_exact || str_starts_with(str_from(path), STR("/"));
done:
    arena_release(&arena);
    return is_exact;
}

/* Reads to the end, up to `cap` bytes; -1 with errno on failure. */
static ssize_t read_up_to(int file, char *bytes, size_t cap) {
    size_t len = 0;
    while (len < cap) {
        ssize_t got = read(file, bytes + len, cap - len);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        len += (size_t)got;
    }
    return (ssize_t)len;
}

static int open_file(const char *path, struct stat *info) {
    /* O_NONBLOCK: opening a named pipe must not wait for its writer. */
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return -1;
    int error = 0;
    if (fstat(file, info) != 0) {
        error = errno;
    } else if (!S_ISREG(info->st_mode)) {
        error = S_ISDIR(info->st_mode) ? EISDIR : EINVAL;
    }
    if (error == 0)
        return file;
    close(file);
    errno = error;
    return -1;
}

bool fs_read(Arena *arena, const char *path, size_t max, Str *out) {
    struct stat info;
    int file = open_file(path, &info);
    if (file < 0)
        return false;
    int error = 0;
    size_t cap = info.st_size > 0 ? (size_t)info.st_size : 4096;
    char *bytes = NULL;
    ssize_t len = 0;
    for (;; cap *= 2) { /* again when the file is longer than it said */
        if (cap > max)
            cap = max;
        bytes = arena_alloc(arena, cap + 2);
        len = lseek(file, 0, SEEK_SET) == 0 ? read_up_to(file, bytes, cap + 1) : -1;
        if (len < 0)
            error = errno;
        if (len >= 0 && (size_t)len > max)
            error = EFBIG;
        if (error || (size_t)len <= cap)
            break;
    }
    close(file);
    errno = error;
    if (error)
        return false;
    bytes[len] = '\0';
    *out = (Str){bytes, (size_t)len};
    return true;
}

static bool write_all(int file, Str bytes) {
    while (bytes.len) {
        ssize_t written = write(file, bytes.data, bytes.len);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        bytes = str_from_offset(bytes, (size_t)written);
    }
    return true;
}

static int create_file(const char *path) {
    return open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
}

/* Closes a file that was written; after a failure what is there of it is removed (devices are
 * left alone). `error` 0: all went well so far. */
static bool finish_file(int file, const char *path, int error) {
    struct stat info;
    bool is_regular = fstat(file, &info) == 0 && S_ISREG(info.st_mode);
    if (close(file) != 0 && error == 0)
        error = errno;
    if (error && is_regular)
        unlink(path);
    errno = error;
    return error == 0;
}

bool fs_write(const char *path, Str bytes) {
    int file = create_file(path);
    if (file < 0)
        return false;
    return finish_file(file, path, write_all(file, bytes) ? 0 : errno);
}

bool fs_rename(const char *from, const char *to) {
    return rename(from, to) == 0;
}

bool fs_copy(const char *from, const char *to) {
    struct stat info, target;
    int source = open_file(from, &info);
    if (source < 0)
        return false;
    bool is_same =
        stat(to, &target) == 0 && target.st_dev == info.st_dev && target.st_ino == info.st_ino;
    int file = is_same ? -1 : create_file(to);
    if (is_same)
        errno = EEXIST;
    char *bytes = file < 0 ? NULL : malloc(COPY_BYTES);
    int error = bytes ? 0 : file < 0 ? errno : ENOMEM;
    while (error == 0) {
        ssize_t len = read_up_to(source, bytes, COPY_BYTES);
        if (len == 0)
            break;
        if (len < 0 || !write_all(file, (Str){bytes, (size_t)len}))
            error = errno;
    }
    free(bytes);
    close(source);
    errno = error;
    return file >= 0 && finish_file(file, to, error);
}

static bool make_dir(const char *path) {
    if (mkdir(path, 0777) == 0)
        return true;
    if (errno != EEXIST)
        return false;
    if (fs_kind(path) == FS_DIR)
        return true;
    errno = ENOTDIR;
    return false;
}

bool fs_make_dirs(const char *path) {
    Arena arena = {0};
    char *part = str_terminated(&arena, str_from(path));
    bool is_made = true;
    for (size_t i = 1; part[0] && part[i] && is_made; i++) {
        if (part[i] != '/')
            continue;
        part[i] = '\0';
        is_made = make_dir(part);
        part[i] = '/';
    }
    is_made = is_made && (part[0] == '\0' || make_dir(part));
    int error = errno;
    arena_release(&arena);
    errno = error;
    return is_made;
}

bool fs_remove_file(const char *path) {
    return unlink(path) == 0 || errno == ENOENT;
}

static bool remove_below(Arena *arena, Str path) {
    const char *name = str_terminated(arena, path);
    struct stat info;
    if (lstat(name, &info) != 0)
        return errno == ENOENT;
    if (!S_ISDIR(info.st_mode))
        return fs_remove_file(name);
    Names names = {0};
    bool is_gone = list_folder(arena, name, &names);
    for (size_t i = 0; i < names.count && is_gone; i++) {
        is_gone = remove_below(arena, path_join(arena, path, names.items[i]));
    }
    vec_release(&names);
    return is_gone && (rmdir(name) == 0 || errno == ENOENT);
}

bool fs_remove_tree(const char *path) {
    Arena arena = {0};
    bool is_gone = remove_below(&arena, str_from(path));
    int error = errno;
    arena_release(&arena);
    errno = error;
    return is_gone;
}

bool fs_remove_empty_dirs(const char *path) {
    Arena arena = {0};
    bool is_fine = true;
    for (Str folder = str_from(path); folder.len; folder = path_dir(folder)) {
        if (str_equal(folder, STR("/")) || str_equal(folder, STR(".")))
            break;
        if (rmdir(str_terminated(&arena, folder)) == 0 || errno == ENOENT)
            continue;
        is_fine = errno == ENOTEMPTY || errno == EEXIST || errno == EBUSY || errno == EINVAL;
        break;
    }
    int error = errno;
    arena_release(&arena);
    errno = error;
    return is_fine;
}

typedef struct Walk {
    Arena *arena;
    Str root;
    FsSkip skip;
    void *context;
    FsEntries *out;
} Walk;

static FsEntry look_at(const Walk *walk, Str path) {
    FsEntry entry = {.path = path};
    struct stat info;
    const char *name = str_terminated(walk->arena, path_join(walk->arena, walk->root, path));
    if (lstat(name, &info) != 0) {
        entry.error = errno == ENOENT ? 0 : errno; /* it may have vanished since it was listed */
        return entry;
    }
    entry.is_link = S_ISLNK(info.st_mode);
    entry.kind = entry.is_link ? fs_kind(name) : kind_of_mode(info.st_mode);
    return entry;
}

static bool walk_folder(const Walk *walk, Str folder, int depth) {
    Str full = folder.len ? path_join(walk->arena, walk->root, folder) : walk->root;
    Names names = {0};
    bool is_done = list_folder(walk->arena, str_terminated(walk->arena, full), &names);
    /* A folder that vanished since it was listed is no failure; a missing root is. */
    if (!is_done && errno == ENOENT && depth > 0)
        is_done = true;
    for (size_t i = 0; i < names.count && is_done; i++) {
        FsEntry entry = look_at(walk, path_join(walk->arena, folder, names.items[i]));
        if (entry.error)
            vec_push(walk->out, entry);
        if (entry.kind == FS_NONE && !entry.is_link)
            continue;
        if (walk->skip && walk->skip(walk->context, entry.path, entry.kind))
            continue;
        size_t index = walk->out->count;
        vec_push(walk->out, entry);
        if (entry.kind != FS_DIR || entry.is_link)
            continue;
        if (depth + 1 >= MAX_DEPTH) {
            walk->out->items[index].error = ELOOP;
        } else if (!walk_folder(walk, entry.path, depth + 1)) {
            walk->out->items[index].error = errno;
        }
    }
    int error = errno;
    vec_release(&names);
    errno = error;
    return is_done;
}

static int compare_entries(const void *a, const void *b) {
    return str_compare(((const FsEntry *)a)->path, ((const FsEntry *)b)->path);
}

/* Sorted once more at the end: "a-b" stands before "a/x" by bytes. */
bool fs_walk(Arena *arena, const char *root, FsSkip skip, void *context, FsEntries *out) {
    Walk walk = {arena, str_from(root), skip, context, out};
    if (!walk_folder(&walk, STR_EMPTY, 0))
        return false;
    if (out->count)
        qsort(out->items, out->count, sizeof *out->items, compare_entries);
    return true;
}

Str fs_absolute(Arena *arena, const char *path) {
    Str existing = str_from(path[0] ? path : "."), missing = STR_EMPTY;
    char *real = NULL;
    while (!(real = realpath(str_terminated(arena, existing), NULL))) {
        while (existing.len > 1 && existing.data[existing.len - 1] == '/')
            existing.len--;
        if (str_equal(existing, STR(".")))
            return STR_EMPTY; /* the current folder is gone */
        missing = path_join(arena, path_base(existing), missing);
        existing = path_dir(existing);
        if (existing.len == 0)
            existing = STR(".");
        if (str_equal(existing, STR("/")))
            break;
        if (missing.len > PATH_MAX)
            break;
    }
    Str parent = str_copy(arena, real ? str_from(real) : STR("/"));
    free(real);
    return path_normalise(arena, path_join(arena, parent, missing), NULL);
}

bool fs_is_inside(const char *path, Str folder) {
    char *real = realpath(path, NULL);
    bool is_inside =
        real != NULL && (str_equal(folder, STR("/")) || path_is_inside(str_from(real), folder));
    free(real);
    return is_inside;
}

Str fs_program_dir(Arena *arena) {
    char path[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", path, sizeof path);
    if (len <= 0)
        return STR_EMPTY;
    return str_copy(arena, path_dir((Str){path, (size_t)len}));
}
