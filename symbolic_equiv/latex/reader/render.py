"""A tree as LaTeX again, in one canonical spelling: reading the result gives an equal tree."""

from __future__ import annotations

from symbolic_equiv.latex.reader import notation
from symbolic_equiv.latex.reader import syntax as s
from symbolic_equiv.latex.reader.spellings import SPELLINGS


@s.kept
def normalised(node: s.Node) -> str:
    """The formula in canonical spelling, without sizes and spacing: for messages and comparisons.

    >>> from symbolic_equiv.latex.reader import parse
    >>> normalised(parse(r"\\Bigg( \\bar x_{1}  + y^T \\Bigg)"))
    '(\\\\overline{x}_{1} + y^{T})'
    """
    return _WRITERS[type(node)](node)


def _scripts(scripts: s.Scripts) -> str:
    return "".join("'" if script.kind == "'" else f"{script.kind}{{{_script(script.body)}}}" for script in scripts)


def _script(body: s.Node) -> str:
    """A script, with the letters of a word close together."""
    plain = isinstance(body, s.Juxtapose) and all(
        isinstance(part, s.Name) and part.base == normalised(part) and len(part.base) == 1 for part in body.operands
    )
    return (s.letters(body) if plain else None) or normalised(body)


def _name(node: s.Name) -> str:
    text = node.base
    if node.font == r"\mathrm" and node.is_word:
        text = rf"\mathrm{{{text}}}"
    elif node.font:
        text = f"{node.font}{{{text}}}"
    elif SPELLINGS.get(text, ("NAME",))[0] != "NAME":
        text = f"{{{text}}}"  # in braces an operator stands for itself
    for accent in node.accents:
        text = f"{accent}{{{text}}}"
    return text + _scripts(node.scripts)


def _juxtaposed(node: s.Juxtapose) -> str:
    """A space that prints keeps a command from taking the braces behind it for its argument."""
    text = ""
    for part in map(normalised, node.operands):
        text += (r" \, " if part[:1] == "{" else " ") + part if text else part
    return text


def _group(node: s.Group) -> str:
    space = " " if node.kind[0] == "\\" else ""
    return f"{node.kind}{space}{normalised(node.body)}{space}{notation.CLOSES[node.kind]}"


def _infix(node: s.Infix) -> str:
    text = normalised(node.operands[0])
    for operator, operand in zip(node.operators, node.operands[1:], strict=True):
        text += f"{'' if operator in (',', ';', ':') else ' '}{operator} {normalised(operand)}"
    return text


def _binder(node: s.Binder) -> str:
    operator = node.operator.base
    text = rf"\operatorname*{{{operator}}}" if node.operator.is_word else operator
    if node.conditions:
        text += "_{" + ", ".join(normalised(condition) for condition in node.conditions) + "}"
    if node.upper is not None:
        text += f"^{{{normalised(node.upper)}}}"
    return f"{text} {normalised(node.body)}".rstrip()


def _matrix(node: s.Matrix) -> str:
    rows = r" \\ ".join(" & ".join(normalised(cell) for cell in row) for row in node.rows)
    columns = "{}" if node.environment == "array" else ""
    return rf"\begin{{{node.environment}}}{columns} {rows} \end{{{node.environment}}}"


_WRITERS = {
    s.Name: _name,
    s.Number: lambda node: node.text,
    s.Text: lambda node: rf"\text{{ {node.content} }}",
    s.Blank: lambda node: "",
    s.Script: lambda node: _scripts((node,)),
    s.Scripted: lambda node: normalised(node.base) + _scripts(node.scripts),
    s.Group: _group,
    s.Apply: lambda node: normalised(node.function) + normalised(node.argument) + _scripts(node.scripts),
    s.Juxtapose: _juxtaposed,
    **dict.fromkeys((s.Listing, s.Colon, s.Logical, s.Connective, s.Relation, s.Arrow, s.Addition, s.Product), _infix),
    s.Signed: lambda node: node.sign + " " * (len(node.sign) > 1) + normalised(node.body),
    s.Binder: _binder,
    s.Fraction: lambda node: rf"\frac{{{normalised(node.numerator)}}}{{{normalised(node.denominator)}}}",
    s.Root: lambda node: (
        rf"\sqrt{'' if node.degree is None else f'[{normalised(node.degree)}]'}{{{normalised(node.body)}}}"
    ),
    s.Accented: lambda node: f"{node.accent}{{{normalised(node.body)}}}",
    s.Matrix: _matrix,
}
