/* SPDX-License-Identifier: MIT
 * Plugins in their states: each row is a plugin `probe` and a page; a whole small site is read,
 * linked and rendered, and its findings and HTML are compared. Hostile plugins are rows, too. */
#include "lua/host.h"

#include "base/fs.h"
#include "base/path.h"
#include "pass/link.h"
#include "pass/read.h"
#include "pass/render.h"
#include "pass/scan.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

typedef struct Row {
    const char *name;
    const char *lua;      /* what stands in the plugin's table */
    const char *markdown; /* page.md; NULL: a short one */
    const char *expected; /* lines, each of which is in what comes out */
} Row;

#define PAGE                                                                                       \
    "# Page\n\nFirst text with REQ-12 in it.\n\n## Part *two*\n\n- [ ] a task @ann\n- [x] done\n"

static const Row rows[] = {
    {"nodes_by_type",
     "collect = function(page, emit) for n in page:nodes('heading') do emit.report{"
     "code='h', at=n, message=n.text .. n.level .. n.anchor} end end",
     NULL, "page.md:1:1 probe.h Page1page\npage.md:5:1 probe.h Part two2part-two"},
    {"nodes_containing",
     "collect = function(page, emit) for n in page:nodes('text', 'text with') do"
     " emit.report{code='t', at=n, message=n.literal .. '|' .. n.section.title} end end",
     NULL, "page.md:3:1 probe.t First text with REQ-12 in it.|Page"},
    {"ids_with_place",
     "collect = function(page, emit) for n, id, a, b in page:ids() do emit.report{"
     "code='i', at=n, message=id .. a .. b .. n.literal:sub(a, b)} end end",
     NULL, "page.md:3:1 probe.i REQ-121722REQ-12"},
    {"ids_not_in_code_links_or_own_heading",
     "collect = function(page, emit) local t = {}"
     " for n, id in page:ids() do t[#t+1] = id end emit.report{code='i', line=1, message="
     "table.concat(t, ',')} end",
     "# ADR-1 and ADR-2\n\n`CC-1` [LL-1](x.md) <a href='#x'>AA-1</a> OK-1 <kbd>KK-1</kbd>\n",
     "probe.i ADR-2,OK-1"},
    {"unknown_node_type", "collect = function(page) page:nodes('headng') end", NULL,
     "plugins/probe/init.lua:1:0 plugin.error plugin probe, hook collect: there is no node type "
     "`headng`; did you mean `heading`?"},
    {"task_marks",
     "collect = function(page, emit) for n in page:nodes('item') do emit.report{"
     "code='t', at=n, message='<' .. tostring(n.task) .. '>' .. n.first.text} end end",
     NULL, "probe.t < >a task @ann\nprobe.t <x>done"},
    {"misspelt_field_is_named", "collect = function(page) return page.titel end", NULL,
     "plugin.error plugin probe, hook collect: Page has no field `titel`; did you mean `title`?"},
    {"misspelt_method_of_site", "check = function(site) site:recrods() end", NULL,
     "hook check: Site has no field `recrods`; did you mean `records`?"},
    {"handle_is_read_only", "collect = function(page) page.title = 'x' end", NULL,
     "Page is read-only: `title` cannot be assigned"},
    {"stale_handle",
     "collect = function(page) keep.page = page end, transform = function()"
     " return keep.page.title end",
     NULL, "hook transform: stale handle: this Page"},
    {"stale_node_after_replace",
     "transform = function(page) for n in page:nodes('text') do"
     " n:replace{'x'} local t = n.text end end",
     NULL, "hook transform: stale handle: this Node"},
    {"site_is_not_known_in_collect", "collect = function(page) return page.links end", NULL,
     "page.links is not known yet in `collect`"},
    {"second_place_is_the_page", "collect = function() error('no') end", NULL,
     "(page.md while processing this page)"},
    {"traceback_in_hint",
     "collect = function()\n local function inner()\n error('no') end\n inner()\n"
     "end",
     NULL,
     "plugins/probe/init.lua:3:0 plugin.error plugin probe, hook collect: no\n"
     "called from plugins/probe/init.lua:4"},
    {"error_that_is_no_text", "collect = function() error({}) end", NULL,
     "hook collect: (an error that is a table, not a text)"},
    {"global_cannot_be_written", "collect = function() count = 1 end", NULL,
     "globals cannot be assigned: write `local count`"},
    {"unknown_global_has_hint", "collect = function() prnt(1) end", NULL,
     "there is no global `prnt`; did you mean `print`?"},
    {"rawset_does_not_reach_globals",
     "collect = function(page, emit) rawset(_G, 'x', 1)"
     " emit.report{code='a', line=1, message=tostring(getmetatable(_G)) .. tostring(pcall("
     "setmetatable, _G, {}))} end",
     NULL, "probe.a falsefalse"},
    {"no_os", "collect = function() os.execute('true') end", NULL, "plugins cannot use `os`"},
    {"no_io", "collect = function() io.open('/etc/passwd') end", NULL, "plugins cannot use `io`"},
    {"no_load", "collect = function() load('x = 1')() end", NULL, "plugins cannot use `load`"},
    {"no_dump_random_debug",
     "collect = function(_, emit) emit.report{code='a', line=1, message="
     "tostring(string.dump) .. tostring(math.random) .. tostring(rawget(_G, 'debug'))} end",
     NULL, "probe.a nilnilnil"},
    {"no_finalizers", "collect = function() setmetatable({}, {__gc = function() end}) end", NULL,
     "a metatable cannot have __gc here"},
    {"require_outside", "collect = function() require '../evil' end", NULL,
     "a module's name is words joined by dots, not `../evil`"},
    {"require_missing", "collect = function() require 'a.b' end", NULL,
     "there is no module `a/b.lua`"},
    {"require_own_module",
     "collect = function(_, emit) emit.report{code='a', line=1, message="
     "require('sub.mod').word .. tostring(require 'sub.mod' == require 'sub.mod')} end",
     NULL, "probe.a modtrue"},
    {"string_bomb", "collect = function() local s = ('x'):rep(100) s = s:rep(1e6) end", NULL,
     "plugin.limit plugin probe, hook collect: not enough memory: the limit is 8 MiB"},
    {"table_bomb", "collect = function() local t = {} while true do t[#t+1] = {} end end", NULL,
     "hook collect: not enough memory"},
    {"buffer_bomb",
     "collect = function() local b = quoin.buffer() while true do b:add("
     "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx') end end",
     NULL, "not enough memory"},
    {"state_is_usable_after_a_bomb",
     "collect = function() local s = ('x'):rep(1e9) end,"
     " check = function(site, report) report{code='a', page=site.home, message='alive'} end",
     NULL, "hook collect: not enough memory\nprobe.a alive"},
    {"deep_recursion", "collect = function() local function f() return 1 + f() end f() end", NULL,
     "plugin probe, hook collect: "},
    {"deep_pattern",
     "collect = function(_, emit) emit.report{code='a', line=1, message=tostring("
     "pcall(string.rep, '(', -1)) .. tostring((pcall(string.find, ('a'):rep(300000), "
     "('.-'):rep(300))))} end",
     NULL, "probe.a "},
    {"endless_loop",
     "collect = function(page) if page.is_index then return end while true do end end", NULL,
     "plugins/probe/init.lua:1:0 plugin.limit plugin probe, hook collect: took longer than 1 "
     "seconds"},
    {"endless_loop_in_pcall",
     "collect = function(page) if page.is_index then return end while true do pcall(function() "
     "while true do end"
     " end) end end",
     NULL, "plugin.limit plugin probe, hook collect: took longer"},
    {"endless_xpcall_handler",
     "collect = function(page) if page.is_index then return end local function f() while true do "
     "end end"
     " while true do xpcall(f, f) end end",
     NULL, "took longer"},
    {"endless_coroutine",
     "collect = function(page) if page.is_index then return end local co = "
     "coroutine.wrap(function() while true do"
     " pcall(function() while true do end end) end end) while true do pcall(co) end end",
     NULL, "took longer"},
    {"endless_resume",
     "collect = function(page) if page.is_index then return end while true do local co = "
     "coroutine.create(function()"
     " while true do coroutine.yield() end end) for i = 1, 10 do coroutine.resume(co) end end end",
     NULL, "took longer"},
    {"endless_sort",
     "collect = function(page) if page.is_index then return end local t = {} for i = 1, 5000 do "
     "t[i] = i end while true do"
     " table.sort(t, function(a, b) return a < b end) end end",
     NULL, "took longer"},
    {"coroutines_work",
     "collect = function(_, emit) local co = coroutine.wrap(function(a) local b ="
     " coroutine.yield(a + 1) return b * 2 end) emit.report{code='a', line=1, message=co(1) .. '-' "
     ".."
     " co(4) .. tostring(select('#', pcall(co)))} end",
     NULL, "probe.a 2-82"},
    {"pairs_in_order",
     "collect = function(_, emit) local t, k = {b=1, a=2, [2]='x', [1]='y', c=3}, {}"
     " for key in pairs(t) do k[#k+1] = key end emit.report{code='a', line=1, message=table.concat("
     "k, ' ')} end",
     NULL, "probe.a 1 2 a b c"},
    {"pairs_allows_removal",
     "collect = function(_, emit) local t, n = {a=1, b=2, c=3}, 0 for k in"
     " pairs(t) do t.b = nil n = n + 1 end emit.report{code='a', line=1, message='n' .. n} end",
     NULL, "probe.a n2"},
    {"undeclared_kind",
     "emits = {risk = {fields = {}}}, collect = function(_, emit) emit.record("
     "'rsik', {title='x', line=1}) end",
     NULL, "record kind `rsik` is not declared in `emits`; did you mean `risk`?"},
    {"undeclared_field",
     "emits = {risk = {fields = {level='string'}}}, collect = function(_, emit)"
     " emit.record('risk', {title='x', line=1, fields={levl='a'}}) end",
     NULL, "field `levl` is not declared: add it to emits.risk.fields; did you mean `level`?"},
    {"wrong_field_type",
     "emits = {risk = {fields = {level='integer'}}}, collect = function(_, emit)"
     " emit.record('risk', {title='x', line=1, fields={level='a'}}) end",
     NULL, "field `level` of risk is declared as integer, which this value is not"},
    {"record_needs_place",
     "emits = {risk = {fields = {}}}, collect = function(_, emit)"
     " emit.record('risk', {title='x'}) end",
     NULL, "needs a place: `at` or `line`"},
    {"unknown_key_of_record",
     "emits = {risk = {fields = {}}}, collect = function(_, emit)"
     " emit.record('risk', {titel='x', line=1}) end",
     NULL, "a record has no field `titel`; did you mean `title`?"},
    {"records_round_trip",
     "emits = {risk = {fields = {level='integer', tags='list', more='map'}}},"
     " collect = function(page, emit) if page.is_index then return end emit.record('risk', "
     "{id='R-1', title='Fire', line=6, fields={"
     "level=3, tags={'a','b'}, more={k={1,2}}}}) local r = page:records('risk')[1] emit.report{"
     "code='c', at=r, message=r.title .. r.section.title .. r.fields.tags[2]} end,"
     " check = function(site, report) local r = site:record('R-1') report{code='a', at=r, message="
     "r.kind .. r.fields.level .. r.fields.more.k[2] .. r.page.path .. r.section.path} end",
     NULL, "page.md:6:0 probe.c FirePart twob\npage.md:6:0 probe.a risk32page.mdPage / Part two"},
    {"rollup_records_of_page_and_portal",
     "emits = {sum = {fields = {n='integer'}}}, rollup ="
     " function(site, emit) emit.record('sum', {title='all', fields={n=7}}) emit.record('sum', "
     "{title="
     "'page', page=site:page('page.md'), fields={n=8}}) end, check = function(site, report) report{"
     "code='a', page=site.home, message=site:portal_records('sum')[1].fields.n .. "
     "site:page('page.md')"
     ":records('sum')[1].title .. #site:records('sum')} end",
     NULL, "probe.a 7page2"},
    {"bad_finding_severity",
     "check = function(site, report) report{code='a', message='b',"
     " severity='bad'} end",
     NULL, "severity is \"error\", \"warning\" or \"info\", not \"bad\""},
    {"page_with_bad_path", "pages = function(site, add) add{path='../x.md', title='x'} end", NULL,
     "a page's path must be relative"},
    {"page_is_added",
     "pages = function(site, add) add{path='made.md', title='Made', markdown="
     "'See [it](page.md#part-two).'} end, check = function(site, report) local p ="
     " site:page('made.md') report{code='a', page=p, message=p.out .. p.links[1].state .."
     " p.links[1].page.title .. tostring(p.is_generated) .. p.generated_by} end",
     NULL, "probe.a made.htmlokPagetrueprobe"},
    {"find_names",
     "check = function(site, report) local p = site:page('page.md') local f ="
     " site:find('page#Part two', p) report{code='a', page=p, message=f.state .. f.href .."
     " tostring(site:find('Pgae', p).suggestion)} end",
     NULL, "probe.a ok#part-twoPage"},
    {"href_forms",
     "transform = function(page, site) page:root():append{{html='[' .. page:href(site.home)"
     " .. '|' .. page:href(page.sections[2]) .. '|' .. page:href('pic/a b.png') .. '|' .. "
     "page:href("
     "page, 'x') .. ']'}} end",
     NULL, "[index.html|#part-two|pic/a%20b.png|#x]"},
    {"replace_with_pieces",
     "transform = function(page) for n in page:nodes('text', 'REQ-12') do"
     " n:replace{'a<b ', {url='x.html#y', text='T&T', class='c', title='q\"'}, {html='<i>z</i>'}}"
     " end end",
     NULL, "<p>a&lt;b <a class=\"c\" title=\"q&quot;\" href=\"x.html#y\">T&amp;T</a><i>z</i></p>"},
    {"insert_and_remove",
     "transform = function(page) for n in page:nodes('heading') do"
     " n:insert_after{{html='<hr1>'}, {html='<hr2>'}} n:insert_before{{html='<b1>'}, "
     "{html='<b2>'}} end"
     " for n in page:nodes('list') do n:remove() end end",
     NULL, "<b1>\n<b2>\n<h2\n<hr1>\n<hr2>"},
    {"removed_nodes_are_skipped",
     "transform = function(page, site) local n = 0 for item in"
     " page:nodes('item') do n = n + 1 if item.next then item.next:remove() end end"
     " page:root():append{{html='n=' .. n}} end",
     NULL, "n=1"},
    {"unsafe_url",
     "transform = function(page) for n in page:nodes('text') do n:replace{{"
     "url='javascript:alert(1)', text='x'}} end end",
     NULL, "a page must not link to"},
    {"text_among_blocks", "transform = function(page) page:root():append{'text'} end", NULL,
     "among blocks only {html = ...} has a place"},
    {"no_change_in_collect", "collect = function(page) page:root():append{{html=''}} end", NULL,
     "a page's tree can be changed in `transform` only"},
    {"document_cannot_go", "transform = function(page) page:root():remove() end", NULL,
     "the document itself cannot be replaced"},
    {"block_is_drawn",
     "blocks = {probe = function(block, page) block:report{code='a', line=2, column=3,"
     " message=block.info .. block.heading} return '<b>' .. block.number .. block.text:upper() .."
     " page.title .. '</b>' end}",
     "# H\n\n```probe x\nabc\n  def\n```\n\n```probe\nz\n```\n",
     "page.md:5:3 probe.a probe xH\n<b>1ABC\n<b>2Z"},
    {"block_that_fails_stays", "blocks = {probe = function() error('bad') end}",
     "# H\n\n```probe\nabc\n```\n", "hook block probe: bad\n<pre"},
    {"unknown_key_of_plugin", "colect = function() end", NULL,
     "plugin.load plugin probe, hook load: a plugin has no field `colect`; did you mean "
     "`collect`?"},
    {"option_of_wrong_kind", "options = {x = {type='int', default=1, help='h'}}", NULL,
     "an option wants a type"},
    {"options_have_values",
     "options = {x = {type='integer', default=4, help='h'}}, collect ="
     " function(_, emit, opt) emit.report{code='a', line=1, message='x' .. opt.x} end",
     NULL, "probe.a x4"},
    {"quoin_functions",
     "collect = function(_, emit) emit.report{code='a', line=1, message="
     "quoin.escape('<a&\"b') .. quoin.slug('A b. c') .. tostring(quoin.safe_url('javascript:x')) .."
     " quoin.json{b={1,true},a='x'} .. quoin.buffer():add('n', 1):escape('<'):text() .."
     " #quoin.hash('x')} end",
     NULL, "probe.a &lt;a&amp;&quot;ba-b-cnil{\"a\":\"x\",\"b\":[1,true]}n1&lt;32"},
    {"json_is_read",
     "collect = function(_, emit) local v = quoin.parse_json('{\"a\": [1, 2.5, null,"
     " \"\\\\u00e9\\\\ud83d\\\\ude00\"], \"b\": {}}') local bad, why = quoin.parse_json('[1,\\n]')"
     " emit.report{code='a', line=1, message=#v.a .. v.a[4] .. tostring(bad) .. why} end",
     NULL, "probe.a 4\xc3\xa9\xf0\x9f\x98\x80nilline 2: not a value"},
    {"json_is_bounded",
     "collect = function(_, emit) local v, why = quoin.parse_json(('['):rep(1e5))"
     " emit.report{code='a', line=1, message=why} end",
     NULL, "probe.a line 1: too deep"},
    {"json_of_a_loop", "collect = function() local t = {} t.t = t quoin.json(t) end", NULL,
     "contains itself"},
    {"program_not_declared", "collect = function() quoin.run('sh', {}, '') end", NULL,
     "program `sh` is not declared in `programs`"},
    {"program_not_allowed",
     "programs = {'sh'}, collect = function(_, emit) local out, why = quoin.run('sh', {}, '')"
     " emit.report{code='a', line=1, message=tostring(out) .. ' ' .. why} end",
     NULL, "probe.a nil forbidden"},
    {"program_runs",
     "programs = {'cat'}, collect = function(_, emit) emit.report{code='a', line=1,"
     " message=quoin.run('cat', {}, 'in') .. quoin.run('cat', {}, 'in')} end",
     NULL, "probe.a inin"},
    {"program_fails",
     "programs = {'false', 'no-such-program'}, collect = function(_, emit)"
     " local a, b = quoin.run('false', {}, '') local c, d = quoin.run('no-such-program', {}, '')"
     " emit.report{code='a', line=1, message=tostring(a) .. b .. d} end",
     NULL, "probe.a nilfailedmissing"},
    {"further_errors_are_counted",
     "transform = function(page) for i = 1, 1 do error('no') end end,"
     " pages = function(site, add) for i = 1, 9 do add{path='p' .. i .. '.md', title='p' .. i,"
     " markdown='x'} end end",
     NULL, "further errors like these"},
    {"endless_findings",
     "check = function(site, report) while true do report{code='a', message='x',"
     " page=site.home} end end",
     NULL, "more than 200000"},
};

typedef struct Portal {
    Arena arena;
    char dir[64];
    Diag *diag;
    Config *config;
    Kinds kinds;
    Sources sources;
    PluginHost *host;
    Hooks hooks;
    ReadWorker reader;
    Site *site;
    Buf out;
} Portal;

static void put(const Portal *portal, const char *name, const char *text) {
    Arena arena = {0};
    Str path = path_join(&arena, str_from(portal->dir), str_from(name));
    ck_assert(fs_make_dirs(str_terminated(&arena, path_dir(path))));
    ck_assert(fs_write(str_terminated(&arena, path), str_from(text)));
    arena_release(&arena);
}

static void add_findings(Portal *portal) {
    size_t count;
    const Finding *findings = diag_findings(portal->diag, &count);
    for (size_t i = 0; i < count && i < 100; i++) {
        const Finding *f = &findings[i];
        buf_add_format(&portal->out, STR_FMT ":%u:%u " STR_FMT " " STR_FMT "\n",
                       STR_ARG(f->pos.file), f->pos.line, f->pos.column, STR_ARG(f->code),
                       STR_ARG(f->message));
        buf_add_format(&portal->out, STR_FMT " (" STR_FMT " " STR_FMT ")\n", STR_ARG(f->hint),
                       STR_ARG(f->second.file), STR_ARG(f->second_note));
    }
}

static bool sink(void *context, Str path, Str bytes) {
    buf_add_format(context, "file " STR_FMT " " STR_FMT "\n", STR_ARG(path), STR_ARG(bytes));
    return true;
}

static void build(Portal *portal) {
    ConfigOptions options = {.dir = portal->dir};
    portal->diag = diag_new();
    portal->config = config_load(&portal->arena, &options, portal->diag);
    ck_assert_ptr_nonnull(portal->config);
    ck_assert(scan_sources(portal->config, &portal->arena, &portal->sources, portal->diag));
    PluginHostOptions host = {.config = portal->config,
                              .kinds = &portal->kinds,
                              .shipped = "/nonexistent",
                              .workers = 1,
                              .diag = portal->diag};
    portal->host = plugin_host_new(&host);
    plugin_host_hooks(portal->host, &portal->hooks);
    ReadContext context = {.config = portal->config,
                           .kinds = &portal->kinds,
                           .hooks = &portal->hooks,
                           .diag = portal->diag};
    portal->reader = (ReadWorker){.markdown = markdown_new(), .faces = &portal->arena};
    const Face **faces = arena_array(&portal->arena, const Face *, portal->sources.count);
    for (size_t i = 0; i < portal->sources.count; i++) {
        const Source *source = &portal->sources.items[i];
        faces[i] = source->is_page ? read_source(&context, &portal->reader, source) : NULL;
    }
    portal->site = link_site(&context, &portal->reader, &portal->arena, &portal->sources, faces);
    RenderContext render = {.site = portal->site, .hooks = &portal->hooks, .diag = portal->diag};
    RenderWorker worker = {.markdown = markdown_new()};
    Buf html = {0};
    for (size_t i = 0; i < portal->site->page_count; i++) {
        ck_assert(render_page(&render, &worker, portal->site->pages[i], &html));
    }
    portal->hooks.finish(portal->hooks.context, portal->site, sink, &portal->out);
    plugin_host_flush(portal->host);
    add_findings(portal);
    buf_add(&portal->out, buf_str(&html));
    buf_release(&html);
    buf_release(&worker.content);
    arena_release(&worker.scratch);
    markdown_free(worker.markdown);
}

static void open_portal(Portal *portal, const char *yaml, const char *lua, const char *markdown) {
    Buf text = {0};
    *portal = (Portal){.dir = "/tmp/quoin-host-XXXXXX"};
    ck_assert_ptr_nonnull(mkdtemp(portal->dir));
    setenv("XDG_CACHE_HOME", portal->dir, 1);
    put(portal, "quoin.yaml", yaml);
    put(portal, "index.md", "# Home\n");
    put(portal, "page.md", markdown != NULL ? markdown : PAGE);
    put(portal, "plugins/probe/sub/mod.lua", "return {word = 'mod'}\n");
    buf_add_format(&text, "local keep = {} return {name = 'probe', api = 1, %s}%c", lua, 0);
    put(portal, "plugins/probe/init.lua", text.data);
    buf_release(&text);
}

static void close_portal(Portal *portal) {
    plugin_host_free(portal->host);
    site_free(portal->site);
    sources_release(&portal->sources);
    markdown_free(portal->reader.markdown);
    arena_release(&portal->reader.scratch);
    diag_free(portal->diag);
    buf_release(&portal->out);
    arena_release(&portal->arena);
    fs_remove_tree(portal->dir);
}

static void expect_lines(const char *name, Str actual, const char *expected) {
    Str rest = str_from(expected), line;
    while (str_next_line(&rest, &line)) {
        ck_assert_msg(str_contains(actual, line), "%s: no '" STR_FMT "' in:\n" STR_FMT, name,
                      STR_ARG(line), STR_ARG(str_slice(actual, 0, 3000)));
    }
}

#define YAML "plugins:\n  probe: true\nlimits:\n  hook_seconds: 1\n  plugin_memory_mb: 8\n"

/* ThreadSanitizer holds signals back until the program waits: endless loops are not stopped. */
#if defined(__SANITIZE_THREAD__)
#define SIGNALS_ARE_LATE true
#elif defined(__has_feature)
#define SIGNALS_ARE_LATE __has_feature(thread_sanitizer)
#else
#define SIGNALS_ARE_LATE false
#endif

START_TEST(plugin_gives_what_is_expected) {
    const Row *row = &rows[_i];
    if (SIGNALS_ARE_LATE && strncmp(row->name, "endless", strlen("endless")) == 0) {
        printf("skipped under ThreadSanitizer: %s\n", row->name);
        return;
    }
    bool is_program = strstr(row->lua, "programs = {'cat'") || strstr(row->lua, "{'false'");
    Portal portal;
    open_portal(&portal,
                is_program ? YAML "allow_programs: [cat, 'false', no-such-program]\n" : YAML,
                row->lua, row->markdown);
    build(&portal);
    expect_lines(row->name, buf_str(&portal.out), row->expected);
    close_portal(&portal);
}
END_TEST

/* A pattern that never comes back cannot be interrupted: the process ends with exit code 1. */
START_TEST(hanging_pattern_ends_the_process) {
    Portal portal;
    open_portal(&portal, YAML,
                "collect = function() local t = ('a*'):rep(30) .. 'b'"
                " return (('a'):rep(3000)):find(t) end",
                NULL);
    build(&portal);
    exit(0);
}
END_TEST

START_TEST(clean_plugin_gives_no_finding) {
    Portal portal;
    open_portal(&portal, YAML,
                "collect = function(page) local a = page.title .. page.path end,"
                " finish = function(site, write) write('a/b.txt', 'x') end",
                NULL);
    build(&portal);
    ck_assert_uint_eq(diag_count(portal.diag, SEVERITY_ERROR), 0);
    expect_lines("file", buf_str(&portal.out), "file a/b.txt x");
    close_portal(&portal);
}
END_TEST

START_TEST(unknown_plugin_is_found_where_it_is_named) {
    Portal portal;
    open_portal(&portal, "plugins:\n  prob: true\n", "", NULL);
    build(&portal);
    expect_lines("unknown", buf_str(&portal.out),
                 "quoin.yaml:2:3 plugin.unknown there is no plugin `prob`\ndid you mean `probe`?\n"
                 "plugins/probe/init.lua:0:0 plugin.unused plugin probe is not switched on");
    close_portal(&portal);
}
END_TEST

START_TEST(broken_plugin_is_left_out) {
    Portal portal;
    open_portal(&portal, YAML, "collect = ", NULL);
    build(&portal);
    expect_lines("syntax", buf_str(&portal.out), "plugins/probe/init.lua:1:0 plugin.load");
    close_portal(&portal);
}
END_TEST

START_TEST(path_of_file_is_checked) {
    Portal portal;
    open_portal(&portal, YAML, "finish = function(site, write) write('../x', 'x') end", NULL);
    build(&portal);
    expect_lines("write", buf_str(&portal.out), "hook finish: a file's path must be relative");
    close_portal(&portal);
}
END_TEST

static size_t files_below(Portal *portal, const char *folder) {
    FsEntries entries = {0};
    Str path = path_join(&portal->arena, str_from(portal->dir), str_from(folder));
    size_t count = 0;
    if (fs_walk(&portal->arena, str_terminated(&portal->arena, path), NULL, NULL, &entries)) {
        for (size_t i = 0; i < entries.count; i++) {
            count += entries.items[i].kind == FS_FILE;
        }
    }
    vec_release(&entries);
    return count;
}

/* One input, asked for four times: run once. Another input: another file. */
START_TEST(output_of_programs_is_kept_by_content) {
    Portal portal;
    open_portal(
        &portal, YAML "allow_programs: [cat]\n",
        "programs = {'cat'}, collect = function(page) for _, s in ipairs{'a', 'a', page.path} do"
        " assert(quoin.run('cat', {}, s) == s) end end",
        NULL);
    build(&portal);
    ck_assert_uint_eq(diag_count(portal.diag, SEVERITY_ERROR), 0);
    ck_assert_uint_eq(files_below(&portal, "quoin/run"), 3);
    close_portal(&portal);
}
END_TEST

int main(void) {
    markdown_init();
    TCase *tcase = tcase_create("plugins");
    tcase_set_timeout(tcase, 60);
    add_rows(tcase, plugin_gives_what_is_expected, ROW_COUNT(rows));
    tcase_add_exit_test(tcase, hanging_pattern_ends_the_process, 1);
    tcase_add_test(tcase, clean_plugin_gives_no_finding);
    tcase_add_test(tcase, unknown_plugin_is_found_where_it_is_named);
    tcase_add_test(tcase, broken_plugin_is_left_out);
    tcase_add_test(tcase, path_of_file_is_checked);
    tcase_add_test(tcase, output_of_programs_is_kept_by_content);
    return run_suite("plugin host", tcase);
}
