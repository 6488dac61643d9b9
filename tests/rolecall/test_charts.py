"""Charts are whole XML with a title, a description and no address outside."""

from __future__ import annotations

from xml.etree import ElementTree

from classifiers.evaluation.figures import Bin
from rolecall.charts import confusion_svg, reliability_svg

NAMES = ("remote-first", "remote-friendly", "on-site")
SVG = "{http://www.w3.org/2000/svg}"


def test_the_confusion_matrix_shows_every_count() -> None:
    counts = {name: {guess: 10 * row + column for column, guess in enumerate(NAMES)} for row, name in enumerate(NAMES)}
    root = ElementTree.fromstring(confusion_svg(counts))
    texts = {found.text for found in root.iter(f"{SVG}text")}
    assert {str(value) for row in counts.values() for value in row.values()} <= texts
    assert "on-site called remote-first: 20" in (root.findtext(f"{SVG}desc") or "")
    assert root.findtext(f"{SVG}title")


def test_on_a_page_the_title_is_left_to_the_heading_and_long_names_take_two_lines() -> None:
    counts = {name: dict.fromkeys(NAMES, 1) for name in NAMES}
    page, alone = (ElementTree.fromstring(confusion_svg(counts, is_file=is_file)) for is_file in (False, True))
    texts, in_file = ([one.text for one in root.iter(f"{SVG}text")] for root in (page, alone))
    assert texts[:2] == ["is remote-", "first"]
    assert {"is on-site", "on-site"} <= set(texts)
    assert "is remote-first" in in_file
    assert (page.findtext(f"{SVG}title") in texts, alone.findtext(f"{SVG}title") in in_file) == (False, True)


def test_the_reliability_curve_has_a_mark_a_bin() -> None:
    text = reliability_svg([Bin(0.6, 0.5, 10), Bin(0.9, 0.95, 12)])
    root = ElementTree.fromstring(text)
    assert len(list(root.iter(f"{SVG}circle"))) == 2
    assert "0.95 right of 12" in (root.findtext(f"{SVG}desc") or "")
    assert text.count("http") == 1  # the name of the SVG language
