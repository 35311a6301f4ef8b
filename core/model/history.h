/* SPDX-License-Identifier: MIT
 * history.h - when pages changed last and whose work they are, from the git checkout around them.
 *
 * One `git log` runs beside the build's other work, on a thread of its own, and what came of it is
 * kept for the next build of the same commit. Dates are those of the main line ("merged on"), in
 * UTC; names are those of authors, as .mailmap has them. Only what is committed counts. */
#ifndef QUOIN_MODEL_HISTORY_H
#define QUOIN_MODEL_HISTORY_H

#include "model/site.h"

#define HISTORY_MAX_NAMES 10 /* contributors of a page */

typedef struct History History;

/* Begins to look. NULL when there is nothing to see: no checkout, no git, `git: false`. */
History *history_start(const Config *config);

/* Gives the pages of a site that is being linked their dates and names; waits until they are known.
 * Reports "git.shallow", "git.slow" once. `history` may be NULL. */
void history_apply(History *history, Site *site);

/* Waits for git when it still runs. The names of all pages go with it. */
void history_free(History *history);

/* --- the parts, for tests ------------------------------------------------------------------- */

typedef struct Change {
    int64_t time;     /* seconds since 1970; 0 when only names are known */
    const Str *names; /* most commits first */
    size_t name_count;
} Change;

/* Reads the output of `git log -z --name-only --format=HISTORY_FORMAT`, newest first. With two logs
 * the first gives the dates, the second (may be empty) the names. The Map's values are Change, by
 * the path of Markdown files below `prefix`, in `arena`. *has_merges tells whether the first log
 * has merges, whose authors say nothing about who wrote. */
#define HISTORY_FORMAT "%x01%ct%x02%P%x02%aN"
void history_parse(Arena *arena, Str prefix, Str dates, Str names, Map *out);
bool history_has_merges(Str log);

/* As the cache has it; history_read is false for anything else. */
void history_add(Buf *out, const Map *changes);
bool history_read(Arena *arena, Str text, Map *out);

#endif
