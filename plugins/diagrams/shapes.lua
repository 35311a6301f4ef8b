-- SPDX-License-Identifier: MIT
-- Shapes of nodes by the names that Mermaid has for them: how large a shape must be for its label,
-- which border its edges meet, and how it is drawn.
local svg = require "svg"
local path = require "path"
local label = require "label"
local style = require "style"
local outlines = require "outlines"

local shapes = {}

-- Every name that may stand in `@{ shape: … }` or comes from brackets -> our outline.
local NAMES = {}
for outline, names in ([[
rect=rect,proc,process,rectangle,squareRect
rounded=rounded,event,roundedRect
stadium=stadium,terminal,pill
subroutine=fr-rect,subproc,subprocess,subroutine,framed-rectangle
cylinder=cyl,db,database,cylinder
circle=circle,circ
ellipse=ellipse
bang=bang
cloud=cloud
diamond=diam,decision,diamond,question
hexagon=hex,hexagon,prepare
lean_right=lean-r,lean-right,in-out,lean_right
lean_left=lean-l,lean-left,out-in,lean_left
trapezoid=trap-b,priority,trapezoid-bottom,trapezoid
inv_trapezoid=trap-t,manual,trapezoid-top,inv-trapezoid,inv_trapezoid
doublecircle=dbl-circ,double-circle,doublecircle
text=text
notched=notch-rect,card,notched-rectangle
lined=lin-rect,lined-rectangle,lined-process,lin-proc,shaded-process
small_circle=sm-circ,start,small-circle
framed_circle=fr-circ,stop,framed-circle
bar=fork,join
hourglass=hourglass,collate
brace=brace,comment,brace-l
brace_right=brace-r
braces=braces
bolt=bolt,com-link,lightning-bolt
document=doc,document
delay=delay,half-rounded-rectangle
lying_cylinder=h-cyl,das,horizontal-cylinder
lined_cylinder=lin-cyl,disk,lined-cylinder
display=curv-trap,curved-trapezoid,display
divided=div-rect,div-proc,divided-rectangle,divided-process
triangle=tri,extract,triangle
window=win-pane,internal-storage,window-pane
dot=f-circ,junction,filled-circle
pentagon=notch-pent,loop-limit,notched-pentagon
flipped_triangle=flip-tri,manual-file,flipped-triangle
sloped=sl-rect,manual-input,sloped-rectangle
documents=docs,documents,st-doc,stacked-document
stack=st-rect,procs,processes,stacked-rectangle
flag=flag,paper-tape
bow=bow-rect,stored-data,bow-tie-rectangle
crossed_circle=cross-circ,crossed-circle,summary
tagged_document=tag-doc,tagged-document
tagged=tag-rect,tag-proc,tagged-process,tagged-rectangle
lined_document=lin-doc,lined-document
odd=odd,rect_left_inv_arrow
datastore=datastore,data-store
]]):gmatch("([%w_]+)=(%S+)") do
  for name in names:gmatch("[^,]+") do NAMES[name] = outline end
end

-- Shapes that Mermaid draws, too, though its manual does not list them; here they are boxes.
for name in ("icon iconSquare iconCircle iconRounded imageSquare anchor labelRect note choice "
  .. "stateStart stateEnd forkJoin rectWithTitle roundedRect squareRect kanbanItem classBox erBox "
  .. "requirementBox mindmapCircle defaultMindmapNode composite"):gmatch("%S+") do
  NAMES[name] = NAMES[name] or "rect"
end

function shapes.is_known(name) return NAMES[name] ~= nil end

local function outline_of(name)
  return outlines[NAMES[name] or "rect"]
end

-- Small signs have no room for a text: it stands below them.
function shapes.is_sign(name)
  return outline_of(name).sign ~= nil
end

local GAP = 2 -- between a sign and its text

-- Width, height and border (a name of quoin.layout) for a shape with this label (label.new);
-- `direction` of the graph turns bars.
function shapes.size(name, l, direction)
  local outline = outline_of(name)
  if outline.sign then
    local w, h = outline.sign(direction == "LR" or direction == "RL")
    if #l.lines == 0 then return w, h, outline.border or "rect" end
    return math.max(w, l.width), h + GAP + l.height, "rect"
  end
  local w, h = outline.size(l.width, l.height)
  return math.max(math.ceil(w), outline.least or 40), math.ceil(h), outline.border or "rect"
end

local Pen = {}
Pen.__index = Pen

local function with(attributes, class, ...)
  local list = { ... }
  for i = 1, #attributes, 2 do
    local value = attributes[i + 1]
    if attributes[i] == "class" and class then value, class = class .. " " .. value, nil end
    list[#list + 1], list[#list + 2] = attributes[i], value
  end
  if class then table.insert(list, 1, "class"); table.insert(list, 2, class) end
  return list
end

function Pen:path(...)
  self.out:element("path", with(self.attributes, self.class, "d", path.join(...)))
end

function Pen:rect(x, y, w, h, rx)
  self.out:element("rect", with(self.attributes, self.class, "x", x, "y", y, "width", w, "height",
    h, "rx", rx or false))
end

function Pen:circle(x, y, r)
  self.out:element("circle", with(self.attributes, self.class, "cx", x, "cy", y, "r", r))
end

-- What is drawn inside gets this class; `nil` ends it.
function Pen:as(class)
  self.class = class
  return self
end

-- The outline into `box` {x, y, width, height}; `attributes` as in svg.lua (from style.shape).
function shapes.draw(out, name, box, attributes)
  local pen = setmetatable({ out = out, attributes = attributes or {} }, Pen)
  outline_of(name).draw(pen, box.x, box.y, box.width, box.height)
end

-- The middle of the text.
function shapes.text(name, box)
  local outline = outline_of(name)
  local dx, dy = 0, 0
  if outline.shift then dx, dy = outline.shift(box.width, box.height) end
  return box.x + box.width / 2 + dx, box.y + box.height / 2 + dy
end

local function draw_sign(out, name, box, l, look, direction)
  local w, h = outline_of(name).sign(direction == "LR" or direction == "RL")
  shapes.draw(out, name, { x = box.x + (box.width - w) / 2, y = box.y, width = w, height = h },
    style.shape(look))
  label.draw(out, l, box.x + box.width / 2, box.y + h + GAP + l.height / 2)
end

-- Shape and label. `look` is from style.read or nil; the caller opens the group with its tone.
function shapes.node(out, name, box, l, look, direction)
  if shapes.is_sign(name) then return draw_sign(out, name, box, l, look, direction) end
  local attributes = style.shape(look)
  if look and look.radius and NAMES[name] == "rect" then
    svg.element(out, "rect", with(attributes, nil, "x", box.x, "y", box.y, "width", box.width,
      "height", box.height, "rx", look.radius))
  else
    shapes.draw(out, name, box, attributes)
  end
  local x, y = shapes.text(name, box)
  label.draw(out, l, x, y, style.text(look))
end

return shapes
