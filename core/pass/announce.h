/* SPDX-License-Identifier: MIT
 * announce.h - the files that tell programs about the whole portal: sitemap.xml and robots.txt for
 * search engines, feed.xml for readers of feeds, llms.txt for language models. */
#ifndef QUOIN_PASS_ANNOUNCE_H
#define QUOIN_PASS_ANNOUNCE_H

#include "model/hook.h"

#define ANNOUNCE_MAX_FEED    50
#define ANNOUNCE_MAX_SITEMAP 50000 /* what the format allows in one file */
#define ANNOUNCE_MAX_LLMS    10000

/* link: chooses the entries of the feed: the pages that changed last, specs (pages with a kind)
 * where there are any. Their day is that of git, else of the page's metadata or newest revision. */
void announce_choose(Site *site);

/* Each appends the whole file; sitemap and robots need the config's `url`. */
void announce_add_sitemap(const Site *site, Buf *out);
void announce_add_robots(const Site *site, Buf *out);
void announce_add_feed(const Site *site, Buf *out);
void announce_add_llms(const Site *site, Buf *out);

/* All files that the config wants, except those for which `is_taken` (may be NULL). */
typedef bool (*PathTest)(void *context, Str path);
void announce_all(const Site *site, PathTest is_taken, FileSink file, void *context);

#endif
