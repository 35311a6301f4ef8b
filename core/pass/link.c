/* SPDX-License-Identifier: MIT
 * link.c - station 3: pages, navigation, records, links and backlinks from all faces. */
#include "pass/link.h"

#include "base/path.h"
#include "base/utf8.h"
#include "model/nav.h"
#include "pass/announce.h"
#include "pass/check.h"
#include "pass/listing.h"
#include "pass/print.h"

#include <string.h>

/* --- pages ---------------------------------------------------------------------------------- */

static void add_sources(Site *site, const Sources *sources, const Face *const *faces) {
    /* Drafts first: whether a README stands for its folder depends on whether an index does. */
    for (size_t i = 0; i < sources->count; i++) {
        if (faces[i] != NULL && faces[i]->is_draft && !site->config->drafts) {
            map_set(&site->draft_by_path, sources->items[i].path, &sources->items[i]);
        }
    }
    for (size_t i = 0; i < sources->count; i++) {
        if (faces[i] != NULL && !map_has(&site->draft_by_path, sources->items[i].path)) {
            site_add_source(site, &sources->items[i], faces[i]);
        }
    }
}

static void choose_title(Site *site) {
    Str title = site->config->title;
    if (title.len == 0 && site->home != NULL && !site->home->is_generated) {
        title = site->home->title;
    }
    site->title = utf8_line(site->arena, title.len > 0 ? title : path_base(site->config->root));
}

/* --- records -------------------------------------------------------------------------------- */

/* The site's records are copies of the faces' (their text is shared): they know their page. */
static void gather_records(Site *site) {
    for (size_t i = 0; i < site->page_count; i++) {
        const Face *face = site->pages[i]->face;
        for (size_t j = 0; j < face->record_count; j++) {
            Record record = face->records[j];
            record.page = (uint32_t)i;
            site_add_record(site, &record);
        }
    }
}

/* Records of each page: those it was read with first, then derived ones. */
static void divide_records(Site *site) {
    const Record ***lists = arena_array(site->arena, const Record **, site->page_count);
    for (size_t i = 0; i < site->page_count; i++) {
        site->pages[i]->record_count = 0;
    }
    for (size_t i = 0; i < site->record_count; i++) {
        if (site->records[i]->page != RECORD_NO_PAGE) {
            site->pages[site->records[i]->page]->record_count++;
        }
    }
    for (size_t i = 0; i < site->page_count; i++) {
        lists[i] = arena_array(site->arena, const Record *, site->pages[i]->record_count);
        site->pages[i]->records = lists[i];
        site->pages[i]->record_count = 0;
    }
    for (size_t i = 0; i < site->record_count; i++) {
        const Record *record = site->records[i];
        if (record->page != RECORD_NO_PAGE) {
            lists[record->page][site->pages[record->page]->record_count++] = record;
        }
    }
}

/* --- links ---------------------------------------------------------------------------------- */

static bool may_change(LinkState state) {
    return state == LINK_BROKEN || state == LINK_UNKNOWN_ID || state == LINK_NO_INDEX ||
           state == LINK_NO_ANCHOR;
}

static void resolve_link(const Site *site, const Page *page, PageLink *link, Arena *scratch) {
    Target *target = &link->target;
    if (link->link->form == LINK_TEXT || link->link->form == LINK_IMAGE) {
        site_resolve(site, page, link->link->target, link->link->form == LINK_IMAGE, scratch,
                     target);
    } else {
        site_find_name(site, page, link->link->target, scratch, target);
    }
    bool is_text = link->link->form == LINK_MENTION
                       ? target->record == NULL
                       : link->link->form == LINK_LABEL && target->state != LINK_OK;
    if (is_text) {
        *target = (Target){.state = LINK_UNKNOWN_ID};
    }
    /* What the target borrows from the scratch arena must live on. */
    target->anchor = str_copy(site->arena, target->anchor);
    target->suffix = str_copy(site->arena, target->suffix);
    target->url = str_copy(site->arena, target->url);
}

/* Resolves what was not resolved yet: everything the first time; the second time what was broken,
 * because generated pages and derived records have come since. */
static void resolve_links(Site *site) {
    Arena scratch = {0};
    for (size_t i = 0; i < site->page_count; i++) {
        Page *page = site->pages[i];
        const Face *face = page->face;
        bool is_first = page->links == NULL;
        PageLink *links = is_first ? arena_array(site->arena, PageLink, face->link_count)
                                   : (PageLink *)page->links;
        for (size_t j = 0; j < face->link_count; j++) {
            links[j].link = &face->links[j];
            if (is_first || may_change(links[j].target.state)) {
                resolve_link(site, page, &links[j], &scratch);
            }
        }
        page->links = links;
        page->link_count = face->link_count;
        arena_reset(&scratch);
    }
    arena_release(&scratch);
}

/* A page links back to those that mention it; lists made by plugins are no mentions. */
static const Page *mentioned_page(const Page *from, const PageLink *link) {
    const Page *to = link->target.page;
    return from->is_generated || to == from ? NULL : to;
}

static void collect_backlinks(Site *site) {
    Backlink **lists = arena_array(site->arena, Backlink *, site->page_count);
    for (int pass = 0; pass < 2; pass++) { /* count, then fill */
        for (size_t i = 0; i < site->page_count; i++) {
            const Page *from = site->pages[i];
            for (size_t j = 0; j < from->link_count; j++) {
                Page *to = (Page *)mentioned_page(from, &from->links[j]);
                if (to != NULL && pass == 1) {
                    lists[to->index][to->backlink_count] = (Backlink){from, from->links[j].link};
                }
                if (to != NULL) {
                    to->backlink_count++;
                }
            }
        }
        for (size_t i = 0; pass == 0 && i < site->page_count; i++) {
            Page *page = site->pages[i];
            lists[i] = arena_array(site->arena, Backlink, page->backlink_count);
            page->backlinks = lists[i];
            page->backlink_count = 0;
        }
    }
}

/* --- the station ------------------------------------------------------------------------------ */

static void read_generated_pages(const ReadContext *context, ReadWorker *worker, Site *site) {
    for (size_t i = 0; i < site->page_count; i++) {
        Page *page = site->pages[i];
        if (page->is_generated && page->body.len > 0) {
            site_set_face(site, page, read_generated(context, worker, page));
        }
    }
}

static void run_plugins(const ReadContext *context, ReadWorker *worker, Site *site) {
    const Hooks *hooks = context->hooks;
    if (hooks->rollup != NULL) {
        hooks->rollup(hooks->context, site);
        divide_records(site);
    }
    if (hooks->pages != NULL) {
        size_t before = site->page_count;
        hooks->pages(hooks->context, site);
        if (site->page_count != before) {
            nav_build(site);
            divide_records(site);
        }
    }
    read_generated_pages(context, worker, site);
}

Site *link_site(const ReadContext *context, ReadWorker *worker, Arena *arena,
                const Sources *sources, const Face *const *faces) {
    Site *site = site_new(arena, context->config, context->kinds, sources, context->diag);
    add_sources(site, sources, faces);
    history_apply(context->history, site);
    listing_add_pages(site);
    nav_build(site);
    choose_title(site);
    gather_records(site);
    divide_records(site);
    resolve_links(site);
    run_plugins(context, worker, site);
    print_add_pages(site);
    resolve_links(site);
    collect_backlinks(site);
    listing_fill(site);
    check_site(site);
    if (context->hooks->check != NULL) {
        context->hooks->check(context->hooks->context, site);
    }
    announce_choose(site);
    site->is_frozen = true;
    return site;
}

/* --- one page of a linked site ------------------------------------------------------------------
 */

/* The page's record that `record` is a newer version of; NULL for a new one. Versions have the same
 * id, or, without ids, the same title. */
static Record *find_version(Record **old, size_t count, const Record *record) {
    for (size_t i = 0; i < count; i++) {
        bool is_version = old[i] != NULL && str_equal(old[i]->kind, record->kind) &&
                          str_equal(old[i]->id, record->id) &&
                          (record->id.len > 0 || str_equal(old[i]->title, record->title));
        if (is_version) {
            Record *found = old[i];
            old[i] = NULL;
            return found;
        }
    }
    return NULL;
}

/* The new face's records, then those that others derived for the page. Who refers to a record does
 * it by its address: a newer version takes the old one's place. */
static void patch_records(Site *site, Page *page, const Face *face) {
    size_t old_count = page->face->record_count < page->record_count ? page->face->record_count
                                                                     : page->record_count;
    size_t derived = page->record_count - old_count;
    Record **old = arena_array(site->arena, Record *, old_count);
    const Record **list = arena_array(site->arena, const Record *, face->record_count + derived);
    for (size_t i = 0; i < old_count; i++) {
        old[i] = (Record *)page->records[i];
    }
    for (size_t i = 0; i < face->record_count; i++) {
        Record *record = find_version(old, old_count, &face->records[i]);
        record = record != NULL ? record : arena_new(site->arena, Record);
        *record = face->records[i];
        record->page = page->index;
        list[i] = record;
    }
    for (size_t i = 0; i < derived; i++) {
        list[face->record_count + i] = page->records[old_count + i];
    }
    page->records = list;
    page->record_count = face->record_count + derived;
}

/* Backlinks of `to`, without those from `from`, with room for the new ones in their place. */
static void patch_backlinks(Site *site, Page *from, Page *to) {
    size_t more = 0, count = 0, at = 0;
    for (size_t i = 0; i < from->link_count; i++) {
        more += mentioned_page(from, &from->links[i]) == to;
    }
    Backlink *list = arena_array(site->arena, Backlink, to->backlink_count + more);
    for (; at < to->backlink_count && to->backlinks[at].from->index < from->index; at++) {
        list[count++] = to->backlinks[at];
    }
    for (size_t i = 0; i < from->link_count; i++) {
        if (mentioned_page(from, &from->links[i]) == to) {
            list[count++] = (Backlink){from, from->links[i].link};
        }
    }
    for (; at < to->backlink_count; at++) {
        if (to->backlinks[at].from != from) {
            list[count++] = to->backlinks[at];
        }
    }
    to->backlinks = list;
    to->backlink_count = count;
}

/* Every page that the links lead to, once. */
static void patch_targets(Site *site, Page *page, const PageLink *old, size_t old_count) {
    bool *is_done = arena_array(site->arena, bool, site->page_count);
    const struct {
        const PageLink *links;
        size_t count;
    } lists[] = {{old, old_count}, {page->links, page->link_count}};
    for (size_t k = 0; k < sizeof lists / sizeof *lists; k++) {
        for (size_t i = 0; i < lists[k].count; i++) {
            Page *to = (Page *)mentioned_page(page, &lists[k].links[i]);
            if (to != NULL && !is_done[to->index]) {
                is_done[to->index] = true;
                patch_backlinks(site, page, to);
            }
        }
    }
}

void link_patch_page(Site *site, Page *page, const Face *face) {
    Arena scratch = {0};
    const PageLink *old = page->links;
    size_t old_count = page->link_count;
    PageLink *links = arena_array(site->arena, PageLink, face->link_count);
    patch_records(site, page, face);
    site_set_face(site, page, face);
    page->title = face->title;
    for (size_t i = 0; i < face->link_count; i++) {
        links[i].link = &face->links[i];
        resolve_link(site, page, &links[i], &scratch);
    }
    page->links = links;
    page->link_count = face->link_count;
    patch_targets(site, page, old, old_count);
    arena_release(&scratch);
}
