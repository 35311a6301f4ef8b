/* SPDX-License-Identifier: MIT
 * highlight_compile.c - the rules of a language, as data, to what the lexer runs. Every mistake in
 * them is found here. */
#include "text/highlight_internal.h"

#include <string.h>

#define MAX_MODES 200
#define MAX_RULES 500 /* of a mode */
#define MAX_WORD  63  /* bytes */

typedef struct Compiler {
    Arena *arena;
    Language *language;
    Buf *error; /* NULL: nobody wants to know */
    bool is_wrong;
    Str mode; /* at hand, for messages */
    size_t rule;
} Compiler;

/* --- messages ------------------------------------------------------------------------------ */

static void wrong(Compiler *compiler, const char *what, Str detail) {
    if (compiler->is_wrong)
        return;
    compiler->is_wrong = true;
    if (!compiler->error)
        return;
    if (compiler->mode.len)
        buf_add_format(compiler->error, "mode `" STR_FMT "`", STR_ARG(compiler->mode));
    if (compiler->rule)
        buf_add_format(compiler->error, ", rule %zu", compiler->rule);
    if (compiler->mode.len)
        buf_add_literal(compiler->error, ": ");
    buf_add(compiler->error, str_from(what));
    if (detail.len)
        buf_add_format(compiler->error, " `" STR_FMT "`", STR_ARG(detail));
}

static TokenClass read_class(Compiler *compiler, Str name) {
    TokenClass class = NO_CLASS;
    if (name.len && !token_class_find(name, &class))
        wrong(compiler, "there is no token class", name);
    return class;
}

/* "keyword>function": a class, and that of the word behind. */
static void read_classes(Compiler *compiler, Str text, TokenClass *class, TokenClass *after) {
    Str head, tail;
    str_cut(text, '>', &head, &tail);
    *class = read_class(compiler, head);
    *after = read_class(compiler, tail);
}

static int16_t find_mode(Compiler *compiler, Str name) {
    for (size_t i = 0; i < compiler->language->mode_count; i++) {
        if (str_equal(compiler->language->modes[i].name, name))
            return (int16_t)i;
    }
    wrong(compiler, "there is no mode", name);
    return -1;
}

/* --- words --------------------------------------------------------------------------------- */

static size_t hash_word(Str word) {
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < word.len; i++)
        hash = (hash ^ (uint8_t)word.data[i]) * 16777619u;
    return hash ^ (hash >> 15);
}

const Word *wordlist_find(const WordList *list, Str word, bool ignores_case) {
    char lower[MAX_WORD];
    if (word.len > MAX_WORD || !((list->lengths >> word.len) & 1))
        return NULL;
    if (ignores_case) {
        for (size_t i = 0; i < word.len; i++) {
            char c = word.data[i];
            lower[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        }
        word.data = lower;
    }
    size_t mask = list->slot_count - 1;
    for (size_t slot = hash_word(word) & mask; list->slots[slot].text.len;
         slot = (slot + 1) & mask) {
        if (str_equal(list->slots[slot].text, word))
            return &list->slots[slot];
    }
    return NULL;
}

static bool next_word(Str *rest, Str *word) {
    *rest = str_trim_left(*rest);
    size_t len = 0;
    while (len < rest->len && !strchr(" \t\r\n", rest->data[len]))
        len++;
    *word = str_slice(*rest, 0, len);
    *rest = str_from_offset(*rest, len);
    return len > 0;
}

static size_t count_words(const Value *classes) {
    size_t count = 0;
    for (size_t i = 0; i < classes->count; i++) {
        Str rest = value_as_text(classes->entries[i].value), word;
        while (next_word(&rest, &word))
            count++;
    }
    return count;
}

static void add_word(Compiler *compiler, WordList *list, Word word) {
    if (compiler->language->ignores_case)
        word.text = str_lower(compiler->arena, word.text);
    if (word.text.len > MAX_WORD) {
        wrong(compiler, "a word is too long:", word.text);
        return;
    }
    size_t mask = list->slot_count - 1, slot = hash_word(word.text) & mask;
    for (; list->slots[slot].text.len; slot = (slot + 1) & mask) {
        if (str_equal(list->slots[slot].text, word.text))
            wrong(compiler, "this word is there twice:", word.text);
    }
    list->slots[slot] = word;
    list->lengths |= (uint64_t)1 << word.text.len;
}

/* `classes` maps classes to words; what is a map itself is another list. */
static void add_list(Compiler *compiler, Str name, const Value *classes) {
    WordList *list = &compiler->language->lists[compiler->language->list_count++];
    list->name = name;
    list->slot_count = 16;
    size_t count = count_words(classes);
    while (list->slot_count < count * 2)
        list->slot_count *= 2;
    list->slots = arena_array(compiler->arena, Word, list->slot_count);
    for (size_t i = 0; i < classes->count; i++) {
        const ValueEntry *entry = &classes->entries[i];
        Word word = {STR_EMPTY, NO_CLASS, NO_CLASS};
        Str rest = value_as_text(entry->value);
        if (entry->value->type == VALUE_MAP)
            continue;
        read_classes(compiler, entry->key, &word.class, &word.after);
        while (next_word(&rest, &word.text))
            add_word(compiler, list, word);
    }
}

/* The list without a name is named "words". */
static void read_words(Compiler *compiler, const Value *words) {
    Language *language = compiler->language;
    if (!words)
        return;
    if (words->type != VALUE_MAP) {
        wrong(compiler, "`words` wants a table of classes", STR_EMPTY);
        return;
    }
    language->lists = arena_array(compiler->arena, WordList, words->count + 1);
    add_list(compiler, STR("words"), words);
    for (size_t i = 0; i < words->count; i++) {
        if (words->entries[i].value->type == VALUE_MAP)
            add_list(compiler, words->entries[i].key, words->entries[i].value);
    }
}

static int16_t find_list(Compiler *compiler, const Value *value) {
    Str name = value->type == VALUE_BOOL ? STR("words") : value_as_text(value);
    for (size_t i = 0; i < compiler->language->list_count; i++) {
        if (str_equal(compiler->language->lists[i].name, name))
            return (int16_t)i;
    }
    wrong(compiler, "there is no list of words", name);
    return -1;
}

/* --- rules --------------------------------------------------------------------------------- */

static void read_followed(Compiler *compiler, Rule *rule, const Value *map) {
    Followed *list = arena_array(compiler->arena, Followed, map->count);
    rule->followed = list;
    rule->followed_count = map->count;
    for (size_t i = 0; i < map->count && map->type == VALUE_MAP; i++) {
        Str text = map->entries[i].key;
        list[i].needs_blank = text.len > 1 && text.data[text.len - 1] == ' ';
        list[i].text = list[i].needs_blank ? str_slice(text, 0, text.len - 1) : text;
        list[i].class = read_class(compiler, value_as_text(map->entries[i].value));
    }
    if (map->type != VALUE_MAP)
        wrong(compiler, "`followed` wants a table of texts and classes", STR_EMPTY);
}

static void set_region(Compiler *compiler, Rule *rule, RegionKind kind, Str close) {
    if (rule->region != REGION_NONE)
        wrong(compiler, "a rule begins one region only", STR_EMPTY);
    if (kind != REGION_INDENTED && close.len == 0)
        wrong(compiler, "a region needs the text where it ends", STR_EMPTY);
    rule->region = kind;
    rule->close = close;
}

static void read_number_of_pops(Compiler *compiler, Rule *rule, const Value *value) {
    int64_t number = value->type == VALUE_BOOL ? (value->boolean ? 1 : 0) : value_as_int(value, -1);
    if (number < 0 || number > 9)
        wrong(compiler, "`pop` wants true or a small number", STR_EMPTY);
    else
        rule->pop = (uint8_t)number;
}

/* Keys of a rule that lead to modes and regions; false when `key` is none of them. */
static bool read_way(Compiler *compiler, Rule *rule, Str key, const Value *value) {
    Str text = value_as_text(value);
    if (str_equal(key, STR("push")))
        rule->push = find_mode(compiler, text);
    else if (str_equal(key, STR("pop")))
        read_number_of_pops(compiler, rule, value);
    else if (str_equal(key, STR("inside")))
        rule->inside = find_mode(compiler, text);
    else if (str_equal(key, STR("through")))
        set_region(compiler, rule, REGION_THROUGH, text);
    else if (str_equal(key, STR("before")))
        set_region(compiler, rule, REGION_BEFORE, text);
    else if (str_equal(key, STR("through_line")))
        set_region(compiler, rule, REGION_THROUGH_LINE, text);
    else if (str_equal(key, STR("indented")))
        set_region(compiler, rule, REGION_INDENTED, text);
    else
        return false;
    return true;
}

static void read_key(Compiler *compiler, Rule *rule, Str key, const Value *value,
                     uint8_t *conditions) {
    Str text = value_as_text(value);
    if (str_equal(key, STR("1")) || str_equal(key, STR("2")) ||
        read_way(compiler, rule, key, value))
        return;
    if (str_equal(key, STR("words")))
        rule->words = find_list(compiler, value);
    else if (str_equal(key, STR("followed")))
        read_followed(compiler, rule, value);
    else if (str_equal(key, STR("first")))
        *conditions |= AT_LINE_TEXT;
    else if (str_equal(key, STR("operand")))
        *conditions |= AT_OPERAND;
    else if (str_equal(key, STR("body")))
        rule->body = read_class(compiler, text);
    else if (str_equal(key, STR("line")))
        rule->line = read_class(compiler, text);
    else if (str_equal(key, STR("language")) && value->type == VALUE_BOOL)
        rule->names_language = value->boolean;
    else if (str_equal(key, STR("language")))
        rule->language = text;
    else if (!str_equal(key, STR("capture")))
        wrong(compiler, "a rule has no key", key);
    else if (!pattern_set(text, &rule->capture))
        wrong(compiler, "`capture` wants bytes as in [...], not", text);
}

static void read_pattern(Compiler *compiler, Mode *mode, uint32_t number, Str pattern,
                         uint8_t conditions) {
    const char *reason;
    if (pattern.len && pattern.data[0] == '^') {
        conditions |= AT_LINE_START;
        pattern = str_from_offset(pattern, 1);
    }
    uint32_t first = pattern_add(&mode->machine.nfa, pattern, number, &reason);
    if (first == NFA_NONE)
        wrong(compiler, reason, pattern);
    else
        machine_add_rule(&mode->machine, first, conditions);
}

static void read_rule(Compiler *compiler, Mode *mode, const Value *value) {
    uint32_t number = (uint32_t)mode->rule_count++;
    Rule *rule = &mode->rules[number];
    uint8_t conditions = 0;
    *rule = (Rule){.words = -1, .push = -1, .inside = -1};
    const Value *class = value_get(value, STR("2"));
    rule->class = mode->class;
    if (class)
        read_classes(compiler, value_as_text(class), &rule->class, &rule->after);
    rule->body = rule->class;
    for (size_t i = 0; value->type == VALUE_MAP && i < value->count; i++)
        read_key(compiler, rule, value->entries[i].key, value->entries[i].value, &conditions);
    read_pattern(compiler, mode, number, value_as_text(value_get(value, STR("1"))), conditions);
}

static void read_mode(Compiler *compiler, Mode *mode, const Value *rules) {
    size_t from = 0;
    compiler->mode = mode->name;
    mode->machine.nfa.ignores_case = compiler->language->ignores_case;
    if (rules->type != VALUE_LIST || rules->count > MAX_RULES) {
        wrong(compiler, "a mode wants a list of rules", STR_EMPTY);
        return;
    }
    if (rules->count && rules->items[0]->type == VALUE_TEXT)
        mode->class = read_class(compiler, rules->items[from++]->text);
    mode->rules = arena_array(compiler->arena, Rule, rules->count);
    for (; from < rules->count && !compiler->is_wrong; from++) {
        compiler->rule = mode->rule_count + 1;
        read_rule(compiler, mode, rules->items[from]);
    }
    compiler->rule = 0;
    compiler->mode = STR_EMPTY;
}

static void read_modes(Compiler *compiler, const Value *modes) {
    Language *language = compiler->language;
    const Value *main = value_get(modes, STR("main"));
    if (!main || modes->count > MAX_MODES) {
        wrong(compiler, "`modes` wants a table with `main`", STR_EMPTY);
        return;
    }
    language->modes = arena_array(compiler->arena, Mode, modes->count);
    language->modes[language->mode_count++].name = STR("main");
    for (size_t i = 0; i < modes->count; i++) {
        if (modes->entries[i].value != main)
            language->modes[language->mode_count++].name = modes->entries[i].key;
    }
    for (size_t i = 0; i < language->mode_count && !compiler->is_wrong; i++)
        read_mode(compiler, &language->modes[i], value_get(modes, language->modes[i].name));
}

Language *language_compile(Arena *arena, Str name, const Value *rules, Buf *error) {
    Language *language = arena_new(arena, Language);
    Compiler compiler = {.arena = arena, .language = language, .error = error};
    language->name = str_copy(arena, name);
    language->ignores_case = value_as_bool(value_get(rules, STR("ignore_case")), false);
    read_words(&compiler, value_get(rules, STR("words")));
    read_modes(&compiler, value_get(rules, STR("modes")));
    if (!compiler.is_wrong)
        return language;
    language_release(language);
    return NULL;
}

void language_release(Language *language) {
    for (size_t i = 0; i < language->mode_count; i++)
        machine_release(&language->modes[i].machine);
}
