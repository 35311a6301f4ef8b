/* SPDX-License-Identifier: MIT
 * cache.c - a folder of entries: <kind>/<2 digits>/<30 digits>, each a line with a hash, then the
 * bytes. */
#include "base/cache.h"

#include "base/fs.h"
#include "base/hash.h"
#include "base/path.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define HEAD       "quoin 1 "
#define HEAD_BYTES (sizeof HEAD - 1 + 32 + 1) /* the hash in hex, a line end */

#define DAY       (24 * 60 * 60)
#define KEEP_DAYS 30

const char *cache_folder(Arena *arena) {
    const char *base = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    if (base != NULL && base[0] == '/') {
        return str_terminated(arena, path_join(arena, str_from(base), STR("quoin")));
    }
    if (home != NULL && home[0] == '/') {
        return str_terminated(arena, path_join(arena, str_from(home), STR(".cache/quoin")));
    }
    return NULL;
}

const char *cache_entry(Arena *arena, const char *folder, const char *kind, Str key) {
    char hex[33];
    if (folder == NULL) {
        return NULL;
    }
    hash_hex(key, hex);
    return str_format(arena, "%s/%s/%.2s/%s", folder, kind, hex, hex + 2).data;
}

/* --- one entry ------------------------------------------------------------------------------- */

/* What is not there is not old. */
static bool is_older(const char *path, double seconds) {
    struct stat info;
    return stat(path, &info) == 0 && difftime(time(NULL), info.st_mtime) > seconds;
}

static void add_head(Buf *buf, Str bytes) {
    char hex[33];
    hash_hex(bytes, hex);
    buf_add_format(buf, HEAD "%s\n", hex);
}

bool cache_read(Arena *arena, const char *entry, Str *out) {
    Str text;
    if (entry == NULL || !fs_read(arena, entry, HEAD_BYTES + CACHE_MAX_BYTES, &text) ||
        text.len < HEAD_BYTES) {
        return false;
    }
    Buf head = {0};
    *out = str_from_offset(text, HEAD_BYTES);
    add_head(&head, *out);
    bool is_whole = str_equal(buf_str(&head), str_slice(text, 0, HEAD_BYTES));
    buf_release(&head);
    if (is_whole && is_older(entry, DAY)) {
        utimensat(AT_FDCWD, entry, NULL, 0);
    }
    return is_whole;
}

void cache_write(Arena *arena, const char *entry, int worker, Str bytes) {
    if (entry == NULL || bytes.len > CACHE_MAX_BYTES) {
        return;
    }
    Buf text = {0};
    Str folder = path_dir(str_from(entry));
    Str temporary = str_format(arena, "%s.%ld.%d", entry, (long)getpid(), worker);
    add_head(&text, bytes);
    buf_add(&text, bytes);
    if (fs_make_dirs(str_terminated(arena, folder)) && fs_write(temporary.data, buf_str(&text)) &&
        !fs_rename(temporary.data, entry)) {
        fs_remove_file(temporary.data);
    }
    buf_release(&text);
}

/* --- all of them ----------------------------------------------------------------------------- */

/* What a killed process left behind has a dot in its name. */
static bool is_old(Str path, const char *disk) {
    bool is_temporary = str_find_char(path_base(path), '.') != STR_NONE;
    return is_older(disk, is_temporary ? DAY : KEEP_DAYS * DAY);
}

static void sweep_kind(Arena *arena, const char *folder) {
    FsEntries entries = {0};
    if (fs_walk(arena, folder, NULL, NULL, &entries)) {
        for (size_t i = 0; i < entries.count; i++) {
            Str path = entries.items[i].path;
            const char *disk = str_terminated(arena, path_join(arena, str_from(folder), path));
            if (entries.items[i].kind == FS_FILE && !entries.items[i].is_link &&
                is_old(path, disk)) {
                fs_remove_file(disk);
            }
        }
    }
    vec_release(&entries);
}

void cache_sweep(const char *folder) {
    static const char *const KINDS[] = {"run", "kept", "history"};
    Arena arena = {0};
    if (folder == NULL) {
        return;
    }
    const char *stamp = str_format(&arena, "%s/swept", folder).data;
    bool is_due = (fs_kind(stamp) == FS_NONE || is_older(stamp, DAY)) && fs_kind(folder) == FS_DIR;
    if (is_due && fs_write(stamp, STR_EMPTY)) { /* first, so that others do not sweep as well */
        for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
            sweep_kind(&arena, str_format(&arena, "%s/%s", folder, KINDS[i]).data);
        }
    }
    arena_release(&arena);
}
