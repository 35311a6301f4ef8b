/* SPDX-License-Identifier: MIT
 * site.h - the whole: pages by path and id, projects, navigation, links, backlinks, records.
 *
 * Built by the link station on one thread, frozen, then read by any number of render threads.
 * Everything lives in the site's arena (or in the faces' arenas, which live as long). */
#ifndef QUOIN_MODEL_SITE_H
#define QUOIN_MODEL_SITE_H

#include "model/config.h"
#include "model/face.h"
#include "model/kind.h"
#include "model/source.h"

typedef struct Page Page;
typedef struct Project Project;
typedef struct NavNode NavNode;

typedef enum LinkState {
    LINK_OK,
    LINK_EXTERNAL,    /* another host or scheme: not checked */
    LINK_BROKEN,      /* no such file, page, name or id */
    LINK_NO_ANCHOR,   /* the page is there, the anchor is not */
    LINK_ANCHOR_CASE, /* the anchor differs by ASCII case only; resolved to the true one */
    LINK_FILE_CASE,   /* the path differs by case only */
    LINK_OUTSIDE,     /* leads above the content folder */
    LINK_DRAFT,       /* to a page that is a draft and left out */
    LINK_UNKNOWN_ID,  /* a mention that nothing answers to: just text */
    LINK_NO_INDEX     /* a folder without a page */
} LinkState;

typedef struct Target {
    LinkState state;
    const Page *page;     /* when it leads to a page (also for LINK_NO_ANCHOR) */
    Str anchor;           /* the true anchor, "" for none */
    const Record *record; /* when it leads to a record */
    const Source *asset;  /* when it leads to a file that is copied */
    Str url;              /* LINK_EXTERNAL: where to; empty: as it was written */
    Str suffix;           /* query and fragment of an asset's URL that are kept; may be empty */
} Target;

typedef struct PageLink {
    const Link *link;
    Target target;
} PageLink;

typedef struct Backlink {
    const Page *from;
    const Link *link;
} Backlink;

#define PAGE_ORDER_DEFAULT 500 /* for pages and projects that say nothing */

struct Page {
    uint32_t index;
    const Source *source; /* NULL for a generated page */
    const Face *face;     /* never NULL */
    Str path;             /* site path of the source; generated: "open-items.md" (no such file) */
    Str out;              /* output path: "billing/index.html" */
    Str title;
    Str kind_name;          /* front matter `kind`, "" for none */
    const Kind *kind;       /* NULL when it has none or an unknown one */
    const Project *project; /* NULL for pages at the root */
    NavNode *nav;           /* NULL when it is not in the navigation */
    Map anchors;            /* anchor -> its Str, those of headings and of raw HTML */
    bool is_index;          /* README.md or index.md: stands for its folder */
    bool in_nav;
    int order; /* front matter `order`, else PAGE_ORDER_DEFAULT */
    bool is_generated;
    Str layout;       /* "page", "home", "register", ... */
    Str generated_by; /* plugin name, "" */
    Str body;         /* generated: its Markdown */
    Str html;         /* generated: finished HTML instead of Markdown */
    const PageLink *links;
    size_t link_count; /* in the order of the face */
    const Backlink *backlinks;
    size_t backlink_count; /* by source page, then line */
    const Record *const *records;
    size_t record_count;         /* collected ones, then derived ones */
    const Page *previous, *next; /* reading order within the project */
    int64_t changed;             /* last commit, seconds since 1970 (UTC); 0: not known */
    Str updated;                 /* its day: "2026-11-20"; empty: not known */
    const Str *contributors;     /* authors' names, most commits first */
    size_t contributor_count;
};

struct Project {
    Str id; /* folder name */
    Str title;
    Str owner, status, description; /* from the config or the index page's metadata; may be empty */
    uint32_t index;
    const Page *home; /* its index page (always there: generated when the folder has none) */
    const Page *const *pages;
    size_t page_count; /* in reading order, index first */
};

struct NavNode {
    Str title;
    const Page *page; /* NULL: a heading in `nav:` without a page */
    NavNode *parent;
    NavNode **children;
    size_t child_count;
    uint32_t depth;    /* root 0, projects 1 */
    uint32_t position; /* among its siblings, from 0 */
};

/* What an id means in some scope; specs often number their requirements each from 1. */
typedef struct RecordName {
    const Record *record; /* the first of that id */
    bool is_ambiguous;    /* another page of the scope has it too */
} RecordName;

/* A page that changed, for feed.xml. */
typedef struct FeedEntry {
    const Page *page;
    int64_t time; /* seconds since 1970, UTC */
} FeedEntry;

typedef struct Site {
    Arena *arena;
    const Config *config;
    const Kinds *kinds;
    const Sources *sources;
    Diag *diag;
    Str title; /* configured, else the home page's, else the folder's name */
    Page **pages;
    size_t page_count;
    size_t page_cap; /* sources first, in path order; then generated */
    Project **projects;
    size_t project_count;
    NavNode *nav; /* root; its page is the home page */
    const Page *home;
    const Record **records;
    size_t record_count;
    size_t record_cap; /* by page, then position; derived last */
    Map page_by_path;  /* site path -> Page */
    Map page_by_out;   /* output path -> Page */
    /* lower-case title, stem or alias, with the folder, the top folder or nothing before it, each
     * ended by '\n' -> the first Page of that name there */
    Map page_by_name;
    Map draft_by_path;     /* site path -> Source, for drafts left out */
    Map record_by_id;      /* id -> Record */
    const FeedEntry *feed; /* the newest first; none: there is no feed */
    size_t feed_count;
    bool is_frozen;
} Site;

/* Makes an empty site; everything it will hold lives in `arena`. */
Site *site_new(Arena *arena, const Config *config, const Kinds *kinds, const Sources *sources,
               Diag *diag);
/* Releases what does not live in the arena (the maps and lists). */
void site_free(Site *site);
/* Adds the page of a source; `face` must outlive the site. */
Page *site_add_source(Site *site, const Source *source, const Face *face);
/* Replaces the (empty) face of a generated page and makes its anchors known. */
void site_set_face(Site *site, Page *page, const Face *face);

/* Adding, in link only (asserts that the site is not frozen). */
typedef struct GeneratedPage {
    Str path; /* site path ending in ".md": "open-items.md" */
    Str title;
    Str layout; /* "" for "page" */
    Str plugin;
    Str markdown, html; /* one of them */
    Str project;        /* id, or "" for the portal */
    int order;          /* among its siblings in the navigation; larger is later */
    bool in_nav;
    const Value *meta;
} GeneratedPage;
/* NULL after reporting "page.duplicate" when a page or file of that path exists. */
Page *site_add_page(Site *site, const GeneratedPage *page);
/* Copies. An id that stands twice on one page is reported ("record.duplicate"). */
const Record *site_add_record(Site *site, const Record *record);

/* Finding. All are const and thread-safe once the site is frozen. */
const Page *site_page(const Site *site, Str path);
const Project *site_project(const Site *site, Str id);
/* The record of that id as seen from `from` (may be NULL): on the same page, else in the same
 * folder, else in the same project, else in the portal. NULL when the nearest of these scopes that
 * has it has it on several pages. */
const Record *site_record(const Site *site, const Page *from, Str id);

/* What the destination `url`, written on `from`, leads to, as GitHub resolves it. `arena` takes
 * temporary text that the result may borrow. */
void site_resolve(const Site *site, const Page *from, Str url, bool is_image, Arena *arena,
                  Target *out);
/* What a name leads to: a record id, a page's title, stem or alias, "page#heading", "#heading". */
void site_find_name(const Site *site, const Page *from, Str name, Arena *arena, Target *out);

/* Appends the relative URL from `from`'s output file to the target; nothing for targets without
 * a place. */
void site_add_href(const Site *site, const Page *from, const Target *target, Buf *out);
void site_add_page_href(const Page *from, const Page *to, Str anchor, Buf *out);
/* The same from the portal's root: "billing/design.html#risk-2". */
void site_add_url(const Page *to, Str anchor, Buf *out);

/* "billing/README.md" -> "billing/index.html"; other pages keep their name. `is_index` as in Page.
 */
Str site_out_path(Arena *arena, Str path, bool is_index);
/* The index page of a folder (README first, as on GitHub), NULL when it has none. */
const Page *site_folder_page(const Site *site, Str folder);

/* The key of site->page_by_name for a name as it is known in a folder. */
Str site_name_key(Arena *arena, Str folder, Str name);

/* The place among siblings that `order:` asks for, PAGE_ORDER_DEFAULT when it says nothing. */
int site_order(const Value *value);

/* Names near to a target that was not found: "did you mean". Empty when none is near. */
Str site_suggest(const Site *site, const Page *from, Str url, LinkState state, Arena *arena);

#endif
