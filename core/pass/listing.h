/* SPDX-License-Identifier: MIT
 * listing.h - the pages that the core itself makes: folders without an index page, the home page
 * when there is none, the page of all pages, 404. */
#ifndef QUOIN_PASS_LISTING_H
#define QUOIN_PASS_LISTING_H

#include "model/site.h"

#define LISTING_ALL_PAGES "all-pages.md" /* site path of the page of all pages */

void listing_add_pages(Site *site); /* before the navigation is built */
void listing_fill(Site *site);      /* after: writes the lists into the folders' pages */

#endif
