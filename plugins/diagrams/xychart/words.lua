-- SPDX-License-Identifier: MIT
-- XY charts in words: axes, and every value of every series beside its category.
local scale = require "xychart.scale"
local say = require "say"

local flat, plural = say.flat, say.plural

local words = {}

local function series_name(model, s)
  if s.name ~= "" then
    return flat(s.stack and s.stack ~= "" and s.stack .. ", " .. s.name or s.name)
  end
  local count, number = 0, 0
  for _, other in ipairs(model.series) do
    if other.kind == s.kind then
      count = count + 1
      if other == s then number = count end
    end
  end
  local noun = s.kind == "bar" and "Bars" or "Line"
  return count > 1 and ("%s %d"):format(noun, number) or noun
end

-- Values without a category are not shown.
local function count_shown(model, s)
  local categories = model.x.categories
  return categories and math.min(#categories, #s.values) or #s.values
end

function words.describe(model)
  local names = {}
  for i, s in ipairs(model.series) do
    names[i] = ("%s with %s"):format(series_name(model, s),
      plural(count_shown(model, s), "value"))
  end
  return table.concat(names, "; ") .. "."
end

local function axis(out, label, a)
  local s = a.title and flat(a.title) or ""
  if a.range then
    s = ("%s%sfrom %s to %s"):format(s, s ~= "" and ", " or "", scale.text(a.range.from),
      scale.text(a.range.to))
  end
  if s ~= "" then out:leaf("p", {}, label .. ": " .. s) end
end

local function write_series(out, model, s)
  out:open("li"):text(series_name(model, s))
  out:open("ul")
  for i = 1, count_shown(model, s) do
    local category, value = model.x.categories and model.x.categories[i], s.values[i]
    local line = ("%s: %s"):format(category and flat(category) or tostring(i), scale.text(value))
    if s.labels[i] then line = ("%s (%s)"):format(line, flat(s.labels[i])) end
    out:leaf("li", {}, line)
  end
  out:close():close()
end

function words.write(out, model)
  if model.title and model.title ~= "" then out:leaf("p", {}, flat(model.title)) end
  axis(out, "Horizontal axis", model.is_horizontal and model.y or model.x)
  axis(out, "Vertical axis", model.is_horizontal and model.x or model.y)
  out:open("ul")
  for _, s in ipairs(model.series) do write_series(out, model, s) end
  out:close()
end

return words
