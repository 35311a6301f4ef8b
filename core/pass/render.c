/* SPDX-License-Identifier: MIT
 * render.c - station 4: parses a page again, lets plugins change its tree, writes its HTML with
 * every link leading to the output, and puts it into the theme's layout. */
#include "pass/render.h"

#include "base/fs.h"
#include "base/utf8.h"
#include "pass/front_matter.h"
#include "pass/print.h"
#include "pass/read.h"
#include "text/html.h"

#include <stdlib.h>

typedef struct PageContext {
    const RenderContext *render;
    RenderWorker *worker;
    PageRender page;
} PageContext;

/* A link that leads nowhere keeps its text and says so; it gets no address. */
static void mark_broken(PageContext *context, Str url, RenderLink *out) {
    out->classes = STR("link-broken");
    out->title = str_format(context->page.scratch, "Broken link: " STR_FMT, STR_ARG(url));
}

static void write_link(void *pointer, Node *node, Str url, bool is_image, RenderLink *out) {
    PageContext *context = pointer;
    const Site *site = context->render->site;
    Target target;
    (void)node;
    site_resolve(site, context->page.page, url, is_image, context->page.scratch, &target);
    switch (target.state) {
    case LINK_EXTERNAL:
        buf_add(out->url, target.url.len > 0 ? target.url : url);
        return;
    case LINK_OK:
    case LINK_ANCHOR_CASE:
    case LINK_NO_ANCHOR: /* the page is right, so the link still leads there */
        site_add_href(site, context->page.page, &target, out->url);
        return;
    default:
        mark_broken(context, url, out);
    }
}

static bool write_code_block(void *pointer, Node *node, Buf *out) {
    PageContext *context = pointer;
    const Hooks *hooks = context->render->hooks;
    return hooks->code_block(hooks->context, context->worker->index, &context->page, node, out);
}

/* Text and number of lines of front matter of the page's Markdown. */
static Str markdown_of(PageContext *context, uint32_t *skip) {
    const Page *page = context->page.page;
    Str text = STR_EMPTY, yaml;
    *skip = 0;
    if (page->source == NULL) {
        return page->body;
    }
    if (fs_read(context->page.scratch, page->source->disk, READ_MAX_BYTES, &text)) {
        *skip = front_matter_find(text, &yaml);
    } else { /* read said the same already, unless the file vanished since */
        read_report_failure(context->render->diag, page->source);
    }
    return text;
}

typedef struct AnchorAt {
    uint32_t line;
    Str anchor;
} AnchorAt;

static int compare_lines(const void *a, const void *b) {
    const AnchorAt *left = a, *right = b;
    return left->line < right->line ? -1 : left->line > right->line;
}

/* The blocks that records stand in get the records' anchors as ids. */
static void mark_records(PageRender *page) {
    const Face *face = page->page->face;
    AnchorAt *anchors = arena_array(page->scratch, AnchorAt, face->record_count);
    size_t count = 0, next = 0;
    for (size_t i = 0; i < face->record_count; i++) {
        if (face->records[i].block_line > 0) {
            anchors[count++] = (AnchorAt){face->records[i].block_line, face->records[i].anchor};
        }
    }
    if (count > 1) {
        qsort(anchors, count, sizeof *anchors, compare_lines);
    }
    for (Node *node = page->root; node != NULL && next < count;
         node = node_walk(page->root, node)) {
        uint32_t line = node_is_block(node_type(node)) ? node_line(node) : 0;
        while (next < count && anchors[next].line < line) {
            next++;
        }
        if (next < count && anchors[next].line == line &&
            node_set_id(page->markdown, node, anchors[next].anchor)) {
            while (next < count && anchors[next].line == line) {
                next++; /* the first block of the line has it: an item, not its paragraph */
            }
        }
    }
}

static void render_markdown(PageContext *context) {
    const Hooks *hooks = context->render->hooks;
    PageRender *page = &context->page;
    uint32_t skip;
    page->text = markdown_of(context, &skip);
    page->root = markdown_parse(page->markdown, page->page->face->file, page->text, skip, NULL);
    mark_records(page);
    if (hooks->transform != NULL) {
        hooks->transform(hooks->context, context->worker->index, page);
    }
    RenderOptions options = {
        .context = context,
        .trusted_html = context->render->site->config->trusted_html,
        .link = write_link,
        .code_block = hooks->code_block != NULL ? write_code_block : NULL,
    };
    markdown_render(page->markdown, page->root, &options, &context->worker->content);
}

/* A plugin that cuts text by bytes must not spoil the whole page. */
static void repair_encoding(Buf *document) {
    size_t at = utf8_find_invalid(buf_str(document));
    Buf valid = {0};
    if (at == STR_NONE) {
        return;
    }
    Str text = buf_str(document);
    buf_add(&valid, str_slice(text, 0, at));
    while (at < text.len) {
        utf8_add(&valid, utf8_next(text, &at));
    }
    buf_release(document);
    *document = valid;
}

static PageContext page_context(const RenderContext *context, RenderWorker *worker,
                                const Page *page) {
    PageContext state = {.render = context, .worker = worker};
    state.page = (PageRender){.site = context->site,
                              .page = page,
                              .markdown = worker->markdown,
                              .scratch = &worker->scratch,
                              .diag = context->diag,
                              .file = context->file,
                              .file_context = context->file_context};
    return state;
}

/* The page's own HTML into worker->content. */
static void render_content(PageContext *state) {
    const Page *page = state->page.page;
    buf_reset(&state->worker->content);
    if (page->html.len > 0) {
        buf_add(&state->worker->content, page->html);
    } else {
        render_markdown(state);
    }
}

static bool drop_file(void *context, Str path, Str bytes) {
    (void)context;
    (void)path;
    (void)bytes;
    return true;
}

/* A project in one document. What there is to say of its pages is said where they are rendered
 * for themselves, and so are their files. */
static void render_chapters(const RenderContext *context, RenderWorker *worker, const Page *print) {
    const Project *project = print->project;
    RenderContext quiet = *context;
    Buf chapters = {0};
    quiet.diag = NULL;
    quiet.file = drop_file;
    for (size_t i = 0; i < project->page_count; i++) {
        if (print_chapter(print, project->pages[i]) > 0) {
            PageContext state = page_context(&quiet, worker, project->pages[i]);
            render_content(&state);
            print_add_html(context->site, print, project->pages[i], buf_str(&worker->content),
                           &worker->scratch, &chapters);
            arena_reset(&worker->scratch);
        }
    }
    buf_release(&worker->content);
    worker->content = chapters;
}

bool render_page(const RenderContext *context, RenderWorker *worker, const Page *page, Buf *out) {
    const Hooks *hooks = context->hooks;
    PageContext state = page_context(context, worker, page);
    bool is_good = true;
    if (page->source == NULL && page->project != NULL &&
        str_equal(page->layout, STR(PRINT_LAYOUT))) {
        render_chapters(context, worker, page);
    } else {
        render_content(&state);
    }
    if (hooks->layout != NULL) {
        is_good = hooks->layout(hooks->context, worker->index, &state.page,
                                buf_str(&worker->content), out);
    } else {
        buf_add(out, buf_str(&worker->content));
    }
    repair_encoding(out);
    arena_reset(&worker->scratch);
    return is_good;
}
