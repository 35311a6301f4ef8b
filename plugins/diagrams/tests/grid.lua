-- SPDX-License-Identifier: MIT
-- A stand-in for quoin.layout: members of a group below each other, edges as straight lines. It
-- keeps the contract (order, numbers, labels) and makes no effort to look well.
local GAP = 40

local function place(input, result, group, x, y)
  local width, top = 0, y
  for i, node in ipairs(input.nodes) do
    if node.group == group then
      result.nodes[i] = { x = x, y = y, width = node.width, height = node.height }
      width, y = math.max(width, node.width), y + node.height + GAP
    end
  end
  for i, inner in ipairs(input.groups or {}) do
    if inner.parent == group and i ~= group then
      local title = inner.title_height or 0
      local pad = inner.padding or 10
      local w, h = place(input, result, i, x + pad, y + title + pad)
      w = math.max(w, inner.title_width or 20) + 2 * pad
      result.groups[i] = { x = x, y = y, width = w, height = h + title + 2 * pad }
      width, y = math.max(width, w), y + h + title + 2 * pad + GAP
    end
  end
  return width, math.max(0, y - top - GAP)
end

-- Where the line from the middle of `box` towards x, y leaves it.
local function border(box, x, y)
  local cx, cy = box.x + box.width / 2, box.y + box.height / 2
  local dx, dy = x - cx, y - cy
  if dx == 0 and dy == 0 then return cx, cy end
  local scale = math.min(dx ~= 0 and box.width / 2 / math.abs(dx) or math.huge,
    dy ~= 0 and box.height / 2 / math.abs(dy) or math.huge)
  return cx + dx * scale, cy + dy * scale
end

local function route(a, b, edge)
  local points
  if a == b then
    local x, y = a.x + a.width, a.y + a.height / 2
    points = { x, y - 8, x + 20, y - 8, x + 20, y + 8, x, y + 8 }
  else
    local ax, ay = border(a, b.x + b.width / 2, b.y + b.height / 2)
    local bx, by = border(b, a.x + a.width / 2, a.y + a.height / 2)
    points = { ax, ay, bx, by }
  end
  local r = { points = points }
  local n = #points
  if edge.label_width then
    r.label_x, r.label_y = (points[1] + points[n - 1]) / 2, (points[2] + points[n]) / 2
  end
  if edge.from_label_width then r.from_label_x, r.from_label_y = points[1], points[2] end
  if edge.to_label_width then r.to_label_x, r.to_label_y = points[n - 1], points[n] end
  return r
end

return function(input)
  if #input.nodes > 1000 or #input.edges > 1500 or #(input.groups or {}) > 200 then
    return nil, "too-large"
  end
  local result = { nodes = {}, groups = {}, edges = {}, crossings = 0, variants = 1 }
  result.width, result.height = place(input, result, nil, 0, 0)
  for i, edge in ipairs(input.edges) do
    local a = edge.from and result.nodes[edge.from] or result.groups[edge.from_group]
    local b = edge.to and result.nodes[edge.to] or result.groups[edge.to_group]
    result.edges[i] = route(a, b, edge)
  end
  return result
end
