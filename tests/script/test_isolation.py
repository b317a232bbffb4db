"""A user's script may do anything in its own process; a falsehood must not come out ``proved``.

Each attack below is a whole script about the false claim ``a + b = b + a``.  ``REFUSED`` come out with the
claim not proved; ``STOPPED`` hand over nothing that can be read, which is a ``ScriptError``; ``HARMLESS`` patch
what is not asked again.  What a script prints, and what it does to its own process, reaches nobody.
"""

import json
import sys
import textwrap

import pytest

from symbolic_equiv.cli import main
from symbolic_equiv.report.check import check
from symbolic_equiv.script import isolation
from symbolic_equiv.script.loader import ScriptError
from symbolic_equiv.theories import language

START = """
import os, sys, json, atexit
import symbolic_equiv as se
from symbolic_equiv.kernel import theorem as kernel, terms, certificate, sorts
from symbolic_equiv.script import proof, proposition
X = se.base("X")
a, b, c = se.symbol("a", X), se.symbol("b", X), se.symbol("c", X)

def forge(left, right, steps):
    made = object.__new__(kernel.Theorem)
    made.__dict__.update(hypotheses=frozenset(), axioms=frozenset(), left=left, right=right)
    made.__dict__.update(proof=steps, key=1, _hash=1)
    return made

"""

CLAIM = """
@se.theorem(a + b, b + a)
def false(prove):
    prove.to(b + a, by=se.laws("groups"), because="so it is")
"""

TRUE = """
@se.theorem((a - b) + b, a)
def true(prove):
    prove.to(a, by=se.laws("groups"), because="b and its inverse cancel")
"""


def written(folder, *parts):
    path = folder / "script.py"
    path.write_text(START + "".join(textwrap.dedent(part) for part in parts), encoding="utf-8")
    return str(path)


HARMLESS = {
    "nothing: the step is wrong": "",
    "patch what accepts a theorem": """
        from symbolic_equiv.report import check
        check.accepts = lambda statement, theorem: True
        """,
    "patch the verdict": """
        from symbolic_equiv.report import check
        check.Chain.verdict = check.Chain.as_expected = property(lambda self: "proved")
        """,
    "patch the proof's theorem": """
        proof.Proof.theorem = property(lambda self: kernel.reflexivity(self.statement.left))
        proof.Proof.errors = property(lambda self: [])
        """,
    "switch the checks of the kernel off": """
        for module in (sorts, terms, kernel, certificate):
            module.require = lambda *_: None
        """,
    "patch the table of axioms": """
        certificate.check_shipped = lambda item: None
        certificate.shipped_table = lambda: {"constants": {}, "axioms": {}}
        """,
    "print a report": """
        print('{"schema": 1, "documents": []}')
        sys.stderr.write("false  proved")
        """,
    "write to every open file": """
        for number in range(1, 20):
            try:
                os.write(number, b'{"schema": 1, "documents": [{"path": "false", "chains": []}]}')
            except OSError:
                pass
        """,
}

REFUSED = {
    "forge a theorem that says it is reflexivity": """
        proof.Proof._check = lambda self, before, after, rules, number: forge(before, after, ("reflexivity", before))
        """,
    "forge a theorem from an assumption": """
        proof.Proof._check = lambda self, before, after, rules, number: kernel.assumption(before, after)
        """,
    "hide the assumption": """
        proof.Proof._check = lambda self, before, after, rules, number: forge(
            before, after, ("assumption", before, after)
        )
        """,
    "replace the maker of theorems": """
        make = kernel._make
        def check(self, before, after, rules, number):
            kernel._make = lambda *_, **fields: forge(before, after, ("reflexivity", before))
            made = kernel.reflexivity(before)
            kernel._make = make
            return made
        proof.Proof._check = check
        """,
    "plant an axiom": """
        p, q = (terms.application(terms.Head("pattern", name, X)) for name in "pq")
        swap = kernel.Axiom("group_commutative", se.Expr(p).__add__(se.Expr(q)).term, (se.Expr(q) + se.Expr(p)).term)
        values = {p.head: a.term, q.head: b.term}
        proof.Proof._check = lambda self, before, after, rules, number: kernel.axiom(swap, {}, values)
        """,
    "plant an axiom under a shipped name": """
        p, q = (terms.application(terms.Head("pattern", name, X)) for name in "pq")
        swap = kernel.Axiom("group_associative", (se.Expr(p) + se.Expr(q)).term, (se.Expr(q) + se.Expr(p)).term)
        values = {p.head: a.term, q.head: b.term}
        proof.Proof._check = lambda self, before, after, rules, number: kernel.axiom(swap, {}, values)
        """,
    "hand over the certificate of something else": """
        proof.Proof._check = lambda self, before, after, rules, number: kernel.reflexivity(before)
        """,
    "hand over an honest theorem with other sides": """
        from symbolic_equiv.logic.prover import prove as search
        honest = search(((a - b) + b).term, a.term)
        proof.Proof._check = lambda self, before, after, rules, number: forge(before, after, honest.proof)
        """,
    "instantiate an assumption and drop it": """
        open_ = kernel.assumption((a + b).term, (b + a).term)
        kernel._throughout.__globals__["frozenset"] = lambda *_: frozenset.__call__()
        proof.Proof._check = lambda self, before, after, rules, number: kernel.instantiation(open_, {a.head: a.term})
        """,
}

STOPPED = {
    "leave at once": "os._exit(0)",
    "leave politely": "raise SystemExit(0)",
    "leave with sys.exit": "sys.exit()",
    "a syntax error": "def false(:",
    "an exception": "raise RuntimeError('this is the reason')",
    "recursion": "def f():\n    f()\nf()",
    "an ill-sorted expression": "a + se.symbol('v', se.vec(se.dim('n')))",
    "an unknown theory": "se.laws('magic')",
    "an import that fails": "import no_such_module_anywhere",
    "not a number for a line": "proof.Line.line = property(lambda self: 'one', lambda self, value: None)",
    "a control sequence in the name": "proposition.Statement = lambda name, *rest: _renamed('\\x1b[2K', *rest)",
    "a path for a name": "proposition.Statement = lambda name, *rest: _renamed('../../elsewhere', *rest)",
    "replace json": """
        import types
        sys.modules["json"] = types.ModuleType("json")
        json.dump = lambda data, file: file.write('{"verdict": "proved"}')
        """,
    "write the output and leave": """
        with open(sys.argv[2], "w") as out:
            out.write('{"schema": 1, "documents": [], "verdict": "proved"}')
        os._exit(0)
        """,
    "write propositions that are none": """
        with open(sys.argv[2], "w") as out:
            json.dump({"templates": {}, "propositions": [{"name": "false", "verdict": "proved"}]}, out)
        os._exit(0)
        """,
    "overwrite the output at the end": """
        def last():
            with open(sys.argv[2], "w") as out:
                out.write("[" * 100000)
        atexit.register(last)
        """,
    "make the output a folder": "os.mkdir(sys.argv[2]); os._exit(0)",
    "replace the certificate module": """
        import types
        fake = types.ModuleType("symbolic_equiv.kernel.certificate")
        fake.certificate = lambda theorem: {"format": certificate.FORMAT, "nodes": [["proved"]]}
        sys.modules["symbolic_equiv.kernel.certificate"] = fake
        from symbolic_equiv.script import isolation
        main = sys.modules["__main__"]
        main.certificate = fake.certificate
        """,
}

RENAMED = """
def _renamed(name, *rest):
    from symbolic_equiv.theories.statement import Statement
    made = Statement("x", *rest)
    made.name = name
    return made
"""


def checked(path):
    return check(path, witness="kernel")


@pytest.mark.parametrize("attack", [*HARMLESS, *REFUSED], ids=[*HARMLESS, *REFUSED])
def test_a_false_claim_is_not_proved(attack, tmp_path):
    path = written(tmp_path, {**HARMLESS, **REFUSED}[attack], CLAIM)
    report = checked(path)
    (chain,) = report.chains
    assert (chain.claim, chain.theorem, report.exit_code) == ("unproved", None, 1)
    assert chain.statement.left != chain.statement.right


@pytest.mark.parametrize("attack", REFUSED, ids=list(REFUSED))
def test_a_forged_step_is_marked_where_it_stands(attack, tmp_path):
    (chain,) = checked(written(tmp_path, REFUSED[attack], CLAIM)).chains
    assert [step.verdict for step in chain.steps] == ["unproved"]
    assert "line 1 has no valid certificate" in chain.steps[0].message


@pytest.mark.parametrize("attack", STOPPED, ids=list(STOPPED))
def test_what_cannot_be_read_is_an_error_and_exit_status_2(attack, tmp_path, capfd):
    path = written(tmp_path, RENAMED, STOPPED[attack], CLAIM)
    assert main(["check", path, "--witness", "kernel"]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith("symbolic-equiv: ")
    assert len(err.splitlines()) < 25
    assert "script.py" in err


def test_the_reason_of_a_failure_is_shown(tmp_path):
    with pytest.raises(ScriptError, match="this is the reason") as failure:
        checked(written(tmp_path, STOPPED["an exception"]))
    assert failure.value.hint


@pytest.mark.parametrize("attack", ["print a report", "write to every open file"])
def test_what_a_script_prints_does_not_reach_the_report(attack, tmp_path, capfd):
    main(["check", written(tmp_path, HARMLESS[attack], CLAIM), "--witness", "kernel", "--json"])
    report = json.loads(capfd.readouterr().out)
    (document,) = report["documents"]
    assert document["chains"][0]["claim"]["verdict"] == "unproved"


def test_an_endless_script_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(isolation, "TIME_LIMIT", 1)
    with pytest.raises(ScriptError, match="did not finish within 1 seconds"):
        checked(written(tmp_path, "while True:\n    pass\n"))


def test_a_true_claim_is_proved_by_its_own_lines(tmp_path):
    report = checked(written(tmp_path, TRUE))
    (chain,) = report.chains
    assert (chain.claim, chain.verdict, report.exit_code) == ("proved", "proved", 0)
    assert chain.steps[0].line.rule == "group laws"
    assert chain.line > 0 and chain.steps[0].line.line > chain.line


def test_a_script_with_a_true_and_a_false_claim(tmp_path):
    report = checked(written(tmp_path, TRUE, CLAIM))
    assert [chain.claim for chain in report.chains] == ["proved", "unproved"]
    assert report.exit_code == 1


def test_a_broken_step_keeps_the_two_parts_that_differ(tmp_path):
    (chain,) = checked(written(tmp_path, CLAIM)).chains
    (error,) = chain.errors[:1]
    assert {str(error.left), str(error.right)} == {"a", "b"}


def test_a_script_without_a_theorem(tmp_path, capfd):
    assert main(["check", written(tmp_path, "a + b\n")]) == 2
    err = capfd.readouterr().err
    assert "declares no theorem" in err and "@se.theorem" in err


def test_a_file_that_is_not_there(tmp_path, capfd):
    assert main(["check", str(tmp_path / "nothing.py")]) == 2
    assert "there is no file" in capfd.readouterr().err


def test_a_file_that_is_no_text(tmp_path, capfd):
    path = tmp_path / "bytes.py"
    path.write_bytes(b"\xff\xfe\x00\x01")
    assert main(["check", str(path)]) == 2
    assert "cannot be read" in capfd.readouterr().err


def test_a_script_cannot_change_how_the_theories_print(tmp_path):
    before = dict(language.TEMPLATES)
    lie = 'from symbolic_equiv.theories import language\nlanguage.TEMPLATES[language.exp.declaration] = ("proved",)\n'
    try:
        checked(written(tmp_path, lie, TRUE))
        assert language.TEMPLATES[language.exp.declaration] == before[language.exp.declaration]
    finally:
        language.TEMPLATES.clear()
        language.TEMPLATES.update(before)


def test_one_name_for_two_definitions_is_refused(tmp_path):
    """``m(a) = m(b)`` with two different m would be printed as if it were one."""
    path = written(
        tmp_path,
        """
        first, second = se.define("m", a, a + c), se.define("m", a, a + c + c - c)
        @se.theorem(first(a), second(a))
        def one_name(prove):
            prove.to(second(a), by=[se.unfold(first), se.fold(second), se.laws("groups")], because="one name")
        """,
    )
    assert main(["check", path, "--witness", "kernel"]) != 0


def test_two_definitions_of_one_form_print_with_their_own_symbols(tmp_path):
    path = written(
        tmp_path,
        """
        by_a, by_c = se.define("by_a", b, a + b), se.define("by_c", b, c + b)
        @se.theorem(by_a(b) - by_c(b), a - c)
        def two_symbols(prove):
            prove.to(a - c, by=[se.unfold(by_a, by_c), se.laws("groups")], because="what they are")
        """,
    )
    report = str(checked(path))
    assert "by_a(a, b) := a + b" in report and "by_c(c, b) := c + b" in report, report


def test_a_name_that_another_script_prints_in_its_own_way(tmp_path):
    """``m`` has a template with three arguments in the theory of attention; this one has two."""
    own = """
        from symbolic_equiv.theories import attention
        own = se.define("m", a, a + c)
        @se.theorem(own(a), a + c)
        def own_name(prove):
            prove.to(a + c, by=se.unfold(own), because="what m is")
        """
    report = checked(written(tmp_path, own))
    assert report.exit_code == 0
    assert "m(c, a) = a + c" in str(report)


def test_a_constant_of_the_theories_cannot_be_defined_again(tmp_path):
    path = written(
        tmp_path,
        """
        v = se.symbol("v", se.SCALAR)
        wrong = se.define("exp", v, v)
        @se.theorem(wrong(v), v)
        def exp_is_the_identity(prove):
            prove.to(v, by=se.unfold(wrong), because="it says so")
        """,
    )
    assert main(["check", path, "--witness", "kernel"]) != 0


def test_the_statement_that_is_checked_is_the_one_that_is_reported(tmp_path):
    """A script that proves one thing and announces another is judged on what it announces."""
    swap = """
        honest = proposition.Proposition.attempt
        def attempt(self):
            found = honest(self)
            self.statement.left, self.statement.right = (a + b).term, (b + a).term
            return found
        proposition.Proposition.attempt = attempt
        """
    (chain,) = checked(written(tmp_path, swap, TRUE)).chains
    left, right = str(chain.statement.left), str(chain.statement.right)
    assert chain.claim != "proved" or (left, right) == ("mul(mul(a, inv(b)), b)", "a")


def test_the_library_of_this_process_is_untouched(tmp_path):
    code = sys.modules["symbolic_equiv.report.check"].accepts.__code__
    checked(written(tmp_path, HARMLESS["patch what accepts a theorem"], CLAIM))
    assert sys.modules["symbolic_equiv.report.check"].accepts.__code__ is code


FAILING = {
    "a division by zero": ("def ratio():\n    return 1 / 0\n\nratio()\n", "line 2, in ratio", "ZeroDivisionError"),
    "no Python": ("def (", "line 1", "SyntaxError"),
    "a module that there is not": ("import no_such_module", "line 1, in <module>", "No module named 'no_such_module'"),
}


@pytest.mark.parametrize("kind", FAILING)
def test_a_script_that_fails_is_shown_where_and_nothing_of_ours(kind, tmp_path):
    body, place, error = FAILING[kind]
    path = tmp_path / "failing.py"
    path.write_text(body, encoding="utf-8")
    with pytest.raises(ScriptError, match="failed as a Python program") as caught:
        isolation.run_isolated(str(path))
    said = str(caught.value)
    assert f'File "{path}", {place}' in said and error in said
    assert "isolation.py" not in said and "loader.py" not in said and "importlib" not in said
