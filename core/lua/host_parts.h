/* SPDX-License-Identifier: MIT
 * host_parts.h - what host.c and host_render.c share. */
#ifndef QUOIN_LUA_HOST_PARTS_H
#define QUOIN_LUA_HOST_PARTS_H

#include "lua/state.h"

/* The state of a plugin on a worker, loaded at first; NULL when it cannot be loaded there. */
PluginState *host_state(PluginHost *host, int worker, const Plugin *plugin);

/* What is the same for all hooks of one page. */
HookCall host_page_call(const PageRender *render, Stage stage, const char *hook);

/* How blocks with one info string are written: HTML around the highlighted text. */
typedef struct CodeForm {
    Str language, before, after;
    HighlightOptions options;
    size_t max_bytes; /* longer blocks stay as they are */
    bool is_plain;    /* all of them */
} CodeForm;

/* code_form.c: reads the table on top of the stack; raises when it is wrong. */
const CodeForm *code_form_read(lua_State *L);
/* False when the block stays as it is. */
bool code_form_write(PluginState *state, HookCall *call, const CodeForm *form, Str text, Buf *out);

void host_transform(void *context, int worker, PageRender *render);
bool host_code_block(void *context, int worker, PageRender *render, Node *block, Buf *out);
/* Once, when all plugins are loaded: a misspelt name in the theme's option `slots` would leave its
 * place empty without a word. */
void host_check_slots(PluginHost *host);
bool host_layout(void *context, int worker, PageRender *render, Str content, Buf *out);

#endif
