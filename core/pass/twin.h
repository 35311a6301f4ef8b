/* SPDX-License-Identifier: MIT
 * twin.h - a page as Markdown, for programs that read text rather than HTML. */
#ifndef QUOIN_PASS_TWIN_H
#define QUOIN_PASS_TWIN_H

#include "model/site.h"

/* Front matter with what the portal shows of the page (title, kind, status, owner, project,
 * updated), then its text as it was written. What readers of the portal do not see is left out:
 * other front matter (the first `skip` lines of `text`), comments. */
void twin_add(const Page *page, Str text, uint32_t skip, Buf *out);

/* The same with the text of the page's source, or of what a plugin wrote. A source that cannot be
 * read any more gives the front matter alone: reading it has said so. */
void twin_add_page(const Page *page, Buf *out);

#endif
