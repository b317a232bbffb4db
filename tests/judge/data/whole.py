"""A whole paper, about adapters in attention with relative positions, with nine kinds of defects; in any letters.

Its claim is true, and what it prints does not prove it:

1. shape: the columns of an ``n × d`` matrix are no tokens, and the left side is a number;
2. definition: two maps composed in the wrong order, three times;
3. sort: the first of them is declared on vectors of another length, three times;
4. step: the adapters are given the signal that was not moved, in three places of two lines;
5. scope: the values stand outside the sum over the tokens, in seven formulas;
6. sort: the translation is declared as a vector of features;
7. hypothesis: neighbourhoods move with the tokens;
8. hypothesis: positions number the tokens, one to one;
9. undefined: what is never declared.
"""

from __future__ import annotations

import re
from collections import Counter

LETTERS = {
    "E": "E", "f": "g", "S": "T", "i": "a", "j": "b", "x": r"\pi", "X": r"\mathcal{P}", "y": "s", "L": r"\mathcal{S}",
    "near": "V", "rho": r"\varepsilon", "rhoP": r"\varepsilon^{R}", "phi": r"\theta", "D": r"\Delta\theta",
    "score": r"\kappa", "layer": r"\eta", "whole": r"\mathcal{M}_{ad}", "softmax": r"\operatorname{softmax}",
    "h": "c", "H": "C", "ad": "ad", "in": "d_0", "k": "d_1", "v": "d_2", "out": "d_3", "rank": "r_0",
    "q": "Q", "key": "K", "val": "V", "last": "O", "down": "A", "up": "B", "bar": r"\hat",
}  # fmt: skip
"""What each placeholder of the text prints."""

CONTEXT = r"""declare @S, @X
declare @i, @j \in @S
declare @y \in @X
declare @h \in [@H]
declare @x : @S \to @X
declare @f : @S \to \mathbb{R}^{@in}
declare @near : @S \to 2^{@S}
declare @rho : @S \times @S \to \mathbb{R}^{@in}
declare @rhoP : @X \to \mathbb{R}^{@in}
declare @phi_{@q}^{(@h)}, @phi_{@key}^{(@h)}, @D_{@q}^{(@h)}, @D_{@key}^{(@h)} : \mathbb{R}^{@in} \to \mathbb{R}^{@k}
declare @phi_{@val}^{(@h)}, @D_{@val}^{(@h)} : \mathbb{R}^{@in} \to \mathbb{R}^{@v}
declare @phi_{@last} : \mathbb{R}^{@H @v} \to \mathbb{R}^{@out}
define @whole[@f, @rho](@i) := @phi_{@last}( \bigcup_{@h \in [@H]} \sum_{@j \in @near(@i)} @softmax_{@j}( \langle @phi_{@q}^{(@h)}(@f(@i)) + @D_{@q}^{(@h)}(@f(@i)), @phi_{@key}^{(@h)}(@f(@j) + @rho(@i, @j)) + @D_{@key}^{(@h)}(@f(@j) + @rho(@i, @j)) \rangle ) ( @phi_{@val}^{(@h)}(@f(@j)) + @D_{@val}^{(@h)}(@f(@j)) ) )
"""  # noqa: E501

TEXT = r"""# Small adapters see a shifted input shifted

An input of $n$ tokens is a matrix $Y \in \mathbb{R}^{n \times @in}$, whose columns embed the tokens. With relative
positions its scores are

\begin{equation}
@E_{@i, @j} = (U_Q Y)(U_K (Y + R_{@x(@j) - @x(@i)}))^T
\end{equation}

up to a factor. It is handier to see the input as a function $@f: @S \to \mathbb{R}^{@in}$, an element of
$L_{\mathbb{R}^{@in}}(@S)$, on the index set $@S = \{1, 2, ..., n\}$. Queries and keys are maps
$@phi_{@q}: L_{\mathbb{R}^{@in}}(@S) \to L_{\mathbb{R}^{@k}}(@S)$ and
$@phi_{@key}: L_{\mathbb{R}^{@in}}(@S) \to L_{\mathbb{R}^{@k}}(@S)$, and values come from
$@phi_{@val}: L_{\mathbb{R}^{@in}}(@S) \to L_{\mathbb{R}^{@v}}(@S)$. We can then write the scores as

\begin{equation}
@E_{@i, @j} = @score[@f](@i, @j) = \langle @phi_{@q}(@f(@i)), @phi_{@key}(@f(@j) + @rho(@i, @j)) \rangle
\end{equation}

where $@rho(@i, @j)$ encodes positions, and the whole mechanism can be written as

\begin{equation}
@layer[@f](@i) = \sum_{@j \in @S} @softmax_{@j}( @score[@f](@i, @j) ) @phi_{@val}(@f(@j))
\end{equation}

Each of the three maps gets an adapter of small rank. We formulate these as

\begin{equation}
@D_{@q}(@f(@i)) = (@phi^{@down}_{@q} \circ @phi^{@up}_{@q})(@f(@i)) = @phi^{@up}_{@q}(@phi^{@down}_{@q}(@f(@i)))
\end{equation}

\begin{equation}
@D_{@key}(@f(@i)) = (@phi^{@down}_{@key} \circ @phi^{@up}_{@key})(@f(@i)) = @phi^{@up}_{@key}(@phi^{@down}_{@key}(@f(@i)))
\end{equation}

\begin{equation}
@D_{@val}(@f(@i)) = (@phi^{@down}_{@val} \circ @phi^{@up}_{@val})(@f(@i)) = @phi^{@up}_{@val}(@phi^{@down}_{@val}(@f(@i)))
\end{equation}

with the two halves

\begin{align}
@phi^{@down}_{@q}: L_{\mathbb{R}^{@k}}(@S) \to L_{\mathbb{R}^{@rank}}(@S) &\quad @phi^{@up}_{@q}: L_{\mathbb{R}^{@rank}}(@S) \to L_{\mathbb{R}^{@k}}(@S) \\
@phi^{@down}_{@key}: L_{\mathbb{R}^{@k}}(@S) \to L_{\mathbb{R}^{@rank}}(@S) &\quad @phi^{@up}_{@key}: L_{\mathbb{R}^{@rank}}(@S) \to L_{\mathbb{R}^{@k}}(@S) \\
@phi^{@down}_{@val}: L_{\mathbb{R}^{@v}}(@S) \to L_{\mathbb{R}^{@rank}}(@S) &\quad @phi^{@up}_{@val}: L_{\mathbb{R}^{@rank}}(@S) \to L_{\mathbb{R}^{@v}}(@S)
\end{align}

With them the scores are given by

\begin{equation}
@score^{@ad}[@f](@i, @j) = \langle @phi_{@q}(@f(@i)) + @D_{@q}(@f(@i)), @phi_{@key}(@f(@j) + @rho(@i, @j)) + @D_{@key}(@f(@j) + @rho(@i, @j)) \rangle
\end{equation}

and the mechanism is given by

\begin{equation}
@layer^{@ad}[@f](@i) = \sum_{@j \in @S} @softmax_{@j}( @score^{@ad}[@f](@i, @j) )(@phi_{@val}(@f(@j)) + @D_{@val}(@f(@j)))
\end{equation}

The layer with several heads is equivariant if the following equation is to hold:

\begin{equation}
@whole[@L_{@y}[@f], @rho](@i) = @L_{@y}[@whole[@f, @rho]](@i)
\end{equation}

where $@L_{@y}[@f](@i) = @f(@x^{-1}(@x(@i) - @y))$. On a shifted input the layer is

\begin{align}
@whole[@L_{@y}[@f], @rho](@i) &= @phi_{@last}\Bigg( \bigcup_{@h \in [@H]} \sum_{@j \in @near(@i)} @softmax_{@j} \Bigg( \Big\langle @phi_{@q}^{(@h)}(@L_{@y}[@f](@i)) + @D_{@q}^{(@h)}(@f(@i)), \\
&\quad @phi_{@key}^{(@h)}(@L_{@y}[@f](@j) + @rho(@i, @j)) + @D_{@key}^{(@h)}(@f(@j) + @rho(@i, @j)) \Big\rangle\Bigg) \Bigg)\Bigg(@phi_{@val}^{(@h)}(@L_{@y}[@f](@j)) + @D_{@val}^{(@h)}(@f(@j)) \Bigg)\\
&= @phi_{@last}\Bigg( \bigcup_{@h \in [@H]} \sum_{@j \in @near(@i)} @softmax_{@j} \Bigg( \Big\langle @phi_{@q}^{(@h)}(@f(@x^{-1}(@x(@i)-@y))) + @D_{@q}^{(@h)}(@f(@x^{-1}(@x(@i)-@y))), \\
&\quad @phi_{@key}^{(@h)}(@f(@x^{-1}(@x(@j)-@y)) + @rho(@i, @j)) + @D_{@key}^{(@h)}(@f(@x^{-1}(@x(@j)-@y)) + @rho(@i, @j)) \Big\rangle\Bigg) \Bigg)\Bigg(@phi_{@val}^{(@h)}(@f(@x^{-1}(@x(@j)-@y))) + @D_{@val}^{(@h)}(@f(@x^{-1}(@x(@j)-@y))) \Bigg) \\
&= @phi_{@last}\Bigg( \bigcup_{@h \in [@H]} \sum_{@x^{-1}(@x(@bar{@j})+@y) \in @near(@x^{-1}(@x(@bar{@i})+@y))} @softmax_{@x^{-1}(@x(@bar{@j})+@y)} \Bigg( \Big\langle @phi_{@q}^{(@h)}(@f(@bar{@i})) + @D_{@q}^{(@h)}(@f(@bar{@i})), \\
&\quad @phi_{@key}^{(@h)}(@f(@bar{@j}) + @rho(@x^{-1}(@x(@bar{@i})+@y), @x^{-1}(@x(@bar{@j})+@y))) + @D_{@key}^{(@h)}(@f(@bar{@j}) + @rho(@x^{-1}(@x(@bar{@i})+@y), @x^{-1}(@x(@bar{@j})+@y))) \Big\rangle\Bigg) \Bigg)\Bigg(@phi_{@val}^{(@h)}(@f(@bar{@j})) + @D_{@val}^{(@h)}(@f(@bar{@j})) \Bigg)
\end{align}

by the substitution $@bar{@i} = @x^{-1}(@x(@i)-@y) \implies @i = @x^{-1}(@x(@bar{@i})+@y)$ and
$@bar{@j} = @x^{-1}(@x(@j)-@y) \implies @j = @x^{-1}(@x(@bar{@j})+@y)$. Using the definition of
$@rho(@i, @j) = @rhoP(@x(@j) - @x(@i))$ this is reduced further:

\begin{align}
&= @phi_{@last}\Bigg( \bigcup_{@h \in [@H]} \sum_{@x^{-1}(@x(@bar{@j})+@y) \in @near(@x^{-1}(@x(@bar{@i})+@y))} @softmax_{@x^{-1}(@x(@bar{@j})+@y)} \Bigg( \Big\langle @phi_{@q}^{(@h)}(@f(@bar{@i})) + @D_{@q}^{(@h)}(@f(@bar{@i})), \\
&\quad @phi_{@key}^{(@h)}(@f(@bar{@j}) + @rhoP(@x(@bar{@j}) + @y - (@x(@bar{@i})+@y))) + @D_{@key}^{(@h)}(@f(@bar{@j}) + @rhoP(@x(@bar{@j}) + @y - (@x(@bar{@i})+@y))) \Big\rangle\Bigg) \Bigg)\Bigg(@phi_{@val}^{(@h)}(@f(@bar{@j})) + @D_{@val}^{(@h)}(@f(@bar{@j})) \Bigg)\\
&= @phi_{@last}\Bigg( \bigcup_{@h \in [@H]} \sum_{@x^{-1}(@x(@bar{@j})+@y) \in @near(@x^{-1}(@x(@bar{@i})+@y))} @softmax_{@x^{-1}(@x(@bar{@j})+@y)} \Bigg( \Big\langle @phi_{@q}^{(@h)}(@f(@bar{@i})) + @D_{@q}^{(@h)}(@f(@bar{@i})), \\
&\quad @phi_{@key}^{(@h)}(@f(@bar{@j}) + @rhoP(@x(@bar{@j}) - @x(@bar{@i}))) + @D_{@key}^{(@h)}(@f(@bar{@j}) + @rhoP(@x(@bar{@j}) - @x(@bar{@i}))) \Big\rangle\Bigg) \Bigg)\Bigg(@phi_{@val}^{(@h)}(@f(@bar{@j})) + @D_{@val}^{(@h)}(@f(@bar{@j})) \Bigg)\\
&= @phi_{@last}\Bigg( \bigcup_{@h \in [@H]} \sum_{@x^{-1}(@x(@bar{@j})+@y) \in @near(@x^{-1}(@x(@bar{@i})+@y))} @softmax_{@x^{-1}(@x(@bar{@j})+@y)} \Bigg( \Big\langle @phi_{@q}^{(@h)}(@f(@bar{@i})) + @D_{@q}^{(@h)}(@f(@bar{@i})), \\
&\quad @phi_{@key}^{(@h)}(@f(@bar{@j}) + @rho(@bar{@i}, @bar{@j})) + @D_{@key}^{(@h)}(@f(@bar{@j}) + @rho(@bar{@i}, @bar{@j})) \Big\rangle\Bigg) \Bigg)\Bigg(@phi_{@val}^{(@h)}(@f(@bar{@j})) + @D_{@val}^{(@h)}(@f(@bar{@j})) \Bigg)
\end{align}

A translation $@y \in \mathbb{R}^{@in}$, where $@in$ is the dimension of $@f(@i)$, leaves such sums alone, so we have

\begin{equation}
\sum_{@x^{-1}(@x(@bar{@j})+@y) \in @near(@x^{-1}(@x(@bar{@i})+@y))}[\bullet] = \sum_{@x^{-1}(@x(@bar{@j})) \in @near(@x^{-1}(@x(@bar{@i})))}[\bullet] = \sum_{@bar{@j} \in @near(@bar{@i})}[\bullet]
\end{equation}

As we can see, $@whole[@L_{@y}[@f], @rho](@i) = @L_{@y}[@whole[@f, @rho]](@i)$, and the expression reduces to

\begin{align}
@whole[@L_{@y}[@f], @rho](@i) &= @phi_{@last}\Bigg( \bigcup_{@h \in [@H]} \sum_{@x^{-1}(@x(@bar{@j})+@y) \in @near(@x^{-1}(@x(@bar{@i})+@y))} @softmax_{@x^{-1}(@x(@bar{@j})+@y)} \Bigg( \Big\langle @phi_{@q}^{(@h)}(@f(@bar{@i})) + @D_{@q}^{(@h)}(@f(@bar{@i})), \\
&\quad @phi_{@key}^{(@h)}(@f(@bar{@j}) + @rho(@bar{@i}, @bar{@j})) + @D_{@key}^{(@h)}(@f(@bar{@j}) + @rho(@bar{@i}, @bar{@j})) \Big\rangle\Bigg) \Bigg)\Bigg(@phi_{@val}^{(@h)}(@f(@bar{@j})) + @D_{@val}^{(@h)}(@f(@bar{@j})) \Bigg)\\
&= @whole[@f, @rho](@bar{@i})\\
&= @whole[@f, @rho](@x^{-1}(@x(@i)-@y))\\
&= @L_{@y}[@whole[@f, @rho]](@i)
\end{align}
"""  # noqa: E501

VERDICTS = Counter(definition=9, proved=17, refuted=2, unreadable=1)
ERRATA = Counter(shape=1, undefined=1, definition=3, sort=4, hypothesis=2, scope=7, step=1)


def written(letters: dict[str, str] | None = None, tex: bool = False, context: bool = True) -> str:
    """The paper with these letters in place of its own, as Markdown, or as LaTeX with brackets that grow."""
    names = {**LETTERS, **(letters or {})}
    names.setdefault("D", rf"\Delta{names['phi']}")
    filled = lambda text: re.sub(r"@([a-zA-Z]+)", lambda at: names[at[1]], text)
    text, block = filled(TEXT), filled(CONTEXT) if context else ""
    if not tex:
        return f"<!-- symbolic-equiv\n{block}-->\n{text}" if block else text
    for plain, grown in (
        (r"\Bigg(", r"\left("),
        (r"\Bigg)", r"\right)"),
        (r"\Big\l", r"\left\l"),
        (r"\Big\r", r"\right\r"),
    ):
        text = text.replace(plain, grown)
    text = text.replace(r"\begin{align}", "\\begin{equation}\n\\begin{aligned}")
    text = text.replace(r"\end{align}", "\\end{aligned}\n\\end{equation}")
    lines = "".join(f"% symbolic-equiv: {line}\n" for line in block.splitlines())
    title, body = text.split("\n", 1)
    title = title.replace("# ", r"\section{") + "}"
    head = "\\documentclass{article}\n\\usepackage{amsmath,amssymb}\n"
    return f"{head}{lines}\\begin{{document}}\n{title}\n{body}\\end{{document}}\n"
