/* SPDX-License-Identifier: MIT
 * preview.c - writes <page>.json and assets/nav.js, from faces alone. */
#include "pass/preview.h"

#include "base/utf8.h"

/* --- text ---------------------------------------------------------------------------------------
 */

/* The first code points of a text on one line; a word is only cut when it is very long. */
static Str excerpt(Arena *arena, Str text, bool *is_cut) {
    size_t at = 0, space = 0, count = 0;
    text = str_trim(text);
    while (at < text.len && count < PREVIEW_MAX_TEXT) {
        if (text.data[at] == ' ' || text.data[at] == '\n') {
            space = at;
        }
        utf8_next(text, &at);
        count++;
    }
    *is_cut = at < text.len;
    return utf8_line(arena, str_slice(text, 0, *is_cut && space > at / 2 ? space : at));
}

static void add_text(Buf *out, Arena *arena, const char *name, Str text) {
    bool is_cut;
    if (text.len == 0) {
        return;
    }
    Str line = excerpt(arena, text, &is_cut);
    if (out->data[out->len - 1] != '{') {
        buf_add_char(out, ',');
    }
    buf_add_format(out, "\"%s\":", name);
    json_add_text(out, is_cut ? str_join(arena, line, STR("…")) : line);
}

/* --- what a link shows
 * ---------------------------------------------------------------------------- */

typedef struct Preview {
    const Page *page;
    Buf *out;
    Arena scratch;
    size_t count; /* members of the object at hand */
} Preview;

static bool begin_member(Preview *preview, const char *group, Str anchor) {
    if (anchor.len == 0 || preview->out->len > PREVIEW_MAX_BYTES) {
        return false;
    }
    if (preview->count++ == 0) {
        buf_add_format(preview->out, ",\"%s\":{", group);
    } else {
        buf_add_char(preview->out, ',');
    }
    json_add_text(preview->out, anchor);
    buf_add_literal(preview->out, ":{");
    return true;
}

static void end_group(Preview *preview) {
    if (preview->count > 0) {
        buf_add_char(preview->out, '}');
    }
    preview->count = 0;
}

static void add_sections(Preview *preview) {
    const Face *face = preview->page->face;
    for (size_t i = 0; i < face->section_count; i++) {
        const Section *section = &face->sections[i];
        if (begin_member(preview, "sections", section->anchor)) {
            add_text(preview->out, &preview->scratch, "title", section->title);
            add_text(preview->out, &preview->scratch, "text", section->text);
            buf_add_char(preview->out, '}');
        }
    }
    end_group(preview);
}

/* What a record says beyond its title, by the names that plugins give to such a field. */
static Str text_of(const Record *record) {
    static const char *const NAMES[] = {"definition", "description", "text", "mitigation", "value"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        Str text = value_as_text(value_get(record->fields, str_from(NAMES[i])));
        if (text.len > 0 && !str_equal(text, record->title)) {
            return text;
        }
    }
    return STR_EMPTY;
}

/* Of several records at one place the one with an id, else the last: what gathers comes after
 * what it gathers from. */
static void choose_records(const Page *page, Map *chosen) {
    for (size_t i = 0; i < page->record_count; i++) {
        const Record *record = page->records[i];
        if (record->block_line == 0 || (record->id.len == 0 && text_of(record).len == 0)) {
            continue; /* it stands at its section's anchor, or says no more than a link to it */
        }
        const Record *other = map_get(chosen, record->anchor);
        if (other == NULL || record->id.len > 0 || other->id.len == 0) {
            map_set(chosen, record->anchor, (void *)(uintptr_t)record);
        }
    }
}

static void add_records(Preview *preview) {
    Map chosen = {0};
    choose_records(preview->page, &chosen);
    for (size_t i = 0; i < chosen.count; i++) {
        const Record *record = chosen.entries[i].value;
        if (begin_member(preview, "records", chosen.entries[i].key)) {
            add_text(preview->out, &preview->scratch, "kind", record->kind);
            add_text(preview->out, &preview->scratch, "title", record->title);
            add_text(preview->out, &preview->scratch, "text", text_of(record));
            buf_add_char(preview->out, '}');
        }
    }
    end_group(preview);
    map_release(&chosen);
}

void preview_add_json(const Page *page, Buf *out) {
    Preview preview = {.page = page, .out = out};
    const Face *face = page->face;
    Str status = value_as_text(value_get(face->meta, STR("status")));
    buf_add_char(out, '{');
    add_text(out, &preview.scratch, "title", page->title);
    add_text(out, &preview.scratch, "summary", face->summary);
    add_text(out, &preview.scratch, "kind", page->kind_name);
    add_text(out, &preview.scratch, "status", status);
    if (page->project != NULL) {
        add_text(out, &preview.scratch, "project", page->project->title);
    }
    add_sections(&preview);
    add_records(&preview);
    buf_add_literal(out, "}\n");
    arena_release(&preview.scratch);
}

/* --- the navigation
 * -------------------------------------------------------------------------------
 */

/* A heading of `nav:` without a page leads to the first one below it. */
static const Page *page_below(const NavNode *node) {
    while (node->page == NULL && node->child_count > 0) {
        node = node->children[0];
    }
    return node->page;
}

static void add_node(const NavNode *node, Buf *out, Arena *scratch, size_t *count) {
    const Page *page = page_below(node);
    Buf url = {0};
    if (page == NULL || *count >= PREVIEW_MAX_NAV) {
        return;
    }
    site_add_url(page, STR_EMPTY, &url);
    buf_add(out, (*count)++ > 0 ? STR(",\n{") : STR("\n{"));
    add_text(out, scratch, "title", node->title);
    buf_add_literal(out, ",\"url\":");
    json_add_text(out, buf_str(&url));
    buf_add_format(out, ",\"depth\":%u", node->depth);
    add_text(out, scratch, "status", value_as_text(value_get(page->face->meta, STR("status"))));
    buf_add_char(out, '}');
    buf_release(&url);
    arena_reset(scratch);
    for (size_t i = 0; i < node->child_count; i++) {
        add_node(node->children[i], out, scratch, count);
    }
}

void preview_add_nav(const Site *site, Buf *out) {
    Arena scratch = {0};
    size_t count = 0;
    buf_add_literal(out, "quoin.nav([");
    for (size_t i = 0; i < site->nav->child_count; i++) {
        add_node(site->nav->children[i], out, &scratch, &count);
    }
    buf_add_literal(out, "\n]);\n");
    arena_release(&scratch);
}
