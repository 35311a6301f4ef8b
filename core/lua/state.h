/* SPDX-License-Identifier: MIT
 * state.h - what the files of this layer share: plugins, their states, the hook that is running,
 * and handles. Not visible outside core/lua.
 *
 * Rule of this layer: between two calls into Lua no C function owns heap memory. What it needs for
 * a while comes from the state's scratch arena, its text buffer, or a userdata, because any call
 * into Lua may jump out. */
#ifndef QUOIN_LUA_STATE_H
#define QUOIN_LUA_STATE_H

#include "lua/host.h"
#include "lua/limits.h"
#include "text/highlight.h"

#include <lauxlib.h>
#include <lua.h>
#include <pthread.h>

#ifndef QUOIN_VERSION
#define QUOIN_VERSION "0"
#endif

typedef struct PluginState PluginState;
typedef struct TemplateEngine TemplateEngine;

/* The functions that a plugin's table may have, as slots of the registry. */
typedef enum Function {
    FUNCTION_COLLECT,
    FUNCTION_ROLLUP,
    FUNCTION_PAGES,
    FUNCTION_CHECK,
    FUNCTION_TRANSFORM,
    FUNCTION_FINISH,
    FUNCTION_COUNT
} Function;

/* A slot or the language of a block. */
typedef struct NamedHook {
    Str name;
    const char *hook; /* "slot page-head": for messages */
    struct Plugin *plugin;
} NamedHook;

/* One plugin: found once, never changed after loading. Text lives in the host's arena. */
typedef struct Plugin {
    Str name;
    const char *name_text; /* the same, terminated */
    const char *folder;    /* absolute */
    Str shown;             /* "plugins/progress": for messages */
    Pos pos;               /* where quoin.yaml names it */
    bool is_own;           /* from the site's folder */
    const char *overlay;   /* a shipped one's: modules of the site that come first; or NULL */
    Str config_file;
    const Value *given;   /* options in quoin.yaml or NULL */
    const Value *options; /* checked, with defaults */
    const Value *emits;   /* kind -> { fields = { name = type } } */
    bool has[FUNCTION_COUNT];
    NamedHook *slots;
    size_t slot_count;
    NamedHook *languages;
    size_t language_count; /* of `blocks` */
    NamedHook *stages;
    size_t stage_count;
    Str *programs;
    size_t program_count;
    Str *assets;
    size_t asset_count; /* as listed: "progress.css" */
} Plugin;

typedef VEC(Node *) NodeList;

/* One worker: one thread at a time. */
typedef struct Worker {
    int number;
    WatchSlot *watch;
    PluginState **states; /* by plugin; NULL until needed */
    PluginState *layouts; /* the state of the templates */
    TemplateEngine *engine;
    Map layout_names; /* a page's layout -> the template that shows it */
    /* the current page's tree in document order and by type; see nodes.c */
    NodeList nodes, by_type, found;
    VEC(Str) texts; /* of by_type */
    size_t type_start[NODE_TYPE_COUNT + 1];
    Node *tree;
    uint64_t tree_generation;
    bool tree_is_indexed;
    Node **removed; /* open hash set */
    size_t removed_count, removed_cap;
    VEC(uint32_t) line_starts;
    const char *lines_of;
    uint64_t blocks_generation;
    uint32_t block_count, other_count; /* drawn by name, and by the hook for all others */
    Map code_forms;                    /* info string -> CodeForm of the hook for all others */
} Worker;

/* An error of a plugin, kept until its stage is over: which ones are shown must not depend on the
 * order in which threads meet them. */
typedef struct PluginError {
    size_t plugin;
    const char *hook;
    Diag *diag;      /* where it goes; it lives until the next flush */
    Finding finding; /* text in the host's error arena */
} PluginError;

struct PluginHost {
    PluginHostOptions options;
    Arena arena;
    Plugin *plugins;
    size_t plugin_count; /* in the order of hooks */
    Worker *workers;
    Watchdog *watchdog;
    size_t memory_max;
    int seconds;
    Map languages;                    /* fenced block's language -> NamedHook */
    const NamedHook *other_languages; /* blocks["*"]: of all others; or NULL */
    const Str *allowed;
    size_t allowed_count;
    const char *cache; /* absolute folder, see cache.h; NULL for none */
    pthread_mutex_t fingerprint_lock;
    uint64_t program_fingerprint; /* 0: not needed yet */
    uint64_t *fingerprints;       /* by plugin: of its code and options; the same */
    pthread_mutex_t error_lock;
    Arena error_arena;
    VEC(PluginError) errors;
};

typedef enum Stage {
    STAGE_LOAD,
    STAGE_COLLECT,
    STAGE_ROLLUP,
    STAGE_PAGES,
    STAGE_CHECK,
    STAGE_TRANSFORM,
    STAGE_BLOCK,
    STAGE_LAYOUT, /* slots, too */
    STAGE_FINISH
} Stage;

/* What a hook is called for. Lives on the C stack of the caller. */
typedef struct HookCall {
    Stage stage;
    const char *hook;   /* for messages: "collect", "slot page-head"; lives as long as the host */
    PageReader *reader; /* collect */
    const Site *site;   /* NULL in collect */
    Site *open_site;    /* rollup, pages */
    const Page *page;   /* the page being rendered */
    Str text;           /* its source */
    Markdown *markdown;
    Node *root;
    Diag *diag;
    FileSink sink;
    void *sink_context;
    Pos place;   /* what is being processed, for errors */
    size_t made; /* records, pages, findings: bounded */
    int depth;   /* of plugins that draw for plugins */
} HookCall;

struct PluginState {
    PluginHost *host;
    const Plugin *plugin; /* NULL: the templates' state */
    Worker *worker;
    lua_State *L;
    MemoryLimit memory;
    HookCall *call;                  /* NULL while no hook runs */
    uint32_t generation;             /* changes with each call: handles of earlier ones are stale */
    Arena scratch;                   /* reset after each call */
    Arena kept;                      /* as long as the state */
    Buf text, href;                  /* for short work without a call into Lua between */
    Highlighter *highlighter;        /* NULL until needed */
    int64_t spent[STAGE_FINISH + 1]; /* CPU time in nanoseconds by stage; only with -v */
    size_t kept_count, made_count;   /* of quoin.cached */
    bool has_written;                /* an entry of the cache */
    bool is_broken;                  /* could not be loaded on this worker */
    bool has_cached;                 /* handles were cached in this call */
    Str error_file;                  /* where the last error was raised; in `scratch` */
    uint32_t error_line;
    Str error_trace;
};

/* Numbers in the registry of every state. */
enum {
    REF_FUNCTION = 100, /* + Function */
    REF_SLOTS = 120,
    REF_BLOCKS,
    REF_STAGES,
    REF_OPTIONS,
    REF_EMIT,
    REF_HANDLES,       /* this call's cached handles by address */
    REF_MODULES,       /* what `require` loaded */
    REF_KEYS,          /* templates: the table `quoin` */
    REF_LOAD_LANGUAGE, /* see code_form.c */
    REF_METATABLE      /* + HandleKind */
};

static inline PluginState *state_of(lua_State *L) {
    return *(PluginState **)lua_getextraspace(L);
}

/* --- sandbox.c: states ------------------------------------------------------------------- */

/* A new state with the libraries, `quoin` and the handles. Never NULL. */
PluginState *state_new(PluginHost *host, Worker *worker, const Plugin *plugin);
void state_free(PluginState *state);

/* Runs `body` (one argument: `argument` as light userdata) in protected mode, under the limits.
 * An error is reported as the plugin's. */
bool state_run(PluginState *state, HookCall *call, lua_CFunction body, void *argument);

/* Pushes the module "init" or "types.flow" of the plugin's folder, loading it at first. */
void sandbox_require(lua_State *L, Str module);

/* --- report.c: errors of plugins ---------------------------------------------------------- */

int report_message_handler(lua_State *L);
void report_error(PluginState *state, HookCall *call, int status, bool is_over_time);
/* Shows the errors that were kept: the first five of each plugin and hook, and how many more. */
void report_flush(PluginHost *host);

/* --- plugins.c: which plugins -------------------------------------------------------------- */

/* Fills host->plugins with what is switched on and there; nothing is loaded yet. */
void plugins_find(PluginHost *host);

/* --- manifest.c: what a plugin's table declares --------------------------------------------- */

/* Runs init.lua and keeps its functions in the registry. The first time (`plugin` given, on one
 * thread) also reads what it declares. False after reporting. */
bool manifest_load(PluginState *state, Plugin *plugin);

/* --- handles ------------------------------------------------------------------------------- */

typedef enum HandleKind {
    HANDLE_PAGE,
    HANDLE_SECTION,
    HANDLE_NODE,
    HANDLE_RECORD,
    HANDLE_LINK,
    HANDLE_PROJECT,
    HANDLE_SITE,
    HANDLE_BLOCK,
    HANDLE_COUNT
} HandleKind;

typedef struct HandleType HandleType;

typedef struct Handle {
    const HandleType *type;
    const void *object; /* Page, Node, ...; NULL for what is being read (collect) */
    const Page *page;   /* section: its page; link: where it stands */
    uint32_t index;     /* section, record being read: its index */
    uint32_t generation;
} Handle;

typedef struct Field {
    const char *name;
    void (*push)(lua_State *L, PluginState *state, Handle *handle); /* exactly one value */
    bool is_kept;                                                   /* made once a handle: tables */
} Field;

struct HandleType {
    HandleKind kind;
    const char *name;        /* the class in meta/quoin.lua */
    const Field *fields;     /* ended by a NULL name */
    const luaL_Reg *methods; /* ended by a NULL name */
    bool keeps;              /* some field is kept */
};

extern const HandleType page_type, section_type, node_type_info, record_type, link_type,
    project_type, site_type, block_type;

/* handle.c */
const HandleType *const *handle_types(void); /* HANDLE_COUNT of them */
void handle_register(lua_State *L);          /* all metatables */
Handle *handle_push(lua_State *L, const HandleType *type, const void *object);
/* The same handle for the same object within one hook call. */
void handle_push_cached(lua_State *L, const HandleType *type, const void *object);
/* Raises when the argument is no handle of this type or stale. */
Handle *handle_check(lua_State *L, int arg, const HandleType *type);
/* NULL when it is no handle of this type; raises when it is stale. */
Handle *handle_test(lua_State *L, int arg, const HandleType *type);
/* "did you mean" for a name out of `names`, as a string for messages: "" or "; did you mean `x`?"
 */
const char *handle_hint(PluginState *state, Str name, const Str *names, size_t count);
/* Raises when the table at `index` has a key that is not in `keys` (NULL-ended). */
void handle_check_keys(lua_State *L, int index, const char *what, const char *const *keys);
/* Raises unless the current hook is one of those that know the site. */
void handle_need_site(lua_State *L, PluginState *state, const char *what);

/* lua_value.c */
void value_push(lua_State *L, const Value *value); /* NULL gives nil */
/* The Lua value at `index` in `arena`; raises for functions, handles, loops, depth. */
Value *value_from_lua(lua_State *L, int index, Arena *arena);
void str_push(lua_State *L, Str s);
void str_push_optional(lua_State *L, Str s); /* nil when empty */
Str str_check(lua_State *L, int arg);
Str str_at(lua_State *L, int index); /* text of a string on the stack; empty for others */
/* Field of a table as text, integer or boolean; raises for another type. Text lives while the
 * table does. */
Str table_text(lua_State *L, int table, const char *key, bool is_needed);
int64_t table_integer(lua_State *L, int table, const char *key, int64_t fallback);
bool table_boolean(lua_State *L, int table, const char *key, bool fallback);

/* lua_page.c, lua_section.c */
const Face *page_face(PluginState *state, const Handle *page);
const Section *page_sections(PluginState *state, const Page *page, size_t *count);
void kind_push(lua_State *L, const Kind *kind);
void page_push_current(lua_State *L, PluginState *state);
void fingerprint_push(lua_State *L, uint32_t fingerprint); /* as 8 hex digits */
void section_push(lua_State *L, PluginState *state, const Page *page, uint32_t index);

/* lua_record.c */
void records_push(lua_State *L, const Record *const *records, size_t count, Str kind);
const Record *record_of(PluginState *state, const Handle *handle);

/* lua_link.c */
void link_push(lua_State *L, const Page *from, const PageLink *link);
const char *link_state_name(LinkState state);
/* What was probably meant: for destinations the file or anchor, for names a title, heading or id.
 */
Str link_suggest(PluginState *state, const Page *from, Str target, const Target *found,
                 bool is_name);

/* nodes.c: the tree's index and iterators. */
void nodes_reset(Worker *worker);
void nodes_release(Worker *worker);
bool nodes_is_removed(const Worker *worker, const Node *node);
void nodes_mark_removed(Worker *worker, Node *node); /* and all below */
int nodes_push_iterator(lua_State *L, PluginState *state, Str type, Str containing);
int nodes_push_below(lua_State *L, PluginState *state, Node *node, Str type, bool is_deep);
int nodes_push_ids(lua_State *L, PluginState *state);
Str nodes_line(Worker *worker, Str text, uint32_t number);
Str nodes_lines(Worker *worker, Str text, uint32_t first, uint32_t last); /* with their ends */

/* lua_node.c, node_change.c */
void node_push(lua_State *L, Node *node);
int node_change_replace(lua_State *L);
int node_change_insert_before(lua_State *L);
int node_change_insert_after(lua_State *L);
int node_change_append(lua_State *L);
int node_change_remove(lua_State *L);
int node_change_set_url(lua_State *L);
int node_change_set_class(lua_State *L);

/* host_block.c: Block:draw. */
int block_draw(lua_State *L);

/* lua_emit.c: emit.record, emit.link, emit.report; add; report; write. */
void emit_register(lua_State *L); /* the table `emit` at REF_EMIT */
int emit_add_page(lua_State *L);
int emit_finding(lua_State *L);
int emit_write(lua_State *L);
void emit_block_finding(lua_State *L, PluginState *state, int index, const BlockView *block);
extern const char *const NEW_RECORD_KEYS[],
    *const NEW_PAGE_KEYS[], *const NEW_FINDING_KEYS[], *const PLUGIN_KEYS[], *const NAV_ITEM_KEYS[],
                                                                                 *const EMIT_KEYS[];

/* lua_quoin.c, lua_buffer.c, lua_json.c, lua_cached.c, lua_graph.c, lua_highlight.c, run.c:
 * the table `quoin`. */
void quoin_register(lua_State *L); /* pushes the table */
void buffer_register(lua_State *L);
int buffer_new(lua_State *L);
extern const luaL_Reg quoin_functions[], buffer_methods[];
int quoin_sorted(lua_State *L); /* also `pairs`: what comes out must not depend on hash seeds */
int json_parse_lua(lua_State *L);
int run_program(lua_State *L);
int cached_text(lua_State *L);
int layout_graph(lua_State *L);
int highlight_text(lua_State *L);
/* Has the function at `load` give a language, once a state; is it there? */
bool highlight_load(lua_State *L, int load, Str name);
/* `lines` and `marked` of the table at `index`; the ranges are in `arena`. */
void highlight_read_options(lua_State *L, Arena *arena, int index, HighlightOptions *options);
extern const char *const LANGUAGE_KEYS[],
    *const LANGUAGE_RULE_KEYS[], *const HIGHLIGHT_OPTION_KEYS[], *const CODE_FORM_KEYS[];
extern const char *const GRAPH_KEYS[],
    *const GRAPH_NODE_KEYS[], *const GRAPH_GROUP_KEYS[], *const GRAPH_EDGE_KEYS[],
                                                             *const LAYOUT_KEYS[],
                                                                 *const LAYOUT_BOX_KEYS[],
                                                                     *const LAYOUT_EDGE_KEYS[];

#endif
