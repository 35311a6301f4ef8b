-- SPDX-License-Identifier: MIT
-- Labels: from the text of a diagram to lines that are as wide as asked. Widths come from a table
-- (Arial metrics), so that a drawing does not depend on the fonts of the machine that builds.
local text = {}

local ENTITIES = {}
for name, code in ([[
quot=34 amp=38 lt=60 gt=62 nbsp=160 iexcl=161 cent=162 pound=163 curren=164 yen=165 brvbar=166
sect=167 uml=168 copy=169 ordf=170 laquo=171 not=172 shy=173 reg=174 macr=175 deg=176 plusmn=177
sup2=178 sup3=179 acute=180 micro=181 para=182 middot=183 cedil=184 sup1=185 ordm=186 raquo=187
frac14=188 frac12=189 frac34=190 iquest=191 Agrave=192 Aacute=193 Acirc=194 Atilde=195 Auml=196
Aring=197 AElig=198 Ccedil=199 Egrave=200 Eacute=201 Ecirc=202 Euml=203 Igrave=204 Iacute=205
Icirc=206 Iuml=207 ETH=208 Ntilde=209 Ograve=210 Oacute=211 Ocirc=212 Otilde=213 Ouml=214
times=215 Oslash=216 Ugrave=217 Uacute=218 Ucirc=219 Uuml=220 Yacute=221 THORN=222 szlig=223
agrave=224 aacute=225 acirc=226 atilde=227 auml=228 aring=229 aelig=230 ccedil=231 egrave=232
eacute=233 ecirc=234 euml=235 igrave=236 iacute=237 icirc=238 iuml=239 eth=240 ntilde=241
ograve=242 oacute=243 ocirc=244 otilde=245 ouml=246 divide=247 oslash=248 ugrave=249 uacute=250
ucirc=251 uuml=252 yacute=253 thorn=254 yuml=255 OElig=338 oelig=339 Scaron=352 scaron=353
Yuml=376 fnof=402 circ=710 tilde=732 Alpha=913 Beta=914 Gamma=915 Delta=916 Epsilon=917 Zeta=918
Eta=919 Theta=920 Iota=921 Kappa=922 Lambda=923 Mu=924 Nu=925 Xi=926 Omicron=927 Pi=928 Rho=929
Sigma=931 Tau=932 Upsilon=933 Phi=934 Chi=935 Psi=936 Omega=937 alpha=945 beta=946 gamma=947
delta=948 epsilon=949 zeta=950 eta=951 theta=952 iota=953 kappa=954 lambda=955 mu=956 nu=957
xi=958 omicron=959 pi=960 rho=961 sigmaf=962 sigma=963 tau=964 upsilon=965 phi=966 chi=967
psi=968 omega=969 thetasym=977 upsih=978 piv=982 ensp=8194 emsp=8195 thinsp=8201 zwnj=8204
zwj=8205 lrm=8206 rlm=8207 ndash=8211 mdash=8212 lsquo=8216 rsquo=8217 sbquo=8218 ldquo=8220
rdquo=8221 bdquo=8222 dagger=8224 Dagger=8225 bull=8226 hellip=8230 permil=8240 prime=8242
Prime=8243 lsaquo=8249 rsaquo=8250 oline=8254 frasl=8260 euro=8364 image=8465 weierp=8472
real=8476 trade=8482 alefsym=8501 larr=8592 uarr=8593 rarr=8594 darr=8595 harr=8596 crarr=8629
lArr=8656 uArr=8657 rArr=8658 dArr=8659 hArr=8660 forall=8704 part=8706 exist=8707 empty=8709
nabla=8711 isin=8712 notin=8713 ni=8715 prod=8719 sum=8721 minus=8722 lowast=8727 radic=8730
prop=8733 infin=8734 ang=8736 and=8743 or=8744 cap=8745 cup=8746 int=8747 there4=8756 sim=8764
cong=8773 asymp=8776 ne=8800 equiv=8801 le=8804 ge=8805 sub=8834 sup=8835 nsub=8836 sube=8838
supe=8839 oplus=8853 otimes=8855 perp=8869 sdot=8901 lceil=8968 rceil=8969 lfloor=8970
rfloor=8971 lang=9001 rang=9002 loz=9674 spades=9824 clubs=9827 hearts=9829 diams=9830 apos=39
num=35 dollar=36 percnt=37 lpar=40 rpar=41 ast=42 plus=43 comma=44 period=46 sol=47 colon=58 semi=59
equals=61 quest=63 excl=33 commat=64 lsqb=91 lbrack=91 bsol=92 rsqb=93 rbrack=93 hat=94 lowbar=95
grave=96 lcub=123 lbrace=123 vert=124 verbar=124 rcub=125 rbrace=125 hyphen=8208 dash=8208
check=10003 cross=10007 star=9734 starf=9733 phone=9742
]]):gmatch("(%w+)=(%d+)") do
  ENTITIES[name] = utf8.char(tonumber(code))
end

-- Tags that Mermaid's users write for looks; any other <word> is text, like <vm-name>.
local TAGS = {}
for tag in ("a abbr b big blockquote center code del div em font h1 h2 h3 h4 h5 h6 hr i img ins "
  .. "kbd li mark ol p pre s script small span strike strong style sub sup table tbody td th "
  .. "tr tt u ul"):gmatch("%w+") do
  TAGS[tag] = true
end

local function from_code(digits)
  local code = tonumber(digits)
  if not code or code < 32 or code > 0x10FFFF or (code >= 0xD800 and code <= 0xDFFF)
    or code & 0xFFFE == 0xFFFE or (code >= 127 and code < 160) then
    return "\u{FFFD}"
  end
  return utf8.char(code)
end

local function entity(name)
  local hex = name:match("^[xX](%x+)$")
  if hex and #hex < 8 then return from_code("0x" .. hex) end
  if name:find("^%d+$") then return from_code(name:sub(1, 9)) end
  return ENTITIES[name] or ENTITIES[name:lower()]
end

local function decode(s)
  s = s:gsub("\1(%w+)\2", function(name) return entity(name) or "&" .. name .. ";" end)
  return (s:gsub("&#?(%w+);", entity):gsub("[\1\2]", ""))
end

local function tidy(s)
  s = s:gsub("[ \t]+", " ")
  return text.trim((s:gsub(" *\n *", "\n")))
end

-- Linear in the length, whatever stands inside.
function text.trim(s)
  local from = s:find("%S")
  return from and s:sub(from, s:match("^.*()%S")) or ""
end

local function breaks(s)
  return (s:gsub("<[%s/]*[bB][rR][%s/]*>", "\n"):gsub("\\n", "\n"))
end

-- gsub for tags: behind the last ">" there is none, so nothing is searched to the end in vain.
local function replace_tags(s, pattern, by)
  local last = s:match("^.*()>")
  if not last then return s end
  return s:sub(1, last):gsub(pattern, by) .. s:sub(last + 1)
end

-- A label as the facts of a diagram hold it: every tag dropped, white space collapsed.
function text.label(s)
  s = replace_tags(breaks(s), "</?%a[^>]*>", ""):gsub("</>", "")
  return tidy((decode(s):gsub("\u{A0}", " ")))
end

-- Authors pad lines with blanks that do not break; in front they indent.
local function unpadded(line)
  local stop = #line
  while stop > 0 do
    if line:byte(stop) == 32 then stop = stop - 1
    elseif line:sub(stop - 1, stop) == "\u{A0}" then stop = stop - 2
    else break end
  end
  return line:sub(1, stop)
end

-- A label as it is shown: like `label`, but what only looks like a tag stays.
function text.display(s)
  s = replace_tags(breaks(s), "</?(%a[%w]*)([^>]*)>", function(name, rest)
    if TAGS[name:lower()] and not rest:find("^%-") then return "" end
  end)
  s = decode(s)
  return tidy(s:find("\u{A0}", 1, true) and s:gsub("[^\n]+", unpadded) or s)
end

local WIDTHS = {}
for width, characters in pairs(require "widths") do -- a set: the order cannot show
  for _, code in utf8.codes(characters) do WIDTHS[code] = width end
end

local RANGES = { -- first, last, width in 1/1000 em
  { 0, 31, 0 },
  { 0x0300, 0x036F, 0 }, { 0x0483, 0x0489, 0 }, { 0x0591, 0x05BD, 0 }, { 0x064B, 0x065F, 0 },
  { 0x1100, 0x115F, 1000 }, { 0x1AB0, 0x1AFF, 0 }, { 0x1DC0, 0x1DFF, 0 }, { 0x200B, 0x200F, 0 },
  { 0x20D0, 0x20FF, 0 }, { 0x2600, 0x27BF, 1300 }, { 0x2E80, 0xA4CF, 1000 },
  { 0xAC00, 0xD7A3, 1000 }, { 0xF900, 0xFAFF, 1000 }, { 0xFE00, 0xFE0F, 0 },
  { 0xFE20, 0xFE2F, 0 }, { 0xFE30, 0xFE6F, 1000 }, { 0xFF00, 0xFF60, 1000 },
  { 0xFFE0, 0xFFE6, 1000 }, { 0x1F000, 0x1FAFF, 1300 }, { 0x20000, 0x3FFFD, 1000 },
}

local function advance(code)
  local width = WIDTHS[code]
  if width then return width end
  for _, range in ipairs(RANGES) do
    if code >= range[1] and code <= range[2] then return range[3] end
  end
  return 600
end

-- Width in pixels of one line at a font size.
function text.width(s, size)
  local sum = 0
  for _, code in utf8.codes(s) do sum = sum + (WIDTHS[code] or advance(code)) end
  return sum * size / 1000
end

-- Cuts one over-long word, rather behind a mark that joins parts (paths, dotted names).
local function cut_word(word, size, limit, out)
  local from, sum, mark = 1, 0, nil
  for position, code in utf8.codes(word) do
    local wide = advance(code) * size / 1000
    if sum + wide > limit and position > from then
      local stop = mark and mark > from and mark or position
      out[#out + 1] = word:sub(from, stop - 1)
      from, mark = stop, nil
      sum = text.width(word:sub(from, position - 1), size)
    end
    sum = sum + wide
    local at = utf8.offset(word, 2, position)
    if word:find("^[/._,;:&=?)%-|]", position) or word:find("^%l%u", position) then mark = at end
  end
  return word:sub(from)
end

-- Appends the lines to `out`. How many words had to be cut.
local function wrap_line(line, size, limit, out)
  local current, wide, cuts = nil, 0, 0
  local space = text.width(" ", size)
  for word in line:gmatch("%S+") do
    local w = text.width(word, size)
    if current and wide + space + w <= limit then
      current, wide = current .. " " .. word, wide + space + w
    else
      if current then out[#out + 1] = current end
      if w > limit then
        word = cut_word(word, size, limit, out)
        w, cuts = text.width(word, size), cuts + 1
      end
      current, wide = word, w
    end
  end
  out[#out + 1] = current or ""
  return cuts
end

local function wrap_all(s, size, limit)
  local out, widest, cuts = {}, 0, 0
  for line in (s .. "\n"):gmatch("([^\n]*)\n") do
    cuts = cuts + wrap_line(line, size, limit, out)
  end
  for _, line in ipairs(out) do widest = math.max(widest, text.width(line, size)) end
  return out, widest, cuts
end

-- Lines about as wide as `limit` pixels and the width of the widest: a line that is hardly too long
-- stays whole, and the lines of a wrapped text are made equally long; no word is cut for that.
function text.wrap(s, size, limit)
  if s == "" then return {}, 0 end
  local best, widest, cuts = wrap_all(s, size, limit * 1.15)
  local low, high = limit * 0.4, widest
  if widest <= limit * 0.4 then return best, widest end
  while high - low > 6 do
    local middle = (low + high) / 2
    local lines, width, more_cuts = wrap_all(s, size, middle)
    if #lines <= #best and more_cuts <= cuts then
      best, widest, high = lines, width, math.min(middle, width)
    else
      low = middle
    end
  end
  return best, widest
end

-- Like `wrap`, but never wider than `limit`.
function text.fit(s, size, limit)
  return text.wrap(s, size, limit / 1.15)
end

return text
