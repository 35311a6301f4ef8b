-- SPDX-License-Identifier: MIT
-- program.lua - runs `quoin diagram` over files and gives back its lines, and judges an answer that
-- nobody has seen before: drawn or refused, but never raised and never harmful.
local here = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$")
package.path = here .. "/?.lua;" .. here .. "/../kinds/?.lua;" .. package.path
local lib = require "lib"
local markup = require "markup"

local program = { lib = lib }

-- A generous safety net, not a judge: nothing here takes long.
local SECONDS = 900

local function quote(text)
  return "'" .. text:gsub("'", "'\\''") .. "'"
end

-- Answers of a stage for files, in their order; `folder` is where quoin.yaml is looked for.
-- `--timing` gives lines of JSON for a single file, too.
function program.diagram(quoin, stage, files, folder)
  local list = os.tmpname()
  lib.write(list, table.concat(files, "\n") .. "\n")
  local command = ("cd %s && timeout %d xargs -d '\\n' -n 600 %s diagram -q --timing --%s < %s")
    :format(quote(folder or "."), SECONDS, quote(quoin), stage, list)
  local pipe = assert(io.popen(command))
  local answers = {}
  for line in pipe:lines() do
    local ok, answer = pcall(lib.parse_json, line)
    lib.check(ok, "a line that is no JSON: " .. line:sub(1, 200))
    if ok then answers[#answers + 1] = answer end
  end
  local _, how, code = pipe:close()
  os.remove(list)
  -- xargs: 123 when a run ended with 1 to 125; 124 and more when one was killed.
  lib.check(how == "exit" and (code == 0 or code == 123), ("the program ended with %s %s"):format(
    how, code))
  lib.check(#answers == #files, ("--%s: %d answers for %d files"):format(stage, #answers, #files))
  return answers
end

local function bad_finding(finding)
  if finding.file then return "an error in " .. finding.file end
  if not finding.code:find("^diagrams%.") then return "the code " .. finding.code end
  local words = finding.message .. (finding.hint or "")
  if words:find("[%z\1-\31\127]") then return "control characters in a message" end
  if not utf8.len(words) then return "half a character in a message" end
end

-- What is wrong with an answer, or nil. `what` is the stage.
function program.problem(answer, what)
  for _, finding in ipairs(answer.findings) do
    local problem = bad_finding(finding)
    if problem then return ("%s: %s"):format(problem, finding.message) end
  end
  if not answer.ok then return #answer.findings == 0 and "neither drawn nor refused" or nil end
  if what == "svg" then return (markup(answer.svg)) end
end

return program
