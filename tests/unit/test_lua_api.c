/* SPDX-License-Identifier: MIT
 * The description of the plugin API (core/lua/meta/quoin.lua) and what the host registers are the
 * same: every field and function of every class, both ways. */
#include "lua/state.h"

#include "base/fs.h"
#include "unit.h"

#include <string.h>

#define DESCRIPTION "core/lua/meta/quoin.lua"

/* What the host has for one class. */
typedef struct Registered {
    const char *name;
    const HandleType *type;
    const luaL_Reg *functions;
    const char *const *keys;
} Registered;

static const char *const VERSION[] = {"version", NULL};
static const char *const OPTION[] = {"type", "default", "help", "choices", NULL};

static const Registered classes[] = {
    {"Page", &page_type, NULL, NULL},
    {"Section", &section_type, NULL, NULL},
    {"Node", &node_type_info, NULL, NULL},
    {"Record", &record_type, NULL, NULL},
    {"Link", &link_type, NULL, NULL},
    {"Project", &project_type, NULL, NULL},
    {"Site", &site_type, NULL, NULL},
    {"Block", &block_type, NULL, NULL},
    {"Buffer", NULL, buffer_methods, NULL},
    {"Emit", NULL, NULL, EMIT_KEYS},
    {"NewRecord", NULL, NULL, NEW_RECORD_KEYS},
    {"NewPage", NULL, NULL, NEW_PAGE_KEYS},
    {"NewFinding", NULL, NULL, NEW_FINDING_KEYS},
    {"NavItem", NULL, NULL, NAV_ITEM_KEYS},
    {"Plugin", NULL, NULL, PLUGIN_KEYS},
    {"Option", NULL, NULL, OPTION},
    {"Graph", NULL, NULL, GRAPH_KEYS},
    {"GraphNode", NULL, NULL, GRAPH_NODE_KEYS},
    {"GraphGroup", NULL, NULL, GRAPH_GROUP_KEYS},
    {"GraphEdge", NULL, NULL, GRAPH_EDGE_KEYS},
    {"Layout", NULL, NULL, LAYOUT_KEYS},
    {"LayoutBox", NULL, NULL, LAYOUT_BOX_KEYS},
    {"LayoutEdge", NULL, NULL, LAYOUT_EDGE_KEYS},
    {"Language", NULL, NULL, LANGUAGE_KEYS},
    {"LanguageRule", NULL, NULL, LANGUAGE_RULE_KEYS},
    {"CodeForm", NULL, NULL, CODE_FORM_KEYS},
    {"HighlightOptions", NULL, NULL, HIGHLIGHT_OPTION_KEYS},
    {"quoin", NULL, quoin_functions, VERSION},
};

typedef VEC(Str) Names;

static bool holds(const Names *names, Str name) {
    for (size_t i = 0; i < names->count; i++) {
        if (str_equal(names->items[i], name)) {
            return true;
        }
    }
    return false;
}

static void add_registered(const Registered *class, Names *out) {
    for (const Field *f = class->type ? class->type->fields : NULL; f && f->name; f++) {
        vec_push(out, str_from(f->name));
    }
    for (const luaL_Reg *f = class->type ? class->type->methods : NULL; f && f->name; f++) {
        vec_push(out, str_from(f->name));
    }
    for (const luaL_Reg *f = class->functions; f && f->name; f++) {
        vec_push(out, str_from(f->name));
    }
    for (size_t i = 0; class->keys && class->keys[i]; i++) {
        vec_push(out, str_from(class->keys[i]));
    }
}

/* The identifier that `text` starts with. */
static Str word(Str text) {
    size_t len = 0;
    while (len < text.len && strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_",
                                    text.data[len]) != NULL) {
        len++;
    }
    return str_slice(text, 0, len);
}

/* "function Page:nodes(" -> Page and nodes; "quoin.version =", too. */
static bool read_member(Str line, Str *owner, Str *name) {
    if (str_starts_with(line, STR("function "))) {
        line = str_from_offset(line, strlen("function "));
    } else if (!str_starts_with(line, STR("quoin."))) {
        return false;
    }
    *owner = word(line);
    *name = word(str_from_offset(line, owner->len + 1));
    return name->len > 0;
}

static void add_described(Str text, Str class_name, Names *out) {
    Str line, owner = STR_EMPTY, name;
    while (str_next_line(&text, &line)) {
        if (str_starts_with(line, STR("---@class "))) {
            owner = word(str_from_offset(line, strlen("---@class ")));
        } else if (str_starts_with(line, STR("---@field ")) && str_equal(owner, class_name)) {
            vec_push(out, word(str_from_offset(line, strlen("---@field "))));
        } else if (read_member(line, &owner, &name) && str_equal(owner, class_name)) {
            vec_push(out, name);
        }
    }
}

static Str read_description(Arena *arena) {
    Str text = STR_EMPTY;
    ck_assert_msg(fs_read(arena, DESCRIPTION, (size_t)1 << 20, &text),
                  "run in the project's folder: no " DESCRIPTION);
    return text;
}

START_TEST(description_and_registration_agree) {
    Arena arena = {0};
    const Registered *class = &classes[_i];
    Names described = {0}, registered = {0};
    add_described(read_description(&arena), str_from(class->name), &described);
    add_registered(class, &registered);
    ck_assert_msg(described.count > 0, "%s is not described", class->name);
    for (size_t i = 0; i < described.count; i++) {
        ck_assert_msg(holds(&registered, described.items[i]), "%s." STR_FMT " is not registered",
                      class->name, STR_ARG(described.items[i]));
    }
    for (size_t i = 0; i < registered.count; i++) {
        ck_assert_msg(holds(&described, registered.items[i]), "%s." STR_FMT " is not described",
                      class->name, STR_ARG(registered.items[i]));
    }
    vec_release(&described);
    vec_release(&registered);
    arena_release(&arena);
}
END_TEST

START_TEST(every_class_is_compared) {
    Arena arena = {0};
    Str text = read_description(&arena), line;
    while (str_next_line(&text, &line)) {
        if (!str_starts_with(line, STR("---@class "))) {
            continue;
        }
        Str name = word(str_from_offset(line, strlen("---@class ")));
        bool is_known = false;
        for (int i = 0; i < ROW_COUNT(classes); i++) {
            is_known = is_known || str_equal(name, str_from(classes[i].name));
        }
        ck_assert_msg(is_known, "class " STR_FMT " is described but not compared", STR_ARG(name));
    }
    arena_release(&arena);
}
END_TEST

int main(void) {
    TCase *tcase = tcase_create("api");
    add_rows(tcase, description_and_registration_agree, ROW_COUNT(classes));
    tcase_add_test(tcase, every_class_is_compared);
    return run_suite("plugin API", tcase);
}
