"""The server: what it answers, and what it refuses to answer."""

import json

import pytest

pytest.importorskip("starlette", reason="the extra ‘teach’ is not installed")

import anyio
import httpx
from anyio.from_thread import start_blocking_portal

from symbolic_equiv.cli import main
from symbolic_equiv.teach.exercise import bundled_exercises
from symbolic_equiv.teach.mark import model_answer
from symbolic_equiv.teach.server import MAX_BODY, application, is_loopback
from symbolic_equiv.teach.story import chapters

HOST = "127.0.0.1:8000"
HERE = {"Host": HOST, "Origin": f"http://{HOST}", "Content-Type": "application/json"}


class Client:
    """Asks the application without a network, one request after the other in one event loop."""

    def __init__(self, portal, app) -> None:
        self.portal = portal
        transport = httpx.ASGITransport(app)
        self.inner = httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}", follow_redirects=True)

    def request(self, method, path, **options):
        return self.portal.call(lambda: self.inner.request(method, path, **options))

    def get(self, path, **options):
        return self.request("GET", path, **options)

    def post(self, path, **options):
        return self.request("POST", path, **options)

    def delete(self, path, **options):
        return self.request("DELETE", path, **options)


@pytest.fixture(scope="module")
def client():
    with start_blocking_portal() as portal:
        yield Client(portal, application(frozenset({HOST, "localhost:8000"})))


def ask(client, what, question, **headers):
    return client.post(f"/api/{what}", content=json.dumps(question), headers={**HERE, **headers})


PAGES = ["/read/", "/play", "/prove/", *(f"/read/{name}" for name in chapters())]
PAGES += [f"/prove/{name}" for name in bundled_exercises()]


@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_there_and_loads_nothing_from_elsewhere(client, path):
    page = client.get(path)
    assert page.status_code == 200 and "<h1>" in page.text
    assert "http://" not in page.text.replace("http://www.w3.org", "") and "https://" not in page.text
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert "<script>" not in page.text and " style=" not in page.text and " onclick" not in page.text


@pytest.mark.parametrize(
    "path", ["/nowhere", "/read/nowhere", "/prove/nowhere", "/assets/../cli.py", "/assets/%2e%2e/cli.py"]
)
def test_what_is_not_there_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_a_line_is_answered(client):
    reply = ask(client, "check", {"exercise": "two-terms", "lines": [r"\sum_{j \in S} (f(j) + g(j))"]}).json()
    assert [said["verdict"] for said in reply["lines"]] == ["right"] and not reply["complete"]
    assert "<math>" in reply["lines"][0]["html"]


def test_a_preview_is_mathml_or_a_caret(client):
    good = ask(client, "preview", {"exercise": "two-terms", "line": r"\frac{1}{2} f(j)"}).json()
    bad = ask(client, "preview", {"exercise": "two-terms", "line": "f(j"}).json()
    assert "<mfrac>" in good["html"] and bad["html"] == "" and "^" in bad["caret"]


def test_hints_go_up_three_rungs(client):
    words = [
        ask(client, "hint", {"exercise": "two-terms", "lines": [], "rung": rung}).json()["html"] for rung in (1, 2, 3)
    ]
    assert len(set(words)) == 3 and words[2].startswith('Write <span class="together">')
    assert ask(client, "hint", {"exercise": "two-terms", "lines": [], "rung": 3}).json()["line"].startswith(r"\sum")


MOVES = {"exercise": "a-sum-that-moves", "lines": [r"\sum_{j \in N(i)} L_y[f](j)"]}


def test_a_line_has_places_and_rules_that_make_the_next_one(client):
    reply = ask(client, "places", MOVES).json()
    says = [place["says"] for place in reply["places"]]
    assert reply["html"].startswith('<math><mrow data-place="0">') and says[0] == "Σ_{j ∈ N(i)} L_y[f](j)"
    picks = ask(client, "rules", {**MOVES, "place": says.index("L_y[f](j)")}).json()["rules"]
    assert [pick["words"] for pick in picks] == ["unfold L"] and all(
        "<math>" in picks[0][key] for key in ("law", "html")
    )
    checked = ask(client, "check", {**MOVES, "lines": [*MOVES["lines"], picks[0]["line"]]}).json()
    assert [said["verdict"] for said in checked["lines"]] == ["right", "right"]


def test_the_first_line_can_be_picked_from_and_one_that_cannot_be_read_says_why(client):
    first = ask(client, "places", {**MOVES, "lines": []}).json()
    assert first["places"][0]["says"] == "a[L_y[f]](i)"
    broken = ask(client, "places", {**MOVES, "lines": ["f(j"]}).json()
    assert broken["places"] == [] and "never closed" in broken["problem"]


@pytest.mark.parametrize("place", [-1, 10**6, "0", True, None, 1.0])
def test_a_place_that_is_not_in_the_line_is_refused(client, place):
    assert ask(client, "rules", {**MOVES, "place": place}).status_code == 400


def test_only_lines_that_are_to_be_written_can_be_picked(client):
    assert ask(client, "places", {"exercise": "repair", "lines": []}).status_code == 400


@pytest.mark.parametrize("name", bundled_exercises())
def test_a_finished_proof_is_exported_and_an_unfinished_one_is_not(client, name):
    exercise = bundled_exercises()[name]
    answer = list(model_answer(exercise))
    reply = ask(client, "export", {"exercise": name, "lines": answer}).json()
    assert reply["name"] == f"{name}.tex" and r"\begin{align*}" in reply["latex"]
    assert ask(client, "export", {"exercise": name, "lines": answer[:-1]}).status_code == 400


def test_the_export_has_no_command_of_the_learners(client):
    line = r"\newcommand{\all}{\input{secret}} \sum_{j \in S} (f(j) + g(j))"
    lines = [line, r"\sum_{j \in S} f(j) + \sum_{j \in S} g(j)"]
    reply = ask(client, "export", {"exercise": "two-terms", "lines": lines})
    assert r"\input" not in reply.text and r"\newcommand" not in reply.text


SCRIPTS = ["<script>alert(1)</script>", r"\text{<img src=x onerror=alert(1)>}", 'f(j) "><svg onload=alert(1)>', "$<b>$"]


@pytest.mark.parametrize("line", SCRIPTS)
def test_what_a_learner_types_never_comes_back_as_markup(client, line):
    reply = ask(client, "check", {"exercise": "two-terms", "lines": [line]}).json()
    shown = ask(client, "preview", {"exercise": "two-terms", "line": line}).json()
    for html in (reply["lines"][0]["html"], reply["lines"][0]["message"], shown["html"]):
        assert not any(tag in html for tag in ("<script", "<img", "<svg", "<b>")), html


REFUSED = {
    "another host": ({"Host": "evil.example"}, 421),
    "another port": ({"Host": "127.0.0.1:9"}, 421),
    "a page from elsewhere": ({"Origin": "http://evil.example"}, 403),
    "no origin": ({"Origin": ""}, 403),
    "an origin of its own kind": ({"Origin": "null"}, 403),
    "another scheme": ({"Origin": f"https://{HOST}"}, 403),
    "another of its own names": ({"Origin": "http://localhost:8000"}, 403),
    "a name that begins alike": ({"Origin": f"http://{HOST}.evil.example"}, 403),
    "a user before the name": ({"Origin": f"http://{HOST}@evil.example"}, 403),
    "a host with a user": ({"Host": f"{HOST}@evil.example"}, 421),
    "no host": ({"Host": ""}, 421),
    "a form": ({"Content-Type": "text/plain"}, 415),
}


@pytest.mark.parametrize("headers, status", REFUSED.values(), ids=REFUSED)
def test_a_request_from_elsewhere_is_refused(client, headers, status):
    assert ask(client, "check", {"exercise": "two-terms", "lines": []}, **headers).status_code == status


def test_a_page_is_not_shown_under_another_name(client):
    assert client.get("/read/", headers={"Host": "evil.example"}).status_code == 421


BAD = {
    "not JSON": b"{",
    "deeply nested": b"[" * 30_000,
    "a list": b"[]",
    "no exercise": b'{"lines": []}',
    "an unknown exercise": b'{"exercise": "../cli", "lines": []}',
    "lines that are no texts": b'{"exercise": "two-terms", "lines": [1]}',
    "too many lines": json.dumps({"exercise": "two-terms", "lines": ["f(j)"] * 100}).encode(),
    "half a character": b'{"exercise": "two-terms", "lines": ["\\ud800"]}',
    "a number too long to read": b'{"exercise": "two-terms", "lines": [], "rung": ' + b"9" * 5_000 + b"}",
    "an exercise that is an object": b'{"exercise": {"name": "two-terms"}, "lines": []}',
    "a long line": json.dumps({"exercise": "two-terms", "lines": ["f" * 5_000]}).encode(),
}


@pytest.mark.parametrize("body", BAD.values(), ids=BAD)
def test_a_bad_request_gets_a_word_and_not_a_traceback(client, body):
    reply = client.post("/api/check", content=body, headers=HERE)
    assert reply.status_code == 400 and "Traceback" not in reply.text and reply.json()["error"]


def test_a_long_request_is_not_read_to_its_end(client):
    assert client.post("/api/check", content=b" " * (MAX_BODY + 1), headers=HERE).status_code == 413


def test_a_request_that_does_not_arrive_is_not_waited_for(client, monkeypatch):
    monkeypatch.setattr("symbolic_equiv.teach.server.MAX_WAIT", 0.05)

    async def slowly():
        yield b"{"
        await anyio.sleep(60)

    assert client.post("/api/check", content=slowly(), headers=HERE).status_code == 408


@pytest.mark.parametrize("line", ["(" * 1900 + "f(j)" + ")" * 1900, r"\sum_{j \in S} " * 250 + "f(j)", "f(j)\0"])
@pytest.mark.parametrize("what", ["check", "places", "preview"])
def test_a_line_without_measure_is_answered_in_words(client, what, line):
    reply = ask(client, what, {"exercise": "two-terms", "lines": [line], "line": line})
    assert (reply.status_code == 200 and "unreadable" in reply.text) or reply.json().get("problem")


def test_the_places_of_a_very_long_line_are_not_all_looked_for(client, monkeypatch):
    line = r"\sum_{j \in S} (" + " + ".join(["f(t(j))"] * 60) + ")"
    monkeypatch.setattr("symbolic_equiv.teach.picking.SECONDS", 0.2)
    places = ask(client, "places", {"exercise": "two-terms", "lines": [line]}).json()["places"]
    assert 0 < len(places) < 100


def test_other_methods_are_refused(client):
    assert client.get("/api/check").status_code == 405 and client.delete("/read/", headers=HERE).status_code == 405


PLAYED = {"tokens": 6, "translation": 2, "heads": 2, "rank": 1, "window": 1}
KINDS = {"encoding": "relative-key", "adapter": "lora", "neighbourhood": "window"}


def test_a_layer_is_played_with(client):
    reply = ask(client, "play", {**PLAYED, **KINDS}).json()
    assert reply["verdict"]["word"] == "proved" and reply["verdict"]["steps"] and reply["largest"] < 1e-9
    assert len(reply["maps"]["before"]) == 6
    reply = ask(client, "play", {**PLAYED, **KINDS, "encoding": "absolute"}).json()
    assert reply["verdict"]["word"] == "refuted" and reply["verdict"]["model"] and reply["largest"] > 1e-3


@pytest.mark.parametrize(
    "change", [{"tokens": 10**9}, {"tokens": "6"}, {"rank": True}, {"encoding": "mine"}, {"window": -1}]
)
def test_a_layer_that_is_not_on_the_page_is_refused(client, change):
    assert ask(client, "play", {**PLAYED, **KINDS, **change}).status_code == 400


@pytest.mark.parametrize(
    "host, mine",
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("10.0.0.1", False), ("evil", False)],
)
def test_only_loopback_is_loopback(host, mine):
    assert is_loopback(host) is mine


def test_the_reading_part_is_exported_as_pages_that_stand_by_themselves(tmp_path, capsys):
    assert main(["teach", "--export", str(tmp_path / "site")]) == 0
    pages = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "site").glob("*.html")}
    assert len(pages) == len(chapters()) + 1 and "index.html" in capsys.readouterr().out
    for name, text in pages.items():
        for target in text.split('href="')[1:]:
            target = target.partition('"')[0]
            assert target.startswith("#") or (tmp_path / "site" / target).is_file(), (name, target)


def test_a_port_that_is_none_is_refused(capsys):
    assert main(["teach", "--port", "70000"]) == 2
