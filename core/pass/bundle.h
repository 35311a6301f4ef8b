/* SPDX-License-Identifier: MIT
 * bundle.h - the style sheets of the theme and the plugins as one file, and their scripts as
 * another. */
#ifndef QUOIN_PASS_BUNDLE_H
#define QUOIN_PASS_BUNDLE_H

#include "model/hook.h"
#include "model/theme.h"

#define BUNDLE_CSS "assets/site.css"
#define BUNDLE_JS  "assets/site.js"

/* What every page has: the theme's `css:`, then the plugins'. A sheet that leaves something open
 * ("theme.css") is closed, and those after it are as they would be alone. */
void bundle_add_css(const Theme *theme, const Hooks *hooks, Diag *diag, Buf *out);

/* The theme's `js:`, then the plugins'. Each script is a function of its own: its names are not
 * seen by others, and its error does not keep the next from running. */
void bundle_add_js(const Theme *theme, const Hooks *hooks, Diag *diag, Buf *out);

/* One script of the theme, "js/search.js", in that form; nothing when the theme has none. */
void bundle_add_script(const Theme *theme, Str path, Diag *diag, Buf *out);

#endif
