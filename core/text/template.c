/* SPDX-License-Identifier: MIT
 * template.c - templates: text and tags become one Lua chunk.
 *
 * Syntax (as in Jinja):
 *   {{ expr }}                     written with HTML escaping; `| safe` and what content, slot(),
 *                                  macros and super() give is trusted and written as it is
 *   {% if a %} {% elif b %} {% else %} {% endif %}
 *   {% for x in xs if c %} {% for k, v in map %} {% else %} {% endfor %}
 *                                  loop.index index0 revindex first last length previtem nextitem
 *                                  cycle(); a map is walked in the order of its keys
 *   {% set x = expr %}  {% set x %}...{% endset %}  {% set space.x = expr %} of a namespace(x=..)
 *   {% include expr %}  {% include expr ignore missing %}
 *   {% extends expr %}  {% block name %} {% endblock %}  {{ super() }}
 *   {% macro name(a, b="x") %} {% endmacro %}
 *   {% import expr as name %}  {% from expr import a, b as c %}
 *   {% raw %} {% endraw %}  {# comment #}  {%- and -%} eat white space
 * A {% tag %} or {# comment #} that stands alone on its line leaves no line behind.
 *
 * The chunk is called with the runtime table Q (lua/lua_template.c) and returns a function of the
 * context C (a table of variables). That function writes through Q and returns its macros. In the
 * generated code v_x is a local variable x, s/n/i<number> are a loop's list, length and index, and
 * a block is a function of its chain of overriders B and its own place K in it. */
#include "text/template_parts.h"

#include <string.h>

#define FORMAT(...) str_format(c->arena, __VA_ARGS__)

/* Moves the output to the line of `at`, so that Lua's line numbers are the template's. */
static void emit_line(Compiler *c, size_t at) {
    for (; c->line_at < at; c->line_at++)
        c->line += c->source.data[c->line_at] == '\n';
    for (; c->out_line < c->line; c->out_line++)
        buf_add_char(c->out, '\n');
}

static void flush_text(Compiler *c) {
    if (c->pending.len) {
        buf_add_literal(c->out, "W(");
        buf_add(c->out, compiler_quote(c, buf_str(&c->pending)));
        buf_add_literal(c->out, ") ");
        buf_reset(&c->pending);
    }
}

static void emit(Compiler *c, Str code) {
    flush_text(c);
    emit_line(c, c->tag_at);
    buf_add(c->out, code);
    buf_add_char(c->out, ' ');
}

static void insert(Buf *buf, size_t at, Str text) {
    size_t behind = buf->len - at;
    buf_reserve(buf, text.len);
    memmove(buf->data + at + text.len, buf->data + at, behind);
    memcpy(buf->data + at, text.data, text.len);
    buf->len += text.len;
}

/* What stands at the top of a template that extends another is never shown. */
static bool is_shown(const Compiler *c) {
    if (!c->extends)
        return true;
    for (size_t i = 0; i < c->frames.count; i++)
        if (c->frames.items[i].kind >= FRAME_BLOCK)
            return true;
    return false;
}

static void warn_outside(Compiler *c, size_t at, size_t length) {
    if (!c->warned_outside)
        compiler_warn(c, at, length,
                      "a template that extends another shows only what is inside its blocks");
    c->warned_outside = true;
}

static void add_text(Compiler *c, size_t from, size_t to) {
    Str text = str_slice(c->source, from, to);
    if (is_shown(c)) {
        buf_add(&c->pending, text);
    } else if (str_trim(text).len) {
        from = c->source.len - str_trim_left(str_from_offset(c->source, from)).len;
        warn_outside(c, from, 1);
    }
    c->saw_output |= str_trim(text).len > 0;
}

/* --- scopes --- */

static void declare(Compiler *c, Str name, bool is_hoisted) {
    Local local = {name, is_hoisted};
    vec_push(&c->locals, local);
    if (c->locals.count + 8 * c->frames.count > TEMPLATE_MAX_LOCALS)
        compiler_fail(c, c->tag_at, 2, "move a part into a macro or an include",
                      "too many variables and loops inside each other");
}

static Frame *scope_of(Compiler *c) {
    for (size_t i = c->frames.count; i > 0; i--) {
        Frame *frame = &c->frames.items[i - 1];
        if (frame->kind != FRAME_IF && frame->kind != FRAME_SET && !frame->is_closed_scope)
            return frame;
    }
    return NULL;
}

/* The Lua variable that `set name` assigns to. */
static Str assignable(Compiler *c, Str name) {
    const Frame *scope = scope_of(c);
    if (!scope)
        return FORMAT("C[\"" STR_FMT "\"]", STR_ARG(name));
    bool known = false;
    for (size_t i = scope->first_local; i < c->locals.count; i++)
        known |= str_equal(c->locals.items[i].name, name);
    if (!known)
        declare(c, name, true);
    return FORMAT("v_" STR_FMT, STR_ARG(name));
}

static Frame *open_frame(Compiler *c, FrameKind kind) {
    if (c->frames.count == TEMPLATE_MAX_DEPTH) {
        compiler_fail(c, c->tag_at, 2, "move the inner part into an include or a macro",
                      "tags are nested more than %d deep", TEMPLATE_MAX_DEPTH);
        c->stop = true;
        c->frames.count--; /* keeps the frame below valid; compiling ends here */
    }
    Frame frame = {.kind = kind,
                   .at = c->tag_at,
                   .first_local = c->locals.count,
                   .visible_from = c->visible_from,
                   .outer_loop = c->loop};
    vec_push(&c->frames, frame);
    return &c->frames.items[c->frames.count - 1];
}

/* Declares what was set in the scope at its start, so that a `set` inside an `if` is seen behind
 * it; the value at the start is the outer variable's. */
static void close_scope(Compiler *c, Frame *frame) {
    size_t end = c->locals.count;
    Str names = STR_EMPTY, values = STR_EMPTY;
    c->visible_from = frame->visible_from;
    if (frame->kind != FRAME_FOR)
        c->visible_from = frame->first_local; /* a function: sees only the context */
    c->locals.count = frame->first_local;
    for (size_t i = frame->first_local; i < end; i++) {
        Local local = c->locals.items[i];
        if (!local.is_hoisted)
            continue;
        const char *comma = names.len ? "," : "";
        names = FORMAT(STR_FMT "%sv_" STR_FMT, STR_ARG(names), comma, STR_ARG(local.name));
        values = FORMAT(compiler_is_local(c, local.name) ? "%.*s%sv_%.*s" : "%.*s%sC[\"%.*s\"]",
                        STR_ARG(values), comma, STR_ARG(local.name));
    }
    if (names.len)
        insert(c->out, frame->hoist_at,
               FORMAT("local " STR_FMT "=" STR_FMT " ", STR_ARG(names), STR_ARG(values)));
    c->visible_from = frame->visible_from;
    c->loop = frame->outer_loop;
    frame->is_closed_scope = true;
}

/* --- tags --- */

static void expect_end(Compiler *c) {
    if (c->token.type != TOKEN_END)
        compiler_fail(c, c->token.at, c->token.text.len, NULL, "unexpected '" STR_FMT "'",
                      STR_ARG(c->token.text));
}

static Frame *top_frame(Compiler *c, FrameKind kind, const char *tag, const char *opener) {
    Frame *top = c->frames.count ? &c->frames.items[c->frames.count - 1] : NULL;
    if (top && top->kind == kind)
        return top;
    static const char *const ends[] = {"endif", "endfor", "endblock", "endmacro", "endset"};
    if (top)
        compiler_fail(c, c->tag_at, 2, NULL, "'%s' here, but '%s' must come first", tag,
                      ends[top->kind]);
    else
        compiler_fail(c, c->tag_at, 2, NULL, "'%s' without a '%s'", tag, opener);
    c->stop = true; /* everything behind it would look wrong */
    return NULL;
}

static void tag_if(Compiler *c) {
    Str condition = compiler_condition(c, compiler_expression(c));
    emit(c, FORMAT("if " STR_FMT " then", STR_ARG(condition)));
    open_frame(c, FRAME_IF);
}

static void tag_elif(Compiler *c) {
    Frame *frame = top_frame(c, FRAME_IF, "elif", "if");
    if (frame && frame->has_else)
        compiler_fail(c, c->tag_at, 2, NULL, "'elif' behind 'else'");
    Str condition = compiler_condition(c, compiler_expression(c));
    emit(c, FORMAT("elseif " STR_FMT " then", STR_ARG(condition)));
}

static void tag_else(Compiler *c) {
    Frame *top = c->frames.count ? &c->frames.items[c->frames.count - 1] : NULL;
    if (!top || top->kind != FRAME_FOR)
        top = top_frame(c, FRAME_IF, "else", "if' or 'for");
    if (!top)
        return;
    if (top->has_else)
        compiler_fail(c, c->tag_at, 2, NULL, "a second 'else'");
    top->has_else = true;
    if (top->kind == FRAME_IF) {
        emit(c, STR("else"));
    } else {
        flush_text(c);
        close_scope(c, top);
        emit(c, FORMAT("end if n%u==0 then", top->loop));
    }
}

static void tag_endif(Compiler *c) {
    if (top_frame(c, FRAME_IF, "endif", "if")) {
        emit(c, STR("end"));
        c->frames.count--;
    }
}

static Str loop_filter(Compiler *c, Str list, Str name) {
    declare(c, name, false);
    Str condition = compiler_condition(c, compiler_operand(c));
    c->locals.count--;
    return FORMAT("Q.select(" STR_FMT ",function(v_" STR_FMT ") return " STR_FMT " end)",
                  STR_ARG(list), STR_ARG(name), STR_ARG(condition));
}

static void tag_for(Compiler *c) {
    Str first = compiler_expect_name(c, "a variable after 'for'"), second = STR_EMPTY;
    if (compiler_take_sign(c, ","))
        second = compiler_expect_name(c, "a second variable");
    if (!compiler_take_word(c, "in"))
        compiler_fail(c, c->token.at, c->token.text.len, NULL, "expected 'in'");
    Str list = compiler_operand(c).code;
    if (compiler_is_word(c, "if") && second.len)
        compiler_fail(c, c->token.at, 2, "use {% if %} inside the loop",
                      "a loop with two variables takes no condition");
    if (compiler_take_word(c, "if"))
        list = loop_filter(c, list, first);
    unsigned n = ++c->loop_count;
    if (second.len)
        emit(c, FORMAT("do local s%u,n%u,t%u=Q.pairs(" STR_FMT ") for i%u=1,n%u do local v_" STR_FMT
                       ",v_" STR_FMT "=s%u[i%u],t%u[i%u]",
                       n, n, n, STR_ARG(list), n, n, STR_ARG(first), STR_ARG(second), n, n, n, n));
    else
        emit(c, FORMAT("do local s%u,n%u=Q.list(" STR_FMT ") for i%u=1,n%u do local v_" STR_FMT
                       "=s%u[i%u]",
                       n, n, STR_ARG(list), n, n, STR_ARG(first), n, n));
    Frame *frame = open_frame(c, FRAME_FOR);
    frame->loop = n;
    frame->hoist_at = c->out->len;
    c->loop = n;
    declare(c, first, false);
    if (second.len)
        declare(c, second, false);
}

static void tag_endfor(Compiler *c) {
    Frame *frame = top_frame(c, FRAME_FOR, "endfor", "for");
    if (!frame)
        return;
    flush_text(c);
    if (!frame->has_else)
        close_scope(c, frame);
    emit(c, STR("end end"));
    c->frames.count--;
}

static void tag_set(Compiler *c) {
    Str name = compiler_expect_name(c, "a variable after 'set'");
    if (compiler_take_sign(c, ".")) {
        Str field = compiler_expect_name(c, "a field of the namespace");
        Str object = compiler_is_local(c, name) ? FORMAT("v_" STR_FMT, STR_ARG(name))
                                                : FORMAT("C[\"" STR_FMT "\"]", STR_ARG(name));
        compiler_expect_sign(c, "=", "in 'set'");
        Str value = compiler_expression(c).code;
        emit(c, FORMAT("Q.assign(" STR_FMT ",\"" STR_FMT "\"," STR_FMT ")", STR_ARG(object),
                       STR_ARG(field), STR_ARG(value)));
    } else if (compiler_take_sign(c, "=")) {
        Str value = compiler_expression(c).code; /* before the name is declared: it may use it */
        Str variable = assignable(c, name);
        emit(c, FORMAT(STR_FMT "=" STR_FMT, STR_ARG(variable), STR_ARG(value)));
    } else {
        emit(c, STR("do local mark=Q.mark()"));
        open_frame(c, FRAME_SET)->name = name;
    }
}

static void tag_endset(Compiler *c) {
    Frame *frame = top_frame(c, FRAME_SET, "endset", "set");
    if (!frame)
        return;
    Str name = frame->name;
    flush_text(c);
    c->frames.count--;
    Str variable = assignable(c, name);
    emit(c, FORMAT(STR_FMT "=Q.take(mark) end", STR_ARG(variable)));
}

/* The local variables that an included template may use, as a table. */
static Str visible_locals(Compiler *c) {
    Str all = STR_EMPTY;
    for (size_t i = c->visible_from; i < c->locals.count; i++) {
        Str name = c->locals.items[i].name;
        all = FORMAT(STR_FMT "[\"" STR_FMT "\"]=v_" STR_FMT ",", STR_ARG(all), STR_ARG(name),
                     STR_ARG(name));
    }
    if (c->loop)
        all = FORMAT(STR_FMT "loop=Q.loop(i%u,n%u)", STR_ARG(all), c->loop, c->loop);
    return all.len ? FORMAT("{" STR_FMT "}", STR_ARG(all)) : STR("nil");
}

static void tag_include(Compiler *c) {
    Str name = compiler_expression(c).code;
    bool optional = compiler_take_word(c, "ignore");
    if (optional && !compiler_take_word(c, "missing"))
        compiler_fail(c, c->token.at, c->token.text.len, NULL, "expected 'ignore missing'");
    Str locals = visible_locals(c);
    if (!is_shown(c))
        warn_outside(c, c->tag_at, 2);
    else
        emit(c, FORMAT("Q.include(" STR_FMT ",C," STR_FMT ",%s)", STR_ARG(name), STR_ARG(locals),
                       optional ? "true" : "false"));
}

static void tag_import(Compiler *c) {
    Str name = compiler_expression(c).code;
    if (!compiler_take_word(c, "as"))
        compiler_fail(c, c->token.at, c->token.text.len, NULL, "expected 'as' and a name");
    Str as = compiler_expect_name(c, "a name after 'as'");
    Str variable = assignable(c, as);
    emit(c, FORMAT(STR_FMT "=Q.import(" STR_FMT ",C)", STR_ARG(variable), STR_ARG(name)));
}

static void tag_from(Compiler *c) {
    Str name = compiler_operand(c).code;
    if (!compiler_take_word(c, "import"))
        compiler_fail(c, c->token.at, c->token.text.len, NULL, "expected 'import'");
    emit(c, FORMAT("do local from=Q.import(" STR_FMT ",C)", STR_ARG(name)));
    do {
        Str macro = compiler_expect_name(c, "the name of a macro"), as = macro;
        if (compiler_take_word(c, "as"))
            as = compiler_expect_name(c, "a name after 'as'");
        Str variable = assignable(c, as);
        emit(c, FORMAT(STR_FMT "=Q.pick(from,\"" STR_FMT "\")", STR_ARG(variable), STR_ARG(macro)));
    } while (!c->tag_failed && compiler_take_sign(c, ","));
    emit(c, STR("end"));
}

static void tag_extends(Compiler *c) {
    if (c->extends || c->saw_output || c->frames.count)
        compiler_fail(c, c->tag_at, 2, NULL, "'extends' must be the first thing in a template");
    Str name = compiler_expression(c).code;
    emit(c, FORMAT("local X=" STR_FMT, STR_ARG(name)));
    c->extends = true;
}

static void tag_block(Compiler *c) {
    size_t at = c->token.at;
    Str name = compiler_expect_name(c, "the name of the block");
    for (size_t i = 0; i < c->blocks.count; i++)
        if (str_equal(c->blocks.items[i], name))
            compiler_fail(c, at, name.len, NULL, "a second block '" STR_FMT "'", STR_ARG(name));
    vec_push(&c->blocks, name);
    emit(c, FORMAT("Q.%s(C,M,\"" STR_FMT "\",function(B,K)", is_shown(c) ? "block" : "define",
                   STR_ARG(name)));
    Frame *frame = open_frame(c, FRAME_BLOCK);
    frame->name = name;
    frame->hoist_at = c->out->len;
    c->visible_from = c->locals.count;
    c->loop = 0;
    c->block_depth++;
}

static void check_end_name(Compiler *c, Str name) {
    if (c->token.type == TOKEN_NAME && !str_equal(c->token.text, name))
        compiler_fail(c, c->token.at, c->token.text.len, NULL, "this ends '" STR_FMT "'",
                      STR_ARG(name));
    else if (c->token.type == TOKEN_NAME)
        compiler_next(c);
}

static void tag_endblock(Compiler *c) {
    Frame *frame = top_frame(c, FRAME_BLOCK, "endblock", "block");
    if (!frame)
        return;
    check_end_name(c, frame->name);
    flush_text(c);
    close_scope(c, frame);
    emit(c, STR("end)"));
    c->frames.count--;
    c->block_depth--;
}

static Str macro_params(Compiler *c, Macro *macro) {
    Str defaults = STR_EMPTY;
    compiler_expect_sign(c, "(", "after the name of the macro");
    while (!c->tag_failed && !compiler_is_sign(c, ")")) {
        if (macro->param_count == TEMPLATE_MAX_ARGUMENTS) {
            compiler_fail(c, c->token.at, 1, NULL, "more than %d parameters",
                          TEMPLATE_MAX_ARGUMENTS);
            break;
        }
        Str name = compiler_expect_name(c, "a parameter");
        macro->params[macro->param_count++] = name;
        if (compiler_take_sign(c, "=")) {
            Str value = compiler_expression(c).code;
            defaults = FORMAT(STR_FMT " if v_" STR_FMT "==nil then v_" STR_FMT "=" STR_FMT " end",
                              STR_ARG(defaults), STR_ARG(name), STR_ARG(name), STR_ARG(value));
        }
        declare(c, name, false);
        if (!compiler_take_sign(c, ","))
            break;
    }
    compiler_expect_sign(c, ")", "after the parameters");
    return defaults;
}

static void tag_macro(Compiler *c) {
    Macro macro = {.name = compiler_expect_name(c, "the name of the macro")};
    if (c->frames.count)
        compiler_fail(c, c->tag_at, 2, NULL, "a macro must stand outside of all other tags");
    flush_text(c);
    Frame *frame = open_frame(c, FRAME_MACRO);
    frame->name = macro.name;
    c->visible_from = c->locals.count;
    c->loop = 0;
    Str defaults = macro_params(c, &macro), params = STR_EMPTY;
    for (size_t i = 0; i < macro.param_count; i++)
        params =
            FORMAT(STR_FMT "%sv_" STR_FMT, STR_ARG(params), i ? "," : "", STR_ARG(macro.params[i]));
    vec_push(&c->macros, macro); /* before its text: it may call itself */
    emit(c, FORMAT("M." STR_FMT "_=function(" STR_FMT ") Q.enter()" STR_FMT, STR_ARG(macro.name),
                   STR_ARG(params), STR_ARG(defaults)));
    c->frames.items[c->frames.count - 1].hoist_at = c->out->len;
}

static void tag_endmacro(Compiler *c) {
    Frame *frame = top_frame(c, FRAME_MACRO, "endmacro", "macro");
    if (!frame)
        return;
    check_end_name(c, frame->name);
    flush_text(c);
    close_scope(c, frame);
    emit(c, STR("Q.leave() end"));
    c->frames.count--;
}

static const struct {
    const char *word;
    void (*compile)(Compiler *c);
} tags[] = {
    {"block", tag_block},       {"elif", tag_elif},
    {"else", tag_else},         {"endblock", tag_endblock},
    {"endfor", tag_endfor},     {"endif", tag_endif},
    {"endmacro", tag_endmacro}, {"endset", tag_endset},
    {"extends", tag_extends},   {"for", tag_for},
    {"from", tag_from},         {"if", tag_if},
    {"import", tag_import},     {"include", tag_include},
    {"macro", tag_macro},       {"raw", NULL},
    {"set", tag_set},
};
#define TAG_COUNT (sizeof tags / sizeof *tags)

/* --- the text around the tags --- */

/* Goes behind the tag's end; true when it asks for the white space behind it to go. */
static bool close_tag(Compiler *c) {
    if (!c->tag_failed)
        expect_end(c);
    if (c->tag_failed) { /* go on behind it: further tags may have errors of their own */
        size_t from = c->token.at < c->tag_at + 2 ? c->tag_at + 2 : c->token.at;
        size_t end = str_find(str_from_offset(c->source, from), c->closer);
        c->at = end == STR_NONE ? c->source.len : from + end;
    }
    bool trims = c->at < c->source.len && c->source.data[c->at] == '-';
    c->at += c->closer.len + (trims ? 1 : 0);
    if (c->at > c->source.len)
        c->at = c->source.len;
    return trims;
}

static bool output_tag(Compiler *c) {
    compiler_open_tag(c, "}}");
    Expr expr = compiler_expression(c);
    bool trims = close_tag(c);
    if (!is_shown(c)) {
        warn_outside(c, c->tag_at, 2);
    } else if (expr.direct.len) {
        emit(c, expr.direct);
    } else {
        Str text = compiler_quote(c, buf_str(&c->pending));
        buf_reset(&c->pending);
        emit(c, FORMAT("E(" STR_FMT "," STR_FMT ")", STR_ARG(text), STR_ARG(expr.code)));
    }
    c->saw_output = true;
    return trims;
}

/* Copies what stands before {% endraw %} and goes behind that. */
static bool raw_text(Compiler *c, size_t opened_at) {
    size_t from = c->at;
    for (size_t at = from;; at += 2) {
        size_t found = str_find(str_from_offset(c->source, at), STR("{%"));
        if (found == STR_NONE)
            break;
        at += found;
        Str rest = str_from_offset(c->source, at + 2);
        bool trims = str_starts_with(rest, STR("-"));
        rest = str_trim_left(str_from_offset(rest, trims ? 1 : 0));
        if (!str_starts_with(rest, STR("endraw")))
            continue;
        size_t to = trims ? from + str_trim_right(str_slice(c->source, from, at)).len : at;
        add_text(c, from, to);
        c->at = c->source.len - rest.len + 6;
        c->tag_at = at;
        compiler_open_tag(c, "%}");
        return close_tag(c);
    }
    c->tag_failed = false;
    compiler_fail(c, opened_at, 2, NULL, "'raw' is never closed with 'endraw'");
    c->stop = true;
    return false;
}

static bool statement_tag(Compiler *c) {
    Str names[TAG_COUNT];
    size_t which = TAG_COUNT;
    compiler_open_tag(c, "%}");
    Token name = c->token;
    compiler_expect_name(c, "the name of a tag");
    for (size_t i = 0; i < TAG_COUNT; i++) {
        names[i] = str_from(tags[i].word);
        if (str_equal(names[i], name.text))
            which = i;
    }
    if (which == TAG_COUNT && !c->tag_failed)
        compiler_unknown(c, name, "tag", names, TAG_COUNT);
    else if (which < TAG_COUNT && tags[which].compile)
        tags[which].compile(c);
    bool is_raw = which < TAG_COUNT && !tags[which].compile && !c->tag_failed;
    bool trims = close_tag(c);
    return is_raw && !c->tag_failed ? raw_text(c, c->tag_at) : trims;
}

static bool comment_tag(Compiler *c) {
    size_t end = str_find(str_from_offset(c->source, c->at), STR("#}"));
    if (end == STR_NONE) {
        c->tag_failed = false;
        compiler_fail(c, c->tag_at, 2, NULL, "this comment is never closed with '#}'");
        c->stop = true;
        return false;
    }
    bool trims = end > 0 && c->source.data[c->at + end - 1] == '-';
    c->at += end + 2;
    return trims;
}

/* Offset of the next "{{", "{%" or "{#", or the end. */
static size_t find_tag(const Compiler *c, size_t at) {
    for (; at + 1 < c->source.len; at++) {
        const char *brace = memchr(c->source.data + at, '{', c->source.len - 1 - at);
        if (!brace)
            break;
        at = (size_t)(brace - c->source.data);
        if (brace[1] == '{' || brace[1] == '%' || brace[1] == '#')
            return at;
    }
    return c->source.len;
}

/* Offset behind the closing "%}" or "#}" of the tag at `at`, as far as a glance can tell. */
static size_t glance_end(Str s, size_t at) {
    bool is_comment = s.data[at + 1] == '#';
    char quote = 0;
    for (size_t i = at + 2; i + 1 < s.len; i++) {
        char ch = s.data[i];
        if (quote)
            quote = ch == quote ? 0 : quote;
        else if (!is_comment && (ch == '"' || ch == '\''))
            quote = ch;
        else if (ch == s.data[at + 1] && s.data[i + 1] == '}')
            return i + 2;
    }
    return s.len;
}

/* When the tag at `at` stands alone on its line: true, and where that line starts and ends. */
static bool fills_line(Str s, size_t at, size_t *start, size_t *end) {
    size_t i = at;
    while (i > 0 && (s.data[i - 1] == ' ' || s.data[i - 1] == '\t'))
        i--;
    if (i > 0 && s.data[i - 1] != '\n')
        return false;
    *start = i;
    for (i = glance_end(s, at); i < s.len; i++) {
        if (s.data[i] == '\n') {
            *end = i + 1;
            return true;
        }
        if (s.data[i] != ' ' && s.data[i] != '\t' && s.data[i] != '\r')
            return false;
    }
    *end = s.len;
    return true;
}

/* Compiles the text from `from` and the tag at `at` behind it; returns where the text behind the
 * tag starts. */
static size_t compile_tag(Compiler *c, size_t from, size_t at) {
    static bool (*const compile[])(Compiler *) = {output_tag, statement_tag, comment_tag};
    Str s = c->source;
    size_t kind = s.data[at + 1] == '{' ? 0 : s.data[at + 1] == '%' ? 1 : 2;
    bool trims = at + 2 < s.len && s.data[at + 2] == '-' && !(kind == 2 && s.data[at + 3] == '#');
    size_t line_start = 0, line_end = 0;
    bool fills = kind != 0 && fills_line(s, at, &line_start, &line_end);
    size_t text_end = at;
    if (trims)
        text_end = from + str_trim_right(str_slice(s, from, at)).len;
    else if (fills && line_start >= from)
        text_end = line_start;
    add_text(c, from, text_end);
    c->tag_at = at;
    c->at = at + 2 + (trims ? 1 : 0);
    c->tag_failed = false;
    if (compile[kind](c))
        return s.len - str_trim_left(str_from_offset(s, c->at)).len;
    return fills && c->at < line_end && !c->tag_failed ? line_end : c->at;
}

static void compile_all(Compiler *c) {
    size_t from = 0;
    while (!c->stop) {
        size_t at = find_tag(c, from);
        if (at == c->source.len) {
            add_text(c, from, at);
            break;
        }
        from = compile_tag(c, from, at);
    }
    if (c->frames.count && !c->stop) {
        static const char *const words[] = {"if", "for", "block", "macro", "set"};
        const Frame *open = &c->frames.items[c->frames.count - 1];
        c->tag_failed = false;
        compiler_fail(c, open->at, 2, NULL, "this '%s' is never closed with 'end%s'",
                      words[open->kind], words[open->kind]);
    }
}

bool template_compile(Str file, Str source, Buf *lua, Diag *diag) {
    Arena arena = {0};
    size_t start = lua->len;
    Compiler c = {.file = file,
                  .source = source,
                  .diag = diag,
                  .arena = &arena,
                  .out = lua,
                  .out_line = 1,
                  .line = 1};
    buf_add_literal(lua, "local Q=... local E,W,R,T,F,f=Q.E,Q.W,Q.R,Q.T,Q.F,Q.filters "
                         "return function(C) local M={} ");
    compile_all(&c);
    flush_text(&c);
    if (c.extends)
        buf_add_literal(lua, "Q.extend(X,C) ");
    buf_add_literal(lua, "return M end");
    bool ok = c.error_count == 0;
    if (!ok)
        buf_truncate(lua, start);
    buf_release(&c.pending);
    vec_release(&c.frames);
    vec_release(&c.locals);
    vec_release(&c.macros);
    vec_release(&c.blocks);
    arena_release(&arena);
    return ok;
}
