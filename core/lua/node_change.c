/* SPDX-License-Identifier: MIT
 * node_change.c - the methods of Node that change the tree (`transform` only). Pieces are checked
 * before anything changes, so that a call either takes effect or raises. */
#include "lua/state.h"
#include "text/html.h"

static PluginState *check_changeable(lua_State *L) {
    PluginState *state = state_of(L);
    if (state->call->stage != STAGE_TRANSFORM) {
        luaL_error(L, "a page's tree can be changed in `transform` only");
    }
    return state;
}

static Node *check_node(lua_State *L) {
    return (Node *)(uintptr_t)handle_check(L, 1, &node_type_info)->object;
}

static void check_fields(lua_State *L, int piece) {
    static const char *const KEYS[] = {"url", "text", "class", "title", "html", NULL};
    handle_check_keys(L, piece, "a piece", KEYS);
    table_text(L, piece, "html", false);
    bool is_html = lua_getfield(L, piece, "html") == LUA_TSTRING;
    lua_pop(L, 1);
    if (is_html) {
        return;
    }
    Str url = table_text(L, piece, "url", true);
    if (!html_url_is_safe(url, false)) {
        luaL_error(L, "a page must not link to \"%s\"", url.data);
    }
    table_text(L, piece, "text", true);
    table_text(L, piece, "class", false);
    table_text(L, piece, "title", false);
}

/* The list of pieces at argument 2: strings, links, html. Among blocks only html has a place. */
static lua_Integer check_pieces(lua_State *L, bool among_blocks) {
    luaL_checktype(L, 2, LUA_TTABLE);
    lua_settop(L, 2);
    lua_Integer count = (lua_Integer)lua_rawlen(L, 2);
    for (lua_Integer i = 1; i <= count; i++) {
        int type = lua_rawgeti(L, 2, i);
        if (type == LUA_TTABLE) {
            check_fields(L, 3);
            lua_getfield(L, 3, "html");
        } else if (type == LUA_TSTRING) {
            lua_pushnil(L);
        } else {
            luaL_error(L,
                       "piece %d is a %s; pieces are strings and tables with `url` and `text`, "
                       "or `html`",
                       (int)i, lua_typename(L, type));
        }
        if (among_blocks && lua_isnil(L, -1)) {
            luaL_error(L, "piece %d: among blocks only {html = ...} has a place", (int)i);
        }
        lua_settop(L, 2);
    }
    return count;
}

/* Where pieces go, one behind the other. */
typedef struct Gap {
    Node *at;
    enum { GAP_BEFORE, GAP_AFTER, GAP_END } side;
    bool among_blocks;
} Gap;

static void put(lua_State *L, Gap *gap, Node *piece) {
    bool is_good = false;
    if (piece != NULL && gap->side == GAP_BEFORE) {
        is_good = node_insert_before(gap->at, piece);
    } else if (piece != NULL && gap->side == GAP_AFTER) {
        is_good = node_insert_after(gap->at, piece);
        gap->at = piece;
    } else if (piece != NULL) {
        is_good = node_append(gap->at, piece);
    }
    if (!is_good) {
        luaL_error(L, "this cannot stand there: not allowed in or beside a %s",
                   node_type_name(node_type(gap->at)));
    }
}

static void add_attribute(lua_State *L, Buf *out, const char *name, const char *key) {
    Str value = table_text(L, 3, key, false);
    if (value.len > 0) {
        buf_add_format(out, " %s=\"", name);
        html_add_escaped(out, value);
        buf_add_char(out, '"');
    }
}

/* The link at stack index 3. Its address is final, as page:href gives it, so it does not go through
 * the renderer, which resolves what authors wrote; its text stays text. */
static void put_link(lua_State *L, PluginState *state, Gap *gap) {
    Markdown *markdown = state->call->markdown;
    Buf *tag = &state->text;
    buf_reset(tag);
    buf_add_literal(tag, "<a");
    add_attribute(L, tag, "class", "class");
    add_attribute(L, tag, "title", "title");
    buf_add_literal(tag, " href=\"");
    html_add_escaped(tag, table_text(L, 3, "url", true));
    buf_add_literal(tag, "\">");
    put(L, gap, node_new_raw(markdown, false, buf_str(tag)));
    put(L, gap, node_new_text(markdown, table_text(L, 3, "text", true)));
    put(L, gap, node_new_raw(markdown, false, STR("</a>")));
}

/* Puts the pieces of the list at argument 2 into the tree. */
static void put_pieces(lua_State *L, PluginState *state, Gap gap) {
    Markdown *markdown = state->call->markdown;
    lua_Integer count = check_pieces(L, gap.among_blocks);
    state->worker->tree_is_indexed = false;
    for (lua_Integer i = 1; i <= count; i++) {
        if (lua_rawgeti(L, 2, i) == LUA_TSTRING) {
            put(L, &gap, node_new_text(markdown, str_at(L, -1)));
        } else if (lua_getfield(L, -1, "html") == LUA_TSTRING) {
            put(L, &gap, node_new_raw(markdown, gap.among_blocks, str_at(L, -1)));
        } else {
            put_link(L, state, &gap);
        }
        lua_settop(L, 2);
    }
}

static bool is_block(Node *node) {
    return node_is_block(node_type(node));
}

/* Children of these are blocks. */
static bool holds_blocks(Node *node) {
    switch (node_type(node)) {
    case NODE_DOCUMENT:
    case NODE_QUOTE:
    case NODE_ALERT:
    case NODE_LIST:
    case NODE_ITEM:
    case NODE_FOOTNOTE:
    case NODE_TABLE:
    case NODE_TABLE_ROW:
        return true;
    default:
        return false;
    }
}

static void check_has_parent(lua_State *L, Node *node) {
    if (node_parent(node) == NULL) {
        luaL_error(L, "the document itself cannot be replaced or have neighbours");
    }
}

int node_change_insert_before(lua_State *L) {
    PluginState *state = check_changeable(L);
    Node *node = check_node(L);
    check_has_parent(L, node);
    put_pieces(L, state, (Gap){node, GAP_BEFORE, is_block(node)});
    return 0;
}

int node_change_insert_after(lua_State *L) {
    PluginState *state = check_changeable(L);
    Node *node = check_node(L);
    check_has_parent(L, node);
    put_pieces(L, state, (Gap){node, GAP_AFTER, is_block(node)});
    return 0;
}

int node_change_append(lua_State *L) {
    PluginState *state = check_changeable(L);
    Node *node = check_node(L);
    put_pieces(L, state, (Gap){node, GAP_END, holds_blocks(node)});
    return 0;
}

int node_change_replace(lua_State *L) {
    PluginState *state = check_changeable(L);
    Node *node = check_node(L);
    check_has_parent(L, node);
    put_pieces(L, state, (Gap){node, GAP_BEFORE, is_block(node)});
    nodes_mark_removed(state->worker, node);
    node_remove(node);
    return 0;
}

int node_change_remove(lua_State *L) {
    PluginState *state = check_changeable(L);
    Node *node = check_node(L);
    check_has_parent(L, node);
    nodes_mark_removed(state->worker, node);
    node_remove(node);
    return 0;
}

int node_change_set_url(lua_State *L) {
    PluginState *state = check_changeable(L);
    Node *node = check_node(L);
    if (!node_set_url(state->call->markdown, node, str_check(L, 2))) {
        return luaL_error(L, "a %s has no url", node_type_name(node_type(node)));
    }
    return 0;
}

int node_change_set_class(lua_State *L) {
    PluginState *state = check_changeable(L);
    Node *node = check_node(L);
    if (!node_set_class(state->call->markdown, node, str_check(L, 2))) {
        return luaL_error(L, "a %s cannot have a class", node_type_name(node_type(node)));
    }
    return 0;
}
