/* SPDX-License-Identifier: MIT
 * diag_print.c - findings for people (with the source line and a caret), as JSON lines, and as
 * annotations of GitHub's workflows. */
#include "base/diag.h"
#include "base/fs.h"
#include "base/path.h"
#include "base/utf8.h"

#include <string.h>

enum {
    MAX_SOURCE = 16 * 1024 * 1024, /* larger files are not opened for a caret */
    TAB_WIDTH = 4,
    SHOWN_WIDTH = 96,  /* cells of a source line */
    SHOWN_BEFORE = 48, /* of them in front of the caret when the line is cut */
};

typedef struct Printer {
    const DiagPrint *how;
    const char *root;
    Buf *out;
    Arena arena; /* the text of `file`, the last one that was read */
    Str file;
    Str text;
    Str rest; /* of `text`, behind line `line_count`: findings come sorted, so that a file */
    uint32_t line_count; /* with many of them is walked once */
} Printer;

typedef struct Colors {
    const char *bold, *severity[4], *caret, *off;
} Colors;

static const Colors no_colors = {"", {"", "", "", ""}, "", ""};
static const Colors terminal_colors = {
    "\033[1m", {"", "\033[1;36m", "\033[1;33m", "\033[1;31m"}, "\033[1;32m", "\033[0m"};

static const Colors *colors_of(const Printer *printer) {
    return printer->how->color ? &terminal_colors : &no_colors;
}

/* Text from outside must not steer the terminal: control characters become U+FFFD. New lines are
 * followed by `indent`. */
static void add_safe(Buf *out, Str text, const char *indent) {
    for (size_t at = 0; at < text.len;) {
        uint32_t codepoint = utf8_next(text, &at);
        if (codepoint == '\n') {
            buf_add_char(out, '\n');
            buf_add(out, str_from(indent));
        } else if (codepoint == '\t') {
            buf_add_char(out, ' ');
        } else {
            bool is_control = codepoint < 0x20 || (codepoint >= 0x7F && codepoint < 0xA0);
            utf8_add(out, is_control ? 0xFFFD : codepoint);
        }
    }
}

/* The line that `pos` is on; false when it cannot be had. */
static bool source_line(Printer *printer, const Pos *pos, Str *line) {
    if (!printer->root || pos->file.len == 0 || pos->line == 0)
        return false;
    if (!str_equal(printer->file, pos->file)) {
        arena_reset(&printer->arena);
        printer->file = str_copy(&printer->arena, pos->file);
        printer->text = STR_EMPTY;
        Str path = path_join(&printer->arena, str_from(printer->root), pos->file);
        const char *name = str_terminated(&printer->arena, path);
        if (!fs_read(&printer->arena, name, MAX_SOURCE, &printer->text))
            printer->text = STR_EMPTY;
        printer->rest = printer->text;
        printer->line_count = 0;
    }
    if (pos->line <= printer->line_count) {
        printer->rest = printer->text;
        printer->line_count = 0;
    }
    while (printer->line_count < pos->line) {
        if (!str_next_line(&printer->rest, line))
            return false;
        printer->line_count++;
    }
    return true;
}

static size_t next_cell(size_t cell, uint32_t codepoint) {
    return codepoint == '\t' ? (cell / TAB_WIDTH + 1) * TAB_WIDTH : cell + 1;
}

/* The cell in which the byte at `offset` is shown. */
static size_t cell_at(Str line, size_t offset) {
    size_t cell = 0;
    for (size_t at = 0; at < line.len && at < offset;) {
        size_t start = at;
        uint32_t codepoint = utf8_next(line, &at);
        if (at > offset && start < offset)
            break; /* within a character: its cell */
        cell = next_cell(cell, codepoint);
    }
    return cell;
}

static void add_cells(Buf *out, Str line, size_t from, size_t to) {
    size_t cell = 0;
    for (size_t at = 0; at < line.len && cell < to;) {
        size_t start = at, first = cell;
        uint32_t codepoint = utf8_next(line, &at);
        cell = next_cell(cell, codepoint);
        if (codepoint != '\t') {
            if (first >= from)
                add_safe(out, str_slice(line, start, at), "");
            continue;
        }
        for (size_t i = first; i < cell; i++) {
            if (i >= from && i < to)
                buf_add_char(out, ' ');
        }
    }
}

static void add_repeated(Buf *out, char c, size_t count) {
    for (size_t i = 0; i < count; i++)
        buf_add_char(out, c);
}

/* The source line, cut around the caret when it is long, and the underline below it. */
static void add_source(Printer *printer, const Pos *pos) {
    static const char dots[] = "…";
    Str line;
    if (!source_line(printer, pos, &line) || line.len == 0)
        return;
    Buf *out = printer->out;
    size_t offset = pos->column ? pos->column - 1 : 0;
    size_t caret = cell_at(line, offset), width = cell_at(line, line.len);
    size_t end = cell_at(line, offset + (pos->length ? pos->length : 1));
    if (end <= caret)
        end = caret + 1;
    size_t from = width > SHOWN_WIDTH && caret > SHOWN_BEFORE ? caret - SHOWN_BEFORE : 0;
    size_t to = width > from + SHOWN_WIDTH ? from + SHOWN_WIDTH : width;
    if (end > to && end > caret + 1)
        end = to > caret ? to : caret + 1;

    buf_add_format(out, "%5u | %s", (unsigned)pos->line, from ? dots : "");
    add_cells(out, line, from, to);
    buf_add_format(out, "%s\n", to < width ? dots : "");
    if (pos->column == 0)
        return;
    const Colors *colors = colors_of(printer);
    buf_add_format(out, "      | %s", from ? " " : "");
    add_repeated(out, ' ', caret - from);
    buf_add(out, str_from(colors->caret));
    buf_add_char(out, '^');
    add_repeated(out, '~', end - caret - 1);
    buf_add_format(out, "%s\n", colors->off);
}

/* "docs/" before a relative file that the user gave as part of docs. */
static Str folder_before(const Printer *printer, Str file) {
    bool is_relative = file.len > 0 && file.data[0] != '/';
    return is_relative ? printer->how->folder : STR_EMPTY;
}

static void add_place(Printer *printer, const Pos *pos) {
    const Colors *colors = colors_of(printer);
    Buf *out = printer->out;
    buf_add(out, str_from(colors->bold));
    add_safe(out, folder_before(printer, pos->file), "");
    add_safe(out, pos->file.len ? pos->file : STR("quoin"), "");
    if (pos->line)
        buf_add_format(out, ":%u", (unsigned)pos->line);
    if (pos->line && pos->column)
        buf_add_format(out, ":%u", (unsigned)pos->column);
    buf_add_format(out, ":%s ", colors->off);
}

static void add_human(Printer *printer, const Finding *finding) {
    const Colors *colors = colors_of(printer);
    Buf *out = printer->out;
    add_place(printer, &finding->pos);
    buf_add_format(out, "%s%s:%s ", colors->severity[finding->severity],
                   severity_name(finding->severity), colors->off);
    add_safe(out, finding->message, "    ");
    buf_add_literal(out, " [");
    add_safe(out, finding->code, "");
    buf_add_literal(out, "]\n");
    add_source(printer, &finding->pos);
    if (finding->hint.len) {
        buf_add_format(out, "  %shint:%s ", colors->bold, colors->off);
        add_safe(out, finding->hint, "        ");
        buf_add_char(out, '\n');
    }
    if (finding->second_note.len == 0)
        return;
    add_place(printer, &finding->second);
    buf_add_format(out, "%snote:%s ", colors->severity[SEVERITY_INFO], colors->off);
    add_safe(out, finding->second_note, "    ");
    buf_add_char(out, '\n');
    add_source(printer, &finding->second);
}

static void add_json_member(Buf *out, const char *key, Str text) {
    buf_add_format(out, ",\"%s\":", key);
    utf8_add_json(out, text);
}

static void add_json_place(Buf *out, const Pos *pos) {
    buf_add_literal(out, "{\"file\":");
    utf8_add_json(out, pos->file);
    buf_add_format(out, ",\"line\":%u,\"column\":%u", (unsigned)pos->line, (unsigned)pos->column);
}

static void add_json(Printer *printer, const Finding *finding) {
    Buf *out = printer->out;
    add_json_place(out, &finding->pos);
    add_json_member(out, "severity", str_from(severity_name(finding->severity)));
    add_json_member(out, "code", finding->code);
    add_json_member(out, "message", finding->message);
    add_json_member(out, "hint", finding->hint);
    add_json_member(out, "target", finding->target);
    if (finding->fix_line) {
        buf_add_format(out, ",\"fix\":{\"line\":%u", (unsigned)finding->fix_line);
        add_json_member(out, "from", finding->fix_from);
        add_json_member(out, "to", finding->fix_to);
        buf_add_char(out, '}');
    }
    if (finding->second_note.len) {
        buf_add_literal(out, ",\"related\":");
        add_json_place(out, &finding->second);
        add_json_member(out, "message", finding->second_note);
        buf_add_char(out, '}');
    }
    buf_add_literal(out, "}\n");
}

/* Workflow commands end at a line end; their properties also at ',' and ':'. */
static void add_github_text(Buf *out, Str text, bool is_property) {
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        bool is_special =
            c == '%' || c == '\r' || c == '\n' || (is_property && (c == ',' || c == ':'));
        if (is_special) {
            buf_add_format(out, "%%%02X", (unsigned)c);
        } else {
            buf_add_char(out, c);
        }
    }
}

static void add_github(Printer *printer, const Finding *finding) {
    static const char *const commands[] = {
        [SEVERITY_INFO] = "notice", [SEVERITY_WARNING] = "warning", [SEVERITY_ERROR] = "error"};
    const Pos *pos = &finding->pos;
    Buf *out = printer->out;
    buf_add_format(out, "::%s ", commands[finding->severity]);
    if (pos->file.len) {
        buf_add_literal(out, "file=");
        add_github_text(out, folder_before(printer, pos->file), true);
        add_github_text(out, pos->file, true);
        if (pos->line)
            buf_add_format(out, ",line=%u", (unsigned)pos->line);
        if (pos->line && pos->column)
            buf_add_format(out, ",col=%u", (unsigned)pos->column);
        buf_add_char(out, ',');
    }
    buf_add_literal(out, "title=");
    add_github_text(out, finding->code, true);
    buf_add_literal(out, "::");
    add_github_text(out, finding->message, false);
    if (finding->hint.len) {
        buf_add_literal(out, "%0Ahint: ");
        add_github_text(out, finding->hint, false);
    }
    buf_add_char(out, '\n');
}

static size_t count_from(const Finding *findings, size_t count, Severity least) {
    size_t matching = 0;
    for (size_t i = 0; i < count; i++)
        matching += findings[i].severity >= least;
    return matching;
}

void diag_print(Diag *diag, const DiagPrint *how, FILE *out) {
    static void (*const add[])(Printer *, const Finding *) = {
        [DIAG_HUMAN] = add_human, [DIAG_JSON] = add_json, [DIAG_GITHUB] = add_github};
    Buf text = {0};
    Printer printer = {.how = how, .root = diag_root(diag), .out = &text};
    size_t count, printed = 0;
    const Finding *findings = diag_findings(diag, &count);
    for (size_t i = 0; i < count; i++) {
        if (findings[i].severity < how->least)
            continue;
        if (how->max_findings && printed == how->max_findings)
            break;
        add[how->format](&printer, &findings[i]);
        fwrite(text.data, 1, text.len, out);
        buf_reset(&text);
        printed++;
    }
    size_t left = count_from(findings, count, how->least) - printed;
    if (left && how->format == DIAG_HUMAN)
        fprintf(out, "… and %zu more\n", left);
    arena_release(&printer.arena);
    buf_release(&text);
}
