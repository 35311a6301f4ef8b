-- SPDX-License-Identifier: MIT
-- geometry_measure.lua - what is good and bad about a drawn graph, in counts. A picture has width,
-- height, nodes and groups {x, y, width, height, border, group | parent}, and edges {from | from_group,
-- to | to_group, points {x1, y1, x2, y2 …}, label {x, y, width, height}}. Indices count from 1.

local function overlap(a, b, slack)
  return a.x + a.width > b.x + slack and b.x + b.width > a.x + slack
    and a.y + a.height > b.y + slack and b.y + b.height > a.y + slack
end

local function side(ax, ay, bx, by, cx, cy)
  local d = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
  return d > 1e-6 and 1 or d < -1e-6 and -1 or 0
end

-- Proper crossing of two segments (touching does not count).
local function segments_cross(ax, ay, bx, by, cx, cy, dx, dy)
  return side(ax, ay, bx, by, cx, cy) * side(ax, ay, bx, by, dx, dy) < 0
    and side(cx, cy, dx, dy, ax, ay) * side(cx, cy, dx, dy, bx, by) < 0
end

-- Does a segment enter the inside of a box? (Liang and Barsky's clipping.)
local function enters_box(x1, y1, x2, y2, box)
  local from, to = 0, 1
  local dx, dy = x2 - x1, y2 - y1
  local function clip(p, q)
    if p == 0 then return q > 0 end
    local r = q / p
    if p < 0 then
      if r > to then return false end
      if r > from then from = r end
    else
      if r < from then return false end
      if r < to then to = r end
    end
    return true
  end
  return clip(-dx, x1 - box.x) and clip(dx, box.x + box.width - x1) and clip(-dy, y1 - box.y)
    and clip(dy, box.y + box.height - y1) and to - from > 1e-6
end

local function shrunk(box, by)
  return { x = box.x + by, y = box.y + by, width = math.max(0.1, box.width - 2 * by),
    height = math.max(0.1, box.height - 2 * by) }
end

-- Boxes that lie inside a shape's outline: what an edge must not enter. For pointed shapes that is
-- the shape cut into strips.
local POINTED = { diamond = true, ellipse = true, hexagon = true, stadium = true, triangle = true,
  lean_right = true, lean_left = true, trapezoid = true, trapezoid_up = true }
local function cores(node)
  if not POINTED[node.border] then return { shrunk(node, 1) } end
  local strips, w, h = {}, node.width, node.height
  for i = -2, 2 do
    local half = node.border == "diamond" and 1 - (math.abs(i) + 0.5) / 2.5
      or node.border == "triangle" and (i + 2) / 5
      or node.border == "ellipse" and math.sqrt(math.max(0, 1 - ((math.abs(i) + 0.5) / 2.5) ^ 2))
    local inset = half and w / 2 * (1 - half) or math.min(w, h) / 2
    if inset < w / 2 - 2 then
      strips[#strips + 1] = { x = node.x + inset + 1, y = node.y + h / 2 + (i - 0.5) * h / 5 + 1,
        width = w - 2 * inset - 2, height = h / 5 - 2 }
    end
  end
  return strips
end

local function each_segment(edge, visit)
  local p = edge.points
  for i = 1, #p - 3, 2 do
    if visit(p[i], p[i + 1], p[i + 2], p[i + 3]) then return true end
  end
  return false
end

local function bounds(edge)
  local p = edge.points
  local box = { x1 = p[1], x2 = p[1], y1 = p[2], y2 = p[2] }
  for i = 3, #p, 2 do
    box.x1, box.x2 = math.min(box.x1, p[i]), math.max(box.x2, p[i])
    box.y1, box.y2 = math.min(box.y1, p[i + 1]), math.max(box.y2, p[i + 1])
  end
  return box
end

local function ends_of(edge)
  return edge.from or "g" .. edge.from_group, edge.to or "g" .. edge.to_group
end

local function share_end(a, b)
  local a1, a2 = ends_of(a)
  local b1, b2 = ends_of(b)
  return a1 == b1 or a1 == b2 or a2 == b1 or a2 == b2
end

-- One of the lines is moved by a hair, so that they do not meet in a corner of both.
local ASIDE_X, ASIDE_Y = 0.013, 0.007

local function edges_cross(a, b)
  local p, q = a.bounds, b.bounds
  if p.x1 > q.x2 or q.x1 > p.x2 or p.y1 > q.y2 or q.y1 > p.y2 then return false end
  return each_segment(a, function(ax, ay, bx, by)
    return each_segment(b, function(cx, cy, dx, dy)
      return segments_cross(ax, ay, bx, by, cx + ASIDE_X, cy + ASIDE_Y, dx + ASIDE_X, dy + ASIDE_Y)
    end)
  end)
end

local function count_crossings(edges)
  local count = 0
  for _, edge in ipairs(edges) do edge.bounds = bounds(edge) end
  for i, a in ipairs(edges) do
    for j = i + 1, #edges do
      if not share_end(a, edges[j]) and edges_cross(a, edges[j]) then count = count + 1 end
    end
  end
  return count
end

local function through_nodes(picture)
  local count = 0
  for i, node in ipairs(picture.nodes) do
    local strips = cores(node)
    for _, edge in ipairs(picture.edges) do
      if edge.from ~= i and edge.to ~= i then
        local hit = each_segment(edge, function(x1, y1, x2, y2)
          for _, strip in ipairs(strips) do
            if enters_box(x1, y1, x2, y2, strip) then return true end
          end
        end)
        if hit then count = count + 1 end
      end
    end
  end
  return count
end

-- Labels that touch a node, another label or a foreign edge: each label counts once.
local function label_overlaps(picture)
  local labels, count = 0, 0
  for i, edge in ipairs(picture.edges) do
    local label = edge.label
    if label then
      labels = labels + 1
      local bad = false
      for _, node in ipairs(picture.nodes) do bad = bad or overlap(label, node, 1) end
      for j, other in ipairs(picture.edges) do
        if j ~= i and not bad then
          bad = other.label and overlap(label, other.label, 1)
            or each_segment(other, function(x1, y1, x2, y2)
              return enters_box(x1, y1, x2, y2, shrunk(label, 2))
            end)
        end
      end
      if bad then count = count + 1 end
    end
  end
  return count, labels
end

local function is_inside(groups, group, of)
  while group do
    if group == of then return true end
    group = groups[group].parent
  end
  return false
end

local function contains(outer, inner)
  return inner.x >= outer.x - 1 and inner.y >= outer.y - 1
    and inner.x + inner.width <= outer.x + outer.width + 1
    and inner.y + inner.height <= outer.y + outer.height + 1
end

-- Members that stick out, foreigners that stick in, groups that overlap.
local function group_faults(picture)
  local count, groups = 0, picture.groups
  for g, box in ipairs(groups) do
    for _, node in ipairs(picture.nodes) do
      local member = is_inside(groups, node.group, g)
      if member and not contains(box, node) or not member and overlap(box, node, 1) then
        count = count + 1
      end
    end
    for h = 1, g - 1 do
      local inner = is_inside(groups, g, h) or is_inside(groups, h, g)
      if not inner and overlap(box, groups[h], 1) then count = count + 1 end
    end
  end
  return count
end

local function node_overlaps(nodes)
  local count = 0
  for i, a in ipairs(nodes) do
    for j = i + 1, #nodes do
      if overlap(a, nodes[j], 1) then count = count + 1 end
    end
  end
  return count
end

-- Ends of edges that are not on the rectangle of their box, or leave it by more than 3 px.
local function ends_off(picture)
  local count = 0
  local function check(box, x, y)
    local out = math.max(box.x - x, x - box.x - box.width, box.y - y, y - box.y - box.height)
    local deep = math.min(x - box.x, box.x + box.width - x, y - box.y, box.y + box.height - y)
    local pointed = POINTED[box.border]
    if out > 3 or not pointed and deep > 3 then count = count + 1 end
  end
  for _, edge in ipairs(picture.edges) do
    local p = edge.points
    check(edge.from and picture.nodes[edge.from] or picture.groups[edge.from_group], p[1], p[2])
    check(edge.to and picture.nodes[edge.to] or picture.groups[edge.to_group], p[#p - 1], p[#p])
  end
  return count
end

return function(picture)
  local overlaps, labels = label_overlaps(picture)
  return {
    ["crossings"] = count_crossings(picture.edges),
    ["through nodes"] = through_nodes(picture),
    ["label overlaps"] = overlaps,
    ["labels"] = labels,
    ["node overlaps"] = node_overlaps(picture.nodes),
    ["group faults"] = group_faults(picture),
    ["ends off"] = picture.is_foreign and 0 or ends_off(picture),
    ["fits 760"] = picture.width <= 760 and 1 or 0,
    ["fits 1000"] = picture.width <= 1000 and 1 or 0,
    ["area"] = picture.width * picture.height,
  }
end
