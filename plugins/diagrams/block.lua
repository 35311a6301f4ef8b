-- SPDX-License-Identifier: MIT
-- From a fenced block to what drawing it needs: its limits, its model, its ids.
local block = {}

function block.id(b)
  return ("dg-%s-%d"):format(quoin.hash(b.text):sub(1, 8), b.number)
end

function block.is_too_long(b, opt)
  if #b.text <= opt.max_bytes then return false end
  b:report { code = "too-large", line = 1,
    message = ("a diagram may have %d bytes, this one has %d"):format(opt.max_bytes, #b.text) }
  return true
end

-- What mermaid.read gives; reports what there is to say.
function block.read_mermaid(b, opt)
  if block.is_too_long(b, opt) then return nil end
  local read, problem = require("mermaid").read(b.text, opt)
  if problem then b:report(problem) end
  for _, finding in ipairs(read and read.model.findings or {}) do b:report(finding) end
  return read
end

function block.context(b, opt)
  return { id = block.id(b), heading = b.heading, text_version = opt.text_version,
    href = function() end, today = "2025-01-01" }
end

return block
