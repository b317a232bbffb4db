"""Derivations as HTML in a browser: axe, a phone's width, dark and light, the keyboard, and what is printed."""

import pytest
from test_annotated import BROKEN

from symbolic_equiv.cli import main

PAGES = {
    "a theorem": ["lora_translation_equivariance", "--detail", "2"],
    "a claim that is refuted": ["absolute_positional_encoding"],
    "matrices": ["lora_translation_equivariance", "--level", "matrix"],
    "one entry": ["absolute_positional_encoding", "--level", "entries"],
    "a document": ["paper.md"],
}


def opened(browser, args, folder, **options):
    """The page that the command writes, and all that it asked for or complained of."""
    (folder / "paper.md").write_text(BROKEN, encoding="utf-8")
    target = str(folder / args[0]) if args[0].endswith(".md") else args[0]
    path = folder / "d.html"
    main(["derive", target, *args[1:], "-o", str(path)])
    page, said = browser.new_page(**options), []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: said.append(request.url) if not request.url.startswith("file:") else None)
    page.goto(path.as_uri())
    return page, said


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_on_a_phone(name, scheme, browser, axe, tmp_path):
    page, said = opened(
        browser, PAGES[name], tmp_path, viewport={"width": 390, "height": 800}, color_scheme=scheme
    )  # fmt: skip
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert said == []
    page.close()


def test_steps_are_opened_with_the_keyboard(browser, tmp_path):
    page, _ = opened(browser, ["self_attention_translation_equivariance"], tmp_path)
    rule = page.locator("details.rule").first
    assert rule.get_attribute("open") is None
    rule.locator("summary").focus()
    page.keyboard.press("Enter")
    assert rule.get_attribute("open") is not None and rule.locator("table").is_visible()
    page.keyboard.press("Enter")
    assert not rule.locator("table").is_visible()
    page.close()


def test_what_is_folded_is_printed(browser, tmp_path):
    page, _ = opened(browser, ["self_attention_translation_equivariance", "--detail", "0"], tmp_path)
    height = lambda: page.locator("#derivation").bounding_box()["height"]
    folded = height()
    page.emulate_media(media="print")
    assert height() > 5 * folded
    page.close()
