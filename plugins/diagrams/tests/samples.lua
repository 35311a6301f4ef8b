-- SPDX-License-Identifier: MIT
-- Material of the tests: diagrams that are broken, and texts that try to become markup.
local samples = {}

-- What goes wrong: source, line, column, part of the message or hint.
samples.broken = {
  { "sequenceDiagram\nA->>B: one; two", 2, 13, "#59;" },
  { "sequenceDiagram\nA->>B", 2, 5, ": text" },
  { "sequenceDiagram\nA->>B: hi\nloop x\nA->>B: y", 3, 1, "not closed" },
  { "sequenceDiagram\nend", 2, 1, "closes nothing" },
  { "sequenceDiagram\nelse x", 2, 1, "no block" },
  { "sequenceDiagram\nA->>End: hi", 2, 5, "'end' begins a statement" },
  { "sequenceDiagram\nA->>/etc: hi", 2, 5, "cannot stand here" },
  { "sequenceDiagram\nNote by A: x", 2, 1, "a note reads" },
  { "sequenceDiagram\nA->>B: x\ndeactivate B", 3, 1, "not active" },
  { "sequenceDiagram\nA~>>B: x", 2, 1, "no statement" },
  { "sequenceDiagram\nbox X\nA->>B: x\nend", 3, 1, "in a box" },
  { "sequenceDiagram\ncreate participant C\nA->>B: x", 2, 1, "must go to 'C'" },
  { "---\ntitle: T\n---\n%%{init: {}}%%\nsequenceDiagram\n  A-B: x", 6, 3, "no statement" },
  { "sequenceDiagram\nparticipant A@{ \"type\": \"robot\" }", 2, 1, "no type" },
  { "sequenceDiagram\nautonumber x", 2, 1, "numbers" },
}

samples.hostile = {
  "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'><svg onload=alert(1)>",
  "#lt;script#gt;alert(1)#lt;/script#gt;", "]]><!--", "<![CDATA[x]]>", "&lt&#60;script&#62;",
  "javascript:alert(1)", "\1lt\2script\1gt\2", "#0;#1;#xD800;#xFFFE;#99999999999;", "\xff\xfe\xc0",
  "--><x", "${x}%s%d%%", "\u{202E}evil", "{{7*7}}", "<a href='javascript:x'>y</a>", "&#x3c;b&#x3e;",
  "`x`", "\\\"", "</title><script>", "</svg>", "<foreignObject><body/></foreignObject>",
  "expression(alert(1))", "url(#x)", "\0nul", "#quot; onload=#quot;alert(1)",
}

samples.templates = {
  "sequenceDiagram\nA->>B: %s", "sequenceDiagram\nparticipant A as %s\nA->>A: x",
  "sequenceDiagram\nparticipant %s", "sequenceDiagram\n%s->>B: x", "sequenceDiagram\ntitle %s",
  "sequenceDiagram\nNote over A: %s", "sequenceDiagram\nloop %s\nA->>B: x\nend",
  "sequenceDiagram\nrect %s\nA->>B: x\nend", "sequenceDiagram\nbox %s\nparticipant A\nend",
  "sequenceDiagram\nlink A: x @ %s\nA->>B: x", "sequenceDiagram\nlink A: %s @ https://x.example",
  "sequenceDiagram\naccTitle: %s\naccDescr: %s\nA->>B: x",
  "---\ntitle: %s\n---\nsequenceDiagram\nA->>B: x",
  "%%%%{init: {\"theme\": \"%s\"}}%%%%\nsequenceDiagram\nA->>B: x",
  "sequenceDiagram\nlinks A: {\"x\": \"%s\"}", "sequenceDiagram\nA->>B: x %%%% %s",
  "sequenceDiagram\nparticipant A@{ \"type\": \"%s\" }", "sequenceDiagram\nautonumber %s",
  "sequenceDiagram\nalt %s\nA->>B: x\nelse %s\nB->>A: y\nend",
}

return samples
