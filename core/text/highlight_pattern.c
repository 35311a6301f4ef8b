/* SPDX-License-Identifier: MIT
 * highlight_pattern.c - patterns of rules as a nondeterministic automaton: a subset of regular
 * expressions without anything that looks back or ahead. */
#include "text/highlight_internal.h"

#include <string.h>

#define MAX_NODES   20000 /* of all rules of a mode */
#define MAX_NESTING 20
#define MAX_REPEAT  64

typedef struct Parser {
    Nfa *nfa;
    Str pattern;
    size_t at;
    int depth;
    const char *reason; /* the first mistake */
} Parser;

/* A piece of the automaton: `last` is an NFA_SPLIT whose `next` is open. */
typedef struct Fragment {
    uint32_t first, last;
} Fragment;

static void fail(Parser *parser, const char *reason) {
    if (!parser->reason)
        parser->reason = reason;
    parser->at = parser->pattern.len;
}

static bool at_end(const Parser *parser) {
    return parser->at >= parser->pattern.len;
}

static char peek(const Parser *parser) {
    return at_end(parser) ? '\0' : parser->pattern.data[parser->at];
}

static uint32_t add_node(Parser *parser, NfaKind kind, uint32_t set) {
    if (parser->nfa->nodes.count >= MAX_NODES) {
        fail(parser, "the patterns of this mode are too large");
        return 0;
    }
    NfaNode node = {kind, set, NFA_NONE, NFA_NONE};
    vec_push(&parser->nfa->nodes, node);
    return (uint32_t)parser->nfa->nodes.count - 1;
}

static NfaNode *node_at(Parser *parser, uint32_t index) {
    return &parser->nfa->nodes.items[index];
}

/* --- sets of bytes ------------------------------------------------------------------------- */

static void add_range(ByteSet *set, uint8_t first, uint8_t last) {
    for (unsigned byte = first; byte <= last; byte++)
        byteset_add(set, (uint8_t)byte);
}

static void add_all(ByteSet *set, const ByteSet *other) {
    for (int i = 0; i < 4; i++)
        set->bits[i] |= other->bits[i];
}

static void invert(ByteSet *set) {
    for (int i = 0; i < 4; i++)
        set->bits[i] = ~set->bits[i];
}

static void add_other_case(ByteSet *set) {
    for (uint8_t c = 'a'; c <= 'z'; c++) {
        uint8_t upper = (uint8_t)(c - 'a' + 'A');
        if (byteset_has(set, c))
            byteset_add(set, upper);
        else if (byteset_has(set, upper))
            byteset_add(set, c);
    }
}

/* Letters outside ASCII count as letters: all bytes from 0x80. */
static bool add_escape(ByteSet *set, char c) {
    ByteSet more = {{0}};
    switch (c) {
    case 'd':
    case 'D':
        add_range(&more, '0', '9');
        break;
    case 'w':
    case 'W':
        add_range(&more, 'a', 'z');
        add_range(&more, 'A', 'Z');
        add_range(&more, '0', '9');
        add_range(&more, 0x80, 0xff);
        byteset_add(&more, '_');
        break;
    case 's':
    case 'S':
        for (const char *blank = " \t\n\r\f\v"; *blank; blank++)
            byteset_add(&more, (uint8_t)*blank);
        break;
    case 'u':
        add_range(&more, 0x80, 0xff);
        break;
    case 'n':
        byteset_add(&more, '\n');
        break;
    case 't':
        byteset_add(&more, '\t');
        break;
    default:
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
            return false;
        byteset_add(&more, (uint8_t)c);
    }
    if (c == 'D' || c == 'W' || c == 'S')
        invert(&more);
    add_all(set, &more);
    return true;
}

/* One byte, or an escape, of a class; false when the class is wrong. */
static bool add_class_item(Str class, size_t *at, ByteSet *set) {
    char c = class.data[(*at)++];
    if (c == '\\') {
        if (*at >= class.len)
            return false;
        return add_escape(set, class.data[(*at)++]);
    }
    if (*at + 1 < class.len && class.data[*at] == '-') {
        char last = class.data[*at + 1];
        *at += 2;
        if (last == '\\' || (uint8_t)last < (uint8_t)c)
            return false;
        add_range(set, (uint8_t)c, (uint8_t)last);
        return true;
    }
    byteset_add(set, (uint8_t)c);
    return true;
}

bool pattern_set(Str class, ByteSet *out) {
    ByteSet set = {{0}};
    bool is_inverted = class.len > 0 && class.data[0] == '^';
    size_t at = is_inverted ? 1 : 0;
    while (at < class.len) {
        if (!add_class_item(class, &at, &set))
            return false;
    }
    if (is_inverted)
        invert(&set);
    *out = set;
    return true;
}

/* --- fragments ----------------------------------------------------------------------------- */

static uint32_t keep_set(Nfa *nfa, const ByteSet *set) {
    for (size_t i = 0; i < nfa->sets.count; i++) {
        if (memcmp(&nfa->sets.items[i], set, sizeof *set) == 0)
            return (uint32_t)i;
    }
    vec_push(&nfa->sets, *set);
    return (uint32_t)nfa->sets.count - 1;
}

static Fragment set_fragment(Parser *parser, ByteSet set) {
    if (parser->nfa->ignores_case)
        add_other_case(&set);
    uint32_t first = add_node(parser, NFA_SET, keep_set(parser->nfa, &set));
    uint32_t last = add_node(parser, NFA_SPLIT, 0);
    node_at(parser, first)->next = last;
    return (Fragment){first, last};
}

static Fragment empty_fragment(Parser *parser) {
    uint32_t node = add_node(parser, NFA_SPLIT, 0);
    return (Fragment){node, node};
}

static Fragment join(Parser *parser, Fragment a, Fragment b) {
    node_at(parser, a.last)->next = b.first;
    return (Fragment){a.first, b.last};
}

static Fragment either(Parser *parser, Fragment a, Fragment b) {
    uint32_t first = add_node(parser, NFA_SPLIT, 0), last = add_node(parser, NFA_SPLIT, 0);
    *node_at(parser, first) = (NfaNode){NFA_SPLIT, 0, a.first, b.first};
    node_at(parser, a.last)->next = last;
    node_at(parser, b.last)->next = last;
    return (Fragment){first, last};
}

static Fragment optional(Parser *parser, Fragment a) {
    return either(parser, a, empty_fragment(parser));
}

static Fragment repeated(Parser *parser, Fragment a) {
    uint32_t last = add_node(parser, NFA_SPLIT, 0);
    *node_at(parser, a.last) = (NfaNode){NFA_SPLIT, 0, a.first, last};
    return (Fragment){a.first, last};
}

/* --- the parser ---------------------------------------------------------------------------- */

typedef struct Repeat {
    int least, most; /* most -1: no end */
} Repeat;

static int parse_number(Parser *parser) {
    int number = 0;
    if (peek(parser) < '0' || peek(parser) > '9')
        fail(parser, "`{` wants a number; write \\{ for the character");
    while (peek(parser) >= '0' && peek(parser) <= '9') {
        number = number * 10 + (peek(parser) - '0');
        parser->at++;
        if (number > MAX_REPEAT)
            fail(parser, "a repetition is too large");
    }
    return number;
}

static Repeat parse_count(Parser *parser) {
    Repeat repeat;
    parser->at++;
    repeat.least = repeat.most = parse_number(parser);
    if (peek(parser) == ',') {
        parser->at++;
        repeat.most = peek(parser) == '}' ? -1 : parse_number(parser);
    }
    if (peek(parser) != '}' || (repeat.most >= 0 && repeat.most < repeat.least))
        fail(parser, "`{` wants numbers and `}`; write \\{ for the character");
    else
        parser->at++;
    return repeat;
}

/* What stands behind an atom; {1, 1} for nothing. */
static Repeat parse_repeat(Parser *parser) {
    switch (peek(parser)) {
    case '*':
        parser->at++;
        return (Repeat){0, -1};
    case '+':
        parser->at++;
        return (Repeat){1, -1};
    case '?':
        parser->at++;
        return (Repeat){0, 1};
    case '{':
        return parse_count(parser);
    default:
        return (Repeat){1, 1};
    }
}

static ByteSet parse_class(Parser *parser) {
    ByteSet set = {{0}};
    Str pattern = parser->pattern;
    size_t from = parser->at, to = from;
    if (to < pattern.len && pattern.data[to] == '^')
        to++;
    if (to < pattern.len && pattern.data[to] == ']') /* the first one is a character */
        to++;
    while (to < pattern.len && pattern.data[to] != ']')
        to += pattern.data[to] == '\\' ? 2 : 1;
    if (to >= pattern.len)
        fail(parser, "a `[` has no `]`");
    else if (!pattern_set(str_slice(pattern, from, to), &set))
        fail(parser, "something in [...] is not known");
    else
        parser->at = to + 1;
    return set;
}

static ByteSet parse_byte(Parser *parser) {
    ByteSet set = {{0}};
    char c = parser->pattern.data[parser->at++];
    switch (c) {
    case '[':
        return parse_class(parser);
    case '.':
        byteset_add(&set, '\n');
        invert(&set);
        break;
    case '\\':
        if (at_end(parser) || !add_escape(&set, peek(parser)))
            fail(parser, "a `\\` stands before something that has no meaning there");
        parser->at++;
        break;
    case '*':
    case '+':
    case '?':
    case '{':
    case ']':
    case '}':
    case '^':
    case '$':
        fail(parser, "write a `\\` before * + ? { } ] ^ $ when the character is meant");
        break;
    default:
        byteset_add(&set, (uint8_t)c);
    }
    return set;
}

/* Up to the end or the ")" of an outer level. Declared here because the grammar is a circle. */
static Fragment parse_alternatives(Parser *parser);

static Fragment parse_atom(Parser *parser) {
    if (peek(parser) != '(')
        return set_fragment(parser, parse_byte(parser));
    parser->at++;
    if (str_starts_with(str_from_offset(parser->pattern, parser->at), STR("?:")))
        parser->at += 2;
    if (++parser->depth > MAX_NESTING)
        fail(parser, "the parentheses are too deep");
    Fragment inner = parse_alternatives(parser);
    parser->depth--;
    if (peek(parser) != ')')
        fail(parser, "a `(` has no `)`");
    else
        parser->at++;
    return inner;
}

/* The atom at `from` once more, for repetitions with numbers. */
static Fragment parse_again(Parser *parser, size_t from) {
    size_t behind = parser->at;
    parser->at = from;
    Fragment copy = parse_atom(parser);
    parser->at = behind;
    return copy;
}

static Fragment parse_piece(Parser *parser) {
    size_t from = parser->at;
    Fragment atom = parse_atom(parser);
    Repeat repeat = parse_repeat(parser);
    if (parser->reason || (repeat.least == 1 && repeat.most == 1))
        return atom;
    if (repeat.least == 0 && repeat.most < 0)
        return optional(parser, repeated(parser, atom));
    if (repeat.least == 0 && repeat.most <= 0)
        return empty_fragment(parser);
    Fragment all = repeat.least == 0 ? optional(parser, atom) : atom;
    for (int i = 1; i < repeat.least && !parser->reason; i++)
        all = join(parser, all, parse_again(parser, from));
    for (int i = repeat.least > 1 ? repeat.least : 1; i < repeat.most && !parser->reason; i++)
        all = join(parser, all, optional(parser, parse_again(parser, from)));
    if (repeat.most >= 0 || parser->reason)
        return all;
    if (repeat.least == 1)
        return repeated(parser, all);
    return join(parser, all, optional(parser, repeated(parser, parse_again(parser, from))));
}

static Fragment parse_sequence(Parser *parser) {
    Fragment all = empty_fragment(parser);
    while (!at_end(parser) && peek(parser) != '|' && peek(parser) != ')')
        all = join(parser, all, parse_piece(parser));
    return all;
}

static Fragment parse_alternatives(Parser *parser) {
    Fragment all = parse_sequence(parser);
    while (peek(parser) == '|') {
        parser->at++;
        all = either(parser, all, parse_sequence(parser));
    }
    return all;
}

uint32_t pattern_add(Nfa *nfa, Str pattern, uint32_t rule, const char **reason) {
    Parser parser = {.nfa = nfa, .pattern = pattern};
    Fragment all = parse_alternatives(&parser);
    if (!parser.reason && !at_end(&parser))
        fail(&parser, "a `)` has no `(`");
    if (pattern.len == 0)
        fail(&parser, "the pattern is empty");
    uint32_t accept = add_node(&parser, NFA_ACCEPT, rule);
    *reason = parser.reason;
    if (parser.reason)
        return NFA_NONE;
    node_at(&parser, all.last)->next = accept;
    return all.first;
}
