"""A whole paper with nine kinds of defects says the same in any letters, and is told the same."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from symbolic_equiv.cli import main
from tests.judge.data import whole
from tests.judge.judging import judged, shown, steps

RENAMED = {
    "as it is": {},
    "tokens that are letters of words": {"i": "k", "j": "l", "val": "val", "key": "key", "q": "query", "last": "last"},
    "tokens in the other order": {"i": "n", "j": "m"},
    "Greek tokens": {"i": r"\mu", "j": r"\nu"},
    "the letters that stand for any vector": {"i": "u", "j": "v", "y": "w", "f": "t"},
    "labels in upright letters": {"q": r"\mathrm{q}", "key": r"\mathrm{k}", "val": r"\mathrm{v}", "i": "k", "j": "l"},
    "labels that are numbers": {"q": "1", "key": "2", "val": "3", "last": "4", "down": "1", "up": "2"},
    "labels that are arrows": {"down": r"\downarrow", "up": r"\uparrow"},
    "labels in small letters": {"down": "a", "up": "b", "i": "p", "j": "q"},
    "an adapter's prefix as a label": {"ad": r"\Delta", "D": r"\Delta\theta"},
    "an adapter with an accent": {"D": r"\tilde{\theta}", "bar": r"\tilde"},
    "an adapter with a prime": {"D": r"\theta'", "bar": r"\bar"},
    "positions in a set named Z": {"X": "Z"},
    "an encoding whose letter is in a word": {"rho": "e", "rhoP": "e^{rel}"},
    "an encoding numbered": {"rho": "p", "rhoP": "p^{0}"},
    "words for operators": {"whole": r"\mathrm{MHSA}", "L": r"\mathrm{T}", "x": r"\mathrm{pos}", "near": r"\mathrm{U}"},
    "as published": {
        "f": "f", "S": "S", "i": "i", "j": "j", "x": "x", "y": "y", "L": "L", "near": "N", "rho": r"\rho",
        "rhoP": r"\rho^P", "phi": r"\varphi", "D": r"\Delta\varphi", "score": r"\alpha", "layer": r"\zeta",
        "whole": r"m^r_{LoRA}", "softmax": r"\sigma", "h": "h", "H": "H", "bar": r"\overline",
        "q": "qry", "key": "key", "val": "val", "last": "out", "in": "d_{in}", "k": "d_k", "v": "d_v",
    },
}  # fmt: skip


@pytest.mark.parametrize("letters", RENAMED.values(), ids=RENAMED.keys())
@pytest.mark.parametrize("tex", (False, True), ids=("Markdown", "LaTeX"))
def test_the_same_in_other_letters(letters, tex):
    document = judged(whole.written(letters, tex), "latex" if tex else "markdown", budget=60)
    assert Counter(step.verdict for step in steps(document)) == whole.VERDICTS, shown(document)
    assert Counter(erratum.kind for erratum in document.errata) == whole.ERRATA, shown(document)


def test_the_words_of_the_built_in_context_need_no_context_block():
    document = judged(whole.written(RENAMED["as published"], context=False), budget=60)
    assert Counter(step.verdict for step in steps(document)) == whole.VERDICTS, shown(document)
    assert Counter(erratum.kind for erratum in document.errata) == whole.ERRATA, shown(document)


@pytest.mark.parametrize("tex", (False, True), ids=("Markdown", "LaTeX"))
def test_with_its_repairs_written_in_it_checks_clean(tex, tmp_path, capsys):
    name = "paper.tex" if tex else "paper.md"
    (tmp_path / name).write_text(whole.written(tex=tex), "utf-8")
    assert main(["derive", str(tmp_path / name), "--fixed", "-o", str(tmp_path / f"fixed-{name}")]) == 0
    capsys.readouterr()
    assert main(["check", str(tmp_path / f"fixed-{name}"), "--json"]) == 0
    (document,) = json.loads(capsys.readouterr().out)["documents"]
    assert not document["errata"]
    assert {step["verdict"] for chain in document["chains"] for step in chain["steps"]} == {"definition", "proved"}


@pytest.mark.parametrize("order", ("ij", "ji", "nm", "st"))
def test_a_recalled_definition_takes_its_arguments_in_the_order_in_which_they_are_printed(order):
    one, other = order
    text = rf"""Let $x : S \to X$, $\rho : S \times S \to \mathbb{{R}}$
and $\beta : X \to \mathbb{{R}}$. For ${one}, {other} \in S$,
using the definition of $\rho({one}, {other}) = \beta(x({other}) - x({one}))$, we find
$$ \rho({other}, {one}) + 1 = \beta(x({one}) - x({other})) + 1 $$
and not
$$ \rho({one}, {other}) + 1 = \beta(x({one}) - x({other})) + 1 $$
"""
    document = judged(text)
    right, wrong = [step for step in steps(document) if step.verdict != "definition"][-2:]
    assert right.verdict == "proved", shown(document)
    assert wrong.verdict == "refuted", shown(document)


def test_a_plain_Z_is_no_set_of_integers():
    document = judged(r"Let $b : Z \to \mathbb{R}$ and $p, q \in Z$." + "\n$$ b(p + q) = b(q + p) $$\n")
    (step,) = [step for step in steps(document) if step.relation == "="]
    assert step.verdict == "refuted", shown(document)


ROTARY = r"""Rotary embedding encodes the position $@ \in \mathbb{Z}$ by a matrix $R_@ \in \mathbb{R}^{d\times d}$.
These matrices satisfy $R_@^\top R_* = R_{*-@}$. With $q_@ = R_@ W_q x_@$ and $k_* = R_* W_k x_*$ the score is
$$ a_{@*} = q_@^\top k_*. $$
Hence
$$ a_{@*} = x_@^\top W_q^\top R_@^\top R_* W_k x_* = x_@^\top W_q^\top R_{*-@} W_k x_*. $$
"""


@pytest.mark.parametrize("letters", ("ij", "mn", "bl", "st", "uv"))
def test_two_indices_are_two_whoever_declared_them_and_a_law_of_what_is_declared_is_assumed(letters):
    one, other = letters
    sound = ROTARY.replace("@", one).replace("*", other)
    assert [step.verdict for step in steps(judged(sound))][-2:] == ["proved", "proved"], shown(judged(sound))
    wrong = sound.replace(f"R_{{{other}-{one}}} W_k", f"R_{{{one}-{other}}} W_k")
    assert [step.verdict for step in steps(judged(wrong))][-2:] == ["proved", "refuted"], shown(judged(wrong))


def test_a_law_that_the_text_sets_out_to_show_is_not_assumed():
    text = ROTARY.replace("@", "m").replace("*", "n").replace("These matrices", "We show that these matrices")
    assert steps(judged(text))[-1].verdict != "proved", shown(judged(text))


def test_a_map_with_an_exponent_may_be_a_power_of_one_that_can_be_applied_twice():
    text = r"Let $\varphi : V \to V$ and $v \in V$. Its square $\varphi^2 : V \to V$ is applied twice:"
    document = judged(text + "\n$$ \\varphi^2(v) = \\varphi(\\varphi(v)) $$\n")
    assert [step.verdict for step in steps(document)] == ["unproved"], shown(document)
