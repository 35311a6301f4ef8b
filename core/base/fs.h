/* SPDX-License-Identifier: MIT
 * fs.h - the file system: reading, walking, writing whole files.
 *
 * Paths are plain C strings as the system takes them. Every function that can fail returns
 * false with errno set; the caller, who knows the user's words for it, reports. */
#ifndef QUOIN_BASE_FS_H
#define QUOIN_BASE_FS_H

#include "base/buf.h"
#include "base/vec.h"

typedef enum FsKind { FS_NONE, FS_FILE, FS_DIR, FS_OTHER } FsKind;

typedef struct FsEntry {
    Str path;    /* relative to the walked folder, '/'-separated */
    FsKind kind; /* what a symbolic link points to; FS_NONE for a dangling one */
    bool is_link;
    int error; /* errno when it could not be looked at, or its entries not be listed; else 0 */
} FsEntry;
typedef VEC(FsEntry) FsEntries;

FsKind fs_kind(const char *path);
bool fs_exists_exactly(const char *path); /* exists in the very case on a case-folding system too */

/* The whole file, in `arena`, with a NUL behind it that is not counted. Fails with EFBIG above
 * `max` bytes. */
bool fs_read(Arena *arena, const char *path, size_t max, Str *out);

/* Writes a new file or replaces an old one in place (no temporary); partial files are removed. */
bool fs_write(const char *path, Str bytes);
bool fs_rename(const char *from, const char *to);
bool fs_copy(const char *from, const char *to);
bool fs_make_dirs(const char *path);         /* like mkdir -p */
bool fs_remove_file(const char *path);       /* true when it is gone already */
bool fs_remove_tree(const char *path);       /* does not follow symbolic links */
bool fs_remove_empty_dirs(const char *path); /* this folder and its parents while empty */

/* Every entry below `root`, sorted by the bytes of its path, folders before what is in them.
 * Symbolic links to files are followed, those to folders are not (no cycles). `skip` (may be
 * NULL) is asked for each entry; true leaves it and what is below it out. Folders more than 64
 * deep, and those that cannot be read, are listed with their `error` and nothing below them; false
 * when `root` itself cannot be read. The list's paths live in `arena`; the caller releases the
 * vector. */
typedef bool (*FsSkip)(void *context, Str path, FsKind kind);
bool fs_walk(Arena *arena, const char *root, FsSkip skip, void *context, FsEntries *out);

/* The file or folder as an absolute path without links, "." and ".."; for what does not exist
 * yet, its nearest existing parent is resolved. Empty when the current folder is needed and
 * gone. */
Str fs_absolute(Arena *arena, const char *path);

/* Is the file or folder, all links followed, `folder` or below it? `folder` is absolute and free
 * of links. False for what does not exist. */
bool fs_is_inside(const char *path, Str folder);

/* Folder of the running program's file. */
Str fs_program_dir(Arena *arena);

#endif
