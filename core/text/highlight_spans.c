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

static char *put_escape(char *to, char c) {
    const char *escape = c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&quot;";
    while (*escape)
        *to++ = *escape++;
    return to;
}

static bool is_special(char c) {
    return c == '&' || c == '<' || c == '>' || c == '"';
}

/* There is room. */
static char *put_text(char *to, const char *data, size_t len) {
    for (size_t i = 0; i < len; i++) {
        if (is_special(data[i]))
            to = put_escape(to, data[i]);
        else
            *to++ = data[i];
    }
    return to;
}

static char *put_literal(char *to, const char *text, size_t len) {
    memcpy(to, text, len);
    return to + len;
}

#define PUT(to, literal) put_literal((to), (literal), sizeof(literal) - 1)

static void add_run(Buf *out, const char *data, size_t len, TokenClass class) {
    if (len == 0)
        return;
    size_t most = len * 6 + 40; /* each byte as &quot;, and a span around */
    if (out->cap - out->len < most)
        buf_reserve(out, most);
    char *to = out->data + out->len;
    if (class != NO_CLASS) {
        to = PUT(to, "<span class=\"hl-");
        for (const char *css = CLASSES[class].css; *css; css++)
            *to++ = *css;
        to = PUT(to, "\">");
    }
    to = put_text(to, data, len);
    if (class != NO_CLASS)
        to = PUT(to, "</span>");
    out->len = (size_t)(to - out->data);
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

void spans_change(SpanWriter *writer, size_t to, TokenClass class) {
    if (is_blank(writer->data + writer->gap, to - writer->gap)) {
        writer->gap = to;
        if (writer->class == NO_CLASS)
            writer->to = to;
        return;
    }
    flush(writer);
    writer->class = class;
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
