/* SPDX-License-Identifier: MIT
 * template_expr.c - expressions of templates as Lua expressions.
 *
 * Truth follows Jinja (0, "" and empty lists are false), so Lua's own `and`, `or` and `if` are
 * used only on values that are already booleans. Everything is evaluated lazily where Jinja is. */
#include "text/template_parts.h"

#include <string.h>

static const TemplateFilter filters[] = {
    {"abs", "abs", 0, ""},
    {"after", "after", 1, "text"},
    {"before", "before", 1, "text"},
    {"capitalize", "capitalize", 0, ""},
    {"count", "length", 0, ""},
    {"d", "default", 1, "value boolean"},
    {"default", "default", 1, "value boolean"},
    {"e", "escape", 0, ""},
    {"escape", "escape", 0, ""},
    {"first", "first", 0, ""},
    {"groupby", "groupby", 1, "attribute"},
    {"int", "int", 0, "default"},
    {"join", "join", 0, "separator attribute"},
    {"json", "json", 0, ""},
    {"last", "last", 0, ""},
    {"length", "length", 0, ""},
    {"lower", "lower", 0, ""},
    {"map", "map", 1, "attribute"},
    {"max", "max", 0, "attribute"},
    {"min", "min", 0, "attribute"},
    {"rejectattr", "rejectattr", 1, "attribute test value"},
    {"replace", "replace", 2, "old new"},
    {"reverse", "reverse", 0, ""},
    {"round", "round", 0, "precision"},
    {"safe", "safe", 0, ""},
    {"selectattr", "selectattr", 1, "attribute test value"},
    {"slug", "slug", 0, ""},
    {"sort", "sort", 0, "attribute reverse"},
    {"string", "string", 0, ""},
    {"striptags", "striptags", 0, ""},
    {"sum", "sum", 0, "attribute"},
    {"title", "title", 0, ""},
    {"tojson", "json", 0, ""},
    {"trim", "trim", 0, ""},
    {"truncate", "truncate", 0, "length killwords end"},
    {"unique", "unique", 0, "attribute"},
    {"upper", "upper", 0, ""},
    {"urlencode", "urlencode", 0, ""},
};
#define FILTER_COUNT (sizeof filters / sizeof *filters)

static const char *const tests[] = {"boolean",  "defined", "divisibleby", "even",
                                    "mapping",  "none",    "number",      "odd",
                                    "sequence", "string",  "undefined"};
#define TEST_COUNT (sizeof tests / sizeof *tests)

typedef struct Arguments {
    Str values[TEMPLATE_MAX_ARGUMENTS];
    Str names[TEMPLATE_MAX_ARGUMENTS]; /* empty: by place */
    size_t name_at[TEMPLATE_MAX_ARGUMENTS];
    size_t count;
} Arguments;

#define FORMAT(...) str_format(c->arena, __VA_ARGS__)
static Expr value(Str code) {
    return (Expr){.code = code};
}

static Expr truth(Str code) {
    return (Expr){.code = code, .is_boolean = true, .is_plain = true};
}

static Expr solid(Str code) {
    return (Expr){.code = code, .is_solid = true};
}

static Expr nothing(void) {
    return value(STR("nil"));
}

bool compiler_is_local(const Compiler *c, Str name) {
    for (size_t i = c->locals.count; i > c->visible_from; i--)
        if (str_equal(c->locals.items[i - 1].name, name))
            return true;
    return false;
}

Str compiler_condition(Compiler *c, Expr expr) {
    return expr.is_boolean ? expr.code : FORMAT("T(" STR_FMT ")", STR_ARG(expr.code));
}

static bool enter(Compiler *c) {
    if (++c->depth > TEMPLATE_MAX_DEPTH)
        compiler_fail(c, c->token.at, 1, "use {% set %} for the inner parts",
                      "this expression is nested more than %d deep", TEMPLATE_MAX_DEPTH);
    return !c->tag_failed;
}

static void leave(Compiler *c) {
    c->depth--;
}

static void count_operation(Compiler *c) {
    if (++c->operations > TEMPLATE_MAX_OPERATIONS)
        compiler_fail(c, c->token.at, 1, "use {% set %} for parts of it",
                      "this expression has more than %d operations", TEMPLATE_MAX_OPERATIONS);
}

static bool is_named_argument(const Compiler *c) {
    Str rest = str_trim_left(str_from_offset(c->source, c->at));
    return c->token.type == TOKEN_NAME && str_starts_with(rest, STR("=")) &&
           !str_starts_with(rest, STR("=="));
}

/* `( a, b, name=c )`, behind the opening bracket. */
static void parse_arguments(Compiler *c, Arguments *args) {
    args->count = 0;
    while (!c->tag_failed && !compiler_is_sign(c, ")")) {
        if (args->count == TEMPLATE_MAX_ARGUMENTS) {
            compiler_fail(c, c->token.at, 1, NULL, "more than %d arguments",
                          TEMPLATE_MAX_ARGUMENTS);
            return;
        }
        args->names[args->count] = STR_EMPTY;
        if (is_named_argument(c)) {
            args->names[args->count] = c->token.text;
            args->name_at[args->count] = c->token.at;
            compiler_next(c);
            compiler_next(c);
        }
        args->values[args->count++] = compiler_expression(c).code;
        if (!compiler_take_sign(c, ","))
            break;
    }
    compiler_expect_sign(c, ")", "after the arguments");
}

static Str join_arguments(Compiler *c, const Str *values, size_t count) {
    Str all = STR_EMPTY;
    for (size_t i = 0; i < count; i++)
        all = FORMAT(STR_FMT "%s" STR_FMT, STR_ARG(all), i ? "," : "", STR_ARG(values[i]));
    return all;
}

/* The arguments in the order of `params`; what is not given is nil. */
static Str bind_arguments(Compiler *c, const Arguments *args, const Str *params, size_t count,
                          Token what) {
    Str bound[TEMPLATE_MAX_ARGUMENTS];
    size_t used = 0;
    for (size_t i = 0; i < count; i++)
        bound[i] = STR("nil");
    for (size_t i = 0; i < args->count; i++) {
        size_t at = i;
        if (args->names[i].len)
            for (at = 0; at < count && !str_equal(params[at], args->names[i]); at++)
                ;
        if (at >= count && args->names[i].len) {
            Token name = {TOKEN_NAME, args->names[i], args->name_at[i]};
            compiler_unknown(c, name, "argument", params, count);
            return STR_EMPTY;
        }
        if (at >= count) {
            compiler_fail(c, what.at, what.text.len, NULL,
                          "'" STR_FMT "' takes %zu argument%s, not %zu", STR_ARG(what.text), count,
                          count == 1 ? "" : "s", args->count);
            return STR_EMPTY;
        }
        bound[at] = args->values[i];
        used = at + 1 > used ? at + 1 : used;
    }
    return join_arguments(c, bound, used);
}

/* Arguments of a function that we know nothing about. */
static Str plain_arguments(Compiler *c) {
    Arguments args;
    parse_arguments(c, &args);
    for (size_t i = 0; i < args.count; i++)
        if (args.names[i].len)
            compiler_fail(c, args.name_at[i], args.names[i].len,
                          "give the arguments in their order",
                          "only filters and macros of this file take named arguments");
    return join_arguments(c, args.values, args.count);
}

static Expr call_macro(Compiler *c, const Macro *macro, Token name) {
    Arguments args;
    parse_arguments(c, &args);
    Str given = bind_arguments(c, &args, macro->params, macro->param_count, name);
    Expr call = solid(FORMAT("Q.capture(M." STR_FMT "_%s" STR_FMT ")", STR_ARG(name.text),
                             given.len ? "," : "", STR_ARG(given)));
    call.direct = FORMAT("M." STR_FMT "_(" STR_FMT ")", STR_ARG(name.text), STR_ARG(given));
    return call;
}

static Expr call_namespace(Compiler *c) {
    Arguments args;
    Str fields = STR_EMPTY;
    parse_arguments(c, &args);
    for (size_t i = 0; i < args.count; i++) {
        if (!args.names[i].len)
            compiler_fail(c, c->token.at, 1, NULL, "namespace() takes named arguments only");
        fields = FORMAT(STR_FMT "[\"" STR_FMT "\"]=" STR_FMT ",", STR_ARG(fields),
                        STR_ARG(args.names[i]), STR_ARG(args.values[i]));
    }
    return solid(FORMAT("Q.namespace({" STR_FMT "})", STR_ARG(fields)));
}

static Expr call_super(Compiler *c, Token name) {
    if (c->block_depth == 0)
        compiler_fail(c, name.at, name.text.len, NULL, "super() works only inside a block");
    compiler_expect_sign(c, ")", "after 'super('");
    Expr call = solid(STR("Q.capture(Q.super,B,K)"));
    call.direct = STR("Q.super(B,K)");
    return call;
}

/* `name(...)`, behind the opening bracket. */
static Expr call_name(Compiler *c, Token name) {
    bool is_local = compiler_is_local(c, name.text);
    for (size_t i = 0; i < c->macros.count && !is_local; i++)
        if (str_equal(c->macros.items[i].name, name.text))
            return call_macro(c, &c->macros.items[i], name);
    if (!is_local && str_equal(name.text, STR("super")))
        return call_super(c, name);
    if (!is_local && str_equal(name.text, STR("namespace")))
        return call_namespace(c);
    Str args = plain_arguments(c);
    if (is_local)
        return value(FORMAT("v_" STR_FMT "(" STR_FMT ")", STR_ARG(name.text), STR_ARG(args)));
    if (str_equal(name.text, STR("range")))
        return solid(FORMAT("Q.range(" STR_FMT ")", STR_ARG(args)));
    return value(FORMAT("C[\"" STR_FMT "\"](" STR_FMT ")", STR_ARG(name.text), STR_ARG(args)));
}

static Expr call_cycle(Compiler *c) {
    compiler_expect_sign(c, "(", "after 'loop.cycle'");
    Str args = plain_arguments(c);
    return value(FORMAT("Q.cycle(i%u," STR_FMT ")", c->loop, STR_ARG(args)));
}

static Expr parse_loop(Compiler *c) {
    static const Str names[] = {{"index", 5},    {"index0", 6}, {"revindex", 8}, {"revindex0", 9},
                                {"first", 5},    {"last", 4},   {"length", 6},   {"previtem", 8},
                                {"nextitem", 8}, {"cycle", 5}};
    enum { COUNT = sizeof names / sizeof *names };
    unsigned n = c->loop;
    if (!compiler_take_sign(c, "."))
        return solid(FORMAT("Q.loop(i%u,n%u)", n, n));
    Token name = c->token;
    size_t which = 0;
    compiler_expect_name(c, "a field of loop");
    while (which < COUNT && !str_equal(names[which], name.text))
        which++;
    switch (which) {
    case 0:
        return solid(FORMAT("i%u", n));
    case 1:
        return solid(FORMAT("(i%u-1)", n));
    case 2:
        return solid(FORMAT("(n%u-i%u+1)", n, n));
    case 3:
        return solid(FORMAT("(n%u-i%u)", n, n));
    case 4:
        return truth(FORMAT("(i%u==1)", n));
    case 5:
        return truth(FORMAT("(i%u==n%u)", n, n));
    case 6:
        return solid(FORMAT("n%u", n));
    case 7:
        return value(FORMAT("s%u[i%u-1]", n, n));
    case 8:
        return value(FORMAT("s%u[i%u+1]", n, n));
    case 9:
        return call_cycle(c);
    default:
        if (!c->tag_failed)
            compiler_unknown(c, name, "field of loop", names, COUNT);
        return nothing();
    }
}

static Expr parse_name(Compiler *c) {
    static const struct {
        const char *word, *code;
    } constants[] = {{"true", "true"},   {"True", "true"}, {"false", "false"},
                     {"False", "false"}, {"none", "nil"},  {"None", "nil"}};
    static const char *const reserved[] = {"and", "or", "not", "in", "is", "if", "else"};
    Token name = c->token;
    compiler_next(c);
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++) {
        if (str_equal(name.text, str_from(constants[i].word))) {
            Expr constant = truth(str_from(constants[i].code));
            constant.is_solid = constants[i].code[0] == 't';
            constant.is_boolean = constants[i].code[0] != 'n';
            return constant;
        }
    }
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (str_equal(name.text, str_from(reserved[i])))
            compiler_fail(c, name.at, name.text.len, NULL, "expected a value before '%s'",
                          reserved[i]);
    if (c->loop && str_equal(name.text, STR("loop")))
        return parse_loop(c);
    if (compiler_take_sign(c, "("))
        return call_name(c, name);
    if (compiler_is_local(c, name.text))
        return value(FORMAT("v_" STR_FMT, STR_ARG(name.text)));
    return value(FORMAT("C[\"" STR_FMT "\"]", STR_ARG(name.text)));
}

static Expr parse_list(Compiler *c) {
    Buf items = {0};
    while (!c->tag_failed && !compiler_is_sign(c, "]")) {
        buf_add(&items, compiler_expression(c).code);
        buf_add_char(&items, ',');
        if (!compiler_take_sign(c, ","))
            break;
    }
    compiler_expect_sign(c, "]", "at the end of the list");
    Str inside = buf_str(&items);
    Expr list = solid(FORMAT("{" STR_FMT "}", STR_ARG(inside)));
    buf_release(&items);
    return list;
}

static Expr parse_map(Compiler *c) {
    Buf items = {0};
    while (!c->tag_failed && !compiler_is_sign(c, "}")) {
        Token key = c->token;
        if (key.type != TOKEN_NAME && key.type != TOKEN_TEXT)
            compiler_fail(c, key.at, key.text.len, NULL, "expected a name or a quoted key");
        compiler_next(c);
        compiler_expect_sign(c, ":", "between key and value");
        Str name = key.type == TOKEN_TEXT ? compiler_text_value(c, key) : key.text;
        buf_add_char(&items, '[');
        buf_add(&items, compiler_quote(c, name));
        buf_add_literal(&items, "]=");
        buf_add(&items, compiler_expression(c).code);
        buf_add_char(&items, ',');
        if (!compiler_take_sign(c, ","))
            break;
    }
    compiler_expect_sign(c, "}", "at the end of the map");
    Str inside = buf_str(&items);
    Expr map = solid(FORMAT("{" STR_FMT "}", STR_ARG(inside)));
    buf_release(&items);
    return map;
}

static Expr parse_primary(Compiler *c) {
    Token token = c->token;
    Expr inner;
    Str code;
    switch (token.type) {
    case TOKEN_NAME:
        return parse_name(c);
    case TOKEN_NUMBER:
        compiler_next(c);
        inner = solid(FORMAT("(" STR_FMT ")", STR_ARG(token.text)));
        inner.is_plain = true;
        return inner;
    case TOKEN_TEXT:
        compiler_next(c);
        code = compiler_quote(c, compiler_text_value(c, token));
        return solid(FORMAT("(" STR_FMT ")", STR_ARG(code)));
    default:
        break;
    }
    if (compiler_take_sign(c, "[")) {
        return parse_list(c);
    } else if (compiler_take_sign(c, "{")) {
        return parse_map(c);
    } else if (compiler_take_sign(c, "(")) {
        inner = compiler_expression(c);
        inner.code = FORMAT("(" STR_FMT ")", STR_ARG(inner.code));
        compiler_expect_sign(c, ")", "to close the bracket");
        return inner;
    }
    compiler_fail(c, token.at, token.text.len, NULL,
                  token.type == TOKEN_END ? "expected a value before the end of the tag"
                                          : "expected a value");
    return nothing();
}

static Expr parse_field(Compiler *c, Expr object) {
    Str name = compiler_expect_name(c, "a name after '.'");
    if (compiler_take_sign(c, "(")) {
        Str args = plain_arguments(c);
        return value(FORMAT("Q.call(" STR_FMT ",\"" STR_FMT "\"%s" STR_FMT ")",
                            STR_ARG(object.code), STR_ARG(name), args.len ? "," : "",
                            STR_ARG(args)));
    }
    /* Lua cannot index a constructor or a constant as it stands. */
    bool bare = object.code.data[0] == '{' || object.is_plain;
    return value(FORMAT("%s" STR_FMT "%s[\"" STR_FMT "\"]", bare ? "(" : "", STR_ARG(object.code),
                        bare ? ")" : "", STR_ARG(name)));
}

static Expr parse_postfix(Compiler *c) {
    Expr expr = parse_primary(c);
    while (!c->tag_failed) {
        if (compiler_take_sign(c, ".")) {
            expr = parse_field(c, expr);
        } else if (compiler_take_sign(c, "[")) {
            Str key = compiler_expression(c).code;
            compiler_expect_sign(c, "]", "after the index");
            expr = value(FORMAT("Q.at(" STR_FMT "," STR_FMT ")", STR_ARG(expr.code), STR_ARG(key)));
        } else {
            break;
        }
        count_operation(c);
    }
    return expr;
}

static size_t split_words(const char *words, Str out[TEMPLATE_MAX_ARGUMENTS]) {
    size_t count = 0;
    Str rest = str_from(words), word;
    while (rest.len) {
        str_cut(rest, ' ', &word, &rest);
        out[count++] = word;
    }
    return count;
}

static Expr parse_filter(Compiler *c, Expr input) {
    Token name = c->token;
    const TemplateFilter *filter = NULL;
    Str names[FILTER_COUNT], params[TEMPLATE_MAX_ARGUMENTS];
    Arguments args = {.count = 0};
    compiler_expect_name(c, "the name of a filter after '|'");
    for (size_t i = 0; i < FILTER_COUNT; i++) {
        names[i] = str_from(filters[i].word);
        if (str_equal(names[i], name.text))
            filter = &filters[i];
    }
    if (!filter) {
        if (!c->tag_failed)
            compiler_unknown(c, name, "filter", names, FILTER_COUNT);
        return nothing();
    }
    if (compiler_take_sign(c, "("))
        parse_arguments(c, &args);
    Str given = bind_arguments(c, &args, params, split_words(filter->params, params), name);
    if (args.count < (size_t)filter->least)
        compiler_fail(c, name.at, name.text.len, NULL, "filter '%s' needs %d argument%s",
                      filter->word, filter->least, filter->least == 1 ? "" : "s");
    Expr result = value(FORMAT("f.%s(" STR_FMT "%s" STR_FMT ")", filter->name, STR_ARG(input.code),
                               given.len ? "," : "", STR_ARG(given)));
    if (strcmp(filter->name, "safe") == 0)
        result.direct = FORMAT("R(" STR_FMT ")", STR_ARG(input.code));
    return result;
}

static Str test_code(Compiler *c, const char *test, Str input, Str argument) {
    if (strcmp(test, "defined") == 0)
        return FORMAT("(" STR_FMT "~=nil)", STR_ARG(input));
    if (strcmp(test, "none") == 0 || strcmp(test, "undefined") == 0)
        return FORMAT("(" STR_FMT "==nil)", STR_ARG(input));
    return FORMAT("Q.is(" STR_FMT ",\"%s\"," STR_FMT ")", STR_ARG(input), test, STR_ARG(argument));
}

static Expr parse_test(Compiler *c, Expr input) {
    bool negate = compiler_take_word(c, "not");
    Token name = c->token;
    Str names[TEST_COUNT], argument = STR("nil");
    const char *test = NULL;
    compiler_expect_name(c, "a test after 'is'");
    for (size_t i = 0; i < TEST_COUNT; i++) {
        names[i] = str_from(tests[i]);
        if (str_equal_ignoring_case(names[i], name.text))
            test = tests[i];
    }
    if (!test) {
        if (!c->tag_failed)
            compiler_unknown(c, name, "test", names, TEST_COUNT);
        return nothing();
    }
    if (compiler_take_sign(c, "(")) {
        argument = compiler_expression(c).code;
        compiler_expect_sign(c, ")", "after the argument");
    }
    Str code = test_code(c, test, input.code, argument);
    return truth(negate ? FORMAT("(not " STR_FMT ")", STR_ARG(code)) : code);
}

static Expr parse_filters(Compiler *c, Expr expr) {
    while (!c->tag_failed) {
        if (compiler_take_sign(c, "|"))
            expr = parse_filter(c, expr);
        else if (compiler_take_word(c, "is"))
            expr = parse_test(c, expr);
        else
            break;
        count_operation(c);
    }
    return expr;
}

static Expr parse_sign(Compiler *c) {
    bool minus = compiler_is_sign(c, "-");
    if (!minus && !compiler_is_sign(c, "+"))
        return parse_postfix(c);
    compiler_next(c);
    Expr inner = nothing();
    if (enter(c))
        inner = parse_sign(c);
    leave(c);
    return solid(FORMAT("(%s" STR_FMT ")", minus ? "- " : "", STR_ARG(inner.code)));
}

static Expr parse_unary(Compiler *c) {
    return parse_filters(c, parse_sign(c));
}

typedef struct Operator {
    const char *sign;
    const char *before, *between, *after; /* the Lua around the operands */
} Operator;

static Expr parse_chain(Compiler *c, const Operator *operators, size_t count,
                        Expr (*operand)(Compiler *)) {
    Expr left = operand(c);
    for (size_t i = 0; i < count && !c->tag_failed;) {
        if (!compiler_take_sign(c, operators[i].sign)) {
            i++;
            continue;
        }
        Expr right = operand(c);
        left = solid(FORMAT("%s" STR_FMT "%s" STR_FMT "%s", operators[i].before, STR_ARG(left.code),
                            operators[i].between, STR_ARG(right.code), operators[i].after));
        count_operation(c);
        i = 0;
    }
    return left;
}

static Expr parse_power(Compiler *c) {
    static const Operator operators[] = {{"**", "(", "^", ")"}};
    return parse_chain(c, operators, 1, parse_unary);
}

static Expr parse_product(Compiler *c) {
    static const Operator operators[] = {
        {"*", "(", "*", ")"}, {"/", "(", "/", ")"}, {"//", "(", "//", ")"}, {"%", "(", "%", ")"}};
    return parse_chain(c, operators, 4, parse_power);
}

static Expr parse_concat(Compiler *c) {
    static const Operator operators[] = {{"~", "Q.concat(", ",", ")"}};
    return parse_chain(c, operators, 1, parse_product);
}

static Expr parse_sum(Compiler *c) {
    static const Operator operators[] = {{"+", "Q.add(", ",", ")"}, {"-", "(", "- ", ")"}};
    return parse_chain(c, operators, 2, parse_concat);
}

static Expr compare_equal(Compiler *c, Expr left, Expr right, bool negate) {
    if (left.is_plain || right.is_plain)
        return truth(FORMAT("(" STR_FMT "%s" STR_FMT ")", STR_ARG(left.code),
                            negate ? "~=" : "==", STR_ARG(right.code)));
    return truth(FORMAT("(%sQ.eq(" STR_FMT "," STR_FMT "))", negate ? "not " : "",
                        STR_ARG(left.code), STR_ARG(right.code)));
}

static Expr parse_comparison(Compiler *c) {
    static const char *const signs[] = {"<", ">", "<=", ">="};
    Expr left = parse_sum(c);
    while (!c->tag_failed) {
        Token sign = c->token;
        bool negate = false, is_in = false;
        if (compiler_take_sign(c, "==") || compiler_take_sign(c, "!=")) {
            left = compare_equal(c, left, parse_sum(c), sign.text.data[0] == '!');
        } else if ((is_in = compiler_take_word(c, "in")) ||
                   (negate = compiler_take_word(c, "not"))) {
            if (!is_in && !compiler_take_word(c, "in"))
                compiler_fail(c, sign.at, sign.text.len, NULL, "expected 'in' after 'not'");
            Expr set = parse_sum(c);
            left = truth(FORMAT("(%sQ.contains(" STR_FMT "," STR_FMT "))", negate ? "not " : "",
                                STR_ARG(set.code), STR_ARG(left.code)));
        } else {
            size_t i = 0;
            while (i < 4 && !compiler_take_sign(c, signs[i]))
                i++;
            if (i == 4)
                break;
            Expr right = parse_sum(c);
            left = truth(FORMAT("(" STR_FMT "%s" STR_FMT ")", STR_ARG(left.code), signs[i],
                                STR_ARG(right.code)));
        }
        count_operation(c);
    }
    return left;
}

static Expr parse_not(Compiler *c) {
    if (!compiler_take_word(c, "not"))
        return parse_comparison(c);
    Expr inner = nothing();
    if (enter(c))
        inner = parse_not(c);
    leave(c);
    Str condition = compiler_condition(c, inner);
    return truth(FORMAT("(not " STR_FMT ")", STR_ARG(condition)));
}

static Expr parse_and(Compiler *c) {
    Expr left = parse_not(c);
    while (compiler_take_word(c, "and")) {
        Expr right = parse_not(c);
        if (left.is_boolean) {
            bool both = right.is_boolean;
            left = value(
                FORMAT("(" STR_FMT " and " STR_FMT ")", STR_ARG(left.code), STR_ARG(right.code)));
            left.is_boolean = both;
        } else { /* the left value itself is the result when it is false */
            left = value(FORMAT("(function() local a=" STR_FMT " if T(a) then return " STR_FMT
                                " end return a end)()",
                                STR_ARG(left.code), STR_ARG(right.code)));
        }
        count_operation(c);
    }
    return left;
}

static Expr parse_or(Compiler *c) {
    Expr left = parse_and(c);
    while (compiler_take_word(c, "or")) {
        Expr right = parse_and(c);
        bool both = left.is_boolean && right.is_boolean;
        left = value(FORMAT(left.is_boolean ? "(%.*s or %.*s)" : "(F(%.*s) or %.*s)",
                            STR_ARG(left.code), STR_ARG(right.code)));
        left.is_boolean = both;
        left.is_solid = right.is_solid;
        count_operation(c);
    }
    return left;
}

Expr compiler_operand(Compiler *c) {
    Expr expr = nothing();
    if (enter(c))
        expr = parse_or(c);
    leave(c);
    return expr;
}

static Expr inline_if(Compiler *c, Expr yes) {
    Str condition = compiler_condition(c, compiler_operand(c));
    Expr no = nothing();
    if (compiler_take_word(c, "else"))
        no = compiler_expression(c);
    count_operation(c);
    if (yes.is_solid) {
        Expr either = value(FORMAT("(" STR_FMT " and " STR_FMT " or " STR_FMT ")",
                                   STR_ARG(condition), STR_ARG(yes.code), STR_ARG(no.code)));
        either.is_solid = no.is_solid;
        return either;
    }
    return value(FORMAT("(function() if " STR_FMT " then return " STR_FMT " end return " STR_FMT
                        " end)()",
                        STR_ARG(condition), STR_ARG(yes.code), STR_ARG(no.code)));
}

Expr compiler_expression(Compiler *c) {
    Expr expr = nothing();
    if (enter(c)) {
        expr = parse_or(c);
        if (compiler_take_word(c, "if"))
            expr = inline_if(c, expr);
    }
    leave(c);
    return expr;
}
