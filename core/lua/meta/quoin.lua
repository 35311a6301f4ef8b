---@meta quoin
-- The plugin API, version 1: the one description. Editors with the Lua language server read it,
-- the manual's reference is made from it, and a test compares it with what the host registers.
--
-- Handles (Page, Node, Record, Link, Section, Project, Site) are views of the core's data. They are
-- read-only but for the methods of Node that say otherwise. Reading a field that does not exist is
-- an error that names the nearest one. A handle is good for the hook call that received it: used
-- later it raises "stale handle". Lines and columns count from 1, columns in bytes.
--
-- Plugins see base (without load, dofile, collectgarbage), string, table, math (without random), utf8
-- and coroutine; `require "words"` gives words.lua of the plugin's own folder. `pairs` walks a table in
-- the order of its keys, so that what comes out is the same everywhere. Globals cannot be assigned.

---What `init.lua` returns.
---@class Plugin
---@field name string Same as the folder's name.
---@field api 1
---@field summary? string One line for lists.
---@field emits? table<string, {fields: table<string, FieldType>}> Record kinds that this plugin creates, with the type of each field.
---@field options? table<string, Option> What a site may set under `plugins.<name>` in quoin.yaml.
---@field programs? string[] Programs that `quoin.run` may start; the site must allow each in `allow_programs`.
---@field assets? string[] Files of the plugin's `assets/` folder that every page links to (.css, .js).
---@field collect? fun(page: Page, emit: Emit, opt: table) Read: sees this page only. On several threads.
---@field rollup? fun(site: Site, emit: Emit, opt: table) Link: derived records.
---@field pages? fun(site: Site, add: fun(page: NewPage), opt: table) Link: generated pages.
---@field check? fun(site: Site, report: fun(finding: NewFinding), opt: table) Link: findings.
---@field blocks? table<string, fun(block: Block, page: Page, opt: table, site: Site): string|CodeForm|nil> Render: a fenced block by its language; "*" is asked for what no plugin draws. Returns HTML, or nil to leave the block as it is; "*" also a form for all blocks with the same info string.
---@field transform? fun(page: Page, site: Site, opt: table) Render: change the page's tree.
---@field slots? table<string, fun(page: Page, site: Site, opt: table, arg: any): string?> Render: HTML for a named place in the theme.
---@field stages? table<string, fun(block: Block, opt: table): string|table|nil> What `quoin diagram` shows of a block that `blocks` draws, by name: "svg", "facts", "text", "layout" or others. There is no page and no site. Returns text, or a table that is shown as JSON; nil after reporting why there is none.
---@field finish? fun(site: Site, write: fun(path: string, bytes: string), opt: table) Emit: further output files.

---@alias FieldType "string"|"integer"|"number"|"boolean"|"list"|"map"

---One entry of `options`.
---@class Option
---@field type "string"|"integer"|"number"|"boolean"|"list"|"map"
---@field default any
---@field help string
---@field choices? string[] For strings.

---The second argument of `collect` and `rollup`.
---@class Emit
local Emit = {}
---Creates a record of a kind listed in `emits`.
---@param kind string
---@param record NewRecord
function Emit.record(kind, record) end
---Adds a link that the core resolves (`collect` only): a "name" must lead to something; a "mention"
---(an id in running text) and a "label" (of a shape in a diagram) lead to a record or are just text,
---a label also to a page; a "text" is a path or URL.
---@param link {form: "name"|"mention"|"label"|"text", target: string, at: Node, text?: string, line?: integer, column?: integer, length?: integer}
function Emit.link(link) end
---Reports a finding from `collect`.
---@param finding NewFinding
function Emit.report(finding) end

---What `emit.record` takes.
---@class NewRecord
---@field title string
---@field id? string Unique in the portal when given.
---@field at? Node Its place (`collect`).
---@field line? integer Instead of `at`, or to be more exact.
---@field column? integer
---@field anchor? string Anchor on its page. When absent, a record `at` a list item, paragraph or table row has an anchor of its own (the element gets that id); others have their section's.
---@field page? Page In `rollup`: the page it belongs to; none for the portal.
---@field section? Section In `rollup`.
---@field fields? table<string, any>

---What `add` takes in `pages`.
---@class NewPage
---@field path string "open-items.md": site path, ends in .md.
---@field title string
---@field markdown? string Body; links in it are resolved and checked like any other.
---@field html? string Body as finished HTML (trusted), instead of `markdown`.
---@field layout? string Layout of the theme: "page" (default), "register".
---@field project? Project Where it stands in the navigation; none for the portal's own level.
---@field order? integer Among its siblings; larger is later. Default 1000.
---@field nav? boolean False keeps it out of the navigation.
---@field meta? table<string, any>

---What `report` takes.
---@class NewFinding
---@field code string "no-owner": printed as "<plugin>.no-owner".
---@field message string One sentence without a full stop.
---@field severity? "error"|"warning"|"info" Default "warning".
---@field page? Page
---@field at? Node|Record|Link|Section Place; or give page, line and column.
---@field line? integer
---@field column? integer
---@field length? integer
---@field hint? string
---@field target? string For links: the destination as written.
---@field fix? {line: integer, from: string, to: string} An edit of that line which `quoin review` makes when somebody accepts it.

---A page of the portal.
---@class Page
---@field path string Site path: "billing/design.md".
---@field out string Output path: "billing/design.html"; not in `collect`.
---@field title string
---@field kind? string Kind of spec, from the front matter or `kinds:` in quoin.yaml.
---@field schema? table The kind's kind.yaml as plain tables, not to be changed; `name`, and `template`: the kind's page.md as a list of { title, level, path, blocks }.
---@field meta table Front matter, sidecar and head fields; keys in lower case with "-".
---@field status? string meta.status as text.
---@field owner? string meta.owner as text.
---@field summary string First paragraph, plain; may be empty.
---@field project? Project Not in `collect`.
---@field is_index boolean README.md or index.md.
---@field is_generated boolean
---@field is_home boolean Not in `collect`.
---@field layout string Not in `collect`.
---@field generated_by? string Plugin name.
---@field sections Section[] Headings in order.
---@field links Link[] Not in `collect`.
---@field backlinks Link[] Links from other places that lead to this page; not in `collect`.
---@field previous? Page In reading order; not in `collect`.
---@field next? Page
---@field breadcrumbs NavItem[] From the home page to this page's parent.
---@field nav NavItem[] The part of the navigation that this page shows, flattened: bounded in size.
---@field updated? string "2026-11-20": the day (UTC) of the last commit that changed it on the main line; nil without git, without a commit, and in a shallow checkout. Not in `collect`.
---@field contributors string[] Names of its authors, most commits first, at most 10; may be empty. Not in `collect`.
---@field line_count integer
---@field has_title_heading boolean The text itself shows an H1.
local Page = {}
---Nodes of a type in document order (`collect`, `transform`); with `containing`, only those whose
---literal contains this plain text.
---@param type? string A type of Node; nil for all.
---@param containing? string
---@return fun(): Node?
function Page:nodes(type, containing) end
---Does the source have one of these plain texts? Much cheaper than looking at nodes: a plugin asks
---this first and leaves most pages alone (`collect`, `transform`).
---@param ... string
---@return boolean
function Page:contains(...) end
---The words in running text that have the shape of an id (two or more capitals or digits starting
---with a letter, "-", digits: REQ-12, ADR-0007, US-1-2), not in code, links or headings' own ids.
---@return fun(): Node?, string?, integer?, integer? node, id, first and last byte in node.literal
function Page:ids() end
---The document node (`collect`, `transform`).
---@return Node
function Page:root() end
---Records on this page, those of `rollup` for this page included; in `collect` only those emitted so far.
---@param kind? string
---@return Record[]
function Page:records(kind) end
---A line of the source file, without its end (`collect`, `transform`).
---@param number integer
---@return string
function Page:line(number) end
---Relative URL from this page to another page, record, section (of `page`) or site path of an asset.
---@param to Page|Record|Link|Project|string
---@param anchor? string
---@return string
function Page:href(to, anchor) end

---One line of a navigation.
---@class NavItem
---@field title string
---@field page? Page
---@field depth integer From 1.
---@field is_current boolean
---@field is_ancestor boolean Leads to the current page.
---@field has_children boolean
---@field more integer When > 0, this item stands for so many siblings that are left out; `page` is where all are listed.

---A heading and what stands under it.
---@class Section
---@field anchor string
---@field title string
---@field level integer 1-6
---@field line integer
---@field parent? Section
---@field page Page
---@field path string Titles from the outermost section down, joined by " / ".
---@field last_line integer With the sections inside.
---@field fingerprint string 8 hex digits over its text, with the sections inside.

---A piece of a page's text. Lines and columns count from 1, columns in bytes.
---@class Node
---@field type "document"|"quote"|"alert"|"list"|"item"|"code_block"|"html_block"|"paragraph"|"heading"|"rule"|"table"|"table_row"|"table_cell"|"footnote"|"raw_block"|"text"|"soft_break"|"line_break"|"code"|"html"|"emphasis"|"strong"|"strike"|"link"|"image"|"footnote_ref"|"raw"
---@field line integer
---@field column integer
---@field end_line integer
---@field literal string Text, code, code block, html: the content; else "".
---@field text string All text below, markup removed.
---@field level integer Heading.
---@field anchor string Heading.
---@field info string Code block.
---@field language string Code block.
---@field url string Link, image.
---@field title string Link, image.
---@field task? string Item: " ", "x", "-", "/", "~"; nil when it is no task. Read from the item's start.
---@field alert? string Alert: "note", "tip", ...
---@field is_ordered boolean List.
---@field is_header boolean Table row.
---@field parent? Node
---@field next? Node
---@field previous? Node
---@field first? Node First child.
---@field last? Node
---@field section? Section The section it stands in.
local Node = {}
---Children in order.
---@return fun(): Node?
function Node:children() end
---Nodes below this one in document order.
---@param type? string
---@return fun(): Node?
function Node:nodes(type) end
---Puts pieces in the place of this node (`transform`): strings become text, {url=, text=, class=, title=} a link, {html=} raw HTML. A link's url is final, as page:href gives it. The handle is stale afterwards.
---@param pieces (string|{url: string, text: string, class?: string, title?: string}|{html: string})[]
function Node:replace(pieces) end
---@param pieces (string|{url: string, text: string, class?: string, title?: string}|{html: string})[]
function Node:insert_before(pieces) end
---@param pieces (string|{url: string, text: string, class?: string, title?: string}|{html: string})[]
function Node:insert_after(pieces) end
---Adds pieces behind the last child.
---@param pieces (string|{url: string, text: string, class?: string, title?: string}|{html: string})[]
function Node:append(pieces) end
function Node:remove() end
---Where a link or picture leads, as an author would write it: it is resolved like any other.
---@param url string
function Node:set_url(url) end
---@param classes string Extra class names for the element.
function Node:set_class(classes) end

---A fact that a plugin found.
---@class Record
---@field kind string
---@field id? string
---@field title string
---@field page? Page
---@field section? Section
---@field anchor string
---@field line integer
---@field column integer
---@field fingerprint string 8 hex digits over the text of its block; of its section for a heading's.
---@field fields table
local Record = {}

---A link, where it stands and where it leads.
---@class Link
---@field form "text"|"image"|"name"|"mention"|"label"
---@field target string As written.
---@field text string
---@field sentence string The sentence it stands in, plain.
---@field line integer
---@field column integer
---@field from Page
---@field section? Section Of `from`.
---@field state "ok"|"external"|"broken"|"no-anchor"|"anchor-case"|"file-case"|"outside"|"draft"|"unknown-id"|"no-index"
---@field page? Page Where it leads.
---@field anchor string
---@field record? Record
---@field suggestion? string Nearest existing target when it is broken.
local Link = {}

---A project of the portal.
---@class Project
---@field id string
---@field title string
---@field owner? string
---@field status? string
---@field description? string
---@field home Page
---@field pages Page[]
local Project = {}
---@param kind? string
---@return Record[]
function Project:records(kind) end

---Everything.
---@class Site
---@field title string
---@field description string
---@field language string
---@field has_search boolean The portal has an index for its search.
---@field url string
---@field repository string
---@field today string "2026-11-20": the day of the build (SOURCE_DATE_EPOCH when set).
---@field kinds table[] Schemas of all kinds, sorted by name.
---@field home Page
---@field pages Page[] In path order, generated ones last.
---@field projects Project[]
local Site = {}
---All records, in page order, then position; derived ones last.
---@param kind? string
---@return Record[]
function Site:records(kind) end
---The portal's own derived records (those without a page).
---@param kind? string
---@return Record[]
function Site:portal_records(kind) end
---@param path string
---@return Page?
function Site:page(path) end
---The record of that id; nil when there is none or several pages have one.
---@param id string
---@return Record?
function Site:record(id) end
---The schema of a kind.
---@param name string
---@return table?
function Site:kind(name) end
---What a name leads to: a record id, a page's title, file name or alias, "page#heading".
---@param name string
---@param from Page
---@return {state: string, page?: Page, anchor?: string, record?: Record, href?: string, suggestion?: string}
function Site:find(name, from) end

---A fenced block that a plugin draws.
---@class Block
---@field text string Its content.
---@field language string
---@field info string The whole info string.
---@field line integer Line of the first line of content in the file.
---@field heading? string Title of the section it stands in.
---@field number integer From 1: how many such blocks (of all `blocks` languages; those for "*" apart) came before on the page, plus 1. For unique ids.
local Block = {}
---Reports a finding inside the block; line and column count from 1 within the content.
---@param finding {code: string, message: string, line: integer, column?: integer, length?: integer, severity?: string, hint?: string}
function Block:report(finding) end
---HTML that the plugin for `language` makes of a text, so that one plugin can use another's drawing.
---Nil when none draws that language or it declines. What it finds is reported at this block's first
---line. A plugin that is drawing cannot be asked again.
---@param language string
---@param text string
---@return string?
function Block:draw(language, text) end
---Puts a file beside the page and gives its relative URL: "orders.svg" of design.html becomes
---design.orders.svg. It goes when a later build does not make it. Nil where nothing is written
---(`stages`).
---@param name string Letters, digits, "-", "_", and one dot; once a page.
---@param bytes string
---@return string?
function Block:file(name, bytes) end

---Functions that every plugin can call.
quoin = {}
---Version of Quoin.
quoin.version = "0.1.0"
---Text for HTML content and quoted attributes.
---@param text string
---@return string
function quoin.escape(text) end
---The anchor that a heading of this text gets.
---@param text string
---@return string
function quoin.slug(text) end
---A relative URL made safe: nil for schemes that a page must not link to.
---@param url string
---@return string?
function quoin.safe_url(url) end
---JSON text of plain tables (a table with [1] is a list; keys sorted).
---@param value any
---@return string
function quoin.json(value) end
---Reads JSON into tables; nil and a message when it is broken. null is nil, in lists false.
---@param text string
---@return any, string?
function quoin.parse_json(text) end
---Like pairs: in the order of the keys, numbers first.
---@generic K, V
---@param t table<K, V>
---@return fun(): K, V
function quoin.sorted(t) end
---A fingerprint of text: 32 hex digits, the same on every machine.
---@param text string
---@return string
function quoin.hash(text) end
---A growing text in C memory: faster than `..` and table.concat.
---@return Buffer
function quoin.buffer() end
---Days since 1970-01-01 of an ISO date ("2026-11-20", possibly with a time behind it); nil for other text.
---@param date string
---@return integer?
function quoin.days(date) end
---The ISO date of so many days since 1970-01-01.
---@param days integer
---@return string
function quoin.date(days) end
---Runs an allowed program with text on its standard input; the result is cached by content.
---Returns its output; or nil and why ("missing"; "forbidden" by the site; "failed"; "timeout") and what it said.
---@param program string
---@param arguments string[]
---@param input string
---@return string?, string?, string?
function quoin.run(program, arguments, input) end

---Text that is dear to make, kept in the user's cache for later builds. `make` is called when there
---is none yet; nil from it is returned and not kept, an error passes through. What is kept depends
---on `key`, on the plugin's code and options and on the program; all else that `make` looks at must
---be part of `key`.
---@param key string
---@param make fun(): string?
---@return string?
function quoin.cached(key, make) end

---Where the parts of a graph come to stand, in layers along its direction: few crossings, no edge
---through a foreign node, room for labels. The same graph gives the same layout on every machine.
---Nil and "too-large" beyond 1,000 nodes, 1,500 edges or 200 groups.
---@param graph Graph
---@return Layout?, string?
function quoin.layout(graph) end

---Program text as HTML: a span with a class "hl-k", "hl-s", ... around each keyword, string, ... The
---text in it is exactly `text`. What no rule knows stays plain; nil when there is no such language.
---`load` gives the rules of a language by any of its names, nil for none; it is asked once for each
---name, also for languages inside a text (a script in a page). Rules that are wrong raise an error.
---@param text string
---@param language string
---@param load fun(name: string): Language?
---@param options? HighlightOptions
---@return string?
function quoin.highlight(text, language, load, options) end

---How all blocks with one info string are written: highlighted text between two pieces of HTML.
---`blocks["*"]` is not asked for them again, unless it reported something. Without a language they
---stay as they are.
---@class CodeForm
---@field language? string
---@field load? fun(name: string): Language? As in `quoin.highlight`; needed with `language`.
---@field before? string HTML.
---@field after? string HTML.
---@field lines? boolean As in HighlightOptions.
---@field marked? integer[]
---@field max_bytes? integer Longer blocks stay as they are. Default 1,000,000.

---How `quoin.highlight` writes.
---@class HighlightOptions
---@field lines? boolean A span "hl-line" around each line, without its line feed.
---@field marked? integer[] First and last line of each range, in order: these lines get the class "hl-marked", too. Implies `lines`.

---The rules of a language. The README of the plugin highlight explains them.
---@class Language
---@field name string
---@field ignore_case? boolean Of patterns, words and ends of regions.
---@field words? table<string, string|table<string, string>> Words with blanks between, by their class ("keyword>function": the word behind one is a function); named lists of the same.
---@field modes table<string, (string|LanguageRule)[]> It begins in "main". A text at the first place is the class of what no rule matches.

---One rule. At 1 stands its pattern, at 2 the class of what matches ("" is plain; default: that of
---the mode). The longest match wins, of equal ones the first rule.
---@class LanguageRule
---@field words? true|string Looks the match up in this list of words (true: the one without a name).
---@field followed? table<string, string> The class by what stands behind, blanks aside; a blank at its end wants a blank or the line's end there.
---@field first? boolean Only where nothing but blanks stands before it on the line.
---@field operand? boolean Only where a value may begin: not behind a name, number or closing bracket.
---@field push? string Goes on in this mode.
---@field pop? true|integer Leaves so many modes, before `push`.
---@field line? string The whole line gets this class, too.
---@field through? string A region begins: up to this text, which belongs to it. "%1" stands for what `capture` found.
---@field before? string The same, but the text does not belong to it.
---@field through_line? string The same: from the next line up to a line with this text only.
---@field indented? boolean The same: all further lines that are indented more than this one.
---@field capture? string Bytes as in [...]: their last run in the match, behind which one other byte may stand.
---@field body? string The class of the region. Default: that of the rule.
---@field inside? string The mode of the region.
---@field language? string|true The language of the region; true: the word behind the match names it.

---What `quoin.layout` takes. Lengths are in pixels; nodes, groups and edges are known by their
---number, from 1.
---@class Graph
---@field direction? "TB"|"BT"|"LR"|"RL" Default "TB".
---@field node_gap? number Between nodes of a layer.
---@field rank_gap? number Between layers.
---@field max_width? number Wished: parts that do not touch stand below each other.
---@field nodes GraphNode[]
---@field groups? GraphGroup[]
---@field edges? GraphEdge[]

---@class GraphNode
---@field width number
---@field height number
---@field border? "rect"|"ellipse"|"diamond"|"stadium"|"hexagon"|"lean_right"|"lean_left"|"trapezoid"|"trapezoid_up"|"triangle" Where edges end. Default "rect".
---@field group? integer

---A box around nodes and groups.
---@class GraphGroup
---@field parent? integer
---@field direction? "TB"|"BT"|"LR"|"RL" Default: as around it.
---@field title_width? number Room for a title at its top.
---@field title_height? number
---@field padding? number
---@field min_width? number
---@field min_height? number

---@class GraphEdge
---@field from? integer A node; or `from_group`.
---@field from_group? integer
---@field to? integer A node; or `to_group`.
---@field to_group? integer
---@field label_width? number
---@field label_height? number
---@field from_label_width? number A text beside this end.
---@field from_label_height? number
---@field to_label_width? number
---@field to_label_height? number
---@field from_room? number Length that the head at this end needs to be straight.
---@field to_room? number
---@field length? integer Layers that it spans at least. Default 1.
---@field is_weak? boolean May lead anywhere: does not count for layers.

---What `quoin.layout` returns; lists are as long and in the order as given.
---@class Layout
---@field width number
---@field height number
---@field crossings integer Pairs of edges without a common end that cross.
---@field variants integer How many layouts were tried.
---@field nodes LayoutBox[]
---@field groups LayoutBox[]
---@field edges LayoutEdge[]

---@class LayoutBox
---@field x number Left.
---@field y number Top.
---@field width number
---@field height number

---@class LayoutEdge
---@field points number[] x1, y1, x2, y2, ...: from border to border; corners may be rounded.
---@field label_x? number Middle of the label, when it has one.
---@field label_y? number
---@field from_label_x? number
---@field from_label_y? number
---@field to_label_x? number
---@field to_label_y? number

---What `quoin.buffer()` returns.
---@class Buffer
local Buffer = {}
---Appends each argument (strings and numbers) as it is. Returns itself.
---@return Buffer
function Buffer:add(...) end
---Appends with HTML escaping.
---@return Buffer
function Buffer:escape(...) end
---@return string
function Buffer:text() end

return quoin
