-- SPDX-License-Identifier: MIT
-- Approvals of a page: collects them, and tells whether the page has changed since. An approval may
-- carry the fingerprint of what was approved: <!-- approved: 1a2b3c4d -->
local words = require "words"
local approvals = {}

-- The comment beside an approval: its fingerprint ("" when it has none yet), line and text.
local function read_seal(page, node)
  for number = node.line, node.end_line do
    local comment, text = page:line(number):match("(<!%-%-%s*approved:%s*(%x*)%s*%-%->)")
    if comment then return { fingerprint = text:lower(), line = number, comment = comment } end
  end
  return nil
end

-- `approval`: {name, job, role, state, date}; `list` has all of the page.
function approvals.add(list, node, approval)
  approval.node = node
  list[#list + 1] = approval
end

-- The text that is approved: from the first heading on, without the approvals themselves and
-- without blank lines, so that a further approval does not make the others stale.
local function fingerprint_of(page, list)
  local skipped, text = {}, quoin.buffer()
  for _, approval in ipairs(list) do
    for number = approval.node.line, approval.node.end_line do skipped[number] = true end
  end
  local first = page.sections[1]
  for number = first and first.line or 1, page.line_count do
    local line = not skipped[number] and page:line(number):match("^.*%S") or ""
    if line ~= "" then text:add(line, "\n") end
  end
  return quoin.hash(text:text()):sub(1, 8)
end

local function report_seal(emit, approval, seal, current)
  local is_new = seal.fingerprint == ""
  local who = approval.name or approval.role
  emit.report { code = is_new and "unsealed-approval" or "stale-approval", at = approval.node,
    line = seal.line, severity = is_new and "info" or "warning",
    message = is_new and ("the approval by %s has no fingerprint yet"):format(who)
      or ("the page has changed since %s approved it"):format(who),
    hint = is_new and ("write <!-- approved: %s -->"):format(current)
      or ("when the changes are approved, too: <!-- approved: %s -->"):format(current),
    fix = { line = seal.line, from = seal.comment,
      to = ("<!-- approved: %s -->"):format(current) } }
end

local function title_of(approval)
  local name, role = approval.name, approval.role
  return name and role and name .. ", " .. role or name or role
end

function approvals.emit(page, emit, list)
  local current
  for _, approval in ipairs(list) do
    local name, seal = approval.name, read_seal(page, approval.node)
    local is_stale = false
    if seal and approval.state == "approved" then
      current = current or fingerprint_of(page, list)
      is_stale = seal.fingerprint ~= "" and seal.fingerprint ~= current
      if seal.fingerprint ~= current then report_seal(emit, approval, seal, current) end
    end
    emit.record("approval", { title = title_of(approval), at = approval.node,
      fields = { person = name, role = approval.role, job = approval.job, state = approval.state,
        date = approval.date, stale = is_stale or nil,
        fingerprint = seal and seal.fingerprint ~= "" and seal.fingerprint or nil } })
    if name and words.is_name(name) and (approval.job or approval.role) then
      emit.record("person", { title = name, at = approval.node,
        fields = { role = approval.role, job = approval.job } })
    end
  end
end

return approvals
