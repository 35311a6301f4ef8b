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

#endif
