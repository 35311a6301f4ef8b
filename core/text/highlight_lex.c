/* SPDX-License-Identifier: MIT
 * highlight_lex.c - runs the rules of a language over a text.
 *
 * A region (a comment up to its end, a script in a page) is found first and lexed within its
 * bounds, so that nothing unclosed in it leaks out. Each byte is searched for ends at most once a
 * level. */
#include "text/highlight_internal.h"

#include <string.h>

#define MAX_MODES_OPEN 256
#define MAX_REGIONS    12  /* one within the other */
#define MAX_BLANKS     100 /* looked over behind or before a token */
#define MAX_NAME       40  /* of a language */
#define MAX_ASKED      64  /* languages that one text may name */
#define MAX_CAPTURED   100 /* bytes: searching for it must not take long */

/* One region: from its begin to its end with a stack of modes of its own. */
typedef struct Lexer {
    Highlighter *highlighter;
    const Language *language;
    SpanWriter *writer;
    Str text;     /* the whole, cut at the end of the region */
    size_t start; /* of the region */
    size_t at;
    int level;
    uint8_t modes[MAX_MODES_OPEN];
    size_t depth, too_deep; /* modes above modes[0]; pushes that had no room */
    TokenClass after;       /* for the word that follows what ended at `after_at` */
    size_t after_at;
    size_t last_end; /* of the last token with a rule, and its class */
    TokenClass last_class;
} Lexer;

static void lex_region(Lexer *outer, const Language *language, int16_t mode, size_t end);

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool has_text_at(Str text, size_t at, Str wanted, bool ignores_case) {
    if (wanted.len > text.len - at)
        return false;
    if (!ignores_case)
        return memcmp(text.data + at, wanted.data, wanted.len) == 0;
    for (size_t i = 0; i < wanted.len; i++) {
        if (lower(text.data[at + i]) != lower(wanted.data[i]))
            return false;
    }
    return true;
}

/* --- what stands around a token ------------------------------------------------------------ */

/* Behind the blanks before `at`. */
static size_t skip_back(const Lexer *lexer, size_t at) {
    size_t least = at - lexer->start > MAX_BLANKS ? at - MAX_BLANKS : lexer->start;
    while (at > least && is_blank(lexer->text.data[at - 1]))
        at--;
    return at;
}

static bool begins_line(const Lexer *lexer, size_t at) {
    return at == lexer->start || lexer->text.data[at - 1] == '\n';
}

/* No name, number or closing bracket stands before it, but perhaps a keyword. */
static bool wants_operand(const Lexer *lexer, size_t at) {
    while (at > lexer->start && lexer->text.data[at - 1] <= ' ' && at > lexer->last_end)
        at--;
    if (at == lexer->start)
        return true;
    if (at == lexer->last_end && lexer->last_class != NO_CLASS)
        return strcmp(token_class_name(lexer->last_class), "k") == 0 ||
               strcmp(token_class_name(lexer->last_class), "c") == 0 ||
               strcmp(token_class_name(lexer->last_class), "o") == 0;
    uint8_t c = (uint8_t)lexer->text.data[at - 1];
    bool is_value = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                    c >= 0x80 || strchr("_$)]}\"'`", c);
    return !is_value;
}

static int conditions_at(const Lexer *lexer, uint8_t used, size_t at) {
    int conditions = 0;
    if ((used & AT_LINE_START) && begins_line(lexer, at))
        conditions |= AT_LINE_START;
    if ((used & AT_LINE_TEXT) && begins_line(lexer, skip_back(lexer, at)))
        conditions |= AT_LINE_TEXT;
    if ((used & AT_OPERAND) && wants_operand(lexer, at))
        conditions |= AT_OPERAND;
    return conditions;
}

static bool is_followed_by(const Lexer *lexer, size_t at, const Followed *followed) {
    Str text = lexer->text;
    if (!has_text_at(text, at, followed->text, false))
        return false;
    at += followed->text.len;
    return !followed->needs_blank || at == text.len || (uint8_t)text.data[at] <= ' ';
}

/* What comes behind the token decides; NULL when it is nothing that the rule names. */
static const Followed *find_followed(const Lexer *lexer, const Rule *rule, size_t at) {
    const Followed *best = NULL;
    size_t most = lexer->text.len - at > MAX_BLANKS ? at + MAX_BLANKS : lexer->text.len;
    while (at < most && is_blank(lexer->text.data[at]))
        at++;
    for (size_t i = 0; i < rule->followed_count; i++) {
        const Followed *followed = &rule->followed[i];
        if ((!best || followed->text.len > best->text.len) && is_followed_by(lexer, at, followed))
            best = followed;
    }
    return best;
}

/* --- a token ------------------------------------------------------------------------------- */

/* Words have their class; else what stands before decides, then what stands behind. */
static TokenClass classify(Lexer *lexer, const Rule *rule, size_t from, size_t to,
                           TokenClass *after) {
    const Word *word = NULL;
    *after = rule->after;
    if (rule->words >= 0) {
        const WordList *list = &lexer->language->lists[rule->words];
        word = wordlist_find(list, str_slice(lexer->text, from, to), lexer->language->ignores_case);
    }
    if (word) {
        *after = word->after;
        return word->class;
    }
    if (rule->words >= 0 && lexer->after != NO_CLASS && lexer->after_at <= from &&
        skip_back(lexer, from) <= lexer->after_at)
        return lexer->after;
    const Followed *followed = rule->followed_count ? find_followed(lexer, rule, to) : NULL;
    return followed ? followed->class : rule->class;
}

static void change_modes(Lexer *lexer, const Rule *rule) {
    for (int i = 0; i < rule->pop; i++) {
        if (lexer->too_deep)
            lexer->too_deep--;
        else if (lexer->depth)
            lexer->depth--;
    }
    if (rule->push < 0)
        return;
    if (lexer->depth + 1 < MAX_MODES_OPEN && !lexer->too_deep)
        lexer->modes[++lexer->depth] = (uint8_t)rule->push;
    else
        lexer->too_deep++;
}

/* --- regions ------------------------------------------------------------------------------- */

/* The last run of the rule's capture in the token; one other byte may stand behind it. */
static Str captured(const Lexer *lexer, const Rule *rule, size_t from, size_t to) {
    const char *data = lexer->text.data;
    if (to > from && !byteset_has(&rule->capture, (uint8_t)data[to - 1]))
        to--;
    size_t first = to;
    while (first > from && to - first < MAX_CAPTURED &&
           byteset_has(&rule->capture, (uint8_t)data[first - 1]))
        first--;
    return str_slice(lexer->text, first, to);
}

/* The end of the region as text, in `room`. */
static Str close_of(const Lexer *lexer, const Rule *rule, Str token, Buf *room) {
    size_t mark = str_find(rule->close, STR("%1"));
    if (mark == STR_NONE)
        return rule->close;
    size_t from = (size_t)(token.data - lexer->text.data);
    buf_add(room, str_slice(rule->close, 0, mark));
    buf_add(room, captured(lexer, rule, from, from + token.len));
    buf_add(room, str_from_offset(rule->close, mark + 2));
    return buf_str(room);
}

static size_t find_close(const Lexer *lexer, Str close, size_t from) {
    Str text = lexer->text;
    if (!lexer->language->ignores_case) {
        size_t found = str_find(str_from_offset(text, from), close);
        return found == STR_NONE ? text.len : from + found;
    }
    for (size_t at = from; at + close.len <= text.len; at++) {
        if (has_text_at(text, at, close, true))
            return at;
    }
    return text.len;
}

static size_t line_end(Str text, size_t at) {
    const char *end = at < text.len ? memchr(text.data + at, '\n', text.len - at) : NULL;
    return end ? (size_t)(end - text.data) : text.len;
}

/* Start of the line that is `close` only; the end of the text when there is none. */
static size_t find_closing_line(const Lexer *lexer, Str close, size_t from) {
    Str text = lexer->text;
    for (size_t at = line_end(text, from); at < text.len;) {
        size_t begin = at + 1;
        at = line_end(text, begin);
        Str line = str_trim(str_slice(text, begin, at));
        if (line.len && line.data[line.len - 1] == ';' && close.data[close.len - 1] != ';')
            line.len--; /* PHP */
        if (str_equal(line, close))
            return begin;
    }
    return text.len;
}

static size_t indent_of(Str text, size_t at) {
    size_t from = at;
    while (at < text.len && is_blank(text.data[at]))
        at++;
    return at - from;
}

/* Of the line at `at`, whose text up to `to` opens a region: what stands behind the dashes of lists
 * counts, if there is something ("- run: |"). */
static size_t indent_of_opener(Str text, size_t at, size_t to) {
    size_t indent = indent_of(text, at);
    while (at + indent + 1 < to && text.data[at + indent] == '-' &&
           is_blank(text.data[at + indent + 1])) {
        size_t next = indent + 1 + indent_of(text, at + indent + 1);
        if (at + next >= to)
            break;
        indent = next;
    }
    return indent;
}

/* End of the lines below that are blank or indented more than the line of `from`. */
static size_t find_dedent(const Lexer *lexer, size_t token, size_t from) {
    Str text = lexer->text;
    size_t begin = from;
    while (begin > lexer->start && text.data[begin - 1] != '\n' && from - begin < 1000)
        begin--;
    size_t indent = indent_of_opener(text, begin, token), end = line_end(text, from);
    for (size_t at = end; at < text.len;) {
        size_t line = at + 1, own = indent_of(text, line);
        at = line_end(text, line);
        if (line + own < at && own <= indent)
            break;
        end = line + own < at ? at : end;
    }
    return end;
}

/* Bounds of the region behind a token: its content ends at *inner_end, it itself at the result. */
static size_t region_end(const Lexer *lexer, const Rule *rule, Str token, Str close,
                         size_t *inner_end) {
    size_t end, from = lexer->at;
    switch (rule->region) {
    case REGION_THROUGH:
        end = *inner_end = find_close(lexer, close, from);
        return end + close.len <= lexer->text.len ? end + close.len : lexer->text.len;
    case REGION_THROUGH_LINE:
        end = *inner_end = close.len ? find_closing_line(lexer, close, from) : from;
        return line_end(lexer->text, end);
    case REGION_INDENTED:
        return *inner_end = find_dedent(lexer, (size_t)(token.data - lexer->text.data), from);
    default:
        return *inner_end = find_close(lexer, close, from);
    }
}

/* --- languages in languages ---------------------------------------------------------------- */

/* The language `name`; NULL when there are no rules for it, or not yet: then it is asked for. */
static const Language *ask_language(Lexer *lexer, Str name) {
    static const char here[] = "";
    Highlighter *highlighter = lexer->highlighter;
    if (!map_has(&highlighter->asked, name)) {
        if (highlighter->asked.count >= MAX_ASKED)
            return NULL;
        map_set(&highlighter->asked, name, (void *)(uintptr_t)here);
        if (!highlighter_knows(highlighter, name))
            vec_push(&highlighter->missing, name);
    }
    return highlighter_has(highlighter, name) ? map_get(&highlighter->languages, name) : NULL;
}

/* The word at `at`, as behind the backticks of a fence. */
static Str name_at(Str text, size_t at) {
    size_t from = at;
    while (at < text.len && at - from < MAX_NAME && (uint8_t)text.data[at] > ' ' &&
           !strchr(",{}:`\"'", text.data[at]))
        at++;
    return str_slice(text, from, at);
}

/* What names the language belongs to the opening token, to the end of the line. */
static const Language *read_language(Lexer *lexer, const Rule *rule) {
    Str name = name_at(lexer->text, lexer->at);
    size_t end = line_end(lexer->text, lexer->at);
    spans_add(lexer->writer, end, rule->class);
    lexer->at = end;
    return name.len ? ask_language(lexer, name) : NULL;
}

static void lex_inside(Lexer *lexer, const Rule *rule, const Language *language, size_t end) {
    bool is_bounded = lexer->level + 1 >= MAX_REGIONS;
    if (rule->inside >= 0 && !is_bounded)
        lex_region(lexer, lexer->language, rule->inside, end);
    else if (language && language->mode_count > 0 && !is_bounded)
        lex_region(lexer, language, 0, end);
    else
        spans_add(lexer->writer, end, rule->body);
}

/* Behind the opening token, at lexer->at. */
static void lex_rule_region(Lexer *lexer, const Rule *rule, Str token) {
    Buf room = {0};
    const Language *language = NULL;
    Str close = close_of(lexer, rule, token, &room);
    if (rule->names_language)
        language = read_language(lexer, rule);
    else if (rule->region == REGION_THROUGH_LINE && lexer->level + 1 < MAX_REGIONS)
        lex_region(lexer, lexer->language, lexer->modes[lexer->depth],
                   line_end(lexer->text, lexer->at)); /* the rest of the line goes on */
    if (rule->language.len)
        language = ask_language(lexer, rule->language);
    size_t inner_end, end = region_end(lexer, rule, token, close, &inner_end);
    if (inner_end < lexer->at)
        inner_end = end;
    lex_inside(lexer, rule, language, inner_end);
    spans_add(lexer->writer, end, rule->class);
    lexer->at = end;
    buf_release(&room);
}

/* --- the loop ------------------------------------------------------------------------------ */

static size_t whole_character(Str text, size_t at) {
    while (at < text.len && ((uint8_t)text.data[at] & 0xC0) == 0x80)
        at++;
    return at;
}

static void take_token(Lexer *lexer, const Rule *rule, size_t end) {
    TokenClass after;
    size_t from = lexer->at;
    TokenClass class = classify(lexer, rule, from, end, &after);
    if (rule->line != NO_CLASS)
        spans_begin_line(lexer->writer, rule->line);
    spans_add(lexer->writer, end, class);
    lexer->at = lexer->last_end = lexer->after_at = end;
    lexer->last_class = class;
    lexer->after = after;
    change_modes(lexer, rule);
    if (rule->region != REGION_NONE) {
        lex_rule_region(lexer, rule, str_slice(lexer->text, from, end));
        lexer->last_end = lexer->at;
    }
}

/* One token at lexer->at, or one character that no rule knows. */
static void lex_step(Lexer *lexer, Mode *mode) {
    size_t end;
    int conditions = mode->machine.used_conditions
                         ? conditions_at(lexer, mode->machine.used_conditions, lexer->at)
                         : 0;
    int32_t rule = machine_match(&mode->machine, conditions, lexer->text, lexer->at, &end);
    if (rule < 0) {
        lexer->at = whole_character(lexer->text, lexer->at + 1);
        spans_add(lexer->writer, lexer->at, mode->class);
    } else {
        take_token(lexer, &mode->rules[rule], whole_character(lexer->text, end));
    }
}

/* Certainly not where rules for the begin of a line match. */
static bool is_inside_line(const Lexer *lexer, const Machine *machine) {
    return (machine->used_conditions & (AT_LINE_START | AT_LINE_TEXT)) &&
           lexer->at > lexer->start && (uint8_t)lexer->text.data[lexer->at - 1] > ' ';
}

static void run(Lexer *lexer) {
    while (lexer->at < lexer->text.len) {
        Mode *mode = &lexer->language->modes[lexer->modes[lexer->depth]];
        if (!mode->machine.is_ready)
            machine_prepare(&mode->machine);
        size_t at = lexer->at;
        const uint8_t *may_start = mode->machine.may_start;
        uint8_t mark = is_inside_line(lexer, &mode->machine) ? MAY_START_INSIDE : MAY_START;
        while (at < lexer->text.len && !(may_start[(uint8_t)lexer->text.data[at]] & mark))
            at++;
        spans_add(lexer->writer, at, mode->class);
        lexer->at = at;
        if (at < lexer->text.len)
            lex_step(lexer, mode);
    }
}

/* From where `outer` is up to `end`. */
static void lex_region(Lexer *outer, const Language *language, int16_t mode, size_t end) {
    Lexer lexer = {.highlighter = outer->highlighter,
                   .language = language,
                   .writer = outer->writer,
                   .text = str_slice(outer->text, 0, end),
                   .start = outer->at,
                   .at = outer->at,
                   .level = outer->level + 1,
                   .last_end = outer->at,
                   .modes = {(uint8_t)mode}};
    run(&lexer);
    outer->at = end;
}

void lex_text(Highlighter *highlighter, const Language *language, Str text, SpanWriter *writer) {
    Lexer outer = {.highlighter = highlighter, .writer = writer, .text = text, .level = -1};
    if (language->mode_count > 0)
        lex_region(&outer, language, 0, text.len);
}
