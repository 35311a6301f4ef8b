/* SPDX-License-Identifier: MIT
 * nodes.c - finding nodes: the tree is walked once a page and kept by type, so that a plugin which
 * asks for one type pays for nothing else. Iterators are snapshots: nodes that a plugin adds are
 * not visited, nodes that it removes are skipped. */
#include "lua/state.h"

#include "text/ident.h"

#include <stdlib.h>
#include <string.h>

/* --- removed nodes: an open hash set of pointers -------------------------------------------- */

static size_t slot_of(const Worker *worker, const Node *node) {
    size_t mask = worker->removed_cap - 1;
    size_t at = (((uintptr_t)node >> 4) * 0x9e3779b97f4a7c15u >> 20) & mask;
    while (worker->removed[at] != NULL && worker->removed[at] != node) {
        at = (at + 1) & mask;
    }
    return at;
}

bool nodes_is_removed(const Worker *worker, const Node *node) {
    return worker->removed_count > 0 && worker->removed[slot_of(worker, node)] != NULL;
}

static void grow_removed(Worker *worker) {
    Node **old = worker->removed;
    size_t old_cap = worker->removed_cap;
    worker->removed_cap = old_cap == 0 ? 64 : old_cap * 2;
    worker->removed = calloc(worker->removed_cap, sizeof *worker->removed);
    if (worker->removed == NULL) {
        abort();
    }
    for (size_t i = 0; i < old_cap; i++) {
        if (old[i] != NULL) {
            worker->removed[slot_of(worker, old[i])] = old[i];
        }
    }
    free(old);
}

void nodes_mark_removed(Worker *worker, Node *root) {
    worker->tree_is_indexed = false;
    for (Node *node = root; node != NULL; node = node_walk(root, node)) {
        if (worker->removed_count * 2 >= worker->removed_cap) {
            grow_removed(worker);
        }
        size_t slot = slot_of(worker, node);
        worker->removed_count += worker->removed[slot] == NULL;
        worker->removed[slot] = node;
    }
}

void nodes_reset(Worker *worker) {
    worker->tree_is_indexed = false;
    worker->lines_of = NULL;
    if (worker->removed_count > 0) {
        memset(worker->removed, 0, worker->removed_cap * sizeof *worker->removed);
        worker->removed_count = 0;
    }
}

void nodes_release(Worker *worker) {
    vec_release(&worker->nodes);
    vec_release(&worker->by_type);
    vec_release(&worker->found);
    vec_release(&worker->texts);
    vec_release(&worker->line_starts);
    free(worker->removed);
    worker->removed = NULL;
}

/* --- the index ------------------------------------------------------------------------------ */

static void index_tree(Worker *worker, const HookCall *call) {
    uint64_t generation = markdown_generation(call->markdown);
    bool is_same = worker->tree == call->root && worker->tree_generation == generation;
    if (is_same && worker->tree_is_indexed) {
        return;
    }
    if (!is_same) {
        nodes_reset(worker);
    }
    size_t counts[NODE_TYPE_COUNT + 1] = {0};
    worker->nodes.count = worker->by_type.count = 0;
    for (Node *node = call->root; node != NULL; node = node_walk(call->root, node)) {
        vec_push(&worker->nodes, node);
        vec_push(&worker->by_type, node);
        counts[node_type(node) + 1]++;
    }
    for (size_t type = 0; type < NODE_TYPE_COUNT; type++) {
        counts[type + 1] += counts[type];
    }
    memcpy(worker->type_start, counts, sizeof counts);
    for (size_t i = 0; i < worker->nodes.count; i++) {
        Node *node = worker->nodes.items[i];
        worker->by_type.items[counts[node_type(node)]++] = node;
    }
    worker->texts.count = 0;
    for (size_t i = 0; i < worker->by_type.count; i++) {
        vec_push(&worker->texts, node_literal(worker->by_type.items[i]));
    }
    worker->tree = call->root;
    worker->tree_generation = generation;
    worker->tree_is_indexed = true;
}

/* --- iterators ------------------------------------------------------------------------------ */

typedef struct Snapshot {
    size_t at, count;
    uint32_t generation;
    Node *nodes[];
} Snapshot;

static void check_snapshot(lua_State *L, const PluginState *state, uint32_t generation) {
    if (generation != state->generation) {
        luaL_error(L, "stale iterator: it belongs to an earlier hook call");
    }
}

static int next_node(lua_State *L) {
    PluginState *state = state_of(L);
    Snapshot *snapshot = lua_touserdata(L, lua_upvalueindex(1));
    check_snapshot(L, state, snapshot->generation);
    while (snapshot->at < snapshot->count) {
        Node *node = snapshot->nodes[snapshot->at++];
        if (!nodes_is_removed(state->worker, node)) {
            node_push(L, node);
            return 1;
        }
    }
    lua_pushnil(L);
    return 1;
}

static int next_nothing(lua_State *L) {
    lua_pushnil(L);
    return 1;
}

static int push_found(lua_State *L, PluginState *state, Node *const *nodes, size_t count) {
    if (count == 0) {
        lua_pushcfunction(L, next_nothing);
        return 1;
    }
    Snapshot *snapshot =
        lua_newuserdatauv(L, sizeof *snapshot + count * sizeof *snapshot->nodes, 0);
    *snapshot = (Snapshot){.count = count, .generation = state->generation};
    memcpy(snapshot->nodes, nodes, count * sizeof *nodes);
    lua_pushcclosure(L, next_node, 1);
    return 1;
}

/* Letters, digits and blanks stand in the source as they are read (but for character references,
 * which nobody writes for them): what the source lacks no node has. */
static bool may_contain(Str source, Str needle) {
    for (size_t i = 0; i < needle.len; i++) {
        char c = needle.data[i];
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        (c >= '0' && c <= '9') || c == ' ' || c == '[' || c == ']';
        if (!is_plain) {
            return true;
        }
    }
    return str_contains(source, needle);
}

/* The node's text; asked once a page, because the library counts its length every time. */
static Str text_of(const Worker *worker, const NodeList *list, size_t index) {
    return list == &worker->by_type ? worker->texts.items[index] : node_literal(list->items[index]);
}

/* Those of `count` nodes from `start` whose text has `containing`. */
static int push_containing(lua_State *L, PluginState *state, const NodeList *list, size_t start,
                           size_t count, Str containing) {
    Worker *worker = state->worker;
    worker->found.count = 0;
    for (size_t i = start; i < start + count; i++) {
        if (str_contains(text_of(worker, list, i), containing)) {
            vec_push(&worker->found, list->items[i]);
        }
    }
    return push_found(L, state, worker->found.items, worker->found.count);
}

static int push_snapshot(lua_State *L, PluginState *state, const NodeList *list, size_t start,
                         size_t count, Str containing) {
    return containing.len > 0 ? push_containing(L, state, list, start, count, containing)
                              : push_found(L, state, list->items + start, count);
}

static NodeType check_type(lua_State *L, PluginState *state, Str name) {
    NodeType type = node_type_parse(name);
    if (type == NODE_NONE) {
        Str names[NODE_TYPE_COUNT];
        for (size_t i = 1; i < NODE_TYPE_COUNT; i++) {
            names[i - 1] = str_from(node_type_name((NodeType)i));
        }
        luaL_error(L, "there is no node type `%s`%s",
                   str_terminated(&state->scratch, str_slice(name, 0, 60)),
                   handle_hint(state, name, names, NODE_TYPE_COUNT - 1));
    }
    return type;
}

int nodes_push_iterator(lua_State *L, PluginState *state, Str type_name, Str containing) {
    Worker *worker = state->worker;
    if (state->call->root == NULL) { /* a generated page that brought HTML */
        lua_pushcfunction(L, next_nothing);
        return 1;
    }
    if (containing.len > 0 && !may_contain(state->call->text, containing)) {
        lua_pushcfunction(L, next_nothing);
        return 1;
    }
    index_tree(worker, state->call);
    if (type_name.len == 0) {
        return push_snapshot(L, state, &worker->nodes, 0, worker->nodes.count, containing);
    }
    NodeType type = check_type(L, state, type_name);
    size_t start = worker->type_start[type], end = worker->type_start[type + 1];
    return push_snapshot(L, state, &worker->by_type, start, end - start, containing);
}

int nodes_push_below(lua_State *L, PluginState *state, Node *root, Str type_name, bool is_deep) {
    NodeType type = type_name.len > 0 ? check_type(L, state, type_name) : NODE_NONE;
    size_t count = 0;
    Node *first = node_first(root);
    for (Node *node = first; node != NULL;
         node = is_deep ? node_walk(root, node) : node_next(node)) {
        count += type == NODE_NONE || node_type(node) == type;
    }
    Node **nodes = arena_array(&state->scratch, Node *, count);
    count = 0;
    for (Node *node = first; node != NULL;
         node = is_deep ? node_walk(root, node) : node_next(node)) {
        if (type == NODE_NONE || node_type(node) == type) {
            nodes[count++] = node;
        }
    }
    return push_found(L, state, nodes, count);
}

/* --- ids in running text -------------------------------------------------------------------- */

typedef struct FoundId {
    Node *node;
    size_t first, len;
} FoundId;

typedef struct IdSnapshot {
    size_t at, count;
    uint32_t generation;
    FoundId ids[];
} IdSnapshot;

/* Between `<a ...>` or `<code>` and its end, as far as the siblings tell. */
static bool is_inside_html(Node *node) {
    static const char *const TAGS[] = {"<a ", "<code", "<kbd", "<samp", "<pre"};
    for (Node *before = node_previous(node); before != NULL; before = node_previous(before)) {
        NodeType type = node_type(before);
        bool is_html = type == NODE_HTML || type == NODE_RAW;
        Str html = is_html ? node_literal(before) : STR_EMPTY;
        if (html.len < 3 || html.data[0] != '<') {
            continue;
        }
        if (html.data[1] == '/') {
            return false;
        }
        for (size_t i = 0; i < sizeof TAGS / sizeof *TAGS; i++) {
            Str start = str_slice(html, 0, strlen(TAGS[i]));
            if (str_equal_ignoring_case(start, str_from(TAGS[i]))) {
                return true;
            }
        }
    }
    return false;
}

static bool is_running_text(Node *node) {
    for (Node *above = node_parent(node); above != NULL; above = node_parent(above)) {
        NodeType type = node_type(above);
        if (type == NODE_LINK || type == NODE_IMAGE) {
            return false;
        }
        if (node_is_block(type)) {
            break;
        }
    }
    return !is_inside_html(node);
}

/* "### REQ-12: Export": the id that names the heading. */
static bool is_own_id(Node *node, size_t at) {
    Node *parent = node_parent(node);
    return at == 0 && parent != NULL && node_type(parent) == NODE_HEADING &&
           node_previous(node) == NULL;
}

static size_t find_ids(Worker *worker, FoundId *out) {
    size_t count = 0;
    size_t start = worker->type_start[NODE_TEXT], end = worker->type_start[NODE_TEXT + 1];
    for (size_t i = start; i < end; i++) {
        Node *node = worker->by_type.items[i];
        Str text = worker->texts.items[i], id;
        bool is_checked = false;
        for (size_t at = 0; ident_next(text, &at, &id);) {
            if (!is_checked && !is_running_text(node)) {
                break;
            }
            is_checked = true;
            size_t first = (size_t)(id.data - text.data);
            if (is_own_id(node, first)) {
                continue;
            }
            if (out != NULL) {
                out[count] = (FoundId){node, first, id.len};
            }
            count++;
        }
    }
    return count;
}

static int next_id(lua_State *L) {
    PluginState *state = state_of(L);
    IdSnapshot *snapshot = lua_touserdata(L, lua_upvalueindex(1));
    check_snapshot(L, state, snapshot->generation);
    while (snapshot->at < snapshot->count) {
        const FoundId *found = &snapshot->ids[snapshot->at++];
        if (nodes_is_removed(state->worker, found->node)) {
            continue;
        }
        Str text = node_literal(found->node);
        node_push(L, found->node);
        str_push(L, str_slice(text, found->first, found->first + found->len));
        lua_pushinteger(L, (lua_Integer)found->first + 1);
        lua_pushinteger(L, (lua_Integer)(found->first + found->len));
        return 4;
    }
    lua_pushnil(L);
    return 1;
}

int nodes_push_ids(lua_State *L, PluginState *state) {
    Worker *worker = state->worker;
    if (state->call->root != NULL) {
        index_tree(worker, state->call);
    }
    size_t count = state->call->root != NULL ? find_ids(worker, NULL) : 0;
    if (count == 0) {
        lua_pushcfunction(L, next_nothing);
        return 1;
    }
    IdSnapshot *snapshot = lua_newuserdatauv(L, sizeof *snapshot + count * sizeof(FoundId), 0);
    *snapshot = (IdSnapshot){.count = count, .generation = state->generation};
    find_ids(worker, snapshot->ids);
    lua_pushcclosure(L, next_id, 1);
    return 1;
}

/* --- lines ---------------------------------------------------------------------------------- */

static void index_lines(Worker *worker, Str text) {
    worker->line_starts.count = 0;
    for (size_t at = 0; at < text.len;) {
        vec_push(&worker->line_starts, (uint32_t)at);
        size_t end = str_find_char(str_from_offset(text, at), '\n');
        at = end == STR_NONE ? text.len : at + end + 1;
    }
    worker->lines_of = text.data;
}

Str nodes_lines(Worker *worker, Str text, uint32_t first, uint32_t last) {
    if (worker->lines_of != text.data) {
        index_lines(worker, text);
    }
    size_t count = worker->line_starts.count;
    if (first == 0 || first > count || last < first) {
        return STR_EMPTY;
    }
    size_t to = last < count ? worker->line_starts.items[last] : text.len;
    return str_slice(text, worker->line_starts.items[first - 1], to);
}

Str nodes_line(Worker *worker, Str text, uint32_t number) {
    if (worker->lines_of != text.data) {
        index_lines(worker, text);
    }
    if (number == 0 || number > worker->line_starts.count) {
        return STR_EMPTY;
    }
    Str rest = str_from_offset(text, worker->line_starts.items[number - 1]), line = STR_EMPTY;
    str_next_line(&rest, &line);
    return line;
}
