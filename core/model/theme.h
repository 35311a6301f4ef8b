/* SPDX-License-Identifier: MIT
 * theme.h - which file of which theme: a site's own file wins over the theme's, the theme's over
 * its parent's. */
#ifndef QUOIN_MODEL_THEME_H
#define QUOIN_MODEL_THEME_H

#include "base/fs.h"
#include "model/config.h"

typedef struct Theme {
    Str name;
    const char *folders[8]; /* absolute, most specific first, NULL-terminated */
    const Value *options;   /* every option of theme.yaml with its value */
    const Str *css;         /* "css/tokens.css", ...: assets/site.css is made of these; "" ends */
    const Str *js;          /* the same for assets/site.js */
    Str colors;             /* a style sheet of the colours that the site sets; may be empty */
} Theme;

/* Finds the configured theme in the site's `themes/`, then in `shipped` (absolute folder of the
 * themes that come with Quoin); reads theme.yaml. Files in the site's `theme/` folder override
 * single files. NULL after reporting. */
const Theme *theme_load(Arena *arena, const Config *config, const char *shipped, Diag *diag);

/* Absolute path of the file that serves `path` ("parts/header.html"), NULL when none does.
 * `shown` (may be NULL) gets the name for diagnostics. */
const char *theme_find(const Theme *theme, Arena *arena, Str path, Str *shown);

/* Every file below "css", "js" and "assets" once, and favicon.svg, as paths relative to a theme
 * folder, sorted; those that are in no bundle. */
void theme_assets(const Theme *theme, Arena *arena, FsEntries *out);

#endif
