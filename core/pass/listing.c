/* SPDX-License-Identifier: MIT
 * listing.c - pages that the core makes so that every folder has a place in the portal. */
#include "pass/listing.h"

#include "base/path.h"
#include "text/html.h"

static Str configured_title(const Site *site, Str folder) {
    const Value *projects = config_value(site->config, "projects");
    return value_as_text(value_get(value_get(projects, folder), STR("title")));
}

static void add_folder_page(Site *site, Str folder) {
    Str title = configured_title(site, folder);
    site_add_page(
        site, &(GeneratedPage){
                  .path = path_join(site->arena, folder, STR("index.md")),
                  .title = title.len > 0 ? title : path_readable(site->arena, path_base(folder)),
                  .plugin = STR("quoin"),
                  .order = PAGE_ORDER_DEFAULT,
                  .in_nav = true,
              });
}

/* Every folder on the way to a page gets a page of its own. */
static void add_folder_pages(Site *site) {
    size_t source_pages = site->page_count;
    for (size_t i = 0; i < source_pages; i++) {
        for (Str dir = path_dir(site->pages[i]->path); dir.len > 0; dir = path_dir(dir)) {
            if (site_folder_page(site, dir) == NULL) {
                add_folder_page(site, dir);
            }
        }
    }
}

static void add_own_page(Site *site, Str path, Str title, Str layout, int order, bool in_nav) {
    if (site_page(site, path) == NULL) {
        site_add_page(site, &(GeneratedPage){.path = path,
                                             .title = title,
                                             .layout = layout,
                                             .plugin = STR("quoin"),
                                             .order = order,
                                             .in_nav = in_nav});
    }
}

void listing_add_pages(Site *site) {
    Str title = site->config->title;
    add_folder_pages(site);
    if (site_folder_page(site, STR_EMPTY) == NULL) {
        title = title.len > 0 ? title : path_readable(site->arena, path_base(site->config->root));
        add_own_page(site, STR("index.md"), title, STR("home"), 0, true);
    }
    add_own_page(site, STR(LISTING_ALL_PAGES), STR("All pages"), STR("sitemap"), 10000, true);
    if (config_bool(site->config, "search")) {
        add_own_page(site, STR("search.md"), STR("Search"), STR("search"), 0, false);
    }
    add_own_page(site, STR("404.md"), STR("Page not found"), STR("404"), 0, false);
}

static void add_entry(Buf *html, const Page *from, const NavNode *node) {
    buf_add_literal(html, "<li>");
    if (node->page != NULL) {
        Buf href = {0};
        site_add_page_href(from, node->page, STR_EMPTY, &href);
        buf_add_literal(html, "<a href=\"");
        html_add_escaped(html, buf_str(&href));
        buf_add_literal(html, "\">");
        html_add_escaped(html, node->title);
        buf_add_literal(html, "</a>");
        buf_release(&href);
    }
    if (node->page != NULL && node->page->face->summary.len > 0) {
        buf_add_literal(html, " <span class=\"summary\">");
        html_add_escaped(html, node->page->face->summary);
        buf_add_literal(html, "</span>");
    }
    buf_add_literal(html, "</li>\n");
}

void listing_fill(Site *site) {
    Buf html = {0};
    for (size_t i = 0; i < site->page_count; i++) {
        Page *page = site->pages[i];
        if (!str_equal(page->generated_by, STR("quoin")) || !page->is_index || page->nav == NULL ||
            page == site->home) {
            continue;
        }
        buf_reset(&html);
        buf_add_literal(&html, "<ul class=\"listing\">\n");
        for (size_t j = 0; j < page->nav->child_count; j++) {
            add_entry(&html, page, page->nav->children[j]);
        }
        buf_add_literal(&html, "</ul>\n");
        page->html = str_copy(site->arena, buf_str(&html));
    }
    buf_release(&html);
}
