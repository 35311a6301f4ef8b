/* SPDX-License-Identifier: MIT
 * print.h - a whole project as one page, for paper and for sign-off: "<project>/print.html". */
#ifndef QUOIN_PASS_PRINT_H
#define QUOIN_PASS_PRINT_H

#include "model/site.h"

#define PRINT_LAYOUT    "print"
#define PRINT_PAGES_MAX 100 /* a longer document is for nobody, and costs a second rendering */

/* In link, once all pages are known: one page for each project of 2 to PRINT_PAGES_MAX pages with
 * a text of their own, unless `print: false`. */
void print_add_pages(Site *site);

/* The place of `page` in the document `print`, from 1; 0 when it is no part of it. Pages that
 * plugins or the core made are not. */
size_t print_chapter(const Page *print, const Page *page);

/* Appends the HTML of `page` to the document: headings one level down, ids kept apart from those
 * of other chapters ("p3-scope" in chapter 3), links between chapters inside the document, other
 * links from its place. `scratch` takes temporary text. */
void print_add_html(const Site *site, const Page *print, const Page *page, Str html, Arena *scratch,
                    Buf *out);

#endif
