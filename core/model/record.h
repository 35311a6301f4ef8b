/* SPDX-License-Identifier: MIT
 * record.h - the typed facts that pages yield: tasks, risks, endpoints, progress.
 *
 * Records belong to plugins: the core gives them a place, an id and an address and carries their
 * fields. All text and fields live in the arena of the face or the site that holds the record. */
#ifndef QUOIN_MODEL_RECORD_H
#define QUOIN_MODEL_RECORD_H

#include "text/value.h"

#define RECORD_NO_PAGE      UINT32_MAX
#define RECORD_MAX_PER_PAGE 20000

typedef struct Record {
    Str kind;  /* "task": declared by some plugin's `emits` */
    Str id;    /* "REQ-12" when the text gives one; empty otherwise */
    Str title; /* plain text, markup removed */
    Pos pos;
    uint32_t page;       /* index of its page, RECORD_NO_PAGE for the portal's own; set by link */
    uint32_t section;    /* index into the page's sections, SECTION_NONE before the first heading */
    Str anchor;          /* where a link to it goes on its page; the section's when it has no own */
    uint32_t block_line; /* > 0: the anchor is its own, the id of the block that starts there */
    uint32_t
        fingerprint;     /* of its block's text; of its section's when it is a heading's; 0: none */
    const Value *fields; /* VALUE_MAP; NULL when nothing */
} Record;

/* 32 bits over the text of a block or section. Comments that carry fingerprints themselves
 * (`<!-- reviewed: 1a2b3c4d -->`, `<!-- approved: ... -->`) do not count, so that accepting a
 * review changes nothing. */
uint32_t record_fingerprint(Str text);

#endif
