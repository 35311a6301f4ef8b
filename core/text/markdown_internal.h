/* SPDX-License-Identifier: MIT
 * markdown_internal.h - what the markdown_*.c files share; nobody else includes it.
 *
 * The memory of a tree is one bump allocator per Markdown. cmark-gfm passes no context to its
 * allocator, so the Markdown whose tree is being made or changed is found through a thread-local
 * pointer (markdown_use). Reading a tree never allocates: the pass after the parser has touched
 * every text already. */
#ifndef QUOIN_TEXT_MARKDOWN_INTERNAL_H
#define QUOIN_TEXT_MARKDOWN_INTERNAL_H

#include "base/vec.h"
#include "text/html.h"
#include "text/markdown.h"
#include "text/slug.h"

#define CMARK_NO_SHORT_NAMES
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>

#include <setjmp.h>

/* What we know of a node beyond cmark-gfm: its user data, made when first needed. */
typedef struct NodeExtra {
    Str name;              /* heading: anchor; alert: its kind */
    Str classes;           /* set by node_set_class */
    Str id;                /* set by node_set_id */
    uint32_t line, column; /* of a node that the parser did not make; 0: ask the parser */
    int number;            /* footnote, reference to one: from 1 */
    int use;               /* reference: the how many-th to its footnote, from 1 */
    char task;
    bool is_alert, is_autolink, is_raw;
    bool is_bare; /* link whose address may not be followed: only its content is written */
} NodeExtra;

typedef struct MemoryChunk MemoryChunk;

struct Markdown {
    MemoryChunk *chunks; /* the one being filled in front */
    size_t held;         /* bytes in all chunks */
    size_t limit;        /* more than that jumps to `jump`; SIZE_MAX: no limit */
    uint32_t countdown;  /* allocations until the clock is asked again */
    int64_t deadline;    /* CPU time of this thread in nanoseconds; 0: none */
    jmp_buf jump;        /* where a parser that goes beyond its bounds ends up */

    Arena arena; /* extras and texts of ours */
    SlugSet slugs;
    Buf scratch;
    VEC(int) footnote_uses; /* references to footnote n, at n - 1 */
    Node *root;
    uint64_t generation;
};

/* markdown_memory.c */
extern cmark_mem MARKDOWN_MEMORY;      /* constant; cmark-gfm asks for a pointer to non-const */
void markdown_use(Markdown *markdown); /* the owner of what this thread allocates from now on */
void markdown_memory_reset(Markdown *markdown);
void markdown_memory_release(Markdown *markdown);
void markdown_start_clock(Markdown *markdown);
void markdown_check_clock(Markdown *markdown); /* may jump */

/* markdown_parse.c: whether `first` directly before `second` is in the text; `second` is rare. */
bool markdown_has_pair(Str text, char first, char second);

/* markdown_guard.c: true when the text may be parsed; otherwise why not and at which line. */
bool markdown_guard(Str text, uint32_t *line, const char **reason);

/* markdown_node.c */
NodeExtra *markdown_extra(Node *node); /* NULL when it has none */
NodeExtra *markdown_make_extra(Markdown *markdown, Node *node);
void markdown_learn_types(Node *sample_root); /* reads the numbers of the extensions' types */
Node *markdown_new_node(Markdown *markdown, cmark_node_type type);

/* markdown_autolink.c: turns addresses in a text node into links; the last node of the result. */
Node *markdown_autolink(Markdown *markdown, Node *text);

/* markdown_enrich.c: anchors, tasks, alerts, autolinks, footnote numbers: one walk. */
void markdown_enrich(Markdown *markdown, Node *root);

/* markdown_report.c: footnotes and fences that go nowhere. `text` is the whole file. */
void markdown_report(Markdown *markdown, Node *root, Str file, Str text, uint32_t skip_lines,
                     Diag *diag);

#endif
