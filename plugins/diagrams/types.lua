-- SPDX-License-Identifier: MIT
-- The first word of a Mermaid block -> the folder that draws it (its module "<folder>.type").
-- What such a module returns:
--   noun      "flowchart": in names of pictures and in class dg-<folder>
--   parse     (doc, limits) -> model, or nil and a finding {code, message, line, column, hint}.
--             `doc` is from pre.read. A model may hold caption, title, accTitle, accDescr (texts) and
--             findings: a list of what to tell though the diagram is drawn
--   facts     (model) -> plain tables: the structure alone, for tests and tools
--   draw      (model, context) -> picture {body (svg builder), x, y, width, height, has_links}
--             context {id: prefix of ids, href(name) -> URL or nil: what a name leads to,
--             today: "2026-11-20"}. Addresses of authors (links.put) are resolved before
--   describe  (model) -> one sentence: kind and counts
--   words     (out, model): every label and every connection, into a builder of <p> and lists
--   mentions  (model) -> list of {name, line}: labels and ids that may be a record's or a page's
return {
  C4Component = "c4",
  C4Container = "c4",
  C4Context = "c4",
  C4Deployment = "c4",
  C4Dynamic = "c4",
  ["block-beta"] = "block",
  ["classDiagram-v2"] = "class",
  ["flowchart-elk"] = "flowchart",
  ["stateDiagram-v2"] = "state",
  ["xychart-beta"] = "xychart",
  block = "block",
  classDiagram = "class",
  erDiagram = "er",
  flowchart = "flowchart",
  gantt = "gantt",
  gitGraph = "gitGraph",
  graph = "flowchart",
  journey = "journey",
  kanban = "kanban",
  mindmap = "mindmap",
  pie = "pie",
  quadrantChart = "quadrant",
  requirementDiagram = "requirement",
  sequenceDiagram = "sequence",
  stateDiagram = "state",
  timeline = "timeline",
  xychart = "xychart",
}
