-- SPDX-License-Identifier: MIT
-- Settings inside a diagram: the YAML in front matter (`config:`) and the near-JSON of
-- %%{init: …}%%. Both become one flat table of texts: settings["gitGraph.mainBranchName"] = "trunk".
-- Only a few settings matter here, so this reads plain nested keys and no more of either notation.
local config = {}

local function unquote(value)
  return value:match('^"(.*)"$') or value:match("^'(.*)'$") or value
end

-- Lines of nested "key: value". Returns the top level's `title`; what stands under `config` goes to
-- `settings`.
function config.read_yaml(lines, settings)
  local title
  local parents = {} -- { indent, path }
  for _, line in ipairs(lines) do
    local indent, key, value = line:match("^(%s*)([%w_-]+):%s*(.-)%s*$")
    if key then
      while #parents > 0 and parents[#parents].indent >= #indent do parents[#parents] = nil end
      local above = parents[#parents]
      local path = above and above.path .. "." .. key or key
      if value == "" then
        parents[#parents + 1] = { indent = #indent, path = path }
      elseif path == "title" then
        title = unquote(value)
      elseif path == "displayMode" then -- of Gantt charts; it may stand at the top
        settings["gantt.displayMode"] = unquote((value:gsub("%s+#.*$", "")))
      elseif path:find("^config%.") then
        settings[path:sub(8)] = unquote((value:gsub("%s+#.*$", "")))
      end
    end
  end
  return title
end

-- One { … } with keys and values in either quotes; nested objects extend the path.
local function read_object(s, at, path, settings, depth)
  while true do
    at = s:match("^[%s,{]*()", at)
    if at > #s or s:sub(at, at) == "}" then return at + 1 end
    local key, value_at = s:match("^[\"']?([%w_-]+)[\"']?%s*:%s*()", at)
    if not key or depth > 20 then return #s + 1 end
    local inner = path and path .. "." .. key or key
    if s:sub(value_at, value_at) == "{" then
      at = read_object(s, value_at + 1, inner, settings, depth + 1)
    else
      local quote = s:match("^[\"']", value_at)
      local value, stop
      if quote then
        value, stop = s:match("^" .. quote .. "([^" .. quote .. "]*)" .. quote .. "()", value_at)
      else
        value, stop = s:match("^([^,}]*)()", value_at)
      end
      if not value then return #s + 1 end
      settings[inner] = value:match("^%s*(.-)%s*$")
      at = stop
    end
  end
end

-- The text between %%{ and }%%: "init: { … }" or "initialize: { … }".
function config.read_init(s, settings)
  local body = s:match("^%s*init%w*%s*:%s*(.*)$")
  if body then read_object(body, 1, nil, settings, 0) end
end

return config
