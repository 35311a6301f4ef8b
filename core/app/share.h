/* SPDX-License-Identifier: MIT
 * share.h - where the plugins, themes and templates that come with Quoin are. */
#ifndef QUOIN_APP_SHARE_H
#define QUOIN_APP_SHARE_H

#include "base/str.h"

/* The folder that holds plugins/, themes/ and templates/: $QUOIN_SHARE, the source tree around
 * the program, ../share/quoin beside it, or the installed place. */
Str share_folder(Arena *arena);
const char *share_path(Arena *arena, const char *name); /* "<share>/plugins" */

#endif
