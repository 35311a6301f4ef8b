/* SPDX-License-Identifier: MIT
 * feed.c - feed.xml: the pages that changed last (Atom, RFC 4287). */
#include "base/date.h"
#include "base/hash.h"
#include "base/path.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "model/companion.h"
#include "pass/announce.h"
#include "text/html.h"

#include <stdlib.h>

/* --- which pages
 * ---------------------------------------------------------------------------------- */

static int32_t day_of(Str text) {
    Date date;
    return date_parse(text, &date) ? date_to_days(date) : 0;
}

/* What the page says of itself; 0 when it says nothing. */
static int32_t own_day(const Page *page) {
    static const char *const KEYS[] = {"last-updated", "updated", "modified", "date"};
    int32_t day = 0;
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS && day == 0; i++) {
        day = day_of(value_as_text(value_get(page->face->meta, str_from(KEYS[i]))));
    }
    for (size_t i = 0; i < page->record_count; i++) {
        const Record *record = page->records[i];
        if (str_equal(record->kind, STR("revision"))) {
            int32_t other = day_of(value_as_text(value_get(record->fields, STR("date"))));
            day = other > day ? other : day;
        }
    }
    return day;
}

static int compare_entries(const void *a, const void *b) {
    const FeedEntry *left = a, *right = b;
    if (left->time != right->time) {
        return left->time > right->time ? -1 : 1;
    }
    return str_compare(left->page->path, right->page->path);
}

static bool has_specs(const Site *site) {
    for (size_t i = 0; i < site->page_count; i++) {
        if (site->pages[i]->kind_name.len > 0) {
            return true;
        }
    }
    return false;
}

void announce_choose(Site *site) {
    VEC(FeedEntry) entries = {0};
    bool only_specs = has_specs(site);
    for (size_t i = 0; i < site->page_count && config_bool(site->config, "feed"); i++) {
        const Page *page = site->pages[i];
        if (page->is_generated || !companion_is_public(page) ||
            (only_specs && page->kind_name.len == 0)) {
            continue;
        }
        int64_t time = page->changed > 0 ? page->changed : (int64_t)own_day(page) * 24 * 60 * 60;
        if (time > 0) {
            vec_push(&entries, ((FeedEntry){page, time}));
        }
    }
    if (entries.count > 1) {
        qsort(entries.items, entries.count, sizeof(FeedEntry), compare_entries);
    }
    site->feed_count = entries.count < ANNOUNCE_MAX_FEED ? entries.count : ANNOUNCE_MAX_FEED;
    site->feed = vec_to_arena(site->arena, &entries);
}

/* --- the file
 * ------------------------------------------------------------------------------------- */

/* The same for ever, wherever the portal is published: made from repository and path. */
static void add_id(const Site *site, Str path, Buf *out) {
    char hex[33];
    Buf name = {0};
    Str portal = site->config->repository;
    buf_add_literal(&name, "quoin feed\n");
    buf_add(&name, portal.len > 0 ? portal : site->title);
    buf_add_char(&name, '\n');
    buf_add(&name, path);
    hash_hex(buf_str(&name), hex);
    hex[12] = '8'; /* a UUID of the free form, RFC 9562 */
    hex[16] = "89ab"[hex[16] % 4];
    buf_add_format(out, "<id>urn:uuid:%.8s-%.4s-%.4s-%.4s-%.12s</id>\n", hex, hex + 8, hex + 12,
                   hex + 16, hex + 20);
    buf_release(&name);
}

/* Control characters, which XML cannot have, become spaces. */
static void add_text(Buf *out, Str text) {
    Arena arena = {0};
    html_add_escaped(out, utf8_line(&arena, text));
    arena_release(&arena);
}

static void add_element(Buf *out, const char *name, Str text) {
    buf_add_format(out, "<%s>", name);
    add_text(out, text);
    buf_add_format(out, "</%s>\n", name);
}

static void add_time(Buf *out, int64_t time) {
    int32_t day = (int32_t)(time / (24 * 60 * 60)), second = (int32_t)(time % (24 * 60 * 60));
    Date date = date_from_days(day);
    buf_add_format(out, "<updated>%04d-%02d-%02dT%02d:%02d:%02dZ</updated>\n", date.year,
                   date.month, date.day, second / 3600, second / 60 % 60, second % 60);
}

/* Without a `url`, relative to the feed's own place. */
static void add_link(const Site *site, const char *rel, Str path, Buf *out) {
    Buf url = {0};
    if (!companion_add_address(site->config, path, &url)) {
        path_add_encoded(&url, path);
    }
    buf_add_format(out, "<link rel=\"%s\" href=\"", rel);
    html_add_escaped(out, buf_str(&url));
    buf_add_literal(out, "\"/>\n");
    buf_release(&url);
}

static void add_entry(const Site *site, const FeedEntry *entry, Buf *out) {
    const Page *page = entry->page;
    buf_add_literal(out, "<entry>\n");
    add_element(out, "title", page->title);
    add_id(site, page->path, out);
    add_link(site, "alternate", page->out, out);
    add_time(out, entry->time);
    for (size_t i = 0; i < page->contributor_count; i++) {
        buf_add_literal(out, "<author>");
        buf_add_literal(out, "<name>");
        add_text(out, page->contributors[i]);
        buf_add_literal(out, "</name></author>\n");
    }
    if (page->project != NULL) {
        buf_add_literal(out, "<category term=\"");
        add_text(out, page->project->title);
        buf_add_literal(out, "\"/>\n");
    }
    if (page->face->summary.len > 0) {
        add_element(out, "summary", page->face->summary);
    }
    buf_add_literal(out, "</entry>\n");
}

void announce_add_feed(const Site *site, Buf *out) {
    buf_add_literal(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                         "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"");
    add_text(out, site->config->language);
    buf_add_literal(out, "\">\n");
    add_element(out, "title", site->title);
    if (site->config->description.len > 0) {
        add_element(out, "subtitle", site->config->description);
    }
    add_id(site, STR_EMPTY, out);
    add_link(site, "self", STR("feed.xml"), out);
    add_link(site, "alternate", STR("index.html"), out);
    add_time(out, site->feed_count > 0 ? site->feed[0].time : 0);
    buf_add_literal(out, "<author><name>");
    add_text(out, site->title);
    buf_add_literal(out, "</name></author>\n<generator>Quoin</generator>\n");
    for (size_t i = 0; i < site->feed_count; i++) {
        add_entry(site, &site->feed[i], out);
    }
    buf_add_literal(out, "</feed>\n");
}
