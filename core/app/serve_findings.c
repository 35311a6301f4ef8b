/* SPDX-License-Identifier: MIT
 * serve_findings.c - chooses the findings that a browser shows and quotes the lines they stand on.
 */
#include "app/serve_findings.h"

#include "base/fs.h"
#include "base/path.h"
#include "base/utf8.h"

#define MAX_SHOWN  100
#define MAX_QUOTED ((size_t)16 * 1024 * 1024)
#define MAX_LINE   400 /* bytes of a quoted line */

typedef struct Writer {
    Buf *out;
    Str here; /* the shown page's file */
    const char *root;
    Arena arena; /* of `text` */
    Str file, text;
    size_t count;
} Writer;

static void add_text(Buf *out, const char *key, Str text) {
    if (text.len > 0) {
        buf_add_format(out, ",\"%s\":", key);
        utf8_add_json(out, text);
    }
}

/* The line a finding stands on; empty when it cannot be had. */
static Str quoted_line(Writer *writer, const Pos *pos) {
    if (writer->root == NULL || pos->file.len == 0 || pos->line == 0) {
        return STR_EMPTY;
    }
    if (!str_equal(writer->file, pos->file)) {
        arena_reset(&writer->arena);
        writer->file = str_copy(&writer->arena, pos->file);
        Str path = path_join(&writer->arena, str_from(writer->root), pos->file);
        if (!fs_read(&writer->arena, str_terminated(&writer->arena, path), MAX_QUOTED,
                     &writer->text)) {
            writer->text = STR_EMPTY;
        }
    }
    return str_line(writer->text, pos->line);
}

/* Browsers count in UTF-16. */
static size_t units(Str text) {
    size_t count = 0;
    for (size_t at = 0; at < text.len;) {
        count += utf8_next(text, &at) > 0xFFFF ? 2 : 1;
    }
    return count;
}

static void add_quote(Writer *writer, const Pos *pos) {
    Str line = quoted_line(writer, pos);
    if (line.len == 0 || line.len > MAX_LINE) {
        return;
    }
    add_text(writer->out, "source", line);
    if (pos->column > 0 && pos->column <= line.len) {
        size_t from = pos->column - 1, length = pos->length > 0 ? pos->length : 1;
        buf_add_format(writer->out, ",\"from\":%zu,\"to\":%zu", units(str_slice(line, 0, from)),
                       units(str_slice(line, 0, from + length)));
    }
}

static bool is_here(const Writer *writer, const Finding *finding) {
    return writer->here.len > 0 && (str_equal(finding->pos.file, writer->here) ||
                                    str_equal(finding->second.file, writer->here));
}

static void add_finding(Writer *writer, const Finding *finding) {
    Buf *out = writer->out;
    if (writer->count >= MAX_SHOWN) {
        return;
    }
    buf_add_format(out, "%s{\"severity\":\"%s\",\"here\":%s", writer->count > 0 ? "," : "",
                   severity_name(finding->severity), is_here(writer, finding) ? "true" : "false");
    writer->count++;
    add_text(out, "code", finding->code);
    add_text(out, "message", finding->message);
    add_text(out, "hint", finding->hint);
    add_text(out, "file", finding->pos.file);
    if (finding->pos.line > 0) {
        buf_add_format(out, ",\"line\":%u,\"column\":%u", (unsigned)finding->pos.line,
                       (unsigned)finding->pos.column);
    }
    if (finding->second_note.len > 0) {
        add_text(out, "note", finding->second_note);
        add_text(out, "note_file", finding->second.file);
    }
    add_quote(writer, &finding->pos);
    buf_add_char(out, '}');
}

/* A page that was read again finds again what the edition has found in it, perhaps on another line.
 */
static bool has_finding(Diag *diag, const Finding *wanted) {
    size_t count;
    const Finding *findings = diag_findings(diag, &count);
    for (size_t i = 0; i < count; i++) {
        if (str_equal(findings[i].code, wanted->code) &&
            str_equal(findings[i].pos.file, wanted->pos.file) &&
            str_equal(findings[i].message, wanted->message)) {
            return true;
        }
    }
    return false;
}

/* What `fresh` has and `diag` has not. */
static Diag *only_in(Diag *fresh, Diag *diag) {
    Diag *out = diag_new();
    size_t count;
    const Finding *findings = diag_findings(fresh, &count);
    for (size_t i = 0; i < count; i++) {
        if (!has_finding(diag, &findings[i])) {
            diag_add(out, &findings[i]);
        }
    }
    return out;
}

/* Those of one severity and place, of one list. */
static void add_some(Writer *writer, Diag *diag, Severity severity, bool here) {
    size_t count;
    const Finding *findings = diag_findings(diag, &count);
    for (size_t i = 0; i < count && writer->count < MAX_SHOWN; i++) {
        if (findings[i].severity == severity && is_here(writer, &findings[i]) == here) {
            add_finding(writer, &findings[i]);
        }
    }
}

/* What was found of the whole, and while the page was shown. */
static void add_lists(Writer *writer, Diag *whole, Diag *page) {
    static const Severity SEVERITIES[] = {SEVERITY_ERROR, SEVERITY_WARNING};
    buf_add_format(writer->out, "\"errors\":%zu,\"warnings\":%zu,\"findings\":[",
                   diag_count(whole, SEVERITY_ERROR) + diag_count(page, SEVERITY_ERROR),
                   diag_count(whole, SEVERITY_WARNING) + diag_count(page, SEVERITY_WARNING));
    for (int pass = 0; pass < 2; pass++) { /* here, then elsewhere */
        for (size_t i = 0; i < sizeof SEVERITIES / sizeof *SEVERITIES; i++) {
            add_some(writer, page, SEVERITIES[i], pass == 0);
            add_some(writer, whole, SEVERITIES[i], pass == 0);
        }
    }
    buf_add_literal(writer->out, "]");
}

void findings_add_json(const Shown *shown, const Page *page, Buf *out) {
    const Edition *newest = shown->failed != NULL ? shown->failed : shown->edition;
    Diag *fresh = page != NULL ? shown->edition->rendered[page->index].diag : NULL;
    Writer writer = {.out = out, .here = page != NULL ? page->face->file : STR_EMPTY};
    buf_add_format(out, "{\"state\":\"%s\",",
                   shown->is_starting      ? "starting"
                   : shown->failed != NULL ? "broken"
                                           : "good");
    Diag *none = diag_new();
    Diag *whole = newest != NULL ? newest->pipeline.diag : none;
    Diag *more = fresh != NULL ? only_in(fresh, whole) : NULL;
    writer.root = diag_root(whole);
    add_lists(&writer, whole, more != NULL ? more : none);
    buf_add_literal(out, "}");
    arena_release(&writer.arena);
    diag_free(more);
    diag_free(none);
}
