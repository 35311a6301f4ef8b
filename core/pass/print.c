/* SPDX-License-Identifier: MIT
 * print.c - the pages of a project put together: what is rewritten so that the HTML of many pages
 * can stand in one. */
#include "pass/print.h"

#include "base/path.h"
#include "text/html.h"

/* --- the pages ------------------------------------------------------------------------------- */

static bool is_chapter(const Page *page) {
    return page->source != NULL && !page->is_generated;
}

static size_t count_chapters(const Project *project) {
    size_t count = 0;
    for (size_t i = 0; i < project->page_count; i++) {
        count += is_chapter(project->pages[i]);
    }
    return count;
}

size_t print_chapter(const Page *print, const Page *page) {
    const Project *project = print->project;
    size_t number = 0;
    for (size_t i = 0; project != NULL && i < project->page_count; i++) {
        number += is_chapter(project->pages[i]);
        if (project->pages[i] == page) {
            return is_chapter(page) ? number : 0;
        }
    }
    return 0;
}

static void add_page(Site *site, Project *project) {
    Page *page = site_add_page(
        site, &(GeneratedPage){.path = path_join(site->arena, project->id, STR("print.md")),
                               .title = project->title,
                               .layout = STR(PRINT_LAYOUT),
                               .plugin = STR("quoin"),
                               .project = project->id});
    if (page != NULL) {
        page->project = project;
    }
}

void print_add_pages(Site *site) {
    if (!config_bool(site->config, "print")) {
        return;
    }
    for (size_t i = 0; i < site->project_count; i++) {
        Project *project = site->projects[i];
        size_t count = count_chapters(project);
        Str path = path_join(site->arena, project->id, STR("print.md"));
        if (count > 1 && count <= PRINT_PAGES_MAX && site_page(site, path) == NULL) {
            add_page(site, project);
        }
    }
}

/* --- one chapter ----------------------------------------------------------------------------- */

typedef struct Chapter {
    const Site *site;
    const Page *print, *page;
    size_t number;
    Arena *scratch;
    Buf *out;
    Buf url; /* scratch: an address with its character references decoded */
} Chapter;

static bool is_one_of(Str name, const char *const *names) {
    while (*names != NULL && !str_equal_ignoring_case(name, str_from(*names))) {
        names++;
    }
    return *names != NULL;
}

static void add_id(Chapter *chapter, Str id) {
    buf_add_format(chapter->out, "p%zu-", chapter->number);
    buf_add(chapter->out, id);
}

/* Ids, parted by spaces. */
static void add_ids(Chapter *chapter, Str ids) {
    Str id, rest = ids;
    bool more = ids.len > 0, is_first = true;
    while (more) {
        more = str_cut(rest, ' ', &id, &rest);
        if (id.len > 0) {
            buf_add(chapter->out, is_first ? STR_EMPTY : STR(" "));
            add_id(chapter, id);
            is_first = false;
        }
    }
}

static bool has_scheme(Str url) {
    size_t colon = str_find_char(url, ':'), slash = str_find_char(url, '/');
    return str_starts_with(url, STR("/")) || (colon != STR_NONE && colon < slash);
}

static void add_chapter_link(Chapter *chapter, size_t number, Str fragment) {
    buf_add_format(chapter->out, "#p%zu", number);
    if (fragment.len > 0) {
        buf_add_char(chapter->out, '-');
        html_add_escaped(chapter->out, fragment);
    }
}

/* A relative address as it was on the page of its own, from where the document is. */
static void add_relative(Chapter *chapter, Str url) {
    Str path, fragment, file, query;
    bool escapes;
    bool has_fragment = str_cut(url, '#', &path, &fragment);
    bool has_query = str_cut(path, '?', &file, &query);
    Str from = path_dir(chapter->page->out);
    Str target = path_normalise(
        chapter->scratch, path_join(chapter->scratch, from, path_decode(chapter->scratch, file)),
        &escapes);
    const Page *to = map_get(&chapter->site->page_by_out, target);
    size_t number = to != NULL ? print_chapter(chapter->print, to) : 0;
    if (number > 0) {
        add_chapter_link(chapter, number, fragment);
        return;
    }
    Buf relative = {0};
    path_add_relative(&relative, chapter->print->out, target);
    path_add_encoded(chapter->out, buf_str(&relative));
    buf_release(&relative);
    if (has_query) {
        buf_add_char(chapter->out, '?');
        html_add_escaped(chapter->out, query);
    }
    if (has_fragment) {
        buf_add_char(chapter->out, '#');
        html_add_escaped(chapter->out, fragment);
    }
}

static void add_url(Chapter *chapter, Str value) {
    buf_reset(&chapter->url);
    html_add_unescaped(&chapter->url, value);
    Str url = buf_str(&chapter->url);
    if (str_starts_with(url, STR("#")) && url.len > 1) {
        add_chapter_link(chapter, chapter->number, str_from_offset(url, 1));
    } else if (url.len == 0 || str_starts_with(url, STR("#")) || has_scheme(url)) {
        buf_add(chapter->out, value);
    } else {
        add_relative(chapter, url);
    }
}

/* Fills and markers of pictures: "url(#arrow)". */
static void add_references(Chapter *chapter, Str value) {
    static const Str mark = {"url(#", 5};
    for (size_t at; (at = str_find(value, mark)) != STR_NONE;) {
        buf_add(chapter->out, str_slice(value, 0, at + mark.len));
        add_id(chapter, STR_EMPTY);
        value = str_from_offset(value, at + mark.len);
    }
    buf_add(chapter->out, value);
}

/* Landmarks need names of their own: "Table 1" becomes "Table 1 of Design". */
static void add_label(Chapter *chapter, const HtmlTag *tag, Str label) {
    bool is_landmark = str_equal(tag->name, STR("section"));
    for (size_t i = 0; i < tag->attribute_count; i++) {
        is_landmark = is_landmark || (str_equal(tag->attributes[i].name, STR("role")) &&
                                      str_equal(tag->attributes[i].value, STR("region")));
    }
    buf_add(chapter->out, label);
    if (is_landmark) {
        buf_add_literal(chapter->out, " of ");
        html_add_escaped(chapter->out, chapter->page->title);
    }
}

static void add_value(Chapter *chapter, const HtmlTag *tag, const HtmlAttribute *attribute) {
    static const char *const IDS[] = {"id",
                                      "for",
                                      "aria-labelledby",
                                      "aria-describedby",
                                      "aria-controls",
                                      "headers",
                                      "aria-details",
                                      "aria-owns",
                                      "popovertarget",
                                      "list",
                                      "aria-flowto",
                                      NULL};
    static const char *const URLS[] = {"href", "src", "xlink:href", "poster", NULL};
    if (is_one_of(attribute->name, IDS)) {
        add_ids(chapter, attribute->value);
    } else if (is_one_of(attribute->name, URLS)) {
        add_url(chapter, attribute->value);
    } else if (str_equal(attribute->name, STR("aria-label"))) {
        add_label(chapter, tag, attribute->value);
    } else {
        add_references(chapter, attribute->value);
    }
}

/* h1 becomes h2, the document itself has the only h1. The length of the name stays. */
static bool add_heading(Chapter *chapter, const HtmlTag *tag) {
    bool is_heading = tag->name.len == 2 &&
                      (tag->name.data[0] == 'h' || tag->name.data[0] == 'H') &&
                      tag->name.data[1] >= '1' && tag->name.data[1] <= '5';
    if (is_heading) {
        buf_add(chapter->out, tag->is_closing ? STR("</h") : STR("<h"));
        buf_add_char(chapter->out, (char)(tag->name.data[1] + 1));
    }
    return is_heading;
}

static void add_tag(Chapter *chapter, Str html, const HtmlTag *tag) {
    size_t done = tag->at;
    if (add_heading(chapter, tag)) {
        done += tag->name.len + (tag->is_closing ? 2 : 1);
    }
    for (size_t i = 0; i < tag->attribute_count; i++) {
        const HtmlAttribute *attribute = &tag->attributes[i];
        if (attribute->value.len > 0) {
            buf_add(chapter->out, str_slice(html, done, attribute->value_at));
            add_value(chapter, tag, attribute);
            done = attribute->value_at + attribute->value.len;
        }
    }
    buf_add(chapter->out, str_slice(html, done, tag->end));
}

/* Does the author number the sections? */
static bool has_numbers(const Page *page) {
    for (size_t i = 0; i < page->face->section_count; i++) {
        Str title = page->face->sections[i].title;
        if (page->face->sections[i].level == 2) {
            return title.len > 0 && title.data[0] >= '0' && title.data[0] <= '9';
        }
    }
    return false;
}

void print_add_html(const Site *site, const Page *print, const Page *page, Str html, Arena *scratch,
                    Buf *out) {
    Chapter chapter = {site, print, page, print_chapter(print, page), scratch, out, {0}};
    HtmlTag tag;
    size_t at = 0, done = 0;
    buf_add_format(out, "<section class=\"chapter%s\" id=\"p%zu\">\n",
                   has_numbers(page) ? " has-numbers" : "", chapter.number);
    if (!page->face->has_title_heading) {
        buf_add_literal(out, "<h2>");
        html_add_escaped(out, page->title);
        buf_add_literal(out, "</h2>\n");
    }
    while (html_next_tag(html, &at, &tag)) {
        buf_add(out, str_slice(html, done, tag.at));
        add_tag(&chapter, html, &tag);
        done = tag.end;
    }
    buf_add(out, str_from_offset(html, done));
    buf_add_literal(out, "\n</section>\n");
    buf_release(&chapter.url);
}
