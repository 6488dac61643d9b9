"""The site as a person uses it: load, filter, search, page, open a job, see why, follow a feed; with and without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.conftest import Open, Seen, Site

_IN_VIEW = "one => { const at = one.getBoundingClientRect(); return at.top >= 0 && at.bottom <= innerHeight; }"
BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


@pytest.fixture(autouse=True)
def _quiet(seen: Seen) -> Iterator[None]:
    """No page asks for anything from elsewhere, complains, or opens a dialog."""
    yield
    assert (seen.outside, seen.said, seen.dialogs) == ([], [], [])


def _jobs(page: Any) -> int:
    return int(page.locator("#count").inner_text().split()[0].replace(",", ""))


@BOTH
def test_a_filter_narrows_the_list_and_stands_in_the_address(open_page: Open, scripts: bool) -> None:
    page = open_page("/", java_script_enabled=scripts)
    before = _jobs(page)
    choice = page.locator("label.choice", has_text="remote-first").first
    told = int(choice.locator(".n").inner_text())
    choice.locator("input").check()
    if not scripts:  # with them, a tick is enough
        page.get_by_role("button", name="Apply").click()
    page.wait_for_url("**/?remote=remote-first")
    assert _jobs(page) == told < before
    assert page.locator(".chip").all_inner_texts().count("remote-first") == page.locator("article").count()
    page.get_by_role("link", name="Remove Remote class: remote-first").click()
    assert _jobs(page) == before


def test_on_a_phone_several_are_ticked_before_they_are_sent(open_page: Open) -> None:
    page = open_page("/", viewport={"width": 360, "height": 740})
    page.locator(".filters > summary").click()
    for name, value in (("remote", "remote-first"), ("stack", "Python")):
        page.locator(f"input[name={name}][value={value}]").check()
    assert page.url.endswith("/")
    apply = page.get_by_role("button", name="Apply")
    assert apply.evaluate(_IN_VIEW), "it stays in view however long the panel is"
    apply.click()
    page.wait_for_url("**/?remote=remote-first&stack=Python")
    assert not page.locator("input[name=remote]").first.is_visible(), "the list is what one sees"


def test_beside_the_list_the_eye_and_the_focus_stay_where_they_were(open_page: Open) -> None:
    page = open_page("/", viewport={"width": 1280, "height": 740})
    choice = page.locator("input[name=role]").first
    choice.scroll_into_view_if_needed()
    value, panel = choice.get_attribute("value"), page.locator("#filters")
    page.evaluate("scrollTo({top: 200, behavior: 'instant'})")
    scrolled, top = panel.evaluate("one => one.scrollTop"), choice.evaluate("one => one.getBoundingClientRect().top")
    assert scrolled > 0
    choice.check()
    page.wait_for_url(f"**/?role={value}")
    assert page.evaluate("document.activeElement.value") == value
    assert abs(choice.evaluate("one => one.getBoundingClientRect().top") - top) < 8
    page.goto(page.url)
    assert (page.evaluate("scrollY"), panel.evaluate("one => one.scrollTop")) == (0, 0), "a page that is opened begins at its top"


@BOTH
def test_a_search_marks_its_hits(open_page: Open, scripts: bool) -> None:
    page = open_page("/?remote=remote-first", java_script_enabled=scripts)
    page.get_by_label("Search title, company and description").fill("python")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/?*text=python*")
    assert "remote=remote-first" in page.url
    hits = page.locator("article mark").all_inner_texts()
    assert hits
    assert {hit.lower() for hit in hits} == {"python"}


@BOTH
def test_pages_lead_on_and_back(open_page: Open, scripts: bool) -> None:
    page = open_page("/?sort=title", java_script_enabled=scripts)
    first = page.locator("article a").first.inner_text()
    page.get_by_role("link", name="Next").click()
    page.wait_for_url("**/?sort=title&page=2")
    assert page.locator("article a").first.inner_text() != first
    assert page.locator("ol.jobs").get_attribute("start") == "26"
    page.get_by_role("link", name="Previous").click()
    assert page.locator("article a").first.inner_text() == first


@BOTH
def test_an_amount_and_a_currency_are_one_filter(open_page: Open, scripts: bool) -> None:
    page = open_page("/", java_script_enabled=scripts)
    page.get_by_label("Amount").fill("100000")
    page.get_by_role("button", name="Apply").click()
    page.wait_for_url("**/?pay-min=100000")
    assert _jobs(page) > 0
    assert "left out because no pay is stated" in page.locator(".notes").inner_text()


def test_a_job_shows_the_words_that_decide_it(open_page: Open, site: Site) -> None:
    page = open_page("/?remote=remote-first")
    page.locator("article a").first.click()
    page.wait_for_url("**/job/*")
    page.goto(site.address + site.paths["job"])
    reason = page.locator(".why li a").first
    quote = reason.inner_text().strip("“”")
    reason.click()
    marked = page.locator(f".description {reason.get_attribute('href')}")
    assert marked.inner_text().split()[0] == quote.split()[0]
    assert marked.evaluate("one => one.matches(':target')")
    page.wait_for_function(_IN_VIEW, arg=marked.element_handle())  # the page scrolls there smoothly
    apply = page.get_by_role("link", name="Apply")
    assert apply.get_attribute("href", timeout=1000).startswith("https://")
    assert "noopener" in apply.get_attribute("rel")


def test_a_list_is_followed_by_its_feeds(open_page: Open, site: Site) -> None:
    page = open_page(site.paths["filtered"])
    assert page.locator("link[rel=alternate]").count() == 2
    for name, kind in (("Atom feed", "application/atom+xml"), ("JSON Feed", "application/feed+json")):
        answer = page.request.get(site.address + page.get_by_role("link", name=name, exact=True).get_attribute("href"))
        assert answer.ok
        assert answer.headers["content-type"].startswith(kind)
    page.goto(site.address + site.paths["search"])
    answer = page.request.get(site.address + page.get_by_role("link", name="Atom feed").first.get_attribute("href"))
    assert "<entry>" in answer.text()


def test_a_hostile_posting_does_nothing(open_page: Open, site: Site, seen: Seen) -> None:
    page = open_page("/?company=alert")
    page.goto(site.address + site.paths["hostile"])
    page.locator("a.button, .apply").first.click()
    assert page.evaluate("window.broken") == []
    assert page.locator("script").count() == 1
    assert page.locator(".description a").all_inner_texts() == ["apply", "ours", "good"]
    assert page.locator(".description a[href^='javascript'], .description a[href^='/']").count() == 0
    assert page.locator("a", has_text="Apply at").count() == 0


def test_colours_follow_the_system_and_the_button_and_are_remembered(open_page: Open, site: Site) -> None:
    page = open_page("/", color_scheme="dark")
    paper = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(paper)
    button = page.get_by_role("button", name="Colours")
    button.click()
    assert page.evaluate(paper) != dark
    page.goto(site.address + "/about")
    assert page.evaluate(paper) != dark
    button.click()
    assert page.evaluate(paper) == dark
    assert button.inner_text() == "Colours: dark"


def test_a_slash_goes_to_the_search(open_page: Open) -> None:
    page = open_page("/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "text"
    assert page.get_by_label("Search title, company and description").input_value() == ""
