/* SPDX-License-Identifier: MIT
 * search.h - the index that the portal's search loads in parts, made from the faces of all pages.
 *
 * A document of the index is a section: heading and text up to the next heading; the first one of
 * a page has its title and what stands before the first heading of the text. Documents are
 * numbered through the site. Written are scripts that call quoinSearch.add(name, value), because
 * a page opened from the disk may load scripts only:
 *
 *     search/root.js     pages with their facets, and where to find what
 *     search/words/N.js  words in the order of their letters with the documents they stand in
 *     search/typos/N.js  words without documents, to find the one that was meant
 *     search/texts/N.js  titles and texts of documents in their order
 *
 * The bytes do not depend on the number of workers. */
#ifndef QUOIN_PASS_SEARCH_H
#define QUOIN_PASS_SEARCH_H

#include "model/hook.h"

typedef struct Search Search;

/* Lists the documents of a frozen site, which must outlive the search. */
Search *search_new(const Site *site, int workers);
void search_free(Search *search);

/* Texts are read and written in parts of some documents each; on any thread, but a worker takes
 * its parts in rising order. */
size_t search_part_count(const Search *search);
void search_add_part(Search *search, int worker, size_t part, FileSink file, void *file_context);

/* When all parts were added: what was learned from them. */
void search_finish(Search *search, FileSink file, void *file_context);

#endif
