/* SPDX-License-Identifier: MIT
 * lua_emit.c - what plugins give to the core: records, links, findings, pages, files. All of it is
 * checked against what the plugin declared. */
#include "base/path.h"
#include "lua/state.h"
#include "text/sentence.h"

#include <string.h>

#define MAX_MADE       200000 /* records, findings, pages of one hook call */
#define SENTENCE_BYTES 300

const char *const EMIT_KEYS[] = {"record", "link", "report", NULL};
const char *const NEW_RECORD_KEYS[] = {"title",  "id",   "at",      "line",   "column",
                                       "anchor", "page", "section", "fields", NULL};
const char *const NEW_PAGE_KEYS[] = {"path",    "title", "markdown", "html", "layout",
                                     "project", "order", "nav",      "meta", NULL};
const char *const NEW_FINDING_KEYS[] = {"code",   "message", "severity", "page",   "at",  "line",
                                        "column", "length",  "hint",     "target", "fix", NULL};
static const char *const NEW_LINK_KEYS[] = {"form", "target", "at",     "text",
                                            "line", "column", "length", NULL};

static void count_made(lua_State *L, PluginState *state) {
    if (++state->call->made > MAX_MADE) {
        luaL_error(L, "more than %d records, findings or pages from one call", MAX_MADE);
    }
}

/* --- places -------------------------------------------------------------------------------- */

static uint32_t small(int64_t number) {
    return number < 0 ? 0 : number > UINT32_MAX ? UINT32_MAX : (uint32_t)number;
}

static Node *node_field(lua_State *L, int table, const char *key) {
    lua_getfield(L, table, key);
    const Handle *handle = handle_test(L, -1, &node_type_info);
    lua_pop(L, 1);
    return handle != NULL ? (Node *)(uintptr_t)handle->object : NULL;
}

static Pos node_pos(const PluginState *state, Node *node) {
    return (Pos){state->call->place.file, node_line(node), node_column(node), 0};
}

static Str page_file(PluginState *state, const Page *page) {
    return page != NULL ? page->face->file : state->call->place.file;
}

/* Where the thing at the top of the stack stands. False when it has no place. */
static bool place_of(lua_State *L, PluginState *state, Pos *pos) {
    const Handle *at;
    if ((at = handle_test(L, -1, &node_type_info)) != NULL) {
        *pos = node_pos(state, (Node *)(uintptr_t)at->object);
    } else if ((at = handle_test(L, -1, &record_type)) != NULL) {
        *pos = record_of(state, at)->pos;
    } else if ((at = handle_test(L, -1, &link_type)) != NULL) {
        *pos = ((const PageLink *)at->object)->link->pos;
        pos->file = page_file(state, at->page);
    } else if ((at = handle_test(L, -1, &section_type)) != NULL) {
        size_t count;
        *pos = (Pos){.file = page_file(state, at->page)};
        pos->line = page_sections(state, at->page, &count)[at->index].line;
    } else {
        return false;
    }
    return true;
}

/* `page`, `at`, `line`, `column`, `length` of the table. */
static Pos read_pos(lua_State *L, PluginState *state, int table) {
    Pos pos = {.file = state->call->place.file};
    if (lua_getfield(L, table, "page") != LUA_TNIL) {
        const Handle *page = handle_test(L, -1, &page_type);
        if (page == NULL) {
            luaL_error(L, "field `page` wants a Page, not a %s", luaL_typename(L, -1));
        }
        pos.file = page_file(state, page->object);
    }
    lua_pop(L, 1);
    if (lua_getfield(L, table, "at") != LUA_TNIL && !place_of(L, state, &pos)) {
        luaL_error(L, "field `at` wants a Node, Record, Link or Section, not a %s",
                   luaL_typename(L, -1));
    }
    lua_pop(L, 1);
    pos.line = small(table_integer(L, table, "line", pos.line));
    pos.column = small(table_integer(L, table, "column", pos.column));
    pos.length = small(table_integer(L, table, "length", pos.length));
    return pos;
}

/* --- findings ------------------------------------------------------------------------------ */

static Severity read_severity(lua_State *L, int table) {
    Str name = table_text(L, table, "severity", false);
    Severity severity = SEVERITY_WARNING;
    if (name.len > 0 && (!severity_parse(name, &severity) || severity == SEVERITY_OFF)) {
        luaL_error(L, "severity is \"error\", \"warning\" or \"info\", not \"%s\"", name.data);
    }
    return severity;
}

static Str read_code(lua_State *L, PluginState *state, int table) {
    Str code = table_text(L, table, "code", true);
    for (size_t i = 0; i < code.len; i++) {
        char c = code.data[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) {
            luaL_error(L, "a code has small letters, digits and '-' only: \"%s\"", code.data);
        }
    }
    return str_format(&state->scratch, STR_FMT "." STR_FMT, STR_ARG(state->plugin->name),
                      STR_ARG(code));
}

/* fix = { line, from, to }: an edit of one line. */
static void read_fix(lua_State *L, int table, Finding *finding) {
    static const char *const KEYS[] = {"line", "from", "to", NULL};
    if (lua_getfield(L, table, "fix") == LUA_TNIL) {
        return;
    }
    luaL_checktype(L, -1, LUA_TTABLE);
    int fix = lua_gettop(L);
    handle_check_keys(L, fix, "a fix", KEYS);
    finding->fix_line = small(table_integer(L, fix, "line", finding->pos.line));
    finding->fix_from = table_text(L, fix, "from", true);
    finding->fix_to = table_text(L, fix, "to", false);
}

static void add_finding(lua_State *L, PluginState *state, int table, Pos pos) {
    count_made(L, state);
    Finding finding = {.severity = read_severity(L, table),
                       .code = read_code(L, state, table),
                       .pos = pos,
                       .message = table_text(L, table, "message", true),
                       .hint = table_text(L, table, "hint", false),
                       .target = table_text(L, table, "target", false)};
    read_fix(L, table, &finding);
    diag_add(state->call->diag, &finding);
}

/* emit.report and the `report` of check. */
int emit_finding(lua_State *L) {
    PluginState *state = state_of(L);
    Stage stage = state->call->stage;
    if (stage != STAGE_COLLECT && stage != STAGE_CHECK) {
        return luaL_error(L, "findings are reported in `collect` and `check` only");
    }
    handle_check_keys(L, 1, "a finding", NEW_FINDING_KEYS);
    add_finding(L, state, 1, read_pos(L, state, 1));
    return 0;
}

void emit_block_finding(lua_State *L, PluginState *state, int index, const BlockView *block) {
    static const char *const KEYS[] = {"code",   "message",  "line", "column",
                                       "length", "severity", "hint", NULL};
    handle_check_keys(L, index, "a finding", KEYS);
    int64_t line = table_integer(L, index, "line", 1),
            column = table_integer(L, index, "column", 1);
    Pos pos = {.file = state->call->place.file,
               .line = small(block->line + line - 1),
               .column = small((block->column > 0 ? block->column : 1) + column - 1),
               .length = small(table_integer(L, index, "length", 0))};
    if (block->is_made) { /* nobody wrote these lines */
        pos = (Pos){pos.file, block->line, block->column, 0};
    }
    add_finding(L, state, index, pos);
}

/* --- records ------------------------------------------------------------------------------- */

static bool has_type(const Value *value, Str type) {
    switch (value->type) {
    case VALUE_BOOL:
        return str_equal(type, STR("boolean"));
    case VALUE_INT:
        return str_equal(type, STR("integer")) || str_equal(type, STR("number"));
    case VALUE_NUMBER:
        return str_equal(type, STR("number"));
    case VALUE_TEXT:
        return str_equal(type, STR("string"));
    case VALUE_LIST:
        return str_equal(type, STR("list"));
    case VALUE_MAP: /* an empty table is an empty list, too */
        return str_equal(type, STR("map")) || (str_equal(type, STR("list")) && value->count == 0);
    default:
        return false;
    }
}

static const char *near_key(PluginState *state, const Value *map, Str name) {
    size_t count = map != NULL && map->type == VALUE_MAP ? map->count : 0;
    Str *names = arena_array(&state->scratch, Str, count);
    for (size_t i = 0; i < count; i++) {
        names[i] = map->entries[i].key;
    }
    return handle_hint(state, name, names, count);
}

static const char *terminated(PluginState *state, Str s) {
    return str_terminated(&state->scratch, s);
}

/* The declared fields of a kind; raises when the plugin did not declare it. */
static const Value *declared_fields(lua_State *L, PluginState *state, Str kind) {
    const Value *declared = value_get(state->plugin->emits, kind);
    if (declared == NULL) {
        luaL_error(L, "record kind `%s` is not declared in `emits`%s", terminated(state, kind),
                   near_key(state, state->plugin->emits, kind));
    }
    return value_get(declared, STR("fields"));
}

static void check_fields(lua_State *L, PluginState *state, Str kind, const Value *fields) {
    const Value *declared = declared_fields(L, state, kind);
    for (size_t i = 0; fields != NULL && i < fields->count; i++) {
        const ValueEntry *entry = &fields->entries[i];
        const Value *type = value_get(declared, entry->key);
        if (type == NULL) {
            luaL_error(L, "field `%s` is not declared: add it to emits.%s.fields%s",
                       terminated(state, entry->key), terminated(state, kind),
                       near_key(state, declared, entry->key));
        }
        if (!has_type(entry->value, type->text)) {
            luaL_error(L, "field `%s` of %s is declared as %s, which this value is not",
                       terminated(state, entry->key), terminated(state, kind),
                       terminated(state, type->text));
        }
    }
}

static const Value *read_fields(lua_State *L, PluginState *state, int table) {
    const Value *fields = NULL;
    int type = lua_getfield(L, table, "fields");
    if (type == LUA_TTABLE) {
        fields = value_from_lua(L, -1, &state->scratch);
    }
    if (type != LUA_TNIL && (fields == NULL || fields->type != VALUE_MAP)) {
        luaL_error(L, "field `fields` wants a table of named fields");
    }
    lua_pop(L, 1);
    return fields;
}

/* In rollup: the page or section that a record belongs to. */
static void read_owner(lua_State *L, PluginState *state, int table, Record *record) {
    (void)state;
    lua_getfield(L, table, "page");
    const Handle *page = handle_test(L, -1, &page_type);
    lua_getfield(L, table, "section");
    const Handle *section = handle_test(L, -1, &section_type);
    lua_pop(L, 2);
    record->page = RECORD_NO_PAGE;
    record->section = SECTION_NONE;
    if (section != NULL) {
        const Section *of = &section->page->face->sections[section->index];
        record->page = section->page->index;
        record->section = section->index;
        record->anchor = record->anchor.len > 0 ? record->anchor : of->anchor;
        record->pos = (Pos){.file = section->page->face->file, .line = of->line};
    } else if (page != NULL) {
        const Page *it = page->object;
        record->page = it->index;
        record->pos = (Pos){.file = it->face->file};
    }
}

/* The block that becomes an element of its own around a node: an item, a row, a paragraph. NULL
 * when there is none, as in a code block. */
static Node *block_around(Node *node) {
    for (; node != NULL; node = node_parent(node)) {
        NodeType type = node_type(node);
        Node *parent = node_parent(node);
        bool is_in_item = parent != NULL && node_type(parent) == NODE_ITEM;
        if (type == NODE_PARAGRAPH && is_in_item &&
            (node_previous(node) == NULL || node_is_tight(node_parent(parent)))) {
            return parent;
        }
        if (type == NODE_ITEM || type == NODE_TABLE_ROW || type == NODE_PARAGRAPH ||
            type == NODE_QUOTE) {
            return node;
        }
        if (node_is_block(type) && type != NODE_TABLE_CELL) {
            return NULL;
        }
    }
    return NULL;
}

/* A record of a block gets an anchor of its own; one of a heading has the heading's. */
static void read_block(lua_State *L, PluginState *state, int table, Record *record) {
    Node *at = node_field(L, table, "at");
    Node *block = at != NULL ? block_around(at) : NULL;
    if (block == NULL) {
        return;
    }
    Str text =
        nodes_lines(state->worker, state->call->text, node_line(block), node_end_line(block));
    record->fingerprint = record_fingerprint(text);
    if (record->anchor.len == 0) {
        record->block_line = node_line(block);
    }
}

static int emit_record(lua_State *L) {
    PluginState *state = state_of(L);
    HookCall *call = state->call;
    Str kind = str_check(L, 1);
    if (call->stage != STAGE_COLLECT && call->stage != STAGE_ROLLUP) {
        return luaL_error(L, "records are emitted in `collect` and `rollup` only");
    }
    declared_fields(L, state, kind);
    handle_check_keys(L, 2, "a record", NEW_RECORD_KEYS);
    Record record = {.kind = kind,
                     .title = table_text(L, 2, "title", true),
                     .id = table_text(L, 2, "id", false),
                     .anchor = table_text(L, 2, "anchor", false),
                     .fields = read_fields(L, state, 2)};
    check_fields(L, state, kind, record.fields);
    count_made(L, state);
    if (call->stage == STAGE_ROLLUP) {
        read_owner(L, state, 2, &record);
        record.pos.line = small(table_integer(L, 2, "line", record.pos.line));
        site_add_record(call->open_site, &record);
        return 0;
    }
    record.pos = read_pos(L, state, 2);
    if (record.pos.line == 0) {
        return luaL_error(L, "a record of `collect` needs a place: `at` or `line`");
    }
    read_block(L, state, 2, &record);
    if (!facebuilder_add_record(call->reader->face, &record)) {
        return luaL_error(L, "more than %d records on one page", RECORD_MAX_PER_PAGE);
    }
    return 0;
}

/* --- links --------------------------------------------------------------------------------- */

/* Text of the inlines before `node`, at least `least` bytes of it if there are so many. */
static void add_text_before(Node *node, size_t least, Buf *out) {
    Node *first = node;
    size_t count = 0;
    for (Node *it = node_previous(node); it != NULL && count < least; it = node_previous(it)) {
        first = it;
        count += node_literal(it).len + 1; /* at least: a link's text is not looked at */
    }
    for (; first != node; first = node_next(first)) {
        node_add_text(first, out);
    }
}

/* The sentence that `target` stands in. Only the surroundings are read: a paragraph may have
 * thousands of links. */
static Str sentence_at(PluginState *state, Node *node, Str target) {
    Node *top = node; /* the inline that stands directly in the block */
    while (node_parent(top) != NULL && !node_is_block(node_type(node_parent(top)))) {
        top = node_parent(top);
    }
    Buf *text = &state->text;
    buf_reset(text);
    add_text_before(top, SENTENCE_BYTES, text);
    size_t start = text->len, enough = start + SENTENCE_BYTES;
    for (Node *it = top; it != NULL && (it == top || text->len < enough); it = node_next(it)) {
        node_add_text(it, text);
    }
    Str around = str_from_offset(buf_str(text), start);
    size_t offset = str_find(around, target);
    return sentence_around(&state->scratch, buf_str(text),
                           start + (offset != STR_NONE ? offset : 0), SENTENCE_BYTES);
}

static LinkForm read_form(lua_State *L) {
    static const char *const FORMS[] = {"name", "mention", "label", "text"};
    static const LinkForm VALUES[] = {LINK_NAME, LINK_MENTION, LINK_LABEL, LINK_TEXT};
    Str form = table_text(L, 1, "form", true);
    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++) {
        if (str_equal(form, str_from(FORMS[i]))) {
            return VALUES[i];
        }
    }
    luaL_error(L, "a link's form is \"name\", \"mention\", \"label\" or \"text\", not \"%s\"",
               form.data);
    return LINK_TEXT;
}

static int emit_link(lua_State *L) {
    PluginState *state = state_of(L);
    if (state->call->stage != STAGE_COLLECT) {
        return luaL_error(L, "links are emitted in `collect` only");
    }
    handle_check_keys(L, 1, "a link", NEW_LINK_KEYS);
    Node *at = node_field(L, 1, "at");
    if (at == NULL) {
        return luaL_error(L, "field `at` wants the Node that the link stands in");
    }
    Link link = {.form = read_form(L),
                 .target = table_text(L, 1, "target", true),
                 .text = table_text(L, 1, "text", false),
                 .pos = read_pos(L, state, 1)};
    link.text = link.text.len > 0 ? link.text : link.target;
    if (node_type(at) != NODE_CODE_BLOCK) { /* in a diagram there are none */
        link.sentence = sentence_at(state, at, link.target);
    }
    count_made(L, state);
    if (!facebuilder_add_link(state->call->reader->face, &link)) {
        return luaL_error(L, "more than %d links on one page", RECORD_MAX_PER_PAGE);
    }
    return 0;
}

/* --- pages and files ----------------------------------------------------------------------- */

static void check_site_path(lua_State *L, PluginState *state, Str path, const char *what) {
    bool escapes = false;
    Str normal = path_normalise(&state->scratch, path, &escapes);
    bool is_good = path.len > 0 && path.data[0] != '/' && !escapes && str_equal(normal, path) &&
                   memchr(path.data, 0, path.len) == NULL && str_find_char(path, '\\') == STR_NONE;
    if (!is_good) {
        luaL_error(L, "%s must be relative, without \".\", \"..\" and backslashes: \"%s\"", what,
                   terminated(state, path));
    }
}

static const Value *read_meta(lua_State *L, PluginState *state) {
    const Value *meta = NULL;
    if (lua_getfield(L, 1, "meta") != LUA_TNIL) {
        meta = value_from_lua(L, -1, &state->scratch);
    }
    lua_pop(L, 1);
    return meta != NULL && meta->type == VALUE_MAP ? meta : NULL;
}

static Str read_project(lua_State *L) {
    Str id = STR_EMPTY;
    if (lua_getfield(L, 1, "project") != LUA_TNIL) {
        id = ((const Project *)handle_check(L, -1, &project_type)->object)->id;
    }
    lua_pop(L, 1);
    return id;
}

int emit_add_page(lua_State *L) {
    PluginState *state = state_of(L);
    if (state->call->stage != STAGE_PAGES) {
        return luaL_error(L, "pages are added in `pages` only");
    }
    handle_check_keys(L, 1, "a page", NEW_PAGE_KEYS);
    lua_settop(L, 1);
    GeneratedPage page = {.path = table_text(L, 1, "path", true),
                          .title = table_text(L, 1, "title", true),
                          .layout = table_text(L, 1, "layout", false),
                          .markdown = table_text(L, 1, "markdown", false),
                          .html = table_text(L, 1, "html", false),
                          .plugin = state->plugin->name,
                          .order = (int)small(table_integer(L, 1, "order", 1000)),
                          .in_nav = table_boolean(L, 1, "nav", true),
                          .project = read_project(L),
                          .meta = read_meta(L, state)};
    check_site_path(L, state, page.path, "a page's path");
    if (!str_ends_with(page.path, STR(".md"))) {
        return luaL_error(L, "a page's path ends in .md: \"%s\"", page.path.data);
    }
    count_made(L, state);
    site_add_page(state->call->open_site, &page);
    return 0;
}

int emit_write(lua_State *L) {
    PluginState *state = state_of(L);
    Str path = str_check(L, 1), bytes = str_check(L, 2);
    if (state->call->stage != STAGE_FINISH) {
        return luaL_error(L, "files are written in `finish` only");
    }
    check_site_path(L, state, path, "a file's path");
    if (!state->call->sink(state->call->sink_context, path, bytes)) {
        return luaL_error(L,
                          "the file \"%s\" cannot be written: a page or another file has that path",
                          path.data);
    }
    return 0;
}

/* --- registration -------------------------------------------------------------------------- */

static int unknown_emit(lua_State *L) {
    return luaL_error(L, "emit has no function `%s`; there are record, link and report",
                      luaL_tolstring(L, 2, NULL));
}

void emit_register(lua_State *L) {
    static const luaL_Reg FUNCTIONS[] = {
        {"record", emit_record}, {"link", emit_link}, {"report", emit_finding}, {NULL, NULL}};
    luaL_newlib(L, FUNCTIONS);
    lua_newtable(L);
    lua_pushcfunction(L, unknown_emit);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_rawseti(L, LUA_REGISTRYINDEX, REF_EMIT);
}
