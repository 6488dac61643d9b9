"""Keyboard alone: from the skip link through filters to a job, and always seeing where one is."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from tests.browser.conftest import Open, Site

_OUTLINE = "getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).outlineWidth"


def _tab_to(page: Any, wanted: str, most: int = 200) -> None:
    """Tab on until the focus is on what a selector names; every stop on the way shows where it is."""
    for _ in range(most):
        page.keyboard.press("Tab")
        assert page.evaluate(_OUTLINE).startswith(("solid", "auto")), page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"{wanted} was not reached")


def test_the_first_stop_skips_to_the_content(open_page: Open) -> None:
    page = open_page("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    top = page.evaluate("document.activeElement.getBoundingClientRect().top")
    assert top >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_filter_is_ticked_by_space_and_sent_by_enter(open_page: Open) -> None:
    page = open_page("/", java_script_enabled=True)
    _tab_to(page, "input[name=remote][value=remote-first]")
    page.keyboard.press("Space")
    page.wait_for_url("**/?remote=remote-first")
    _tab_to(page, "form button[type=submit]", 400)
    page.keyboard.press("Enter")
    page.wait_for_url("**/?remote=remote-first")


def test_without_scripts_enter_in_a_field_sends_the_filters(open_page: Open) -> None:
    page = open_page("/", java_script_enabled=False)
    page.locator("input[name=remote][value=remote-first]").focus()
    page.keyboard.press("Space")
    page.locator("input[name=company]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/?remote=remote-first")


def test_on_a_phone_the_filters_open_by_enter(open_page: Open) -> None:
    page = open_page("/", viewport={"width": 360, "height": 740})
    assert not page.locator("input[name=remote]").first.is_visible()
    _tab_to(page, ".filters > summary")
    page.keyboard.press("Enter")
    assert page.locator("input[name=remote]").first.is_visible()


def test_a_job_is_opened_and_its_evidence_reached(open_page: Open, site: Site) -> None:
    page = open_page(site.paths["job"])
    _tab_to(page, ".why a")
    page.keyboard.press("Enter")
    assert "#evidence-" in page.url


def test_the_stops_follow_the_page_downward(open_page: Open, site: Site) -> None:
    page = open_page(site.paths["list"], viewport={"width": 360, "height": 740})
    tops = []
    for _ in range(25):
        page.keyboard.press("Tab")
        tops.append(page.evaluate("document.activeElement.getBoundingClientRect().top + scrollY"))
    assert all(below >= above - 60 for above, below in pairwise(tops[1:])), tops
