-- SPDX-License-Identifier: MIT
-- Places a tree of boxes of any size, growing to the right, as tightly as its outlines allow: after
-- Reingold and Tilford ("Tidier drawings of trees", 1981), and for boxes of different widths after
-- van der Ploeg ("Drawing non-layered tidy trees", 2014). Each subtree has an upper and a lower
-- outline; siblings move apart until these are clear.
local tree = {}

-- Outlines are lists of pieces {from, to, y} without holes, from left to right.
local function shift(outline, dy)
  for _, piece in ipairs(outline) do piece.y = piece.y + dy end
end

-- How far `upper` (the next subtree's top) must move down to be clear of `lower`.
local function distance(lower, upper)
  local i, j, most = 1, 1, -math.huge
  while lower[i] and upper[j] do
    most = math.max(most, lower[i].y - upper[j].y)
    if lower[i].to < upper[j].to then i = i + 1 else j = j + 1 end
  end
  return most
end

-- `first` as far as it goes, then what `second` has beyond.
local function continue(first, second)
  local stop = first[#first].to
  for _, piece in ipairs(second) do
    if piece.to > stop then
      first[#first + 1] = { from = math.max(piece.from, stop), to = piece.to, y = piece.y }
    end
  end
  return first
end

-- Plain words stand closer than shapes and branches.
local function gap_between(node, before, sizes)
  local function is_small(n) return #n.children == 0 and n.shape == "default" end
  return is_small(node) and is_small(before) and sizes.leaf_gap or sizes.gap
end

local function put_children(node, x, sizes)
  local top, bottom
  for i, child in ipairs(node.children) do
    local child_top, child_bottom = tree.put(child, x, sizes)
    child.offset = 0
    if not top then
      top, bottom = child_top, child_bottom
    else
      child.offset = distance(bottom, child_top) + gap_between(child, node.children[i - 1], sizes)
      shift(child_top, child.offset)
      shift(child_bottom, child.offset)
      top, bottom = continue(top, child_top), continue(child_bottom, bottom)
    end
  end
  return top, bottom
end

-- Places `node` with its left side at x; each child's `offset` is the distance of its middle from
-- its parent's. Returns the outlines. Sizes {leaf_gap, gap, level}.
function tree.put(node, x, sizes)
  node.x = x
  local from, to = x - sizes.level, x + node.width
  local top, bottom = put_children(node, to + sizes.level, sizes)
  local own_top = { { from = from, to = to, y = -node.height / 2 } }
  local own_bottom = { { from = from, to = to, y = node.height / 2 } }
  if not top then return own_top, own_bottom end
  local middle = (node.children[1].offset + node.children[#node.children].offset) / 2
  for _, child in ipairs(node.children) do child.offset = child.offset - middle end
  shift(top, -middle)
  shift(bottom, -middle)
  return continue(own_top, top), continue(own_bottom, bottom)
end

-- Turns offsets into places: node.y becomes the middle. Returns the box of all {x1, y1, x2, y2}.
function tree.settle(node, y, bounds)
  node.y = y
  bounds.x1, bounds.x2 = math.min(bounds.x1, node.x), math.max(bounds.x2, node.x + node.width)
  bounds.y1 = math.min(bounds.y1, y - node.height / 2)
  bounds.y2 = math.max(bounds.y2, y + node.height / 2)
  for _, child in ipairs(node.children) do tree.settle(child, y + child.offset, bounds) end
end

return tree
