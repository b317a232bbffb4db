"""The notation as data: which command is a relation, an operator, a letter, a space.

Each table maps a canonical spelling, the one that trees and messages use, to all its spellings.
"""

from __future__ import annotations


def _spellings(table: str) -> dict[str, str]:
    """``"a b c"`` on a line says that ``a``, ``b`` and ``c`` are all written ``a``."""
    return {word: line.split()[0] for line in table.strip().splitlines() for word in line.split()}


def _words(text: str, prefix: str = "") -> frozenset[str]:
    return frozenset(prefix + word for word in text.split())


RELATIONS = _spellings(r"""
    = ＝
    \neq \ne ≠
    := \coloneqq \triangleq \defeq ≔ ≜
    =: \eqqcolon ≕
    \equiv ≡
    \approx ≈
    \sim
    \simeq
    \cong ≅
    \propto ∝
    \in ∈
    \notin ∉
    \ni ∋
    \subset ⊂
    \subseteq ⊆
    \supset ⊃
    \supseteq ⊇
    < \lt
    > \gt
    \leq \le \leqslant ≤
    \geq \ge \geqslant ≥
    \ll
    \gg
    \perp
    \leftrightarrow ↔
    \trianglelefteq \unlhd
    \vdash
    \models
""")

LOGICAL = _spellings(r"""
    \implies \Rightarrow \Longrightarrow ⇒ ⟹
    \impliedby \Leftarrow \Longleftarrow ⇐ ⟸
    \iff \Leftrightarrow \Longleftrightarrow ⇔ ⟺
""")

CONNECTIVES = _spellings(r"""
    \land
    \lor
""")

ARROWS = _spellings(r"""
    \to \rightarrow \longrightarrow →
    \mapsto \longmapsto ↦
    \hookrightarrow
    \twoheadrightarrow
    \rightrightarrows
    \gets \leftarrow ←
""")

SIGNS = _spellings(r"""
    +
    - −
    \pm ±
    \mp ∓
""")

JOINS = _spellings(r"""
    \oplus ⊕
    \ominus ⊖
    \cup ∪
    \cap ∩
    \sqcup ⊔
    \uplus
    \setminus \smallsetminus \backslash ∖
    \| \Vert \parallel ‖
""")

MULTIPLICATIONS = _spellings(r"""
    \cdot · ⋅
    \times ×
    \circ ∘
    \odot ⊙ \hadamard
    \oslash ⊘
    \otimes ⊗
    \wedge ∧
    \vee ∨
    \rtimes ⋊
    \ltimes ⋉
    \ast * ∗
    \star ⋆
    \bullet •
    / \slash
    \bmod
    \triangleright
    \triangleleft
    \boxtimes
    \diamond
    \wr
""")

BINDERS = _spellings(r"""
    \sum ∑
    \prod ∏
    \coprod
    \bigcup ⋃
    \bigcap ⋂
    \bigoplus ⨁
    \bigotimes ⨂
    \bigodot ⨀
    \bigsqcup
    \biguplus
    \bigwedge ⋀
    \bigvee ⋁
    \int ∫
    \forall ∀
    \exists ∃
""")

OPENING = _spellings(r"""
    (
    [ \lbrack
    \{ \lbrace
    \langle ⟨
    \lvert
    \lVert ‖
    \lfloor ⌊
    \lceil ⌈
""")

CLOSING = {
    ")": "(", "]": "[", r"\rbrack": "[", r"\}": r"\{", r"\rbrace": r"\{", r"\rangle": r"\langle", "⟩": r"\langle",
    r"\rvert": r"\lvert", r"\rVert": r"\lVert", r"\rfloor": r"\lfloor", "⌋": r"\lfloor", r"\rceil": r"\lceil",
    "⌉": r"\lceil",
}  # fmt: skip
"""Each closing bracket, and the opening one that it belongs to."""

CLOSES = {
    "(": ")", "[": "]", r"\{": r"\}", r"\langle": r"\rangle", r"\lvert": r"\rvert", r"\lVert": r"\rVert",
    r"\lfloor": r"\rfloor", r"\lceil": r"\rceil", "{": "}",
}  # fmt: skip
"""Each opening bracket, and how its closing one is written."""

BARS = {"|": r"\lvert", r"\vert": r"\lvert", r"\|": r"\lVert", r"\Vert": r"\lVert", "‖": r"\lVert"}
"""Bars, which may open, close or stand between."""

SIZES = frozenset(
    rf"\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")
) | {r"\left", r"\right", r"\middle"}  # fmt: skip

ACCENTS = _spellings(r"""
    \overline \bar
    \tilde \widetilde
    \hat \widehat
    \vec \overrightarrow
    \dot
    \ddot
    \check \widecheck
    \breve
    \mathring
    \underline
    \underbrace
    \overbrace
""")

FONTS = _spellings(r"""
    \mathrm \operatorname \operatorname* \mathop \mathnormal
    \mathbf \bm \boldsymbol \pmb
    \mathcal \mathscr
    \mathfrak
    \mathbb \Bbb \mathds
    \mathsf
    \mathtt
    \mathit
""")

FUNCTIONS = _words("exp log ln sin cos tan sinh cosh tanh det dim ker deg gcd arg Pr hom max min sup inf lim", "\\")
"""Commands that print as an upright word: ``\\exp`` and ``\\mathrm{exp}`` are the same name."""

LIMITS = _words("max min sup inf lim")
"""Words that bind a variable by a subscript even if it is no relation: ``\\max_j a_j``."""

GREEK = _spellings(r"""
    \alpha α
    \beta β
    \gamma γ
    \delta δ
    \epsilon ϵ
    \varepsilon ε
    \zeta ζ
    \eta η
    \theta θ
    \vartheta ϑ
    \iota ι
    \kappa κ
    \lambda λ
    \mu μ
    \nu ν
    \xi ξ
    \pi π
    \rho ρ
    \varrho ϱ
    \sigma σ
    \varsigma ς
    \tau τ
    \upsilon υ
    \phi ϕ
    \varphi φ
    \chi χ
    \psi ψ
    \omega ω
    \Gamma Γ
    \Delta Δ ∆
    \Theta Θ
    \Lambda Λ
    \Xi Ξ
    \Pi Π
    \Sigma Σ
    \Upsilon Υ
    \Phi Φ
    \Psi Ψ
    \Omega Ω
""")

CONSTANTS = _spellings(r"""
    \ldots \dots \cdots \dotsc \dotsb \dotsm … ⋯ ...
    \vdots
    \ddots
    \top ⊤
    \bot ⊥
    \infty ∞
    \emptyset \varnothing ∅
    \ell ℓ
    \nabla ∇
    \partial ∂
    \dagger †
    \ddagger
    \square \Box
    \aleph
    \hbar
    \imath
    \jmath
    \Re
    \Im
    \mathbb{R} ℝ
    \mathbb{Z} ℤ
    \mathbb{N} ℕ
    \mathbb{Q} ℚ
    \mathbb{C} ℂ
""")

SPACES = _words(
    r"\, \; \! \: \> ~ \thinspace \medspace \thickspace \negthinspace \enspace \displaystyle \textstyle "
    r"\scriptstyle \scriptscriptstyle \limits \nolimits \nonumber \notag \allowbreak \nobreak \mathstrut \strut "
    r"\hfill \hline \rm \bf \it \cal \protect \ignorespaces \noindent \null \relax \/ "
    r"\blacksquare \qed \qedhere \qedsymbol"
) | {"\\ ", "\\\n"}
"""Nothing is printed for these that matters here."""

BOXES = _words(r"\square \Box")
"""The end of a proof; with a subscript, a symbol: a place that is left open."""

WIDE_SPACES = _words(r"\quad \qquad")
"""Spaces wide enough to set off a remark or a second statement."""

DROPPED_WITH_ARGUMENT = _words(
    "label tag ref eqref cite hspace vspace color textcolor mathcolor phantom hphantom vphantom noalign", "\\"
)
WRAPPERS = _words("boxed ensuremath mathrel mathbin mathord mathopen mathclose mathpunct smash changed changing", "\\")
"""Commands whose argument is read as if they were not there; the last two mark what changed in derivations of ours."""

MARK_COLOURS = ("#0b62c4", "#b35309")
"""In our Markdown a line below something in these colours marks what changed, or what will change: it is no accent."""

BETWEEN_ROWS = _words("intertext shortintertext", "\\")
"""Words between the rows of a display."""

TEXTS = BETWEEN_ROWS | _words("text mbox hbox textrm textbf textit textsf texttt textnormal", "\\")

DISPLAYS = _words("equation align alignat flalign gather multline eqnarray displaymath math dmath")
"""Environments that are displays, starred or not."""

TRANSPARENT = DISPLAYS | _words("aligned alignedat split gathered multlined")
"""Environments whose rows, inside a display, are the display's own."""

VERBATIM = _words("verbatim Verbatim lstlisting minted comment filecontents")
"""Environments in which nothing is read."""

MATRICES = _words("matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix array cases")

NOT_NAMES = _words(
    "and or if iff for where with by so then else otherwise since because when hence thus as is are on in all"
)
"""Words of a remark; any other bare word in ``\\text{…}`` may be a name."""

SAME_WORDS = {"SoftMax": "softmax", "Softmax": "softmax", "SOFTMAX": "softmax", "CONCAT": "concat"}
"""Words for an operator in other capitals."""
