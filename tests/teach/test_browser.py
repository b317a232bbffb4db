"""The lesson in a browser, used as a person would: read, play, prove, with the keyboard alone, and on a phone."""

import os
import re
import subprocess
import sys

import pytest

from symbolic_equiv.teach.exercise import bundled_exercises

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


@pytest.fixture(scope="module")
def address():
    pytest.importorskip("starlette", reason="the extra ‘teach’ is not installed")
    environment = {**os.environ, "PYTHONPATH": ROOT, "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "symbolic_equiv", "teach", "--no-browser"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8") as server:
        try:
            yield re.search(r"http://\S+/", server.stdout.readline())[0]
        finally:
            server.terminate()


@pytest.fixture
def page(browser, address):
    """A page of a new visitor; at the end, nothing was complained of."""
    yield from visit(browser, address)


def visit(browser, address, **options):
    context = browser.new_context(base_url=address, **options)
    context.set_default_timeout(30_000)
    found, complaints = context.new_page(), []
    found.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    found.on("pageerror", lambda error: complaints.append(str(error)))
    given_up = "net::ERR_ABORTED"  # a preview that was under way when the page was left
    found.on("requestfailed", lambda r: complaints.append(r.url) if r.failure != given_up else None)
    found.on(
        "request", lambda r: complaints.append(r.url) if not r.url.startswith((address, "data:", "blob:")) else None
    )
    yield found
    context.close()
    assert complaints == []


def answer(page):
    """The box with the answer to the line that was checked last."""
    page.locator("#work:not([aria-busy])").wait_for()
    return page.locator("#answer .answer").first


def write(page, line, verdict):
    page.get_by_label("The next line").fill(line)
    with page.expect_response("**/api/check"):
        page.get_by_role("button", name="Check").click()
    page.locator(f"#answer .answer.{verdict}").first.wait_for()


SPLIT = r"\sum_{j \in S} f(j) + \sum_{j \in S} g(j)"


def test_a_first_year_student_reads_plays_and_proves(page, tmp_path):
    """Open, read, break equivariance, solve three exercises with a mistake in each, save the proof and the progress."""
    page.goto("/")
    page.get_by_role("link", name="Tokens stand at positions").click()
    page.get_by_role("button", name="bijection").hover()
    assert page.get_by_role("tooltip", name="").filter(has_text="only one").is_visible()
    for title in ("A signal and its translate", "Attention is a weighted mean", "Where the encoding enters"):
        page.locator("a[rel=next]").click()
        assert page.get_by_role("heading", level=1).inner_text() == title
    page.goto("/read/reindexing")
    step = page.get_by_text("put x⁻¹(x(j) + y) for j, in the sum")
    line = step.locator("xpath=../p").first
    assert not line.is_visible()
    step.click()
    assert line.is_visible() and page.locator("math").count() > 50

    page.get_by_role("link", name="Play").click()
    page.locator("#verdict .answer.right").wait_for()
    assert "the outputs are the same" in page.locator("#largest").inner_text()
    page.get_by_label("Encoding").select_option("absolute")
    page.locator("#verdict .answer.wrong").wait_for()
    assert "differ by" in page.locator("#largest").inner_text()
    page.get_by_text("The smallest numbers").click()
    assert page.get_by_role("table", name="Counterexample").is_visible()
    for way in ("an edge", "a causal mask", "a BOS token", "an absolute encoding"):
        page.get_by_role("button", name="mend it").click()
        page.locator("#verdict .answer.right").wait_for()
        page.get_by_role("button", name=way).click()
        page.locator("#verdict .answer.wrong").wait_for()
        assert "differ by" in page.locator("#largest").inner_text()
    assert page.get_by_label("Radius of the window").is_disabled()

    page.get_by_role("link", name="Prove").click()
    page.get_by_role("link", name="Re-indexing a sum of two terms").click()
    write(page, r"\sum_{j \in S} (f(j) + f(t(j)))", "wrong")
    assert "two different values" in answer(page).inner_text() and page.get_by_role("row").count() > 4
    write(page, SPLIT, "several")
    write(page, r"\sum_{j \in S} (f(j) + g(j)", "unreadable")
    assert "never closed" in answer(page).inner_text() and "^" in page.locator("#answer .caret").inner_text()
    write(page, r"\sum_{k \in S} (f(k) + g(k))", "right")
    write(page, SPLIT, "right")
    page.get_by_text("the proof is complete").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save it as LaTeX").click()
    download.value.save_as(tmp_path / "proof.tex")
    latex = (tmp_path / "proof.tex").read_text(encoding="utf-8")
    assert r"\begin{align*}" in latex and "re-indexing a sum" in latex

    page.get_by_role("link", name="The next exercise").click()
    for number, text in enumerate((r"x^{-1}(x(i) + y)", r"x(i) - y", r"f(i)"), 1):
        page.get_by_label(f"Blank {number}").fill(text)
    page.get_by_role("button", name="Check").click()
    page.locator("#answer .answer.wrong").first.wait_for()
    page.get_by_label("Blank 1").fill(r"x^{-1}(x(i) - y)")
    page.get_by_role("button", name="Check").click()
    page.locator("#answer .answer.complete").wait_for()

    page.get_by_role("link", name="The next exercise").click()
    write(page, r"\sum_{j \in N(i)} L_y[f](j)", "right")
    write(page, r"\sum_{j \in N(i)} f(x^{-1}(x(j) - y))", "right")
    write(page, r"\sum_{j \in N(x^{-1}(x(i) + y))} f(j)", "wrong")
    for rung in ("Where to look", "Which rule", "The line"):
        assert page.locator("#hint .answer").count() == ("Where to look", "Which rule", "The line").index(rung)
        page.get_by_role("button", name=rung).click()
        page.locator("#hint .answer").nth(("Where to look", "Which rule", "The line").index(rung)).wait_for()
    write(page, r"\sum_{j \in N(x^{-1}(x(i) - y))} f(j)", "right")
    write(page, r"a[f](x^{-1}(x(i) - y))", "right")
    page.reload()
    page.locator("#chain li").nth(4).wait_for()  # what was done is still there
    write(page, "L_y[a[f]](i)", "right")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save it as LaTeX").click()
    download.value.save_as(tmp_path / "moves.tex")
    latex = (tmp_path / "moves.tex").read_text(encoding="utf-8")
    assert latex.count("the definition of") == 4 and "neighbourhoods move" in latex

    page.get_by_role("link", name="Prove").click()
    page.get_by_text("✓ done").nth(2).wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save it to a file").click()
    download.value.save_as(tmp_path / "progress.json")
    page.get_by_role("button", name="Forget it").click()
    assert page.get_by_text("✓ done").count() == 0
    page.get_by_label("Load it from a file").set_input_files(tmp_path / "progress.json")
    page.get_by_text("Loaded.").wait_for()
    assert page.get_by_text("✓ done").count() == 3


def test_with_the_keyboard_alone(page):
    """From the first page to a finished exercise, without a mouse; what has the focus can be seen."""
    page.goto("/")
    tab_to(page, "Prove")
    page.keyboard.press("Enter")
    page.wait_for_url("**/prove/")
    tab_to(page, "Re-indexing a sum of two terms")
    page.keyboard.press("Enter")
    page.wait_for_url("**/two-terms")
    tab_to(page, "", "TEXTAREA")
    for number, line in enumerate((r"\sum_{j \in S} (f(j) + g(j))", SPLIT), 1):
        page.keyboard.type(line)
        page.keyboard.press("Enter")
        page.locator("#chain li").nth(number).wait_for()
    tab_to(page, "Save it as LaTeX")
    with page.expect_download():
        page.keyboard.press("Enter")
    page.goto("/read/tokens")
    tab_to(page, "tokens")
    tooltip = page.locator("#meaning-1")
    assert tooltip.is_visible()
    page.keyboard.press("Escape")
    assert not tooltip.is_visible()
    page.goto("/play")
    page.locator("#verdict .answer.right").wait_for()
    tab_to(page, "", "INPUT")
    page.keyboard.press("ArrowRight")
    page.locator("#maps figure").first.locator("tr").nth(7).wait_for()


def rule(page, words):
    """The rule of that name, of those for the part that is marked."""
    found = page.locator("#rules button").filter(has_text=words)
    found.first.wait_for()
    return found.first


def test_a_place_and_a_rule_are_picked_with_the_mouse(page):
    page.goto("/prove/a-sum-that-moves")
    page.get_by_text("Or pick a place").click()
    rule(page, "unfold a").click()
    page.locator("#chain li").nth(1).wait_for()
    rule(page, "fold a")
    page.locator("#places mi", has_text="f").click()
    page.get_by_text("No rule applies").wait_for()
    page.locator("#places mi", has_text="f").click()  # once more: what is around it
    rule(page, "unfold L").click()
    page.locator("#chain li").nth(2).wait_for()
    rule(page, "re-index j ↦ x⁻¹(x(j) + y)").click()
    page.locator("#chain li").nth(3).wait_for()
    assert "re-indexing a sum" in page.locator("#chain li").nth(3).inner_text()
    page.get_by_role("button", name="Take back the last line").click()
    rule(page, "re-index")


def test_a_place_and_a_rule_are_picked_with_the_keyboard(page):
    page.goto("/prove/two-terms")
    tab_to(page, "Or pick a place")
    page.keyboard.press("Enter")
    page.locator("#places [role=option]").first.wait_for(state="attached")
    page.keyboard.press("Tab")
    places = page.locator("#places")
    chosen = lambda: page.locator("#places [aria-selected=true]").inner_text()
    assert places.evaluate("place => place === document.activeElement") and chosen().startswith("Σ")
    walk = {"ArrowDown": "j ∈ S", "ArrowRight": "f(t(j)) + g(t(j))", "ArrowUp": "Σ", "End": "j", "Home": "Σ"}
    for key, begin in walk.items():
        page.keyboard.press(key)
        assert chosen().startswith(begin), key
    rule(page, "re-index")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.locator("#chain li").nth(1).wait_for()
    rule(page, "sums")
    assert places.evaluate("place => place === document.activeElement")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.get_by_text("the proof is complete").wait_for()


def tab_to(page, words, tag=""):
    """Press the tabulator until the focus is there."""
    for _ in range(60):
        page.keyboard.press("Tab")
        here = page.evaluate("[document.activeElement.innerText || '', document.activeElement.tagName]")
        if (words and here[0].startswith(words)) or (tag and here[1] == tag):
            style = "getComputedStyle(document.activeElement).outlineStyle"
            assert page.evaluate(style) != "none"
            return
    raise AssertionError(f"{words or tag} cannot be reached with the tabulator")


SOME_PAGES = [
    "read/", "read/tokens", "read/reindexing", "play", "prove/", "prove/two-terms", "prove/there-and-back",
    "prove/reasons", "prove/find-the-error", "prove/repair", "prove/the-whole-theorem", "nowhere",
]  # fmt: skip


def every_page():
    from symbolic_equiv.teach.story import chapters

    more = [*(f"read/{name}" for name in chapters()), *(f"prove/{name}" for name in bundled_exercises())]
    return list(dict.fromkeys([*SOME_PAGES, *more]))


def look_at(page, path):
    """Open a page, and wait until what it asks the server for is there."""
    page.goto(f"/{path}")
    if path == "play":
        page.locator("#verdict .answer.right").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_at_the_width_of_a_phone_nothing_hangs_out_on_the_side(browser, address, scheme):
    for page in visit(browser, address, viewport={"width": 360, "height": 640}, color_scheme=scheme, has_touch=True):
        for path in SOME_PAGES[:-1]:
            look_at(page, path)
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        page.goto("/read/signal")
        for term in page.get_by_role("button").all():
            term.tap()
            tooltip = term.get_by_role("tooltip")
            assert tooltip.is_visible() and page.evaluate("document.documentElement.scrollWidth") <= 360
            box = tooltip.bounding_box()
            assert box["x"] >= 0 and box["x"] + box["width"] <= 360
        page.goto("/prove/the-whole-theorem")
        write(page, bundled_exercises()["the-whole-theorem"].solution[1], "right")
        page.get_by_text("Or pick a place").tap()
        page.locator("#places [role=option]").first.wait_for(state="attached")
        page.locator("#places mi", has_text="L").first.tap()
        rule(page, "unfold L")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.goto("/prove/find-the-error")
        page.get_by_label("line 3").check()
        page.get_by_role("button", name="Check").tap()
        page.locator("#answer .answer.wrong").wait_for()
        page.get_by_label("line 4").check()
        page.get_by_role("button", name="Check").tap()
        page.locator("#answer .answer.complete").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_have_no_fault_that_axe_knows(browser, address, axe, scheme):
    context = browser.new_context(base_url=address, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    for path in every_page() if scheme == "light" else SOME_PAGES:
        look_at(page, path)
        if path == "prove/two-terms":
            write(page, r"\sum_{j \in S} (f(j) + f(t(j)))", "wrong")
            page.get_by_role("button", name="Where to look").click()
            page.get_by_text("Or pick a place").click()
            rule(page, "re-index")
        assert axe(page) == [], path
    context.close()


def test_reasons_and_repair_are_answered_and_kept(page):
    page.goto("/prove/reasons")
    wanted = ["a", "L", "reindex", "neighbourhoods_move", "a", "L"]
    for number, name in enumerate(wanted, 1):
        page.locator(f"input[name=reason-{number}][value={name}]").check()
    page.locator("input[name=reason-3][value=a]").check()
    page.get_by_role("button", name="Check").click()
    page.locator("#answer .answer.wrong").wait_for()
    page.locator("input[name=reason-3][value=a]").uncheck()
    page.get_by_role("button", name="Check").click()
    page.locator("#answer .answer.complete").wait_for()
    page.reload()
    page.locator("#done").wait_for()
    assert page.locator("input:checked").count() == 6
    page.goto("/prove/repair")
    page.get_by_label("line 3").check()
    page.get_by_label("What it should be").fill(r"f(j) + \rho^P(x(j) - x(i))")
    page.get_by_role("button", name="Check").click()
    page.locator("#answer .answer.complete").wait_for()


def test_the_exported_pages_open_from_a_folder(browser, tmp_path):
    from symbolic_equiv.cli import main

    assert main(["teach", "--export", str(tmp_path)]) == 0
    context = browser.new_context()
    page = context.new_page()
    complaints = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto((tmp_path / "index.html").as_uri())
    page.get_by_role("link", name="The one re-indexing").click()
    page.get_by_text("y cancels").click()
    assert page.locator("details[open] math").first.is_visible() and complaints == []
    context.close()
