-- SPDX-License-Identifier: MIT
-- Draws a kanban board: columns side by side, cards below each other. What is known of a card
-- stands in a row at its foot: ticket, priority, and who it is assigned to.
local svg = require "svg"
local chart = require "chart"
local label = require "label"

local GAP, PAD = 12, 10 -- between columns; inside of columns and cards
local CARD_GAP, ROW_GAP = 8, 6
local STRIPE = 5
local SMALL = { size = 12, exact = true }
local MARGIN = 8

-- Few columns may be wide; many must fit on a page.
local function column_width(count)
  return count <= 3 and 230 or count == 4 and 200 or 176
end

local PRIORITIES = { ["very high"] = "dg-c4", high = "dg-c2", low = "dg-c1",
  ["very low"] = "dg-c8" }

local function chip_class(priority)
  return PRIORITIES[tostring(priority):lower()] or "dg-c8"
end

-- Text ends before its room does: other fonts than the measured one may be wider.
local SPARE = 1.1

local function exact(s, room)
  return label.new(s, room / SPARE, { exact = true })
end

-- Places the pieces of the foot in rows; the last goes to the right end of its row when it fits.
local function foot_of(card, room)
  local rows, x, y = {}, 0, 0
  local function add(kind, s, extra)
    if not s then return end
    local l = label.new(tostring(s), (room - extra) / SPARE, SMALL)
    local width = math.ceil(l.width * SPARE) + extra
    if x > 0 and x + width > room then x, y = 0, y + rows[#rows].height + 4 end
    rows[#rows + 1] = { kind = kind, label = l, x = x, y = y, width = width,
      height = l.height + (kind == "priority" and 4 or 0) }
    x = x + width + 8
  end
  add("ticket", card.ticket, 0)
  add("priority", card.priority, 14)
  add("assigned", card.assigned, 0)
  local last, height = rows[#rows], 0
  if last and last.kind == "assigned" then last.x = room - last.width end
  for _, piece in ipairs(rows) do height = math.max(height, piece.y + piece.height) end
  return rows, height
end

local function measure(card, width)
  local room = width - 2 * PAD - (card.priority and STRIPE or 0)
  local placed = { card = card, label = exact(card.shown, room), room = room }
  placed.foot, placed.foot_height = foot_of(card, room)
  placed.height = placed.label.height + 2 * PAD
  if #placed.foot > 0 then placed.height = placed.height + ROW_GAP + placed.foot_height end
  return placed
end

local pieces = {}

local function start(out, l, x, y, ...)
  label.draw(out, l, x, y, { "text-anchor", "start", ... })
end

function pieces.ticket(out, card, piece, x, y)
  if card.href then out:open("a", { "href", card.href }) end
  start(out, piece.label, x, y + piece.height / 2)
  if card.href then out:close() end
end

function pieces.priority(out, card, piece, x, y)
  out:open("g", { "class", "dg-chip " .. chip_class(card.priority) })
  out:element("rect", { "x", x, "y", y, "width", piece.width, "height", piece.height, "rx", 8 })
  label.draw(out, piece.label, x + piece.width / 2, y + piece.height / 2)
  out:close()
end

function pieces.assigned(out, _, piece, x, y)
  start(out, piece.label, x, y + piece.height / 2, "font-style", "italic")
end

local function draw_card(out, placed, x, y, width)
  local card = placed.card
  out:element("rect", { "class", "dg-card", "x", x, "y", y, "width", width, "height",
    placed.height, "rx", 5 })
  local left = x + PAD
  if card.priority then
    out:open("g", { "class", "dg-chip " .. chip_class(card.priority) })
    out:element("rect", { "x", x, "y", y, "width", STRIPE, "height", placed.height, "rx", 2 })
    out:close()
    left = left + STRIPE
  end
  local l = placed.label
  local is_link = card.href and not card.ticket
  if is_link then out:open("a", { "href", card.href }) end
  start(out, l, left, y + PAD + l.height / 2)
  if is_link then out:close() end
  local foot = y + PAD + l.height + ROW_GAP
  for _, piece in ipairs(placed.foot) do
    pieces[piece.kind](out, card, piece, left + piece.x, foot + piece.y)
  end
end

-- Measured columns and the height of the tallest.
local function measure_columns(model, width)
  local columns, titles, tallest = {}, 0, 0
  for i, column in ipairs(model.columns) do
    local placed = { title = exact("\14" .. column.shown .. "\15", width - 2 * PAD), cards = {},
      height = 0 }
    titles = math.max(titles, placed.title.height)
    for c, card in ipairs(column.cards) do
      local made = measure(card, width - 2 * PAD)
      placed.cards[c] = made
      placed.height = placed.height + made.height + CARD_GAP
    end
    tallest = math.max(tallest, placed.height)
    columns[i] = placed
  end
  return columns, titles + 2 * PAD + 3, tallest
end

-- What a ticket leads to: the tracker, a record, or what the card's name leads to. Tells whether
-- any card has a link.
local function set_links(model, context)
  local has_links = false
  for _, column in ipairs(model.columns) do
    for _, card in ipairs(column.cards) do
      card.href = card.href or card.ticket and context.href(tostring(card.ticket))
        or context.href(card.shown)
      has_links = has_links or card.href ~= nil
    end
  end
  return has_links
end

-- A stripe in the colour of its place stands under the column's name.
local function draw_column(out, column, index, x, y, width, top, height)
  out:open("g", { "class", "dg-area" })
  out:element("rect", { "x", x, "y", y, "width", width, "height", height, "rx", 6 })
  out:close()
  label.draw(out, column.title, x + width / 2, y + top / 2 - 2)
  out:open("g", { "class", "dg-chip dg-c" .. (index - 1) % 8 + 1 })
  out:element("rect", { "x", x + PAD, "y", y + top - PAD, "width", width - 2 * PAD, "height", 3 })
  out:close()
  y = y + top
  for _, placed in ipairs(column.cards) do
    draw_card(out, placed, x + PAD, y, width - 2 * PAD)
    y = y + placed.height + CARD_GAP
  end
end

return function(model, context)
  local out = svg.new()
  local has_links = set_links(model, context)
  local width = column_width(#model.columns)
  local columns, top, tallest = measure_columns(model, width)
  local total = #columns * (width + GAP) - GAP
  local y = 0
  local title = chart.heading(model.caption, 560)
  if title then
    chart.draw_heading(out, title, total / 2, 0)
    y = title.room
  end
  local height = top + tallest + (tallest > 0 and PAD - CARD_GAP or 0)
  for i, column in ipairs(columns) do
    draw_column(out, column, i, (i - 1) * (width + GAP), y, width, top, height)
  end
  local wide = math.max(total, title and title.width or 0)
  return { body = out, x = (total - wide) / 2 - MARGIN, y = -MARGIN, width = wide + 2 * MARGIN,
    height = y + height + 2 * MARGIN, has_links = has_links }
end
