/* SPDX-License-Identifier: MIT
 * repository.c - finds the git checkout around a folder by reading its files; runs nothing. */
#include "model/repository.h"

#include "base/fs.h"
#include "base/path.h"

#define MAX_CONFIG_BYTES ((size_t)256 * 1024)

Str repository_web_url(Arena *arena, Str remote) {
    Str host, path, url = str_trim(remote);
    while (str_ends_with(url, STR("/"))) {
        url.len--;
    }
    if (str_ends_with(url, STR(".git"))) {
        url.len -= 4;
    }
    size_t scheme = str_find(url, STR("://"));
    if (scheme != STR_NONE) {
        url = str_from_offset(url, scheme + 3);
    } else if (str_cut(url, ':', &host, &path) && !str_contains(host, STR("/"))) {
        url = path_join(arena, host, path); /* scp-like: git@host:owner/name */
    } else {
        return STR_EMPTY; /* a path on this machine has no web address */
    }
    size_t at = str_find_char(url, '@'), slash = str_find_char(url, '/');
    if (slash == STR_NONE) {
        return STR_EMPTY;
    }
    url = at != STR_NONE && at < slash ? str_from_offset(url, at + 1) : url; /* credentials */
    return str_join(arena, STR("https://"), url);
}

/* The url of [remote "origin"] in the text of a git config file. */
static Str origin_url(Str config) {
    Str line, key, value;
    bool in_origin = false;
    while (str_next_line(&config, &line)) {
        line = str_trim(line);
        if (str_starts_with(line, STR("["))) {
            in_origin = str_equal(line, STR("[remote \"origin\"]"));
        } else if (in_origin && str_cut(line, '=', &key, &value) &&
                   str_equal(str_trim(key), STR("url"))) {
            return str_trim(value);
        }
    }
    return STR_EMPTY;
}

/* The folder with the checkout's config: `.git` itself, or where a `.git` file points to. */
static Str git_folder(Arena *arena, Str folder) {
    Str text, dot_git = path_join(arena, folder, STR(".git"));
    switch (fs_kind(str_terminated(arena, dot_git))) {
    case FS_DIR:
        return dot_git;
    case FS_FILE:
        if (fs_read(arena, str_terminated(arena, dot_git), MAX_CONFIG_BYTES, &text) &&
            str_starts_with(text, STR("gitdir:"))) {
            Str target = str_trim(str_from_offset(text, 7));
            size_t worktree = str_find(target, STR("/worktrees/"));
            target = worktree == STR_NONE ? target : str_slice(target, 0, worktree);
            return path_normalise(arena, path_join(arena, folder, target), NULL);
        }
        return STR_EMPTY;
    default:
        return STR_EMPTY;
    }
}

bool repository_find(Arena *arena, Str folder, Str *prefix, Str *url) {
    Str git = STR_EMPTY, top = folder, config;
    *prefix = *url = STR_EMPTY;
    while ((git = git_folder(arena, top)).len == 0) {
        size_t slash = str_find_last_char(top, '/');
        if (slash == STR_NONE || slash == 0) {
            return false;
        }
        top = str_slice(top, 0, slash);
    }
    *prefix = str_from_offset(folder, top.len < folder.len ? top.len + 1 : top.len);
    char *path = str_terminated(arena, path_join(arena, git, STR("config")));
    if (fs_read(arena, path, MAX_CONFIG_BYTES, &config)) {
        *url = repository_web_url(arena, origin_url(config));
    }
    return true;
}
