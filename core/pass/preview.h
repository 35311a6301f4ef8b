/* SPDX-License-Identifier: MIT
 * preview.h - data that scripts fetch when somebody asks for more: what a link shows when it is
 * pointed at, and the whole tree of the navigation. */
#ifndef QUOIN_PASS_PREVIEW_H
#define QUOIN_PASS_PREVIEW_H

#include "model/site.h"

#define PREVIEW_MAX_TEXT  200                 /* code points of a title or text */
#define PREVIEW_MAX_BYTES ((size_t)64 * 1024) /* about so much of one page */

/* { "title", "summary", "kind", "status", "project", "sections": { anchor: { "title", "text" } },
 * "records": { anchor: { "kind", "title", "text" } } }; what is empty is not there. Records are
 * those with an anchor of their own and an id or a text beside the title. Of a very long page, the
 * first ones. */
void preview_add_json(const Page *page, Buf *out);

#define PREVIEW_NAV     "assets/nav.js"
#define PREVIEW_MAX_NAV 50000 /* entries */

/* `quoin.nav([{title, url, depth, status}, ...])`: every page of the navigation in reading order;
 * `url` from the portal's root, `depth` from 1, `status` only where there is one. */
void preview_add_nav(const Site *site, Buf *out);

#endif
