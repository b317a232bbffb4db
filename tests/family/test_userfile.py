"""Ingredients from a user's file, outside the package: run apart, taken over as data, proved and refuted here."""

import json
import os
import subprocess
import sys

import pytest

import symbolic_equiv
from symbolic_equiv.cli import main
from symbolic_equiv.family import userfile
from symbolic_equiv.family.catalogue import Catalogue
from symbolic_equiv.family.decide import decide
from symbolic_equiv.family.userfile import load_ingredients
from symbolic_equiv.script.loader import ScriptError

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(symbolic_equiv.__file__)))
HEAD = """
from symbolic_equiv.family.ingredients import Adapter, Encoding, Neighbourhood
from symbolic_equiv.theories.attention import Heads, S, X, d_in, f, h, i, p, q, x, y
from symbolic_equiv.theories.language import BOOL, SCALAR, lam, mat, symbol, vec
from symbolic_equiv.theories.statement import hypothesis
"""
GOOD = """
g, t = symbol("g", Heads, SCALAR), symbol("t", X, SCALAR)
ENCODING = Encoding("mine", "mine", "a bias", bias=lambda at: g(h) * t(at.difference))
"""
ABSOLUTE = """
t = symbol("t", X, SCALAR)
ENCODING = Encoding("mine", "mine", "an absolute bias", bias=lambda at: t(at.there))
"""
ADDITIVE = """
t = symbol("t", X, SCALAR)
additive = hypothesis("additive", "t is additive", (lam(p, q, t(p + q)), lam(p, q, t(p) + t(q))),
                      (lam(p, t(-p)), lam(p, -t(p))))
ENCODING = Encoding("mine", "mine", "a linear bias", bias=lambda at: t(at.there), assuming=(additive,),
                    meaning={"t": lambda place, p: 3 * place.sum(p)})
"""
ADAPTER = """
ADAPTER = Adapter("mine", "mine", "W M",
                  map=lambda at, v: at.weight @ (at.parameter("M", mat(at.columns, at.columns)) @ v))
"""
GATED = """
gate = symbol("my_gate", X, SCALAR)
ADAPTER = Adapter("mine", "mine", "gated", map_at=lambda at, token, v: at.weight @ v + gate(x(token)) * at.bias)
"""
NEIGHBOURHOOD = """
odd = symbol("odd", X, BOOL)
NEIGHBOURHOOD = Neighbourhood("mine", "mine", "odd distances", of_difference=odd, places=("Z", "Z/n"),
    meaning={"odd": lambda place, d: abs(place.signed(d)[0]) == 1 or not any(d)},
    support={"odd": lambda place: place.ball(1)})
"""


def written(tmp_path, text):
    path = tmp_path / "mine.py"
    path.write_text(HEAD + text, encoding="utf-8")
    return str(path)


def verdict(tmp_path, text, encoding="relative-key", adapter="any", neighbourhood="window", place="Z"):
    all_ = Catalogue(load_ingredients(written(tmp_path, text)))
    cell = decide(all_.encodings[encoding], all_.adapters[adapter], all_.neighbourhoods[neighbourhood], place)
    return cell.verdict


@pytest.mark.parametrize(
    ("text", "of", "wanted"),
    [
        (GOOD, {"encoding": "mine"}, "proved"),
        (GOOD, {"encoding": "mine", "adapter": "lokr"}, "proved"),
        (GOOD, {"encoding": "mine", "adapter": "prefix", "place": "torus"}, "proved"),
        (GOOD, {"encoding": "mine", "neighbourhood": "sequence-interior"}, "proved"),
        (GOOD, {"encoding": "mine", "adapter": "dropout"}, "refuted"),
        (GOOD, {"encoding": "mine", "adapter": "prompt"}, "refuted"),
        (ABSOLUTE, {"encoding": "mine"}, "refuted"),
        (ADDITIVE, {"encoding": "mine"}, "proved"),
        (ADDITIVE, {"encoding": "mine", "place": "Z/n"}, "refuted"),
        (ADAPTER, {"adapter": "mine"}, "proved"),
        (ADAPTER, {"adapter": "mine", "encoding": "absolute"}, "refuted"),
        (GATED, {"adapter": "mine"}, "refuted"),
        (NEIGHBOURHOOD, {"neighbourhood": "mine", "encoding": "rope"}, "proved"),
        (NEIGHBOURHOOD, {"neighbourhood": "mine", "encoding": "rope", "place": "Z/n"}, "refuted"),
    ],
)
def test_an_ingredient_of_ones_own(tmp_path, text, of, wanted):
    assert verdict(tmp_path, text, **of) == wanted


DISTANCE = """
t = symbol("t", X, SCALAR)
even = hypothesis("even", "t is even", (lam(p, t(-p)), lam(p, t(p))))
ENCODING = Encoding("mine", "mine", "a bias", bias=lambda at: t(at.OF), assuming=(even,),
                    meaning={"t": lambda place, p: sum(map(abs, place.signed(p)))})
"""
CLIPPED = ADDITIVE.replace("3 * place.sum(p)", "max(-6, min(6, place.sum(p)))")
ONLY_SEEN = {
    "proved, under what was seen near 0": (DISTANCE.replace("OF", "difference"), "Z", "proved"),
    "no model on Z that certainly satisfies it": (DISTANCE.replace("OF", "there"), "Z", "unproved"),
    "finite places are gone through": (DISTANCE.replace("OF", "there"), "Z/n", "refuted"),
    "additive near 0 but not near 8": (CLIPPED, "Z", "unproved"),
    "a model that satisfies it everywhere": (ADDITIVE.replace("assuming", "softmax=False, assuming"), "Z", "refuted"),
}


@pytest.mark.parametrize(("text", "place", "wanted"), ONLY_SEEN.values(), ids=ONLY_SEEN)
def test_a_hypothesis_that_is_only_seen_near_0_refutes_nothing(tmp_path, text, place, wanted):
    """More than the values near 0 is not known of a file's meanings: a counterexample has to satisfy it everywhere."""
    assert verdict(tmp_path, text, encoding="mine", place=place) == wanted


def test_what_was_only_seen_is_called_so(tmp_path, capsys):
    ask = ["ask", "--with", written(tmp_path, ADDITIVE), "--encoding", "mine", "--positions", "Z"]
    assert main(ask) == 0
    assert "seen near 0" in " ".join(capsys.readouterr().out.split())
    assert main([*ask, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["seen_near_0_only"] == ["additive"]
    assert main(["ask", "--encoding", "rope"]) == 0
    assert "seen near 0" not in " ".join(capsys.readouterr().out.split())


FORGED = """
import dataclasses
from types import SimpleNamespace
from symbolic_equiv.kernel import theorem
fake = SimpleNamespace(theorem=theorem.reflexivity(lam(p, t(p)).term))
ENCODING = dataclasses.replace(ENCODING, lemmas=(SimpleNamespace(prove=lambda: fake),))
"""
REFUSED = {
    "nothing in it": "a = 1",
    "not Python": "def",
    "it fails": "raise ValueError('no')",
    "it leaves": "import sys; sys.exit(0)",
    "a name that is taken": GOOD.replace('"mine", "mine"', '"rope", "mine"'),
    "a symbol with another meaning": ADDITIVE.replace('"t"', '"coordinate"'),
    "a neighbourhood of nobody": NEIGHBOURHOOD.replace("of_difference=", "cut="),
    "a place there is not": NEIGHBOURHOOD.replace('"Z/n"', '"moon"'),
    "it assumes something of the signal": ADDITIVE.replace(
        "(lam(p, t(-p)), lam(p, -t(p)))", "(lam(i, f(i)), lam(i, f(i) + f(i)))"
    ),
    "an argument of the wrong sort": GOOD.replace("t(at.difference)", "t(at.own)"),
    "words in several lines": GOOD.replace("a bias", "a\\nbias"),
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_a_file_that_cannot_be_used_is_refused_in_words(tmp_path, text):
    with pytest.raises(ScriptError) as refused:
        Catalogue(load_ingredients(written(tmp_path, text)))
    assert str(refused.value)


@pytest.mark.parametrize(
    "trick",
    [
        "bias=lambda at: t(at.there - y)",
        "bias=lambda at: t(at.there) * symbol('u', vec(d_in), SCALAR)(f(i))",
    ],
)
def test_a_layer_may_not_see_the_translation_or_the_signal_of_the_claim(tmp_path, trick, capsys):
    path = written(tmp_path, ABSOLUTE.replace("bias=lambda at: t(at.there)", trick))
    assert main(["ask", "--with", path, "--encoding", "mine"]) == 2
    assert "of the claim" in capsys.readouterr().err


def test_a_file_that_patches_the_library_patches_its_own_process(tmp_path):
    patch = """
import symbolic_equiv.logic.prover as prover, symbolic_equiv.family.decide as decide
from symbolic_equiv.kernel import theorem
theorem.accepts = prover.prove = decide.search = lambda *a, **k: 1 / 0
print("proved proved proved")
"""
    assert verdict(tmp_path, ABSOLUTE + patch, encoding="mine") == "refuted"


def test_a_lemma_is_believed_only_with_its_certificate(tmp_path):
    text = ABSOLUTE + FORGED
    assert verdict(tmp_path, text, encoding="mine") == "refuted"


def test_what_is_handed_over_is_checked(tmp_path, monkeypatch):
    path = written(tmp_path, GOOD)
    content = json.loads(userfile.handed_over(path, "symbolic_equiv.family.userfile"))
    for spoil in (
        lambda item: item["terms"].update(bias={"format": "?", "nodes": []}),
        lambda item: item.pop("terms"),
        lambda item: item.update(sizes={"d_k": 10**9}),
        lambda item: item.update(meaning={"t": [[[0], [[[[0]], "1/0"]]]]}),
        lambda item: item.update(title=7),
    ):
        data = json.loads(json.dumps(content))
        spoil(data["ingredients"][0])
        monkeypatch.setattr(userfile, "handed_over", lambda *_, data=data: json.dumps(data).encode())
        with pytest.raises(ScriptError):
            load_ingredients(path)


def test_it_works_from_any_folder(tmp_path):
    path = written(tmp_path, GOOD)
    done = subprocess.run(
        [sys.executable, "-m", "symbolic_equiv", "ask", "--with", path, "--encoding", "mine", "--json"],
        capture_output=True, encoding="utf-8", cwd=tmp_path, timeout=300,
        env={**os.environ, "PYTHONPATH": ROOT, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["verdict"] == "proved"


UNDECIDED = """
t = symbol("t", X, SCALAR)
is_sign = hypothesis("is_sign", "t is a sign", (lam(p, q, t(p + q)), lam(p, q, t(p) * t(q))),
                     (lam(p, t(p) * t(p)), lam(p, symbol("unit", SCALAR))))
ENCODING = Encoding("mine", "mine", "signs", query=lambda at: t(at.here) * at.query,
                    key=lambda at: t(at.there) * at.key, assuming=(is_sign,),
                    meaning={"t": lambda place, p: 1 - 2 * (place.sum(p) % 2), "unit": lambda place: 1})
"""


def test_what_is_undecided_is_told_in_words(tmp_path, capsys):
    """Signs are equivariant on Z, but the prover needs a lemma for that."""
    path = tmp_path / "mine.py"
    path.write_text(HEAD + UNDECIDED, encoding="utf-8")
    assert main(["ask", "--with", str(path), "--encoding", "mine"]) == 1
    printed = capsys.readouterr().out
    assert "unproved" in printed and "Neither a proof nor a counterexample was found" in printed
    assert "m[f](i) :=" in printed and "counterexample\n" not in printed and "left side" not in printed


def test_a_set_of_pairs_is_shown_as_one(capsys):
    assert main(["ask", "--neighbourhood", "causal-mask", "--positions", "Z/n"]) == 1
    assert "earlier = {(0, 0), (0, 1), (1, 1)}" in capsys.readouterr().out
