/* SPDX-License-Identifier: MIT
 * highlight_spans.c - token classes, and spans of them as HTML. The text of all spans together is
 * exactly the text that was given. */
#include "text/highlight_internal.h"

#include <string.h>

/* The names are those that editors use for captures of their grammars. */
static const struct {
    const char *name, *css;
} CLASSES[] = {{"", ""},          {"keyword", "k"},    {"type", "t"},      {"string", "s"},
               {"number", "n"},   {"comment", "c"},    {"function", "f"},  {"variable", "v"},
               {"constant", "l"}, {"operator", "o"},   {"tag", "g"},       {"attribute", "a"},
               {"property", "p"}, {"meta", "m"},       {"escape", "e"},    {"regexp", "r"},
               {"heading", "h"},  {"emphasis", "i"},   {"strong", "b"},    {"link", "u"},
               {"output", "q"},   {"inserted", "ins"}, {"deleted", "del"}, {"error", "x"}};

#define CLASS_COUNT (sizeof CLASSES / sizeof *CLASSES)

bool token_class_find(Str name, TokenClass *out) {
    for (size_t i = 0; i < CLASS_COUNT; i++) {
        if (str_equal(name, str_from(CLASSES[i].name))) {
            *out = (TokenClass)i;
            return true;
        }
    }
    return false;
}

const char *token_class_name(TokenClass class) {
    return CLASSES[class].css;
}

/* --- text ---------------------------------------------------------------------------------- */

static const char *const ESCAPES[256] = {
    ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;"};

/* `data` and what it becomes fit: spaces were reserved. */
static void add_text(Buf *out, const char *data, size_t len) {
    buf_reserve(out, len * 6);
    char *to = out->data + out->len;
    for (size_t i = 0; i < len; i++) {
        const char *escape = ESCAPES[(uint8_t)data[i]];
        if (!escape) {
            *to++ = data[i];
            continue;
        }
        while (*escape)
            *to++ = *escape++;
    }
    out->len = (size_t)(to - out->data);
}

static void add_run(Buf *out, const char *data, size_t len, TokenClass class) {
    if (len == 0)
        return;
    if (class == NO_CLASS) {
        add_text(out, data, len);
        return;
    }
    buf_add_literal(out, "<span class=\"hl-");
    buf_add(out, str_from(CLASSES[class].css));
    buf_add_literal(out, "\">");
    add_text(out, data, len);
    buf_add_literal(out, "</span>");
}

/* --- lines --------------------------------------------------------------------------------- */

static bool is_marked(SpanWriter *writer) {
    const HighlightOptions *options = writer->options;
    while (writer->range < options->range_count &&
           options->ranges[writer->range].last < writer->line)
        writer->range++;
    return writer->range < options->range_count &&
           options->ranges[writer->range].first <= writer->line;
}

static void open_line(SpanWriter *writer) {
    writer->is_line_open = true;
    writer->line++;
    bool marked = is_marked(writer);
    if (!writer->options->has_lines && writer->line_class == NO_CLASS)
        return;
    buf_add_literal(writer->out, "<span class=\"hl-line");
    if (marked)
        buf_add_literal(writer->out, " hl-marked");
    if (writer->line_class != NO_CLASS)
        buf_add_format(writer->out, " hl-%s", CLASSES[writer->line_class].css);
    buf_add_literal(writer->out, "\">");
    writer->has_wrapper = true;
}

static void close_line(SpanWriter *writer) {
    if (writer->has_wrapper)
        buf_add_literal(writer->out, "</span>");
    writer->line_class = NO_CLASS;
    writer->is_line_open = writer->has_wrapper = false;
}

/* Spans end with their lines here. */
static void add_lines(SpanWriter *writer, const char *data, size_t len, TokenClass class) {
    while (len > 0) {
        const char *end = memchr(data, '\n', len);
        size_t part = end ? (size_t)(end - data) : len;
        if (!writer->is_line_open)
            open_line(writer);
        add_run(writer->out, data, part, class);
        if (!end)
            return;
        close_line(writer);
        buf_add_char(writer->out, '\n');
        data += part + 1;
        len -= part + 1;
    }
}

/* --- runs ---------------------------------------------------------------------------------- */

static void flush(SpanWriter *writer) {
    const char *data = writer->data;
    if (writer->options->has_lines || writer->line_class != NO_CLASS) {
        add_lines(writer, data + writer->from, writer->to - writer->from, writer->class);
        add_lines(writer, data + writer->to, writer->gap - writer->to, NO_CLASS);
    } else {
        add_run(writer->out, data + writer->from, writer->to - writer->from, writer->class);
        add_run(writer->out, data + writer->to, writer->gap - writer->to, NO_CLASS);
    }
    writer->from = writer->to = writer->gap;
    writer->class = NO_CLASS;
}

static bool is_blank(const char *data, size_t len) {
    for (size_t i = 0; i < len; i++) {
        if (data[i] != ' ' && data[i] != '\n' && data[i] != '\t' && data[i] != '\r')
            return false;
    }
    return true;
}

void spans_add(SpanWriter *writer, size_t to, TokenClass class) {
    size_t from = writer->gap;
    if (to <= from)
        return;
    bool blank = class != writer->class && is_blank(writer->data + from, to - from);
    if (blank && writer->class != NO_CLASS) {
        writer->gap = to;
        return;
    }
    if (class != writer->class && !blank)
        flush(writer);
    if (writer->from == writer->gap)
        writer->class = blank ? NO_CLASS : class;
    writer->to = writer->gap = to;
}

void spans_begin_line(SpanWriter *writer, TokenClass class) {
    flush(writer);
    if (writer->has_wrapper)
        return; /* in the middle of a line: it has its class */
    writer->line_class = class;
    writer->is_line_open = false;
}

void spans_finish(SpanWriter *writer) {
    flush(writer);
    if (writer->has_wrapper)
        close_line(writer);
}
