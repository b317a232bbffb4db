"""The JSON report against the schema that is shipped."""

import json
import os

import jsonschema
import pytest

import symbolic_equiv
from symbolic_equiv.report.check import check, check_proposition
from symbolic_equiv.report.contract import to_json
from symbolic_equiv.report.results import Document, Report
from symbolic_equiv.script.loader import bundled
from symbolic_equiv.script.proposition import theorem
from symbolic_equiv.script.rules import laws
from symbolic_equiv.theories.attention import p, q
from symbolic_equiv.theories.language import mul

with open(os.path.join(os.path.dirname(symbolic_equiv.__file__), "report", "schema.json"), encoding="utf-8") as file:
    SCHEMA = json.load(file)
VALID = jsonschema.Draft202012Validator(SCHEMA)


@theorem(mul(p, q), mul(q, p))
def fails(prove):
    """As if every group were commutative."""
    prove.to(mul(q, p), by=laws("groups"), because="it is not")


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_all_bundled_proofs_by_the_kernel():
    data = check(None, witness="kernel").to_json()
    VALID.validate(data)
    assert [document["path"] for document in data["documents"]] == bundled()
    json.dumps(data)


@pytest.mark.parametrize(
    "name", ["lora_translation_equivariance", "neighbourhoods_that_stay", "absolute_positional_encoding"]
)
def test_all_witnesses(name):
    data = check(name, witness="all").to_json()
    VALID.validate(data)
    for chain in data["documents"][0]["chains"]:
        claim = chain["claim"]
        assert set(claim["witnesses"]) == set(claim["evidence"]) == {"kernel", "explicit", "numeric"}
        assert claim["verdict"] == claim["expected"]
        assert ("counterexample" in claim) == (claim["verdict"] == "refuted")


def test_the_steps_are_listed_in_order_with_their_rules_and_hypotheses():
    chain = check("lora_translation_equivariance", witness="kernel").to_json()["documents"][0]["chains"][0]
    lines = [step["line"] for step in chain["steps"]]
    assert lines == sorted(lines) and chain["line"] < lines[0]
    assert all(step["by"] and step["because"] and step["latex"] for step in chain["steps"])
    named = {name for step in chain["steps"] for name in step["hypotheses"]}
    assert named == set(chain["claim"]["hypotheses"])


def test_a_broken_derivation_is_valid_too():
    report = check_proposition(fails)
    data = to_json(Report([Document("x", [report])]))
    VALID.validate(data)
    (chain,) = data["documents"][0]["chains"]
    assert chain["verdict"] == chain["steps"][0]["verdict"] == "refuted"
    assert chain["messages"]


BROKEN = {
    "no schema number": lambda data: data.pop("schema"),
    "another schema number": lambda data: data.update(schema=2),
    "an unknown verdict": lambda data: data["documents"][0]["chains"][0].update(verdict="true"),
    "an unknown witness": lambda data: data["documents"][0]["chains"][0]["claim"]["witnesses"].update(oracle="proved"),
    "a negative line": lambda data: data["documents"][0]["chains"][0].update(line=-1),
    "a field that is not in the contract": lambda data: data.update(verdict="proved"),
    "no claim": lambda data: data["documents"][0]["chains"][0].pop("claim"),
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=list(BROKEN))
def test_the_schema_refuses(change):
    data = check("softmax_reindexing", witness="kernel").to_json()
    VALID.validate(data)
    change(data)
    with pytest.raises(jsonschema.ValidationError):
        VALID.validate(data)
