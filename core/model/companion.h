/* SPDX-License-Identifier: MIT
 * companion.h - the files for programs that stand beside a page, and its public addresses.
 *
 * Beside billing/design.html: billing/design.json, what links to it show when they are pointed at
 * (option `previews`), and billing/design.md, its text (option `markdown`). The text keeps the path
 * of its source, so that links from text to text work as they do in the repository. */
#ifndef QUOIN_MODEL_COMPANION_H
#define QUOIN_MODEL_COMPANION_H

#include "model/site.h"

/* A file of the content that has the name goes before. */
bool companion_has_preview(const Site *site, const Page *page);
Str companion_preview_path(Arena *arena, const Page *page);

/* Pages that plugins made as HTML have no text. Its path is the page's. */
bool companion_has_markdown(const Site *site, const Page *page);

/* The page whose companion has this output path; NULL for other paths. */
const Page *companion_page(const Site *site, Arena *arena, Str path);

/* Is the page one to tell others about? Drafts (built on demand), the page for unknown addresses,
 * the search and what repeats others for printing are not. */
bool companion_is_public(const Page *page);

/* Appends the absolute address of a file of the output ("" for the portal's root); what stands for
 * its folder has the folder's. False, and nothing, when the config has no `url`. */
bool companion_add_address(const Config *config, Str out, Buf *buf);

#endif
