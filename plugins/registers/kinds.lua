-- SPDX-License-Identifier: MIT
-- The registers as data: which records a page lists, in which columns, in which order.
--
--   kind     of the records
--   name     of the page: registers/<name>.md
--   title    of the page; one, many: what its records are called in sentences
--   intro    one sentence under the title
--   shelf    heading on the page of all registers
--   columns  { field, header, show }: `show` names a function of cells.lua, "text" when absent;
--            `filter` offers the column's values as a filter, `rank` sorts by words of degree.
--            `wide` holds sentences. A column that no record fills is left out. Besides the record's own fields there are
--            id, title, page, project, section, line and kind.
--   sort     fields in order of weight; "-" in front: larger first. Absent: reading order
--   group    "project" (default), "letter" or "none"
--   rows     a function of rows.lua that gathers something else than all records of the kind
--   is_open  a function of rows.lua: which records still want attention

local PAGE = { field = "page", header = "Page", show = "page" }
local LINE = { field = "page", header = "Page", show = "page_link" } -- leads to the record
local PROJECT = { field = "project", header = "Project", show = "project", filter = true }

return {
  { kind = "task", name = "open-items", title = "Open items", one = "open item",
    many = "open items", shelf = "To do", rows = "open_tasks", is_open = "always",
    intro = "Every task that is not done yet.",
    empty = "Nothing is open: every task is done or does not apply.",
    columns = {
      { field = "title", header = "Item", show = "link", wide = true },
      PAGE,
      { field = "section", header = "Section", show = "section" },
      { field = "owner", header = "Owner", show = "person", filter = true },
      { field = "due", header = "Due", show = "due" },
    } },

  { kind = "question", name = "questions", title = "Open questions", one = "open question",
    many = "open questions", shelf = "To do", is_open = "always",
    intro = "What specs leave to be answered.",
    columns = {
      { field = "title", header = "Question", show = "link", wide = true },
      { field = "marker", header = "Marked", show = "badge", filter = true },
      PAGE,
      { field = "section", header = "Section", show = "section" },
    } },

  { kind = "placeholder", name = "placeholders", title = "Placeholders", one = "placeholder",
    many = "placeholders", shelf = "To do", is_open = "always",
    intro = "Text of templates that nobody has replaced yet.",
    columns = {
      { field = "title", header = "Placeholder", show = "link", wide = true },
      { field = "style", header = "Style", show = "badge", filter = true },
      { field = "place", header = "In", filter = true },
      PAGE,
      { field = "section", header = "Section", show = "section" },
    } },

  { kind = "review", name = "reviews", title = "Reviews", one = "review", many = "reviews",
    shelf = "To do", rows = "reviews", is_open = "is_overdue", sort = { "next" }, group = "none",
    intro = "When specs are to be looked at again, the next one first.",
    columns = {
      { field = "title", header = "Page", show = "page_link" },
      { field = "next", header = "Next review", show = "due" },
      PROJECT,
      { field = "owner", header = "Owner", show = "person", filter = true },
      { field = "last", header = "Last review", show = "date" },
      { field = "version", header = "Version" },
    } },

  { kind = "risk", name = "risks", title = "Risks", one = "risk", many = "risks",
    shelf = "Decisions and risks", is_open = "is_open_risk", sort = { "-impact", "-likelihood" },
    intro = "What may go wrong, and what is done about it.",
    columns = {
      { field = "id", header = "Id", show = "link" },
      { field = "title", header = "Risk", show = "link", wide = true },
      { field = "mitigation", header = "Mitigation", wide = true },
      { field = "likelihood", header = "Likelihood", show = "degree", rank = true, filter = true },
      { field = "impact", header = "Impact", show = "degree", rank = true, filter = true },
      { field = "owner", header = "Owner", show = "person", filter = true },
      { field = "status", header = "Status", show = "badge", filter = true },
      PAGE,
    } },

  { kind = "decision", name = "decisions", title = "Decisions", one = "decision",
    many = "decisions", shelf = "Decisions and risks", sort = { "-date" },
    intro = "What was decided, when and by whom.",
    columns = {
      { field = "id", header = "Id", show = "link" },
      { field = "title", header = "Decision", show = "link", wide = true },
      { field = "status", header = "Status", show = "badge", filter = true },
      { field = "date", header = "Date", show = "date" },
      { field = "deciders", header = "Decided by", show = "people" },
      { field = "supersedes", header = "Supersedes", show = "decisions" },
      { field = "superseded_by", header = "Superseded by", show = "decisions" },
    } },

  { kind = "requirement", name = "requirements", title = "Requirements", one = "requirement",
    many = "requirements", shelf = "What is built",
    intro = "What the systems must do, and how well.",
    columns = {
      { field = "id", header = "Id", show = "link" },
      { field = "title", header = "Requirement", show = "link", wide = true },
      { field = "level", header = "Level", show = "badge", filter = true, rank = true },
      { field = "category", header = "Category", filter = true },
      { field = "measures", header = "Measures", show = "measures" },
      PAGE,
    } },

  { kind = "endpoint", name = "endpoints", title = "API endpoints", one = "endpoint",
    many = "endpoints", shelf = "What is built", sort = { "path", "method" },
    intro = "The interfaces that specs describe.",
    columns = {
      { field = "method", header = "Method", show = "method", filter = true },
      { field = "path", header = "Path", show = "path" },
      { field = "description", header = "Description", wide = true },
      { field = "external", header = "External", show = "yes" },
      PAGE,
    } },

  { kind = "component", name = "components", title = "Components", one = "component",
    many = "components", shelf = "What is built",
    intro = "The parts that are reused, changed or made.",
    columns = {
      { field = "title", header = "Component", show = "link", wide = true },
      { field = "action", header = "Action", show = "badge", filter = true },
      { field = "layer", header = "Layer", filter = true },
      { field = "description", header = "Description", wide = true },
      PAGE,
    } },

  { kind = "entity", name = "entities", title = "Data", one = "entity", many = "entities",
    shelf = "What is built", sort = { "title" },
    intro = "The things that are stored and exchanged.",
    columns = {
      { field = "title", header = "Entity", show = "link", wide = true },
      { field = "description", header = "Description", wide = true },
      PAGE,
    } },

  { kind = "milestone", name = "milestones", title = "Milestones", one = "milestone",
    many = "milestones", shelf = "What is built",
    intro = "The phases of the work.",
    columns = {
      { field = "phase", header = "Phase" },
      { field = "title", header = "Milestone", show = "link", wide = true },
      { field = "date", header = "Date", show = "date" },
      { field = "description", header = "Description", wide = true },
      PAGE,
    } },

  { kind = "dependency", name = "dependencies", title = "Dependencies", one = "dependency",
    many = "dependencies", shelf = "What is built",
    intro = "What the work relies on.",
    columns = {
      { field = "title", header = "Dependency", show = "link", wide = true },
      { field = "description", header = "Description", wide = true },
      PAGE,
    } },

  { kind = "approval", name = "approvals", title = "Approvals", one = "approval",
    many = "approvals", shelf = "People and words", is_open = "is_pending",
    intro = "Who has agreed to what.",
    columns = {
      { field = "role", header = "Role", show = "link" },
      { field = "person", header = "Name", show = "person", filter = true },
      { field = "state", header = "State", show = "badge", filter = true },
      { field = "date", header = "Date", show = "date" },
      LINE,
    } },

  { kind = "revision", name = "revisions", title = "Revisions", one = "revision",
    many = "revisions", shelf = "People and words", sort = { "-date", "-version" }, group = "none",
    intro = "What changed in the specs, the newest first.",
    columns = {
      { field = "date", header = "Date", show = "date" },
      LINE,
      { field = "version", header = "Version" },
      { field = "description", header = "Change", wide = true },
      { field = "author", header = "Author", show = "people", filter = true },
      { field = "approver", header = "Approved by", show = "people" },
      PROJECT,
    } },

  { kind = "term", name = "glossary", title = "Glossary", one = "term", many = "terms",
    shelf = "People and words", sort = { "title" }, group = "letter",
    intro = "The words of the specs and what they mean.",
    columns = {
      { field = "title", header = "Term", show = "link", wide = true },
      { field = "definition", header = "Meaning", wide = true },
      PAGE,
    } },
}
