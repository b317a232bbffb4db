"""Small drawings: cells in shades of grey, frames, words and arrows; as SVG, in LaTeX, or by Matplotlib.

Coordinates are in points from the upper left corner.  SVG takes the colour of the text around it, so that it follows
a page that is light, dark or printed; LaTeX needs no file and no package but xcolor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape as escape_html
from typing import Any

import numpy as np

from symbolic_equiv.latex.plain import spelled
from symbolic_equiv.latex.words import escape

SMALL = 9.0
"""The size of the words, in points."""


ON_SCREEN = 1.5
"""How much larger a figure is on a screen, where the words around it are larger too."""


@dataclass(frozen=True)
class Cell:
    """A square from white (0) to black (1); ``value`` is said when it is pointed at."""

    x: float
    y: float
    size: float
    shade: float
    value: float


@dataclass(frozen=True)
class Frame:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Label:
    """Words, or a formula in LaTeX, centred at a point or beginning there."""

    x: float
    y: float
    text: str
    is_math: bool = False
    centred: bool = True


@dataclass(frozen=True)
class Arrow:
    """An arrow to the right (``across``) or down."""

    x: float
    y: float
    length: float
    across: bool


Mark = Cell | Frame | Label | Arrow


@dataclass(frozen=True)
class Figure:
    """A drawing with its caption; ``alt`` is what is said instead of it."""

    name: str
    width: float
    height: float
    marks: tuple[Mark, ...]
    alt: str
    caption: str

    def svg(self, alone: bool = False) -> str:
        """As SVG; ``alone`` is for a file of its own, black on white whatever the page."""
        marks = "".join(map(_svg, self.marks))
        colour, paper = ("#000", '<rect width="100%" height="100%" fill="#fff"/>') if alone else ("currentColor", "")
        space = ' xmlns="http://www.w3.org/2000/svg"' if alone else ""
        view = f"0 0 {self.width:g} {self.height:g}"
        size = f'width="{ON_SCREEN * self.width:.0f}" height="{ON_SCREEN * self.height:.0f}" viewBox="{view}"'
        return (
            f'<svg{space} {size} role="img" aria-label="{escape_html(self.alt)}" fill="{colour}" stroke="none" '
            f'font-size="{SMALL:g}" font-family="system-ui, sans-serif">{paper}{marks}</svg>'
        )

    def html(self) -> str:
        """With the caption below it."""
        return f"<figure>{self.svg()}<figcaption>{escape_html(self.caption)}</figcaption></figure>"

    def _repr_html_(self) -> str:
        return self.html()

    def latex(self) -> str:
        """For LaTeX, with the caption below it."""
        marks = "\n".join(_latex(mark, self.height) for mark in self.marks)
        return (
            "\\begin{center}\n{\\setlength{\\unitlength}{1pt}\\footnotesize\n"
            f"\\begin{{picture}}({self.width:g},{self.height:g})\n{marks}\n\\end{{picture}}}}\n\n"
            f"\\parbox{{0.9\\linewidth}}{{\\small {escape(self.caption)}}}\n\\end{{center}}"
        )

    def matplotlib(self) -> Any:
        """As a figure of Matplotlib, to be changed or saved in one of its formats.  Needs the extra ``figures``."""
        from matplotlib.figure import Figure as Drawn

        drawn = Drawn(figsize=(self.width / 72, self.height / 72), dpi=144)
        axes = drawn.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, self.width), ylim=(self.height, 0))
        axes.set_axis_off()
        for mark in self.marks:
            _draw(axes, mark)
        return drawn


class Drawings(tuple[Figure, ...]):
    """Figures that a notebook shows one below the other."""

    def _repr_html_(self) -> str:
        return "".join(each.html() for each in self)


def grid(values: np.ndarray, x: float, y: float, size: float, low: float, high: float) -> Iterator[Mark]:
    """A matrix as cells in a frame: white for ``low``, black for ``high``."""
    for row, line in enumerate(values):
        for column, value in enumerate(line):
            shade = (value - low) / (high - low) if high > low else 0.0
            yield Cell(x + size * column, y + size * row, size, float(np.clip(shade, 0, 1)), float(value))
    yield Frame(x, y, size * values.shape[1], size * values.shape[0])


def scale(x: float, y: float, low: float, high: float, width: float = 60.0) -> Iterator[Mark]:
    """What the shades mean: a bar from ``low`` to ``high``."""
    steps = 10
    yield Label(x - 4 - SMALL * 0.28 * len(f"{low:.3g}"), y + 4, number(low))
    for step in range(steps):
        shade = step / (steps - 1)
        yield Cell(x + step * width / steps, y, width / steps, shade, low + shade * (high - low))
    yield Frame(x, y, width, width / steps)
    yield Label(x + width + 4 + SMALL * 0.28 * len(f"{high:.3g}"), y + 4, number(high))


def number(value: float) -> str:
    """A number with at most three digits, and a minus sign that is one."""
    return f"{value:.3g}".replace("-", "−")


def _svg(mark: Mark) -> str:
    match mark:
        case Cell():
            return (
                f'<rect x="{mark.x:g}" y="{mark.y:g}" width="{mark.size:g}" height="{mark.size:g}" '
                f'fill-opacity="{mark.shade:.3f}"><title>{mark.value:.3f}</title></rect>'
            )
        case Frame():
            return (
                f'<rect x="{mark.x:g}" y="{mark.y:g}" width="{mark.width:g}" height="{mark.height:g}" '
                'fill="none" stroke="currentColor" stroke-width="0.8"/>'
            )
        case Label():
            anchor = ' text-anchor="middle"' if mark.centred else ""
            style = ' font-style="italic" font-family="serif" font-size="12"' if mark.is_math else ""
            text = _subscripts(mark.text) if mark.is_math else escape_html(mark.text)
            return f'<text x="{mark.x:g}" y="{mark.y + 3:g}"{anchor}{style}>{text}</text>'
        case Arrow():
            x, y = (mark.x + mark.length, mark.y) if mark.across else (mark.x, mark.y + mark.length)
            tip = ((x - 6, y - 3), (x - 6, y + 3)) if mark.across else ((x - 3, y - 6), (x + 3, y - 6))
            points = " ".join(f"{a:g},{b:g}" for a, b in ((x, y), *tip))
            return (
                f'<line x1="{mark.x:g}" y1="{mark.y:g}" x2="{x:g}" y2="{y:g}" stroke="currentColor"/>'
                f'<polygon points="{points}"/>'
            )


def _subscripts(latex: str) -> str:
    """A formula in letters, with what stands below in small ones below the line."""
    parts = re.split(r"_(\{[^{}]*\}|\w)", spelled(latex))
    written = escape_html(parts[0])
    for below, rest in zip(parts[1::2], parts[2::2], strict=True):
        small = escape_html(below.strip("{}"))
        after = escape_html(rest) or "\u200b"  # a shift needs a letter that it shifts
        written += f'<tspan dy="3" font-size="9">{small}</tspan><tspan dy="-3">{after}</tspan>'
    return written


def _latex(mark: Mark, height: float) -> str:
    match mark:
        case Cell():
            rule = rf"\rule{{{mark.size:g}pt}}{{{mark.size:g}pt}}"
            shaded = rf"\textcolor[gray]{{{1 - mark.shade:.2f}}}{{{rule}}}"
            return rf"\put({mark.x:g},{height - mark.y - mark.size:g}){{{shaded}}}"
        case Frame():
            low = height - mark.y - mark.height
            return rf"\put({mark.x:g},{low:g}){{\framebox({mark.width:g},{mark.height:g}){{}}}}"
        case Label():
            text = f"${mark.text}$" if mark.is_math else escape(mark.text)
            place = "" if mark.centred else "[l]"
            return rf"\put({mark.x:g},{height - mark.y:g}){{\makebox(0,0){place}{{{text}}}}}"
        case Arrow():
            way = "(1,0)" if mark.across else "(0,-1)"
            return rf"\put({mark.x:g},{height - mark.y:g}){{\vector{way}{{{mark.length:g}}}}}"


def _draw(axes: Any, mark: Mark) -> None:
    from matplotlib.patches import Rectangle

    match mark:
        case Cell():
            axes.add_patch(Rectangle((mark.x, mark.y), mark.size, mark.size, color=str(1 - mark.shade), linewidth=0))
        case Frame():
            axes.add_patch(Rectangle((mark.x, mark.y), mark.width, mark.height, fill=False, linewidth=0.8))
        case Label():
            text = f"${mark.text}$" if mark.is_math else mark.text
            axes.text(mark.x, mark.y, text, ha="center" if mark.centred else "left", va="center", fontsize=SMALL)
        case Arrow():
            end = (mark.x + mark.length, mark.y) if mark.across else (mark.x, mark.y + mark.length)
            axes.annotate("", end, (mark.x, mark.y), arrowprops={"arrowstyle": "->"})


def figure(name: str, marks: Iterable[Mark], alt: str, caption: str) -> Figure:
    """A figure as large as what is drawn, with a small margin."""
    drawn = tuple(marks)
    right = max(max(_right(mark) for mark in drawn), 1.0) + 4
    low = max(max(_low(mark) for mark in drawn), 1.0) + 4
    return Figure(name, right, low, drawn, alt, caption)


def _right(mark: Mark) -> float:
    match mark:
        case Cell():
            return mark.x + mark.size
        case Frame():
            return mark.x + mark.width
        case Label():
            length = (len(spelled(mark.text)) if mark.is_math else len(mark.text)) * SMALL * 0.56
            return mark.x + (length / 2 if mark.centred else length)
        case Arrow():
            return mark.x + (mark.length if mark.across else 4)


def _low(mark: Mark) -> float:
    match mark:
        case Cell():
            return mark.y + mark.size
        case Frame():
            return mark.y + mark.height
        case Label():
            return mark.y + SMALL / 2
        case Arrow():
            return mark.y + (4 if mark.across else mark.length)
