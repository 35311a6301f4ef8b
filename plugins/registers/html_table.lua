-- SPDX-License-Identifier: MIT
-- Rows as an HTML table that is complete without a script. tables.js adds sorting and, where a table
-- asks for it with data-tools, filters.
local cells = require "cells"
local rows = require "rows"
local html_table = {}

-- "External: no" on every row is noise.
local function value_in(row, column)
  local value = rows.value(row, column.field)
  if column.show == "yes" and not value then return nil end
  return value
end

-- Columns that at least one row fills.
local function filled_columns(list, columns)
  local filled = {}
  for _, column in ipairs(columns) do
    for _, row in ipairs(list) do
      if value_in(row, column) ~= nil then
        filled[#filled + 1] = column
        break
      end
    end
  end
  return filled
end

local function add_head(out, columns)
  out:add("<thead><tr>")
  for _, column in ipairs(columns) do
    out:add('<th scope="col"', column.filter and " data-filter" or "", ">")
    out:escape(column.header):add("</th>")
  end
  out:add("</tr></thead>\n")
end

-- Cells that say what a row is about: on small screens they stand above the others.
local MAIN = { link = true, path = true, page_link = true, method = true }

-- Cells that are nothing but a link need no underline.
local BARE = { page = true, section = true, project = true }

local function class_of(column)
  local show = column.show
  if column.field == "id" then return "main id" end
  if MAIN[show] then return column.wide and "main wide" or "main" end
  if BARE[show] then return "bare" end
  return column.wide and "wide" or nil
end

local function add_cell(out, row, column, view)
  local value = value_in(row, column)
  out:add('<td data-label="'):escape(column.header):add('"')
  if value == nil then return out:add(' class="empty"></td>') end
  local class = class_of(column)
  if class then out:add(' class="', class, '"') end
  local rank = column.rank and rows.rank(value)
  if rank then out:add(' data-sort="', rank, '"') end
  out:add(">")
  cells[column.show or "text"](out, value, row, view)
  out:add("</td>")
end

local function add_body(out, group, columns, view)
  out:add("<tbody")
  if group.id then out:add(' id="'):escape(group.id):add('"') end
  if group.title then out:add(' data-group="'):escape(group.title):add('"') end
  out:add(">\n")
  if group.title then
    out:add('<tr class="group"><th scope="rowgroup" colspan="', #columns, '">')
    out:escape(group.title):add(' <span class="count">', #group.rows, "</span></th></tr>\n")
  end
  for _, row in ipairs(group.rows) do
    out:add("<tr>")
    for _, column in ipairs(columns) do add_cell(out, row, column, view) end
    out:add("</tr>\n")
  end
  out:add("</tbody>\n")
end

-- `shape`: label (what is read aloud), columns, groups of rows, caption, group_name ("Project"),
-- has_tools.
function html_table.add(out, shape, view)
  local all = {}
  for _, group in ipairs(shape.groups) do table.move(group.rows, 1, #group.rows, #all + 1, all) end
  local columns = filled_columns(all, shape.columns)
  out:add('<div class="table-wrap" tabindex="0" role="region" aria-label="')
  out:escape(shape.label):add('">\n<table class="register-table"')
  if shape.has_tools then out:add(" data-tools") end
  if shape.group_name then out:add(' data-group="'):escape(shape.group_name):add('"') end
  out:add(">\n")
  if shape.caption then out:add("<caption>"):escape(shape.caption):add("</caption>\n") end
  add_head(out, columns)
  for _, group in ipairs(shape.groups) do add_body(out, group, columns, view) end
  out:add("</table>\n</div>\n")
end

return html_table
