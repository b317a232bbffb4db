"""What every HTML page of ours shares: no script, nothing from elsewhere, readable without colour and on paper."""

from __future__ import annotations

from html import escape

STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fff; --dim: #595959; --rule: #c8c8c8; --soft: #f3f3f0;
  --good: #1a6330; --bad: #a31515; --open: #7a4a00; --badpaper: #fdeceb; --new: #0550ae; --old: #9a3c00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e6e3; --paper: #16181b; --dim: #a8a8a8; --rule: #44484d;
  --soft: #1f2226; --good: #7fd394; --bad: #ff9d92; --open: #f0be6a; --badpaper: #3a1f1e;
  --new: #8cc2ff; --old: #f2b07a; } }
* { box-sizing: border-box; }
body { color: var(--ink); background: var(--paper); font: 1rem/1.55 Georgia, "Times New Roman", serif;
  max-width: 62rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.5rem; margin: 0 0 .3rem; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; border-bottom: 1px solid var(--rule); padding-bottom: .2rem; }
a { color: inherit; } a:focus-visible, summary:focus-visible { outline: 3px solid var(--open); outline-offset: 2px; }
.dim, .place { color: var(--dim); } .place { font-size: .85rem; min-width: 4.5rem; }
ol.chain { list-style: none; margin: 0; padding: 0; }
ol.chain > li { padding: .45rem .6rem; border-left: 3px solid var(--rule); margin-bottom: .25rem; }
li.refuted, li.unreadable { border-left-color: var(--bad) !important; }
li.unproved, li.assumed { border-left-color: var(--open) !important; }
li.proved { border-left-color: var(--good) !important; }
.line { display: flex; gap: .8rem; align-items: baseline; }
.formula { flex: 1; min-width: 0; line-height: 2.1; overflow-wrap: anywhere; }
div.formula { padding: .15rem 0 .15rem 2em; text-indent: -2em; } math { font-size: 1.08rem; text-indent: 0; }
.formula math { math-style: normal; } :not(.formula) > [role=math] { margin-right: .1em; }
.formula.beside { display: inline-block; padding: 0; text-indent: 0; margin: .2rem 2.4rem .2rem 0; }
.scroll { overflow-x: auto; }
math .b1 { font-size: 1.2em; } math .b2 { font-size: 1.4em; } math .b3 { font-size: 1.6em; }
math .b4 { font-size: 1.8em; }
math .new { color: var(--new); border-bottom: .09em solid var(--new); }
math .old { color: var(--old); border-bottom: .09em dashed var(--old); }
.key.new { border-bottom: .12em solid var(--new); color: var(--new); }
.key.old { border-bottom: .12em dashed var(--old); color: var(--old); }
math .wrong { color: var(--bad); background: var(--badpaper); } math .mark { font-weight: bold; }
.verdict { font: bold .9rem/1.4 system-ui, sans-serif; white-space: nowrap; }
.verdict.proved { color: var(--good); } .verdict.refuted, .verdict.unreadable { color: var(--bad); }
.verdict.unproved, .verdict.assumed { color: var(--open); } .verdict.definition { color: var(--dim); }
.under { margin: .1rem 0 0 5.3rem; font-size: .92rem; }
.note { margin: .5rem 0 .4rem 5.3rem; padding: .5rem .8rem; border: 1px solid var(--bad); border-left-width: 5px;
  background: var(--soft); border-radius: 3px; }
.note p { margin: .2rem 0; } .note .head { font-weight: bold; color: var(--bad); }
section > .note { margin-left: 0; }
dl.fix { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .8rem; margin: .4rem 0; }
dl.fix dt { font-weight: bold; } dl.fix dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
details { margin: .3rem 0; } summary { cursor: pointer; }
table { border-collapse: collapse; margin: .4rem 0; font-size: .92rem; }
td:nth-child(3) { white-space: nowrap; }
td:last-child { white-space: normal; }
th, td { text-align: left; vertical-align: top; padding: .15rem .7rem .15rem 0; border-bottom: 1px solid var(--rule);
  overflow-wrap: anywhere; } th { font-weight: normal; white-space: nowrap; } thead th { font-weight: bold; }
code { font-family: ui-monospace, monospace; font-size: .88em; overflow-wrap: anywhere; white-space: pre-wrap; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; list-style: none; padding: 0; margin: .4rem 0;
  font-size: .88rem; }
ol.steps { list-style: none; margin: .6rem 0; padding: 0; }
ol.steps > li { margin: 0 0 .9rem; padding: 0; } ol.steps .formula { margin-left: 1.6rem; display: block; }
.why { margin: .2rem 0 .1rem; } .why b { margin-right: .4rem; } .by { white-space: nowrap; }
p.rule, details.rule { margin: 0 0 .3rem 1.6rem; font-size: .92rem; color: var(--dim); } details.rule > :not(summary) {
  color: var(--ink); margin-left: 1rem; } details.rule th { font-weight: normal; }
summary h2 { display: inline; border: 0; } details.part > summary { margin: 2.2rem 0 .6rem; padding-bottom: .2rem;
  border-bottom: 1px solid var(--rule); }
.claim { padding: .6rem 1rem; background: var(--soft); border-left: 3px solid var(--rule); }
dl.given dt { font-weight: bold; margin-top: .5rem; } dl.given dd { margin: 0 0 0 1.6rem; }
figure { margin: 1rem 0; } figure svg { max-width: 100%; height: auto; } figcaption { font-size: .92rem; }
@media (max-width: 40rem) { .line { flex-wrap: wrap; } .formula { flex-basis: 100%; order: 3; }
  .under, .note { margin-left: 0; }
  math { font-size: .95rem; } div.formula { padding-left: 1.2em; text-indent: -1.2em; }
  details.rule td { display: block; }
  th { white-space: normal; } details.rule, ol.steps .formula, dl.given dd { margin-left: .6rem; } }
@media print { :root { --ink: #000; --paper: #fff; --dim: #444; --rule: #999; --soft: #fff; --good: #000; --bad: #000;
  --open: #000; --badpaper: #e6e6e6; --new: #000; --old: #000; } body { max-width: none; padding: 0; font-size: 10pt; }
  h2 { break-after: avoid; } ol.chain > li, .note { break-inside: avoid; }
  details::details-content { content-visibility: visible; height: auto; } }
"""


KEY = (
    'Where a line is <span class="key new">underlined</span>, the step into it changed it; where it is underlined '
    '<span class="key old">with dashes</span>, the next step will.'
)
"""What the marks in the lines mean."""


def inset(body: str) -> str:
    """HTML for an output of a notebook, which has a style of its own: only the marks need one."""
    return f"<style>{_MARKS}</style>\n<div class='symbolic-equiv'>{body}</div>"


_MARKS = """
.symbolic-equiv math .new { border-bottom: .09em solid; } .symbolic-equiv math .old { border-bottom: .09em dashed; }
.symbolic-equiv math .wrong { border: .09em dotted; } .symbolic-equiv ol { list-style: none; padding-left: 1em; }
.symbolic-equiv .key.new { border-bottom: .12em solid; } .symbolic-equiv .key.old { border-bottom: .12em dashed; }
.symbolic-equiv summary h2 { display: inline; font-size: 1.1em; }
"""


def sheet(title: str, body: str) -> str:
    """A whole page.  ``title`` is escaped here, ``body`` is HTML."""
    return "\n".join(
        [
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>",
            body,
            "</body>\n</html>\n",
        ]
    )
