-- SPDX-License-Identifier: MIT
-- Names of TeX and LaTeX -> what they show. Each table: name -> characters.
local symbols = {}

local function read(list)
  local names = {}
  for name, value in list:gmatch("(%S+)=(%S+)") do names[name] = value end
  return names
end

-- Letters and signs that stand for themselves (<mi>).
symbols.identifiers = read [[
alpha=α beta=β gamma=γ delta=δ epsilon=ϵ varepsilon=ε zeta=ζ eta=η theta=θ vartheta=ϑ iota=ι kappa=κ
lambda=λ mu=μ nu=ν xi=ξ omicron=ο pi=π varpi=ϖ rho=ρ varrho=ϱ sigma=σ varsigma=ς tau=τ upsilon=υ
phi=ϕ varphi=φ chi=χ psi=ψ omega=ω Gamma=Γ Delta=Δ Theta=Θ Lambda=Λ Xi=Ξ Pi=Π Sigma=Σ Upsilon=Υ
Phi=Φ Psi=Ψ Omega=Ω infty=∞ partial=∂ nabla=∇ hbar=ℏ ell=ℓ Re=ℜ Im=ℑ wp=℘ aleph=ℵ beth=ℶ
emptyset=∅ varnothing=∅ imath=ı jmath=ȷ forall=∀ exists=∃ nexists=∄ top=⊤ bot=⊥ angle=∠ degree=°
ldots=… dots=… cdots=⋯ vdots=⋮ ddots=⋱ dotsc=… dotsb=⋯ prime=′ checkmark=✓ dagger=† ddagger=‡
clubsuit=♣ diamondsuit=♢ heartsuit=♡ spadesuit=♠ square=□ blacksquare=■ triangle=△ S=§ P=¶ pounds=£
]]

-- Operators, relations and arrows (<mo>).
symbols.operators = read [[
pm=± mp=∓ times=× div=÷ cdot=⋅ ast=∗ star=⋆ circ=∘ bullet=∙ oplus=⊕ ominus=⊖ otimes=⊗ oslash=⊘ odot=⊙
cap=∩ cup=∪ sqcap=⊓ sqcup=⊔ uplus=⊎ vee=∨ lor=∨ wedge=∧ land=∧ setminus=∖ backslash=∖ neg=¬ lnot=¬
le=≤ leq=≤ leqslant=⩽ ge=≥ geq=≥ geqslant=⩾ ne=≠ neq=≠ ll=≪ gg=≫ equiv=≡ sim=∼ simeq=≃ approx=≈
cong=≅ doteq=≐ propto=∝ prec=≺ succ=≻ preceq=⪯ succeq=⪰ subset=⊂ supset=⊃ subseteq=⊆ supseteq=⊇
subsetneq=⊊ supsetneq=⊋ in=∈ notin=∉ ni=∋ mid=∣ nmid=∤ parallel=∥ perp=⊥ vdash=⊢ dashv=⊣ models=⊨
vDash=⊨ asymp=≍ bowtie=⋈ coloneqq=≔ triangleq=≜ lesssim=≲ gtrsim=≳ colon=:
to=→ rightarrow=→ leftarrow=← gets=← leftrightarrow=↔ Rightarrow=⇒ Leftarrow=⇐ Leftrightarrow=⇔
implies=⟹ impliedby=⟸ iff=⟺ longrightarrow=⟶ longleftarrow=⟵ longleftrightarrow=⟷ mapsto=↦
longmapsto=⟼ uparrow=↑ downarrow=↓ updownarrow=↕ Uparrow=⇑ Downarrow=⇓ hookrightarrow=↪ hookleftarrow=↩
rightharpoonup=⇀ leftharpoonup=↼ rightleftharpoons=⇌ nearrow=↗ searrow=↘ nwarrow=↖ swarrow=↙
leadsto=⇝ therefore=∴ because=∵
]]

-- Fences: also behind \left, \right, \big …
symbols.fences = read [[
lbrace={ rbrace=} lbrack=[ rbrack=] langle=⟨ rangle=⟩ lvert=| rvert=| vert=| lVert=‖ rVert=‖ Vert=‖
lfloor=⌊ rfloor=⌋ lceil=⌈ rceil=⌉ lgroup=⟮ rgroup=⟯ ulcorner=⌜ urcorner=⌝
]]

-- Signs whose limits stand below and above where there is room.
symbols.big = read [[
sum=∑ prod=∏ coprod=∐ bigcup=⋃ bigcap=⋂ bigvee=⋁ bigwedge=⋀ bigoplus=⨁ bigotimes=⨂ bigodot=⨀
biguplus=⨄ bigsqcup=⨆
]]
symbols.integrals = read "int=∫ iint=∬ iiint=∭ oint=∮ oiint=∯"

-- Functions with upright names; those of `limits` take them below.
symbols.functions, symbols.limits = {}, {}
for name in ("arccos arcsin arctan arg cos cosh cot coth csc deg dim exp hom ker lg ln log sec sin sinh "
  .. "tan tanh"):gmatch("%a+") do
  symbols.functions[name] = name
end
for name in ("det gcd inf lim max min Pr sup"):gmatch("%a+") do symbols.limits[name] = name end
symbols.limits.limsup, symbols.limits.liminf = "lim sup", "lim inf"
symbols.limits.argmax, symbols.limits.argmin = "arg max", "arg min"

-- Accents above and below; the second value says whether it stretches.
symbols.accents = { hat = "^", widehat = "^", check = "ˇ", tilde = "~", widetilde = "~", bar = "¯",
  overline = "‾", vec = "→", overrightarrow = "→", overleftarrow = "←", dot = "˙", ddot = "¨",
  acute = "´", grave = "`", breve = "˘", overbrace = "⏞" }
symbols.under = { underline = "_", underbrace = "⏟" }

-- Widths of spaces in em.
symbols.spaces = { [","] = "0.167em", [":"] = "0.222em", [">"] = "0.222em", [";"] = "0.278em",
  [" "] = "0.25em", ["!"] = "-0.167em", quad = "1em", qquad = "2em", thinspace = "0.167em",
  medspace = "0.222em", thickspace = "0.278em", enspace = "0.5em" }

-- Styles of letters. `first` are the code points of A, a and 0; exceptions are where Unicode had
-- the letter before (Mathematical Alphanumeric Symbols, U+1D400 to U+1D7FF).
local function alphabet(A, a, zero, exceptions)
  return function(c)
    if exceptions and exceptions[c] then return exceptions[c] end
    local code = c:byte()
    if #c > 1 then return c end
    if c:find("%u") and A then return utf8.char(A + code - 65) end
    if c:find("%l") and a then return utf8.char(a + code - 97) end
    if c:find("%d") and zero then return utf8.char(zero + code - 48) end
    return c
  end
end

symbols.styles = {
  mathbf = alphabet(0x1D400, 0x1D41A, 0x1D7CE),
  mathit = alphabet(0x1D434, 0x1D44E, nil, { h = "ℎ" }),
  mathcal = alphabet(0x1D49C, 0x1D4B6, nil, { B = "ℬ", E = "ℰ", F = "ℱ", H = "ℋ", I = "ℐ", L = "ℒ",
    M = "ℳ", R = "ℛ", e = "ℯ", g = "ℊ", o = "ℴ" }),
  mathfrak = alphabet(0x1D504, 0x1D51E, nil, { C = "ℭ", H = "ℌ", I = "ℑ", R = "ℜ", Z = "ℨ" }),
  mathbb = alphabet(0x1D538, 0x1D552, 0x1D7D8, { C = "ℂ", H = "ℍ", N = "ℕ", P = "ℙ", Q = "ℚ",
    R = "ℝ", Z = "ℤ" }),
  mathsf = alphabet(0x1D5A0, 0x1D5BA, 0x1D7E2),
  mathtt = alphabet(0x1D670, 0x1D68A, 0x1D7F6),
  mathrm = alphabet(),
}
symbols.styles.mathscr, symbols.styles.boldsymbol = symbols.styles.mathcal, symbols.styles.mathbf
symbols.styles.bm, symbols.styles.Bbb = symbols.styles.mathbf, symbols.styles.mathbb

-- Environments of rows: fences around, alignment of columns.
symbols.environments = {
  matrix = {}, smallmatrix = {}, pmatrix = { "(", ")" }, bmatrix = { "[", "]" },
  Bmatrix = { "{", "}" }, vmatrix = { "|", "|" }, Vmatrix = { "‖", "‖" },
  cases = { "{", nil, align = "left" }, rcases = { nil, "}", align = "left" },
  aligned = { align = "pairs" }, align = { align = "pairs" }, ["align*"] = { align = "pairs" },
  split = { align = "pairs" }, gathered = {}, gather = {}, ["gather*"] = {}, array = {},
  equation = {}, ["equation*"] = {},
}

return symbols
