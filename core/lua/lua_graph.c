/* SPDX-License-Identifier: MIT
 * lua_graph.c - quoin.layout: the layout of graphs for plugins. Reads the
 * graph's table, names what is wrong with it, and gives places back as tables
 * of numbers. */
#include "lua/state.h"
#include "text/graph.h"

#include <math.h>

#define MAX_LENGTH 1e6 /* pixels */

const char *const GRAPH_KEYS[] = {"direction", "node_gap", "rank_gap", "max_width",
                                  "nodes",     "groups",   "edges",    NULL};
const char *const GRAPH_NODE_KEYS[] = {"width", "height", "border", "group", NULL};
const char *const GRAPH_GROUP_KEYS[] = {"parent",  "direction", "title_width", "title_height",
                                        "padding", "min_width", "min_height",  NULL};
const char *const GRAPH_EDGE_KEYS[] = {"from",
                                       "to",
                                       "from_group",
                                       "to_group",
                                       "label_width",
                                       "label_height",
                                       "length",
                                       "from_label_width",
                                       "to_label_width",
                                       "from_label_height",
                                       "to_label_height",
                                       "from_room",
                                       "to_room",
                                       "is_weak",
                                       NULL};

/* What comes out: for the comparison with the description. */
const char *const LAYOUT_KEYS[] = {"width", "height", "crossings", "variants",
                                   "nodes", "groups", "edges",     NULL};
const char *const LAYOUT_BOX_KEYS[] = {"x", "y", "width", "height", NULL};
const char *const LAYOUT_EDGE_KEYS[] = {"points",       "label_x",    "label_y",    "from_label_x",
                                        "from_label_y", "to_label_x", "to_label_y", NULL};

static const char *const DIRECTIONS[] = {
    [GRAPH_TB] = "TB", [GRAPH_BT] = "BT", [GRAPH_LR] = "LR", [GRAPH_RL] = "RL"};

static const char *const BORDERS[] = {[GRAPH_RECT] = "rect",
                                      [GRAPH_ELLIPSE] = "ellipse",
                                      [GRAPH_DIAMOND] = "diamond",
                                      [GRAPH_STADIUM] = "stadium",
                                      [GRAPH_HEXAGON] = "hexagon",
                                      [GRAPH_LEAN_RIGHT] = "lean_right",
                                      [GRAPH_LEAN_LEFT] = "lean_left",
                                      [GRAPH_TRAPEZOID] = "trapezoid",
                                      [GRAPH_TRAPEZOID_UP] = "trapezoid_up",
                                      [GRAPH_TRIANGLE] = "triangle"};

/* --- reading
 * -------------------------------------------------------------------------------
 */

/* What is being read, for messages: "edge 3". The table is at the top of the
 * stack. */
typedef struct Item {
    lua_State *L;
    const char *what;
    int table;
} Item;

static double length_field(const Item *item, const char *key) {
    lua_State *L = item->L;
    int type = lua_getfield(L, item->table, key);
    double number = type == LUA_TNUMBER ? lua_tonumber(L, -1) : 0;
    if (type != LUA_TNUMBER && type != LUA_TNIL) {
        luaL_error(L, "%s: `%s` wants a number, not a %s", item->what, key, luaL_typename(L, -1));
    }
    if (isnan(number)) {
        luaL_error(L, "%s: `%s` is not a number", item->what, key);
    }
    if (number < 0 || number > MAX_LENGTH) {
        luaL_error(L, "%s: `%s` is %f: a length is from 0 to 1000000", item->what, key, number);
    }
    lua_pop(L, 1);
    return number;
}

/* An index from 1 into `count` things; GRAPH_NONE when it is not given. */
static uint32_t index_field(const Item *item, const char *key, size_t count, const char *things) {
    lua_State *L = item->L;
    uint32_t index = GRAPH_NONE;
    if (lua_getfield(L, item->table, key) != LUA_TNIL) {
        int is_integer;
        lua_Integer number = lua_tointegerx(L, -1, &is_integer);
        if (lua_type(L, -1) != LUA_TNUMBER || !is_integer) {
            luaL_error(L, "%s: `%s` wants the place of one of the %s, a whole number", item->what,
                       key, things);
        }
        if (number < 1 || (size_t)number > count) {
            luaL_error(L, "%s: `%s` is %I, there are %d %s", item->what, key, number, (int)count,
                       things);
        }
        index = (uint32_t)number - 1;
    }
    lua_pop(L, 1);
    return index;
}

/* The place of a text in `names` (gaps are NULL); `fallback` when it is not
 * given. */
static int choice_field(const Item *item, const char *key, const char *const *names, int count,
                        int fallback) {
    lua_State *L = item->L;
    if (lua_getfield(L, item->table, key) == LUA_TNIL) {
        lua_pop(L, 1);
        return fallback;
    }
    Str known[16], given = str_at(L, -1);
    size_t known_count = 0;
    for (int i = 0; i < count; i++) {
        if (names[i] != NULL && str_equal(given, str_from(names[i]))) {
            lua_pop(L, 1);
            return i;
        }
        if (names[i] != NULL) {
            known[known_count++] = str_from(names[i]);
        }
    }
    luaL_error(L, "%s: there is no %s `%s`%s", item->what, key, luaL_tolstring(L, -1, NULL),
               handle_hint(state_of(L), given, known, known_count));
    return fallback;
}

static GraphDirection direction_field(const Item *item) {
    return (GraphDirection)choice_field(item, "direction", DIRECTIONS, GRAPH_RL + 1, GRAPH_INHERIT);
}

/* Pushes list `key` of the graph (at 1) and gives its length; an absent one is
 * empty. */
static size_t push_list(lua_State *L, const char *key) {
    int type = lua_getfield(L, 1, key);
    if (type == LUA_TNIL) {
        lua_pop(L, 1);
        lua_newtable(L);
    } else if (type != LUA_TTABLE) {
        luaL_error(L, "the graph: `%s` wants a list, not a %s", key, luaL_typename(L, -1));
    }
    return (size_t)lua_rawlen(L, -1);
}

/* Pushes entry `at` (from 0) of the list on top. */
static Item push_item(lua_State *L, const char *what, size_t at, const char *const *keys) {
    lua_rawgeti(L, -1, (lua_Integer)at + 1);
    Item item = {L, str_format(&state_of(L)->scratch, "%s %zu", what, at + 1).data, lua_gettop(L)};
    if (lua_type(L, -1) != LUA_TTABLE) {
        luaL_error(L, "%s is a %s, not a table", item.what, luaL_typename(L, -1));
    }
    handle_check_keys(L, item.table, item.what, keys);
    return item;
}

static const GraphNode *read_nodes(lua_State *L, const Graph *graph) {
    GraphNode *nodes = arena_array(&state_of(L)->scratch, GraphNode, graph->node_count);
    for (size_t i = 0; i < graph->node_count; i++) {
        Item item = push_item(L, "node", i, GRAPH_NODE_KEYS);
        nodes[i] = (GraphNode){.width = length_field(&item, "width"),
                               .height = length_field(&item, "height"),
                               .border = (GraphBorder)choice_field(&item, "border", BORDERS,
                                                                   GRAPH_TRIANGLE + 1, GRAPH_RECT),
                               .group = index_field(&item, "group", graph->group_count, "groups")};
        lua_pop(L, 1);
    }
    return nodes;
}

static const GraphGroup *read_groups(lua_State *L, const Graph *graph) {
    GraphGroup *groups = arena_array(&state_of(L)->scratch, GraphGroup, graph->group_count);
    for (size_t i = 0; i < graph->group_count; i++) {
        Item item = push_item(L, "group", i, GRAPH_GROUP_KEYS);
        groups[i] =
            (GraphGroup){.parent = index_field(&item, "parent", graph->group_count, "groups"),
                         .direction = direction_field(&item),
                         .title_width = length_field(&item, "title_width"),
                         .title_height = length_field(&item, "title_height"),
                         .padding = length_field(&item, "padding"),
                         .min_width = length_field(&item, "min_width"),
                         .min_height = length_field(&item, "min_height")};
        lua_pop(L, 1);
    }
    return groups;
}

static GraphEnd read_end(const Item *item, const Graph *graph, const char *const keys[5]) {
    GraphEnd end = {.node = index_field(item, keys[0], graph->node_count, "nodes"),
                    .group = index_field(item, keys[1], graph->group_count, "groups"),
                    .label_width = length_field(item, keys[2]),
                    .label_height = length_field(item, keys[3]),
                    .room = length_field(item, keys[4])};
    if ((end.node == GRAPH_NONE) == (end.group == GRAPH_NONE)) {
        luaL_error(item->L, "%s wants either `%s` or `%s`", item->what, keys[0], keys[1]);
    }
    return end;
}

static const GraphEdge *read_edges(lua_State *L, const Graph *graph) {
    static const char *const FROM[] = {"from", "from_group", "from_label_width",
                                       "from_label_height", "from_room"};
    static const char *const TO[] = {"to", "to_group", "to_label_width", "to_label_height",
                                     "to_room"};
    GraphEdge *edges = arena_array(&state_of(L)->scratch, GraphEdge, graph->edge_count);
    for (size_t i = 0; i < graph->edge_count; i++) {
        Item item = push_item(L, "edge", i, GRAPH_EDGE_KEYS);
        int64_t length = table_integer(L, item.table, "length", 1);
        edges[i] = (GraphEdge){.from = read_end(&item, graph, FROM),
                               .to = read_end(&item, graph, TO),
                               .label_width = length_field(&item, "label_width"),
                               .label_height = length_field(&item, "label_height"),
                               .length = (uint32_t)(length < 1     ? 1
                                                    : length > 100 ? 100
                                                                   : length),
                               .is_weak = table_boolean(L, item.table, "is_weak", false)};
        lua_pop(L, 1);
    }
    return edges;
}

/* False when the graph, at 1, is too large. */
static bool read_graph(lua_State *L, Graph *graph) {
    Item item = {L, "the graph", 1};
    luaL_checktype(L, 1, LUA_TTABLE);
    handle_check_keys(L, 1, "a graph", GRAPH_KEYS);
    *graph = (Graph){.direction = direction_field(&item),
                     .node_gap = length_field(&item, "node_gap"),
                     .rank_gap = length_field(&item, "rank_gap"),
                     .max_width = length_field(&item, "max_width")};
    lua_settop(L, 1);
    graph->edge_count = push_list(L, "edges");
    graph->group_count = push_list(L, "groups");
    graph->node_count = push_list(L, "nodes");
    if (graph->node_count > GRAPH_MAX_NODES || graph->edge_count > GRAPH_MAX_EDGES ||
        graph->group_count > GRAPH_MAX_GROUPS) {
        return false;
    }
    graph->nodes = read_nodes(L, graph);
    lua_settop(L, 3);
    graph->groups = read_groups(L, graph);
    lua_settop(L, 2);
    graph->edges = read_edges(L, graph);
    return true;
}

/* --- the result
 * ----------------------------------------------------------------------------
 */

static void set_number(lua_State *L, const char *key, double number) {
    lua_pushnumber(L, number);
    lua_setfield(L, -2, key);
}

static void push_boxes(lua_State *L, const GraphBox *boxes, size_t count) {
    lua_createtable(L, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        lua_createtable(L, 0, 4);
        set_number(L, "x", boxes[i].x);
        set_number(L, "y", boxes[i].y);
        set_number(L, "width", boxes[i].width);
        set_number(L, "height", boxes[i].height);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void set_label(lua_State *L, const char *x, const char *y, double width, GraphPoint place) {
    if (width > 0) {
        set_number(L, x, place.x);
        set_number(L, y, place.y);
    }
}

static void push_route(lua_State *L, const GraphRoute *route, const GraphEdge *edge) {
    lua_createtable(L, 0, 3);
    lua_createtable(L, (int)route->count * 2, 0);
    for (size_t i = 0; i < route->count; i++) {
        lua_pushnumber(L, route->points[i].x);
        lua_rawseti(L, -2, (lua_Integer)i * 2 + 1);
        lua_pushnumber(L, route->points[i].y);
        lua_rawseti(L, -2, (lua_Integer)i * 2 + 2);
    }
    lua_setfield(L, -2, "points");
    set_label(L, "label_x", "label_y", edge->label_width, route->label);
    set_label(L, "from_label_x", "from_label_y", edge->from.label_width, route->from_label);
    set_label(L, "to_label_x", "to_label_y", edge->to.label_width, route->to_label);
}

static void push_layout(lua_State *L, const Graph *graph, const GraphLayout *layout) {
    lua_createtable(L, 0, 7);
    set_number(L, "width", layout->width);
    set_number(L, "height", layout->height);
    lua_pushinteger(L, (lua_Integer)layout->crossings);
    lua_setfield(L, -2, "crossings");
    lua_pushinteger(L, (lua_Integer)layout->variants);
    lua_setfield(L, -2, "variants");
    push_boxes(L, layout->nodes, graph->node_count);
    lua_setfield(L, -2, "nodes");
    push_boxes(L, layout->groups, graph->group_count);
    lua_setfield(L, -2, "groups");
    lua_createtable(L, (int)graph->edge_count, 0);
    for (size_t i = 0; i < graph->edge_count; i++) {
        push_route(L, &layout->routes[i], &graph->edges[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "edges");
}

/* The layout's bounds keep it short, so that the watchdog need not interrupt
 * it. */
int layout_graph(lua_State *L) {
    Graph graph;
    GraphLayout layout;
    GraphProblem problem = GRAPH_TOO_LARGE;
    if (read_graph(L, &graph)) {
        problem = graph_layout(&graph, &state_of(L)->scratch, &layout);
    }
    if (problem == GRAPH_BROKEN) {
        return luaL_error(L, "the graph is broken: does a group contain itself?");
    }
    if (problem == GRAPH_TOO_LARGE) {
        lua_pushnil(L);
        lua_pushliteral(L, "too-large");
        return 2;
    }
    push_layout(L, &graph, &layout);
    return 1;
}
