-- SPDX-License-Identifier: MIT
-- Where the columns of a sequence diagram stand: wraps all text, makes every gap between lifelines
-- wide enough for what is written there, and says how far each event and block reaches sideways.
-- Heights are summed up while drawing.
local label = require "label"

local layout = { LINE = label.LINE, BAR = 5, PAD = 10, LOOP = 34, FRAME = 10, TAG = 12 }

local LINE = layout.LINE
local WRAP = { message = 200, self = 180, note = 190, over_two = 320, actor = 140 }
local GAP, BOX_GAP, MIN_ACTOR = 26, 22, 76
layout.ICON = 40 -- height of the figure above the name
local HAS_ICON = { actor = true, boundary = true, control = true, entity = true, database = true }

-- Lines of a text and how wide they are; never wider than `limit` when `exact`.
function layout.wrap(s, limit, exact)
  local l = label.new(s, limit, { exact = exact })
  return l.lines, l.width
end

local wrap = layout.wrap

local function measure_actor(actor)
  local head = { has_icon = HAS_ICON[actor.type] or false }
  head.lines, head.text_width = wrap(actor.show, WRAP.actor)
  local text_height = math.max(1, #head.lines) * LINE
  if head.has_icon then
    head.width = math.max(60, math.ceil(head.text_width) + 8)
    head.height = layout.ICON + text_height + 4
  else
    local extra = (actor.type == "queue" and 20) or (actor.type == "collections" and 8) or 0
    head.width = math.max(MIN_ACTOR, math.ceil(head.text_width) + 24 + extra)
    head.height = text_height + 18 + (actor.type == "collections" and 6 or 0)
  end
  return head
end

-- Boxed names are all of one height, as a row of equal doors.
local function measure_actors(model)
  local heads, boxed, row = {}, 0, 0
  for i, actor in ipairs(model.actors) do
    heads[i] = measure_actor(actor)
    if not heads[i].has_icon then boxed = math.max(boxed, heads[i].height) end
  end
  for _, head in ipairs(heads) do
    if not head.has_icon then head.height = boxed end
    row = math.max(row, head.height)
  end
  return heads, row
end

-- The lanes an event stands on, in order from the left.
local function lanes_of(model, event)
  local a = model.by_id[event.from or event.a[1]].index
  local b = model.by_id[event.to or event.a[2] or event.a[1]].index
  return math.min(a, b), math.max(a, b)
end

local function wrap_event(event, is_self)
  local limit
  if event.k == "msg" then limit = is_self and WRAP.self or WRAP.message
  else limit = event.a[2] and WRAP.over_two or WRAP.note end
  event.lines, event.width = wrap(event.show, limit)
  -- Nothing else keeps room for wider fonts here.
  if is_self or event.k == "note" then event.width = math.ceil(event.width * 1.08) end
end

-- Calls need(i, j, distance) for all that must fit between two lifelines; lane 0 and n + 1 are the
-- margins.
local function event_needs(event, i, j, numbered, need)
  local pad = layout.PAD
  if event.k == "msg" then
    if i == j then
      need(i, i + 1, layout.LOOP + event.width + 26)
    else
      need(i, j, event.width + 36 + (numbered and 18 or 0))
    end
  elseif event.pos == "right" then
    need(i, i + 1, event.width + 2 * pad + 24)
  elseif event.pos == "left" then
    need(i - 1, i, event.width + 2 * pad + 24)
  elseif i == j then
    need(i - 1, i, event.width / 2 + pad + 10)
    need(i, i + 1, event.width / 2 + pad + 10)
  else
    need(i, j, event.width + 2 * pad - 40)
  end
end

local function collect_needs(model, heads)
  local needs, count = {}, #heads
  local function need(i, j, distance)
    if i >= 1 and j <= count and i < j then
      needs[#needs + 1] = { i = i, j = j, distance = math.ceil(distance), order = #needs }
    end
  end
  for i = 1, count - 1 do
    local distance = (heads[i].width + heads[i + 1].width) / 2 + GAP
    if model.actors[i].box_index ~= model.actors[i + 1].box_index then
      distance = distance + BOX_GAP
    end
    need(i, i + 1, distance)
  end
  local numbered = false
  for _, event in ipairs(model.events) do
    if event.k == "autonumber" then numbered = not event.off end
    if event.k == "msg" or event.k == "note" then
      local i, j = lanes_of(model, event)
      wrap_event(event, event.k == "msg" and i == j)
      event_needs(event, i, j, numbered, need)
    end
    if event.k == "create" then
      local i = model.by_id[event.a].index
      need(i - 1, i, heads[i].width / 2 + 40)
      need(i, i + 1, heads[i].width / 2 + 40)
    end
  end
  return needs
end

-- Narrow needs first; a wide one then adds what is still missing to all gaps it spans.
local function solve(needs, count)
  local gaps = {}
  for i = 1, count do gaps[i] = 0 end
  table.sort(needs, function(a, b)
    local x, y = a.j - a.i, b.j - b.i
    if x ~= y then return x < y end
    return a.order < b.order
  end)
  for _, n in ipairs(needs) do
    local have = 0
    for k = n.i, n.j - 1 do have = have + gaps[k] end
    local missing = n.distance - have
    if missing > 0 then
      local share = math.ceil(missing / (n.j - n.i))
      for k = n.i, n.j - 1 do gaps[k] = gaps[k] + share end
    end
  end
  return gaps
end

-- A message over several lanes may use the room that it got.
local function rewrap(event, distance)
  local room = distance - 36
  if #event.lines > 1 and room > event.width then
    event.lines, event.width = wrap(event.show, room, true)
    end
end

local function extent(event, x, i, j)
  local pad = layout.PAD
  if event.k == "msg" then
    if i == j then return x[i] - 14, x[i] + layout.LOOP + event.width + 22 end
    rewrap(event, x[j] - x[i])
    return x[i] - 14, x[j] + 14
  end
  local box = event.width + 2 * pad
  if event.pos == "right" then
    event.x = x[i] + 12
  elseif event.pos == "left" then
    event.x = x[i] - 12 - box
  elseif i == j then
    box = math.max(box, 60)
    event.x = x[i] - box / 2
  else
    rewrap(event, x[j] - x[i] + 40 - 2 * pad + 36)
    box = math.max(event.width + 2 * pad, x[j] - x[i] + 40)
    event.x = (x[i] + x[j]) / 2 - box / 2
  end
  event.box_width = box
  return math.min(event.x - 2, x[i] - 8), math.max(event.x + box + 2, x[j] + 8)
end

local function close_block(block, x)
  local left, right = block.x1 or (x[1] or 0) - 20, block.x2 or (x[#x] or 0) + 20
  left, right = left - layout.FRAME, right + layout.FRAME
  block.x1, block.x2 = left, math.max(right, left + 130)
end

-- Gives every msg and note its reach (x1, x2) and every block that of all within.
local function extents(model, x, result)
  local stack = { { x1 = x[1] or 0, x2 = x[#x] or 0 } }
  local function widen(a, b)
    local top = stack[#stack]
    top.x1 = math.min(top.x1 or a, a)
    top.x2 = math.max(top.x2 or b, b)
  end
  local created
  for _, event in ipairs(model.events) do
    if event.k == "create" then
      created = model.by_id[event.a].index
    elseif event.k == "msg" or event.k == "note" then
      local i, j = lanes_of(model, event)
      event.x1, event.x2 = extent(event, x, i, j)
      widen(event.x1, event.x2)
      if created and event.k == "msg" then
        local half = result.heads[created].width / 2 + 4
        widen(x[created] - half, x[created] + half)
        created = nil
      end
    elseif event.k == "end" then
      local block = table.remove(stack)
      close_block(block, x)
      widen(block.x1, block.x2)
    elseif not event.a and event.k ~= "autonumber" and event.k ~= "else" and event.k ~= "and"
      and event.k ~= "option" then
      event.x1, event.x2 = nil, nil
      stack[#stack + 1] = event
    end
  end
  result.x1, result.x2 = stack[1].x1, stack[1].x2
end

-- {heads, row (height of the row of names), x (of each lifeline), x1, x2}
function layout.columns(model)
  local heads, row = measure_actors(model)
  local gaps = solve(collect_needs(model, heads), #heads)
  local x, at = {}, 0
  for i = 1, #heads do
    x[i] = at
    at = at + gaps[i]
  end
  local result = { heads = heads, row = row, x = x }
  extents(model, x, result)
  for i, head in ipairs(heads) do
    result.x1 = math.min(result.x1, x[i] - head.width / 2)
    result.x2 = math.max(result.x2, x[i] + head.width / 2)
  end
  for _, box in ipairs(model.boxes) do
    for _, id in ipairs(box.actors) do
      local i = model.by_id[id].index
      box.x1 = math.min(box.x1 or x[i], x[i] - heads[i].width / 2 - 10)
      box.x2 = math.max(box.x2 or x[i], x[i] + heads[i].width / 2 + 10)
    end
    if box.x1 then
      box.lines = wrap(box.show, math.max(60, box.x2 - box.x1 - 12), true)
      result.x1, result.x2 = math.min(result.x1, box.x1), math.max(result.x2, box.x2)
    end
  end
  return result
end

return layout
