/* SPDX-License-Identifier: MIT
 * highlight.c - the languages of one thread, and the way of a text through them. */
#include "text/highlight_internal.h"

#include <stdlib.h>

/* Stands for names that nobody has rules for. */
static Language no_language;

Highlighter *highlighter_new(void) {
    Highlighter *highlighter = calloc(1, sizeof *highlighter);
    if (!highlighter)
        abort();
    return highlighter;
}

void highlighter_free(Highlighter *highlighter) {
    if (!highlighter)
        return;
    for (size_t i = 0; i < highlighter->all.count; i++)
        language_release(highlighter->all.items[i]);
    vec_release(&highlighter->all);
    vec_release(&highlighter->missing);
    map_release(&highlighter->languages);
    map_release(&highlighter->asked);
    arena_release(&highlighter->arena);
    free(highlighter);
}

static void set_language(Highlighter *highlighter, Str name, Language *language) {
    map_set(&highlighter->languages, str_copy(&highlighter->arena, name), language);
}

bool highlighter_add(Highlighter *highlighter, Str name, const Value *rules, Buf *error) {
    /* What is kept of the rules is text in them. */
    const Value *kept = value_copy(&highlighter->arena, rules);
    Language *language = language_compile(&highlighter->arena, name, kept, error);
    set_language(highlighter, name, language ? language : &no_language);
    if (language)
        vec_push(&highlighter->all, language);
    return language != NULL;
}

void highlighter_alias(Highlighter *highlighter, Str alias, Str name) {
    Language *language = map_get(&highlighter->languages, name);
    set_language(highlighter, alias, language ? language : &no_language);
}

bool highlighter_knows(const Highlighter *highlighter, Str name) {
    return map_has(&highlighter->languages, name);
}

bool highlighter_has(const Highlighter *highlighter, Str name) {
    const Language *language = map_get(&highlighter->languages, name);
    return language && language != &no_language;
}

size_t highlight(Highlighter *highlighter, Str name, Str text, const HighlightOptions *options,
                 Buf *out) {
    static const HighlightOptions NONE;
    const Language *language = map_get(&highlighter->languages, name);
    SpanWriter writer = {.options = options ? options : &NONE, .out = out, .data = text.data};
    highlighter->missing.count = 0;
    map_release(&highlighter->asked);
    buf_reserve(out, text.len + text.len / 2);
    if (language && language != &no_language)
        lex_text(highlighter, language, text, &writer);
    spans_add(&writer, text.len, NO_CLASS);
    spans_finish(&writer);
    return highlighter->missing.count;
}

Str highlighter_missing(const Highlighter *highlighter, size_t index) {
    return highlighter->missing.items[index];
}

const char *highlight_class(Str name) {
    TokenClass class;
    return token_class_find(name, &class) ? token_class_name(class) : NULL;
}
