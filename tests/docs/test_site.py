"""The documentation as a site: built without a warning, whole, and read in a browser that has no network."""

import os
import re
import subprocess
import sys
import time

import pytest

from symbolic_equiv.script import rules
from symbolic_equiv.theories.table import every_rule
from tests.docs.snippets import ROOT

pytest.importorskip("material", reason="the extra ‘docs’ is not installed")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder of the built site; of several processes that test, the first builds it for all."""
    together = "PYTEST_XDIST_WORKER" in os.environ
    folder = (tmp_path_factory.getbasetemp().parent if together else tmp_path_factory.mktemp("once")) / "site"
    ready = folder / "ready"
    try:
        folder.mkdir()
    except FileExistsError:
        until = time.monotonic() + 300
        while not ready.exists():
            assert time.monotonic() < until, "another process did not build the site"
            time.sleep(0.2)
    else:
        try:
            build(folder / "pages")
        finally:
            ready.touch()
    return folder / "pages"


def build(folder):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def pages(site):
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html") if path.name != "404.html")


def html(site, page):
    return (site / page).read_text(encoding="utf-8")


def test_every_axiom_is_there_with_its_formula_and_an_example(site):
    text = html(site, "reference/axioms.html")
    entries = dict(re.findall(r'<div class="axiom" id="(\w+)">(.*?)\n</div>', text, re.DOTALL))
    assert entries.keys() == every_rule().keys()
    assert all("<math>" in entry for entry in entries.values())
    without = [name for name, entry in entries.items() if "oth sides are" not in entry]
    assert len(without) <= 3, without


def test_every_rule_of_a_script_is_there_with_a_step(site):
    text = html(site, "reference/rules.html")
    returned = {name: getattr(item, "__annotations__", {}).get("return") for name, item in vars(rules).items()}
    names = [name for name, kind in returned.items() if kind == "Rule"]
    assert len(names) >= 7
    for name in names:
        entry = re.search(rf'<h2 id="{name}">.*?(?=<h2|</article>)', text, re.DOTALL)
        assert entry and entry[0].count('class="formula"') == 2, name


def test_every_command_and_every_public_name_is_there(site):
    import symbolic_equiv as se

    commands, names = html(site, "reference/commands.html"), html(site, "reference/python.html")
    told = ["check", "refute", "list", "context", "ask", "map", "derive", "teach", "exercise check", "exercise grade"]
    assert all(f"symbolic-equiv {command}" in commands for command in told)
    assert all(f'<h3 id="{name}">' in names for name in se.__all__ if name != "__version__")


def test_every_name_that_can_be_asked_for_or_checked_is_there(site):
    from symbolic_equiv.family.catalogue import Catalogue
    from symbolic_equiv.script.loader import bundled, bundled_path, load

    text, known = html(site, "reference/catalogue.html"), Catalogue()
    names = [*known.encodings, *known.adapters, *known.neighbourhoods]
    assert all(f"<dt><code>{name}</code></dt>" in text for name in names)
    proofs = [item.name for name in bundled() for item in load(bundled_path(name))]
    assert all(f'<h3 id="{name}">' in text for name in proofs)


def test_no_formula_is_left_as_it_was_typed(site, pages):
    for page in pages:
        text = re.sub(r"<(code|script|title)\b.*?</\1>|<[^>]*>", "", html(site, page), flags=re.DOTALL)
        assert not re.search(r"\$[^$\n]+\$|\\[a-z]{2,}", text), page


SCREENS = {"desktop, light": (1280, 900), "phone, dark": (390, 844)}
AXE = {"runOnly": ["wcag2a", "wcag2aa"], "preload": False, "resultTypes": ["violations"]}
"""A page from a folder cannot load its style sheets a second time, which is what "preload" is."""

FEW = "document.querySelectorAll('.axiom').forEach((axiom, number) => number > 9 && axiom.remove())"
"""All axioms look alike, and to examine each of them would take most of the time."""


@pytest.mark.parametrize("screen", SCREENS)
def test_each_page_is_read_without_a_network_and_without_complaint(screen, site, pages, browser, axe):
    width, height = SCREENS[screen]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=screen.split()[1])
    page, complaints = context.new_page(), []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda problem: complaints.append(str(problem)))
    page.on("request", lambda request: complaints.append(request.url) if not request.url.startswith("file:") else None)
    for name in pages:
        page.goto((site / name).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} is wider than the screen"
        page.evaluate(FEW)
        complaints += [f"{name}: {fault}: {element[:200]}" for fault, element in axe(page, options=AXE)]
    context.close()
    assert not complaints


def test_what_is_searched_is_found_from_a_folder(site, browser):
    page = browser.new_page()
    page.goto((site / "index.html").as_uri())
    page.click(".md-search__input")
    page.keyboard.type("counterexample", delay=20)
    page.wait_for_selector(".md-search-result__item a", timeout=20_000)
    assert "matching" in page.inner_text(".md-search-result__meta")
    page.close()
