/* SPDX-License-Identifier: MIT
 * share.c - finds the folder with what comes with Quoin. */
#include "app/share.h"

#include "base/fs.h"
#include "base/path.h"

#include <stdlib.h>

#ifndef QUOIN_SHARE
#define QUOIN_SHARE "/usr/local/share/quoin"
#endif

Str share_folder(Arena *arena) {
    Str given = str_from(getenv("QUOIN_SHARE")), program = fs_program_dir(arena);
    if (given.len > 0) {
        return given;
    }
    Str places[] = {
        path_normalise(arena, path_join(arena, program, STR("..")), NULL),
        path_normalise(arena, path_join(arena, program, STR("../share/quoin")), NULL),
    };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        Str proof = path_join(arena, places[i], STR("themes/default/theme.yaml"));
        if (fs_kind(str_terminated(arena, proof)) == FS_FILE) {
            return places[i];
        }
    }
    return STR(QUOIN_SHARE);
}

const char *share_path(Arena *arena, const char *name) {
    return str_terminated(arena, path_join(arena, share_folder(arena), str_from(name)));
}
