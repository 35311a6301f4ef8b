/* SPDX-License-Identifier: MIT
 * highlight_internal.h - what the files of the highlighter share: the automaton of a mode, rules,
 * and the writer of spans. Not visible outside core/text/highlight*.c. */
#ifndef QUOIN_TEXT_HIGHLIGHT_INTERNAL_H
#define QUOIN_TEXT_HIGHLIGHT_INTERNAL_H

#include "base/map.h"
#include "base/vec.h"
#include "text/highlight.h"

/* --- highlight_pattern.c: patterns -------------------------------------------------------- */

/* A set of bytes. */
typedef struct ByteSet {
    uint64_t bits[4];
} ByteSet;

static inline bool byteset_has(const ByteSet *set, uint8_t byte) {
    return (set->bits[byte >> 6] >> (byte & 63)) & 1;
}

static inline void byteset_add(ByteSet *set, uint8_t byte) {
    set->bits[byte >> 6] |= (uint64_t)1 << (byte & 63);
}

typedef enum NfaKind {
    NFA_SET,   /* one byte of `set`, then `next` */
    NFA_SPLIT, /* `next` and `other` (if not NFA_NONE) */
    NFA_ACCEPT /* rule `set` */
} NfaKind;

#define NFA_NONE UINT32_MAX

typedef struct NfaNode {
    NfaKind kind;
    uint32_t set; /* index in Nfa.sets; the rule of an NFA_ACCEPT */
    uint32_t next, other;
} NfaNode;

typedef struct Nfa {
    VEC(NfaNode) nodes;
    VEC(ByteSet) sets;
    bool ignores_case;
} Nfa;

/* Adds a pattern that accepts `rule`; its first node, or NFA_NONE and a reason when it is wrong. */
uint32_t pattern_add(Nfa *nfa, Str pattern, uint32_t rule, const char **reason);
/* The bytes of a class as in a pattern, without the brackets: "A-Za-z_", "\w-", "^#". */
bool pattern_set(Str class, ByteSet *out);

/* --- highlight_machine.c: the automaton of a mode ------------------------------------------ */

/* Where a rule may match. A machine has one start for each combination. */
enum {
    AT_LINE_START = 1, /* first byte of a line */
    AT_LINE_TEXT = 2,  /* only blanks before it on the line */
    AT_OPERAND = 4,    /* no operand stands directly before it */
    START_COUNT = 8
};

enum { MAY_START = 1, MAY_START_INSIDE = 2 };

typedef struct MachineState {
    uint32_t first, count; /* its nodes in Machine.members, sorted */
    uint64_t hash;
} MachineState;

typedef struct Machine {
    Nfa nfa;
    VEC(uint32_t) starts;    /* by rule: its first node */
    VEC(uint8_t) conditions; /* by rule: AT_... */
    uint8_t used_conditions; /* of all rules together */
    bool is_ready;           /* the rest is there */
    uint8_t classes[256]; /* byte -> column of `next`: bytes that no rule tells apart share one */
    uint32_t class_count;
    uint8_t samples[256];   /* class -> one of its bytes */
    uint8_t may_start[256]; /* bit 0: some rule can begin with this byte; bit 1: inside of a line */
    int32_t start[START_COUNT]; /* rows */
    VEC(MachineState) states;
    VEC(uint32_t) members;
    /* A row a state: the rule that it accepts or -1, then by class the begin of the next state's
     * row, STATE_DEAD or STATE_UNKNOWN. */
    VEC(int32_t) rows;
    uint32_t *slots; /* open hash set of state + 1 */
    size_t slot_count;
    VEC(uint32_t) stack, work; /* scratch */
    uint32_t *marks;           /* by node: the generation that saw it */
    uint32_t generation;
} Machine;

/* Conditions as AT_... */
void machine_add_rule(Machine *machine, uint32_t first_node, uint8_t conditions);
/* The rule with the longest match of text[at..end), the first of equals; -1 when there is none.
 * Never an empty match. A match that would need more than 256 further bytes is not found. */
int32_t machine_match(Machine *machine, int conditions, Str text, size_t at, size_t *match_end);
void machine_prepare(Machine *machine);
void machine_release(Machine *machine);

/* --- rules --------------------------------------------------------------------------------- */

/* Index of a token class; 0 is plain text. */
typedef uint8_t TokenClass;

typedef struct Word {
    Str text; /* in lower case when the language ignores case */
    TokenClass class, after;
} Word;

typedef struct WordList {
    Str name;
    Word *slots; /* open hash set; empty text: free */
    size_t slot_count;
    uint64_t lengths; /* bit n: there are words of n bytes */
} WordList;

typedef struct Followed {
    Str text;
    bool needs_blank; /* a blank or the end of the line has to come behind it */
    TokenClass class;
} Followed;

typedef enum RegionKind {
    REGION_NONE,
    REGION_THROUGH,      /* up to the literal `close`, which belongs to it */
    REGION_BEFORE,       /* up to the literal `close`, which does not */
    REGION_THROUGH_LINE, /* up to a line that is `close` only (blanks aside), which belongs to it */
    REGION_INDENTED      /* all further lines that are indented more than this one */
} RegionKind;

typedef struct Rule {
    TokenClass class, after; /* `after`: of the word that follows */
    TokenClass body;         /* of a region without rules of its own */
    TokenClass line;         /* of the whole line, 0: none */
    int16_t words;           /* word list or -1 */
    int16_t push;            /* mode or -1 */
    int16_t inside;          /* mode of the region or -1 */
    uint8_t pop;             /* modes to leave first */
    bool names_language;     /* the word behind it is the region's language */
    RegionKind region;
    Str close; /* "%1" in it stands for what was captured */
    ByteSet capture;
    Str language; /* of the region; empty: none */
    const Followed *followed;
    size_t followed_count;
} Rule;

typedef struct Mode {
    Str name;
    TokenClass class; /* of what no rule matches */
    Machine machine;
    Rule *rules;
    size_t rule_count;
} Mode;

typedef struct Language {
    Str name;
    bool ignores_case;
    Mode *modes; /* the first is "main" */
    size_t mode_count;
    WordList *lists;
    size_t list_count;
} Language;

/* The class of the word and what it makes of the next one; NULL when it is not in the list. */
const Word *wordlist_find(const WordList *list, Str word, bool ignores_case);

struct Highlighter {
    Arena arena;   /* languages, names */
    Map languages; /* name or alias -> Language, &no_language */
    VEC(Language *) all;
    Map asked; /* languages named by the text at hand, in order */
    VEC(Str) missing;
};

/* --- highlight_compile.c ------------------------------------------------------------------- */

/* NULL when the rules are wrong: `error` has the reason. */
Language *language_compile(Arena *arena, Str name, const Value *rules, Buf *error);
void language_release(Language *language);

/* --- highlight_lex.c ----------------------------------------------------------------------- */

#define NO_CLASS 0

/* Spans of one text, in order. What has the same class and only blanks between becomes one span. */
typedef struct SpanWriter {
    const HighlightOptions *options;
    Buf *out;
    const char *data; /* the text */
    size_t from, to;  /* pending, of `class` */
    size_t gap;       /* end of the blanks behind it, which are plain */
    TokenClass class;
    TokenClass line_class; /* of the line that begins next */
    bool is_line_open, has_wrapper;
    uint32_t line; /* lines begun so far */
    size_t range;  /* the first one that does not lie behind */
} SpanWriter;

void spans_change(SpanWriter *writer, size_t to, TokenClass class);
/* Text up to `to` (from where the last one ended) has `class`. */
static inline void spans_add(SpanWriter *writer, size_t to, TokenClass class) {
    if (to <= writer->gap)
        return;
    if (class == writer->class)
        writer->to = writer->gap = to;
    else
        spans_change(writer, to, class);
}
/* The line that begins where the last span ended has `class` as a whole. */
void spans_begin_line(SpanWriter *writer, TokenClass class);
void spans_finish(SpanWriter *writer);
const char *token_class_name(TokenClass class); /* short: "k" */
bool token_class_find(Str name, TokenClass *out);

void lex_text(Highlighter *highlighter, const Language *language, Str text, SpanWriter *writer);

#endif
