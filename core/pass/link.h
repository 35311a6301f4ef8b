/* SPDX-License-Identifier: MIT
 * link.h - station 3: all faces become the site. The one place that sees everything; runs alone. */
#ifndef QUOIN_PASS_LINK_H
#define QUOIN_PASS_LINK_H

#include "pass/read.h"

/* Builds, checks and freezes the site. `faces[i]` is the face of `sources->items[i]` (NULL for
 * assets). `worker` reads generated pages. The site lives in `arena`; the caller calls site_free.
 */
Site *link_site(const ReadContext *context, ReadWorker *worker, Arena *arena,
                const Sources *sources, const Face *const *faces);

/* Puts a newer face into a page of a linked site: title, anchors, links, backlinks from it and
 * records of the page are those of `face`; navigation, derived records and generated pages stay as
 * they were linked.
 * `face` must outlive the site; nobody else may be using the site. For `serve`, which shows an
 * edited page before the site is linked anew. */
void link_patch_page(Site *site, Page *page, const Face *face);

#endif
