/* SPDX-License-Identifier: MIT
 * records_json.c - writes records.json. */
#include "pass/records_json.h"

static void add_member(Buf *out, const char *name, Str value) {
    if (value.len > 0) {
        buf_add_format(out, ",\"%s\":", name);
        json_add_text(out, value);
    }
}

static void add_url(Buf *out, const Page *page, Str anchor) {
    Buf url = {0};
    site_add_url(page, anchor, &url);
    add_member(out, "url", buf_str(&url));
    buf_release(&url);
}

static void add_place(const Site *site, const Record *record, Buf *out) {
    const Page *page = site->pages[record->page];
    const Face *face = page->face;
    add_member(out, "page", page->path);
    add_url(out, page, record->anchor);
    if (record->pos.line > 0) {
        buf_add_format(out, ",\"line\":%u", record->pos.line);
    }
    add_member(out, "anchor", record->anchor);
    if (record->section < face->section_count) {
        add_member(out, "section", face->sections[record->section].title);
    }
    if (page->project != NULL) {
        add_member(out, "project", page->project->id);
    }
}

static void add_record(const Site *site, const Record *record, Buf *out) {
    buf_add_literal(out, "{\"kind\":");
    json_add_text(out, record->kind);
    add_member(out, "id", record->id);
    add_member(out, "title", record->title);
    if (record->fields != NULL && record->fields->count > 0) {
        buf_add_literal(out, ",\"fields\":");
        value_add_json(out, record->fields);
    }
    if (record->page != RECORD_NO_PAGE) {
        add_place(site, record, out);
    }
    buf_add_char(out, '}');
}

void records_add_json(const Site *site, Buf *out) {
    buf_add_literal(out, "{\"version\":1,\"title\":");
    json_add_text(out, site->title);
    buf_add_literal(out, ",\"records\":[");
    for (size_t i = 0; i < site->record_count; i++) {
        buf_add(out, i > 0 ? STR(",\n") : STR("\n"));
        add_record(site, site->records[i], out);
    }
    buf_add_literal(out, "\n]}\n");
}
