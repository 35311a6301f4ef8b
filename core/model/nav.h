/* SPDX-License-Identifier: MIT
 * nav.h - what of the navigation one page shows: the path to it, its siblings and its children.
 *
 * The number of items is bounded however many pages there are: of a long row of siblings only a
 * window around the one on the path is shown, and an item with `more` leads to the page that
 * lists them all. */
#ifndef QUOIN_MODEL_NAV_H
#define QUOIN_MODEL_NAV_H

#include "model/site.h"

#define NAV_WINDOW 20 /* items of one row that are shown at most, besides the two "more" items */

typedef struct NavItem {
    Str title;
    const Page *page; /* may be NULL */
    uint32_t depth;   /* from 1 */
    bool is_current;
    bool is_ancestor; /* leads to the current page */
    bool has_children;
    uint32_t more; /* > 0: stands for so many siblings that are left out */
} NavItem;

/* Both give arrays in `arena`, in the order in which they are shown. */
size_t nav_visible(const Site *site, const Page *page, Arena *arena, const NavItem **items);
/* From the home page to the parent of `page`; empty for the home page. */
size_t nav_breadcrumbs(const Site *site, const Page *page, Arena *arena, const NavItem **items);

/* Builds the tree, projects and reading order from the pages; called once by link, after all pages
 * are known. */
void nav_build(Site *site);

#endif
