/* SPDX-License-Identifier: MIT
 * announce.c - sitemap.xml, robots.txt and llms.txt. The feed is in feed.c. */
#include "pass/announce.h"

#include "base/path.h"
#include "model/companion.h"
#include "text/html.h"

/* --- for search engines -------------------------------------------------------------------------
 */

void announce_add_sitemap(const Site *site, Buf *out) {
    Buf url = {0};
    size_t count = 0;
    buf_add_literal(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                         "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for (size_t i = 0; i < site->page_count && count < ANNOUNCE_MAX_SITEMAP; i++) {
        const Page *page = site->pages[i];
        buf_reset(&url);
        if (companion_is_public(page) && companion_add_address(site->config, page->out, &url)) {
            buf_add_literal(out, "<url><loc>");
            html_add_escaped(out, buf_str(&url));
            buf_add_literal(out, "</loc>");
            if (page->updated.len > 0) {
                buf_add_format(out, "<lastmod>" STR_FMT "</lastmod>", STR_ARG(page->updated));
            }
            buf_add_literal(out, "</url>\n");
            count++;
        }
    }
    buf_add_literal(out, "</urlset>\n");
    buf_release(&url);
}

void announce_add_robots(const Site *site, Buf *out) {
    buf_add_literal(out, "User-agent: *\nAllow: /\n");
    if (config_bool(site->config, "sitemap")) {
        buf_add_literal(out, "Sitemap: ");
        companion_add_address(site->config, STR("sitemap.xml"), out);
        buf_add_char(out, '\n');
    }
}

/* --- for language models
 * -------------------------------------------------------------------------- */

static void add_escaped(Buf *out, Str text) {
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '[' || text.data[i] == ']' || text.data[i] == '\\') {
            buf_add_char(out, '\\');
        }
        buf_add_char(out, text.data[i] == '\n' ? ' ' : text.data[i]);
    }
}

static void add_page(const Site *site, const Page *page, Buf *out) {
    Str path = companion_has_markdown(site, page) ? page->path : page->out;
    Str status = value_as_text(value_get(page->face->meta, STR("status")));
    buf_add_literal(out, "- [");
    add_escaped(out, page->title);
    buf_add_literal(out, "](");
    if (!companion_add_address(site->config, path, out)) {
        path_add_encoded(out, path);
    }
    buf_add_char(out, ')');
    if (page->face->summary.len > 0 || status.len > 0) {
        buf_add_literal(out, ": ");
        add_escaped(out, page->face->summary);
    }
    if (status.len > 0) {
        buf_add(out, page->face->summary.len > 0 ? STR(" (") : STR("("));
        add_escaped(out, status);
        buf_add_char(out, ')');
    }
    buf_add_char(out, '\n');
}

static void add_heading(Buf *out, Str title, Str description) {
    buf_add_literal(out, "\n## ");
    add_escaped(out, title);
    buf_add_literal(out, "\n\n");
    if (description.len > 0) {
        add_escaped(out, description);
        buf_add_literal(out, "\n\n");
    }
}

static void add_projects(const Site *site, Buf *out, size_t *count) {
    for (size_t i = 0; i < site->project_count; i++) {
        const Project *project = site->projects[i];
        add_heading(out, project->title, project->description);
        for (size_t k = 0; k < project->page_count; k++) {
            if (companion_is_public(project->pages[k]) && (*count)++ < ANNOUNCE_MAX_LLMS) {
                add_page(site, project->pages[k], out);
            }
        }
    }
}

static void add_other_pages(const Site *site, Buf *out, size_t *count) {
    bool is_first = true;
    for (size_t i = 0; i < site->page_count; i++) {
        const Page *page = site->pages[i];
        bool is_listed = page->project != NULL && page->nav != NULL;
        if (!is_listed && companion_is_public(page) && (*count)++ < ANNOUNCE_MAX_LLMS) {
            if (is_first) {
                add_heading(out, STR("Other pages"), STR_EMPTY);
            }
            add_page(site, page, out);
            is_first = false;
        }
    }
}

void announce_add_llms(const Site *site, Buf *out) {
    size_t count = 0;
    Str description = site->config->description;
    if (description.len == 0 && site->home != NULL) {
        description = site->home->face->summary;
    }
    buf_add_literal(out, "# ");
    add_escaped(out, site->title);
    buf_add_char(out, '\n');
    if (description.len > 0) {
        buf_add_literal(out, "\n> ");
        add_escaped(out, description);
        buf_add_char(out, '\n');
    }
    add_projects(site, out, &count);
    add_other_pages(site, out, &count);
    if (count > ANNOUNCE_MAX_LLMS) {
        buf_add_format(out, "\n%zu more pages are not listed here.\n", count - ANNOUNCE_MAX_LLMS);
    }
}

/* --- all of them
 * ---------------------------------------------------------------------------------- */

void announce_all(const Site *site, PathTest is_taken, FileSink file, void *context) {
    const Config *config = site->config;
    bool has_address = config->base_url.len > 0;
    const struct {
        Str path;
        bool is_wanted;
        void (*add)(const Site *site, Buf *out);
    } files[] = {
        {STR("sitemap.xml"), has_address && config_bool(config, "sitemap"), announce_add_sitemap},
        {STR("robots.txt"), has_address && config_bool(config, "robots"), announce_add_robots},
        {STR("feed.xml"), site->feed_count > 0, announce_add_feed},
        {STR("llms.txt"), config_bool(config, "llms"), announce_add_llms},
    };
    Buf text = {0};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        if (files[i].is_wanted && (is_taken == NULL || !is_taken(context, files[i].path))) {
            buf_reset(&text);
            files[i].add(site, &text);
            file(context, files[i].path, buf_str(&text));
        }
    }
    buf_release(&text);
}
