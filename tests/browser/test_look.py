"""How pages of every kind look: accessible in both palettes, without sideways scroll or shift, at any width and zoom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Open, Seen, Site

KINDS = (
    "list", "filtered", "empty", "past", "job", "closed", "hostile", "company", "companies", "search", "searches", "quality",
    "sources", "about", "missing", "unknown",
)  # fmt: skip
REFUSED = ("missing", "unknown")
"""Their status is an error, which the browser's console tells."""
WIDTHS = (360, 400, 768, 1024, 1280, 1600)
LEAST_TARGET_PX = 24
MOST_SHIFT = 0.05
_TOO_WIDE = "document.documentElement.scrollWidth > Math.ceil(document.documentElement.getBoundingClientRect().width)"
_SMALL = """least => [...document.querySelectorAll('a, button, input:not([type=hidden]), select, summary')].filter(one => {
  const at = one.getBoundingClientRect();
  const inText = one.tagName === 'A' && getComputedStyle(one).display === 'inline';
  const within = one.closest('label');
  return at.width && !inText && !within && one.className !== 'skip' && (at.width < least || at.height < least);
}).map(one => one.outerHTML.slice(0, 120))"""


def _violations(page: Any, *rules: str) -> list[tuple[str, str, str]]:
    """What axe-core finds; all of its rules where none is named."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": list(rules)} if rules else None).response["violations"]
    return [(one["id"], one["impact"], one["nodes"][0]["html"][:200]) for one in found]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_accessible_steady_and_never_wider_than_its_window(open_page: Open, site: Site, seen: Seen, kind: str) -> None:
    page = open_page(site.paths[kind])
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.shifted") < MOST_SHIFT
    assert _violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert _violations(page, "color-contrast") == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert not page.evaluate(_TOO_WIDE), width
        assert page.evaluate(_SMALL, LEAST_TARGET_PX) == []
    page.set_viewport_size({"width": 360, "height": 900})
    assert _violations(page) == []
    assert (seen.outside, seen.dialogs, page.evaluate("window.broken")) == ([], [], [])
    assert seen.said == [] or kind in REFUSED


@pytest.mark.parametrize("kind", ["list", "job", "company", "quality"])
def test_text_twice_as_large_loses_nothing(open_page: Open, site: Site, kind: str) -> None:
    page = open_page(site.paths[kind], viewport={"width": 1280, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not page.evaluate(_TOO_WIDE)
    clipped = """[...document.querySelectorAll('h1, h2, h3, p, li, dd, dt, a, button, label, summary')].filter(one =>
      !one.closest('.hidden, .wide, .sprite') && !one.matches('.hidden, .skip') && getComputedStyle(one).overflow !== 'visible'
      && one.scrollWidth > one.clientWidth + 1).map(one => one.outerHTML.slice(0, 100))"""
    assert page.evaluate(clipped) == []


@pytest.mark.parametrize("kind", ["list", "job"])
def test_colours_of_the_system_and_still_pictures_are_honoured(open_page: Open, site: Site, kind: str) -> None:
    page = open_page(site.paths[kind], forced_colors="active", reduced_motion="reduce")
    assert page.evaluate("getComputedStyle(document.querySelector('.chip')).borderTopStyle") in ("solid", "dashed")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert page.evaluate("document.getAnimations().length") == 0
    assert _violations(page) == []


def test_a_table_wider_than_its_window_shows_that_there_is_more_and_keeps_its_names(open_page: Open, site: Site) -> None:
    page = open_page(site.paths["quality"], viewport={"width": 360, "height": 900})
    table = page.get_by_role("region", name="How much each source tells")
    assert table.evaluate("one => one.scrollWidth > one.clientWidth")
    assert table.evaluate("one => getComputedStyle(one).backgroundAttachment") == "local, local, scroll, scroll"
    table.evaluate("one => { one.scrollLeft = 100; }")
    left, name = table.bounding_box(), table.locator("tbody th").first.bounding_box()
    assert left
    assert name
    assert name["x"] == pytest.approx(left["x"], abs=1)


@pytest.mark.parametrize("kind", ["companies", "sources"])
def test_on_a_phone_a_row_s_figures_stand_under_its_name(open_page: Open, site: Site, kind: str) -> None:
    page = open_page(site.paths[kind], viewport={"width": 360, "height": 900})
    assert page.locator(".wide").evaluate_all("all => all.every(one => one.scrollWidth <= one.clientWidth)")
    row = page.locator("tbody tr").first
    name = row.locator("th").bounding_box()
    cells = row.locator("td:not(:empty)").evaluate_all("all => all.map(one => one.getBoundingClientRect())")
    assert name
    assert cells
    assert all(at["y"] > name["y"] and at["right"] <= 360 for at in cells)
    assert page.get_by_role("row").count() > 1  # to who listens it is a table still


def test_tables_of_a_wide_window_need_no_scrolling(open_page: Open, site: Site) -> None:
    for kind in ("company", "companies", "quality", "sources"):
        page = open_page(site.paths[kind])
        wide = "all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.ariaLabel)"
        assert page.locator(".wide:visible").evaluate_all(wide) == [], kind


LEAST_CHART_TEXT_PX = 10.9
_CHART_TEXT = """() => Math.min(...[...document.querySelectorAll('figure svg text')].map(one =>
  parseFloat(getComputedStyle(one).fontSize) * one.ownerSVGElement.getScreenCTM().a))"""


@pytest.mark.parametrize("kind", ["list", "company", "quality"])
def test_words_of_a_picture_can_be_read_at_any_width(open_page: Open, site: Site, kind: str) -> None:
    page = open_page(site.paths[kind])
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(_CHART_TEXT) >= LEAST_CHART_TEXT_PX, width


@pytest.mark.parametrize("width", [1024, 1280])
def test_the_pictures_stand_right_below_a_short_list(open_page: Open, width: int) -> None:
    page = open_page("/?limit=1", viewport={"width": width, "height": 900})
    listed, pictures = (page.locator(name).bounding_box() for name in (".columns > section", ".columns > .pictures"))
    assert listed
    assert pictures
    assert 0 < pictures["y"] - listed["y"] - listed["height"] < 60


@pytest.mark.parametrize("kind", ["list", "job"])
def test_on_paper_stands_what_is_read_and_nothing_to_press(open_page: Open, site: Site, kind: str) -> None:
    page = open_page(site.paths[kind])
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    for one in page.locator("nav, .theme, form button, .search, .pager, summary").all():
        assert not one.is_visible(), one.evaluate("one => one.outerHTML.slice(0, 100)")
    assert len(page.pdf()) > 1000


def test_a_picture_tells_its_figures_and_they_stand_below(open_page: Open) -> None:
    page = open_page("/")
    for figure in page.locator("figure").all():
        svg = figure.locator("svg[role=img]")
        names = svg.get_attribute("aria-labelledby").split()
        assert all(page.locator(f"[id='{name}']").text_content() for name in names)
        figure.locator("summary").click()
        assert figure.locator("tbody tr").first.is_visible()


SHOTS = [("list", "light", 1280), ("list", "dark", 1280), ("list", "light", 360), ("job", "light", 1280), ("job", "dark", 1280),
         ("job", "light", 360), ("company", "light", 1280), ("company", "dark", 1280), ("company", "light", 360),
         ("quality", "light", 1280), ("quality", "dark", 1280), ("quality", "light", 360)]  # fmt: skip


def test_pictures_of_the_pages_are_kept(open_page: Open, site: Site, artefacts: Path) -> None:
    for kind, scheme, width in SHOTS:
        page = open_page(site.paths[kind], color_scheme=scheme, viewport={"width": width, "height": 900})
        kept = artefacts / f"{kind}-{scheme}-{width}.png"
        page.screenshot(path=kept)
        assert kept.stat().st_size > 10_000
        page.context.close()
