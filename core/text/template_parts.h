/* SPDX-License-Identifier: MIT
 * template_parts.h - what the files of the template compiler share; only text/template*.c see it.
 *
 * template_lex cuts tags into tokens and reports, template_expr turns expressions into Lua,
 * template turns tags and text into a chunk. All text made while compiling lives in `arena`. */
#ifndef QUOIN_TEXT_TEMPLATE_PARTS_H
#define QUOIN_TEXT_TEMPLATE_PARTS_H

#include "base/vec.h"
#include "text/template.h"

#define TEMPLATE_MAX_DEPTH      32  /* nested tags; nested brackets */
#define TEMPLATE_MAX_OPERATIONS 64  /* in one tag: Lua's own parser nests no deeper than 200 */
#define TEMPLATE_MAX_LOCALS     170 /* Lua allows 200 in a function */
#define TEMPLATE_MAX_ERRORS     20
#define TEMPLATE_MAX_ARGUMENTS  24

typedef enum TokenType { TOKEN_END, TOKEN_NAME, TOKEN_NUMBER, TOKEN_TEXT, TOKEN_SIGN } TokenType;

typedef struct Token {
    TokenType type;
    Str text; /* as written; for TOKEN_TEXT what is between the quotes */
    size_t at;
} Token;

/* A piece of Lua that gives one value. */
typedef struct Expr {
    Str code;
    Str direct;      /* a statement that writes the value, when there is a shorter way; or empty */
    bool is_boolean; /* true or false: needs no test of truth */
    bool is_solid;   /* never nil or false */
    bool is_plain;   /* a literal that is no text: compares by Lua's own == */
} Expr;

typedef enum FrameKind { FRAME_IF, FRAME_FOR, FRAME_BLOCK, FRAME_MACRO, FRAME_SET } FrameKind;

/* An open tag. For, block and macro are scopes: what is set inside ends with them. */
typedef struct Frame {
    FrameKind kind;
    size_t at; /* of its tag */
    Str name;
    bool has_else, is_closed_scope;
    unsigned loop;       /* for: its number */
    size_t hoist_at;     /* where in the output the scope's variables are declared */
    size_t first_local;  /* the scope's own names start here */
    size_t visible_from; /* of the enclosing scope, to restore */
    unsigned outer_loop; /* likewise */
} Frame;

typedef struct Local {
    Str name;
    bool is_hoisted; /* from `set`; otherwise a loop variable or a parameter */
} Local;

typedef struct Macro {
    Str name;
    Str params[TEMPLATE_MAX_ARGUMENTS];
    size_t param_count;
} Macro;

typedef struct Compiler {
    Str file, source;
    Diag *diag;
    Arena *arena;
    Buf *out;
    Buf pending;                          /* text that waits for the next statement */
    size_t at;                            /* next byte of the source */
    size_t tag_at;                        /* the tag being read */
    Token token;                          /* the one that the parser looks at */
    Str closer;                           /* "}}" or "%}" */
    unsigned brackets, depth, operations; /* of the tag being read */
    bool tag_failed, stop;
    size_t error_count;
    uint32_t out_line; /* line that the output has reached */
    size_t line_at;    /* a known place in the source and its line: places only move forward */
    uint32_t line;
    VEC(Frame) frames;
    VEC(Local) locals;
    VEC(Macro) macros;
    VEC(Str) blocks;
    size_t visible_from; /* locals before this one belong to another function */
    unsigned loop;       /* number of the innermost loop, 0 for none */
    unsigned loop_count, block_depth;
    bool extends, saw_output, warned_outside;
} Compiler;

/* template_lex.c */
void compiler_fail(Compiler *c, size_t at, size_t length, const char *hint, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
void compiler_warn(Compiler *c, size_t at, size_t length, const char *message);
void compiler_open_tag(Compiler *c, const char *closer); /* c->at stands behind the opener */
void compiler_next(Compiler *c);
bool compiler_take_sign(Compiler *c, const char *sign);
bool compiler_take_word(Compiler *c, const char *word);
bool compiler_is_sign(const Compiler *c, const char *sign);
bool compiler_is_word(const Compiler *c, const char *word);
void compiler_expect_sign(Compiler *c, const char *sign, const char *where);
Str compiler_expect_name(Compiler *c, const char *what);
/* Fails with "there is no <what> '<name>'" and the nearest of the names as a hint. */
void compiler_unknown(Compiler *c, Token token, const char *what, const Str *names, size_t count);
Str compiler_quote(Compiler *c, Str text);     /* bytes as a Lua literal */
Str compiler_text_value(Compiler *c, Token t); /* a TOKEN_TEXT without its escapes */

/* template_expr.c */
Expr compiler_expression(Compiler *c); /* with inline if */
Expr compiler_operand(Compiler *c);    /* without: `for x in OPERAND if ...` */
Str compiler_condition(Compiler *c, Expr expr);
bool compiler_is_local(const Compiler *c, Str name);

/* The filters and how they are called; ended by a NULL name. `name` is what the chunk calls. */
typedef struct TemplateFilter {
    const char *word, *name;
    int least;          /* arguments that must be given */
    const char *params; /* names, separated by spaces */
} TemplateFilter;

#endif
