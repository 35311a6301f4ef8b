/* SPDX-License-Identifier: MIT
 * yaml_hint.c - a table from the parser's words to ours, and the quoting of a value as advice. */
#include "text/yaml_hint.h"

#include "base/buf.h"

#include <string.h>

enum { MAX_QUOTED = 80 }; /* longer values are not repeated in a hint */

typedef enum Advice {
    ADVICE_GIVEN, /* the hint of the row */
    ADVICE_QUOTE, /* quote the value of this line */
    ADVICE_COLON, /* quote it, or look at the indentation */
    ADVICE_START, /* by the first character of the value */
} Advice;

typedef struct Explanation {
    const char *problem; /* a part of the parser's text */
    const char *context; /* the same; NULL: any */
    Advice advice;
    const char *message;
    const char *hint;
} Explanation;

/* The first row that fits. */
static const Explanation explanations[] = {
    {"mapping values are not allowed", NULL, ADVICE_COLON, "a ': ' is not expected here", ""},
    {"tab character", NULL, ADVICE_GIVEN, "a tab is not allowed here",
     "indent with spaces, not with tabs"},
    {"cannot start any token", NULL, ADVICE_START, "this character cannot start a value", ""},
    {"could not find expected ':'", NULL, ADVICE_GIVEN, "there is no ': ' on this line",
     "write `key: value`, with a space after the colon"},
    {"unexpected end of stream", "quoted scalar", ADVICE_GIVEN, "this quotation mark is not closed",
     "close it, or quote the text with the other kind of quotation mark"},
    {"unexpected document indicator", "quoted scalar", ADVICE_GIVEN,
     "this quotation mark is not closed",
     "close it, or quote the text with the other kind of quotation mark"},
    {"unknown escape character", NULL, ADVICE_GIVEN, "this escape is unknown in double quotes",
     "write \\\\ for a backslash, or use single quotes"},
    {"did not find expected ',' or ']'", NULL, ADVICE_START, "this list is not closed with ']'",
     ""},
    {"did not find expected ',' or '}'", NULL, ADVICE_START, "this map is not closed with '}'", ""},
    {"did not find expected '-' indicator", NULL, ADVICE_GIVEN, "a list item is expected here",
     "start each item of the list with '- ', all indented alike"},
    {"alphabetic or numeric character", "an alias", ADVICE_QUOTE,
     "a value cannot start with '*' unless it is quoted", ""},
    {"alphabetic or numeric character", "an anchor", ADVICE_QUOTE,
     "a value cannot start with '&' unless it is quoted", ""},
    {"", "a tag", ADVICE_QUOTE, "a value cannot start with '!' unless it is quoted", ""},
    {"did not find expected key", NULL, ADVICE_START, "a key is expected here", ""},
    {"block sequence entries are not allowed", NULL, ADVICE_GIVEN, "a list cannot start here",
     "put the first '- ' on the line below the key"},
};

/* Where the value starts on a line "key: value" or "- value"; the line's length when nowhere. */
static size_t value_offset(Str line) {
    size_t colon = str_find(line, STR(": "));
    size_t start = colon == STR_NONE ? 0 : colon + 2;
    while (start < line.len && (line.data[start] == ' ' || line.data[start] == '\t'))
        start++;
    if (colon == STR_NONE && str_starts_with(str_from_offset(line, start), STR("- "))) {
        return start + 2;
    }
    return colon == STR_NONE ? line.len : start;
}

static void add_quoted(Buf *buf, Str text) {
    bool is_double = str_find_char(text, '"') == STR_NONE && str_find_char(text, '\\') == STR_NONE;
    buf_add_char(buf, is_double ? '"' : '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (!is_double && text.data[i] == '\'')
            buf_add_char(buf, '\'');
        buf_add_char(buf, text.data[i]);
    }
    buf_add_char(buf, is_double ? '"' : '\'');
}

/* Quotation marks around all of a value that the author tried to quote are not repeated. */
static Str without_quotes(Str value) {
    char first = value.len > 1 ? value.data[0] : '\0';
    bool is_quoted = (first == '"' || first == '\'') && value.data[value.len - 1] == first;
    return is_quoted ? str_slice(value, 1, value.len - 1) : value;
}

Str yaml_quote_hint(Arena *arena, Str line) {
    size_t start = value_offset(line);
    Str value = without_quotes(str_trim(str_from_offset(line, start)));
    if (value.len == 0 || line.len > MAX_QUOTED)
        return STR("put the value in quotation marks");
    Buf buf = {0};
    buf_add_literal(&buf, "quote the value: ");
    buf_add(&buf, str_trim_left(str_slice(line, 0, start)));
    add_quoted(&buf, value);
    Str hint = str_copy(arena, buf_str(&buf));
    buf_release(&buf);
    return hint;
}

/* A second ": " on the line is text; a first one stands where no key may. */
static Str colon_hint(Arena *arena, const YamlFault *fault) {
    size_t first = str_find(fault->line, STR(": "));
    if (first < fault->offset)
        return yaml_quote_hint(arena, fault->line);
    return STR("indent this line like the line above, which has a value already; a key needs a "
               "space after its ':'");
}

static bool is_tab_at_fault(const YamlFault *fault) {
    Str before = str_slice(fault->line, 0, fault->offset + 1);
    return str_trim(before).len == 0 && str_find_char(before, '\t') != STR_NONE;
}

static Str start_hint(Arena *arena, const YamlFault *fault) {
    Str value = str_from_offset(fault->line, value_offset(fault->line));
    if (value.len == 0)
        return STR("check that keys of one level are indented alike");
    switch (value.data[0]) {
    case '\'':
        return str_join(arena,
                        STR("an apostrophe within single quotation marks is written twice; "),
                        yaml_quote_hint(arena, fault->line));
    case '[':
        return str_join(arena, STR("'[' starts a list; "), yaml_quote_hint(arena, fault->line));
    case '{':
        return str_join(arena, STR("'{' starts a map; "), yaml_quote_hint(arena, fault->line));
    case '"':
    case '@':
    case '`':
    case '%':
    case '*':
    case '&':
    case '!':
        return yaml_quote_hint(arena, fault->line);
    default:
        return STR("check that keys of one level are indented alike");
    }
}

static bool is_row(const Explanation *row, const YamlFault *fault) {
    if (!strstr(fault->problem, row->problem))
        return false;
    return !row->context || (fault->context && strstr(fault->context, row->context));
}

void yaml_explain(Arena *arena, const YamlFault *fault, Str *message, Str *hint) {
    *message = str_copy(arena, str_from(fault->problem));
    *hint = STR_EMPTY;
    if (is_tab_at_fault(fault)) {
        *message = STR("a tab is not allowed in the indentation");
        *hint = STR("indent with spaces, not with tabs");
        return;
    }
    const Explanation *row = NULL;
    for (size_t i = 0; i < sizeof explanations / sizeof *explanations && !row; i++) {
        if (is_row(&explanations[i], fault))
            row = &explanations[i];
    }
    if (!row)
        return;
    *message = str_from(row->message);
    switch (row->advice) {
    case ADVICE_GIVEN:
        *hint = str_from(row->hint);
        break;
    case ADVICE_QUOTE:
        *hint = yaml_quote_hint(arena, fault->line);
        break;
    case ADVICE_COLON:
        *hint = colon_hint(arena, fault);
        break;
    case ADVICE_START:
        *hint = start_hint(arena, fault);
        break;
    }
}
