/* SPDX-License-Identifier: MIT
 * companion.c - which page has which files beside it. */
#include "model/companion.h"

#include "base/path.h"

static Str with_ext(Arena *arena, Str path, const char *ext) {
    Str stem = str_slice(path, 0, path.len - path_ext(path).len);
    return str_join(arena, stem, str_from(ext));
}

Str companion_preview_path(Arena *arena, const Page *page) {
    return with_ext(arena, page->out, ".json");
}

/* What repeats other pages or is no page of its own. */
static bool is_plain(const Page *page) {
    static const char *const LAYOUTS[] = {"404", "search", "print"};
    for (size_t i = 0; i < sizeof LAYOUTS / sizeof *LAYOUTS; i++) {
        if (str_equal(page->layout, str_from(LAYOUTS[i]))) {
            return false;
        }
    }
    return true;
}

bool companion_is_public(const Page *page) {
    return is_plain(page) && !page->face->is_draft;
}

bool companion_has_preview(const Site *site, const Page *page) {
    Arena scratch = {0};
    bool is_wanted = site->config->previews && is_plain(page) &&
                     !map_has(&site->sources->by_path, companion_preview_path(&scratch, page));
    arena_release(&scratch);
    return is_wanted;
}

bool companion_has_markdown(const Site *site, const Page *page) {
    bool has_text = page->source != NULL || page->body.len > 0;
    return has_text && site->config->markdown;
}

const Page *companion_page(const Site *site, Arena *arena, Str path) {
    const Page *page;
    if (str_ends_with(path, STR(".json"))) {
        page = map_get(&site->page_by_out, with_ext(arena, path, ".html"));
        return page != NULL && companion_has_preview(site, page) ? page : NULL;
    }
    page = site_page(site, path);
    return page != NULL && companion_has_markdown(site, page) ? page : NULL;
}

bool companion_add_address(const Config *config, Str out, Buf *buf) {
    Str index = STR("index.html");
    bool is_index = str_equal(path_base(out), index);
    if (config->base_url.len == 0) {
        return false;
    }
    buf_add(buf, config->base_url);
    path_add_encoded(buf, is_index ? str_slice(out, 0, out.len - index.len) : out);
    return true;
}
