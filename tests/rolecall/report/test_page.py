"""The page of a night says what the summary says, needs nothing else, and runs nothing that a board wrote."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pipeline.runs import RunSummary
from rolecall.report.page import page
from tests.rolecall.nights_of_sources import FAILED, NO_PLACE, PARTIAL, PUT_OFF, SAME, WHOLE, at, night, nights, save

TAGS = set(
    """html head meta title style body main header h1 h2 h3 p dl div dt dd ul li figure figcaption svg rect path text desc details
    summary table caption thead tbody tr th td footer code""".split()
)


class Page(HTMLParser):
    """What a browser would find."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def report(folder: Path, runs: Sequence[RunSummary], days: int = 14) -> str:
    return page(runs[-1], save(folder, runs), days)


TROUBLED = nights("lever:acme", [*[WHOLE] * 16, NO_PLACE, FAILED], ["lever:beta", "lever:gamma"])


def test_it_says_what_the_night_gave(tmp_path: Path) -> None:
    last = replace(TROUBLED[-1], sources=(*TROUBLED[-1].sources, at("lever:delta", SAME), at("lever:eps", PUT_OFF)))
    text = Page(report(tmp_path, [*TROUBLED[:-1], last])).text
    assert "3 of 5 sources read: 6 new postings, 2 changed, 4 closed. 77 jobs are open." in text
    assert "1 of 5 sources failed (lever:acme)" in text
    assert "First bad night 2026-01-21, 2 by now: failed (http status)." in text
    assert FAILED.note in text
    for words in ("not modified", "put off", "data/rolecall.db", "remote-first (35 %)"):
        assert words in text


def test_it_needs_nothing_else_and_runs_nothing(tmp_path: Path) -> None:
    text = report(tmp_path, TROUBLED)
    found = Page(text)
    assert set(found.tags) <= TAGS
    names = {name for name, _ in found.attributes}
    assert not {name for name in names if name.startswith("on")} | names & {"src", "href", "style", "action", "srcset"}
    policy = next(str(value) for _, value in found.attributes if value and value.startswith("default-src"))
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in style[1]
    assert "@import" not in style[1]


HOSTILE = "</title></style><script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 6007 * 7 }}\x00"


def test_what_others_wrote_stays_text(tmp_path: Path) -> None:
    rows = [at(f"lever:{HOSTILE}", replace(row, note=HOSTILE)) for row in (WHOLE, FAILED, PARTIAL)]
    runs = [
        replace(night(day, row), wrote=(HOSTILE,), left_out=((HOSTILE, HOSTILE),), seconds_by_phase={HOSTILE: 3.0})
        for day, row in enumerate(rows)
    ]
    found = Page(report(tmp_path, runs))
    assert set(found.tags) <= TAGS
    assert not {name for name, _ in found.attributes if name.startswith("on") or name == "src"}
    assert found.text.count("{{ 6007 * 7 }}") >= 6
    assert "42049" not in found.text


def test_a_field_that_was_emptied_stands_out(tmp_path: Path) -> None:
    text = report(tmp_path, nights("lever:acme", [WHOLE, WHOLE, NO_PLACE], ["lever:beta"]))
    assert re.findall(r'<td class="n is-failed">(\d+)</td>', text) == ["2"]


def charts(text: str) -> list[ElementTree.Element]:
    figures = re.findall(r"</figcaption>\s*(<svg.*?</svg>)", text, re.DOTALL)
    return [ElementTree.fromstring(figure) for figure in figures]


def test_each_chart_has_words_and_a_table(tmp_path: Path) -> None:
    text = report(tmp_path, TROUBLED)
    found = charts(text)
    assert [chart.findtext("title") for chart in found] == [
        "Open jobs by remote class", "Postings new, changed and closed", "Postings fetched", "Sources that failed or are partial",
        "Seconds by phase, shards side by side",
    ]  # fmt: skip
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids)) == 2 * len(found)
    assert all(chart.findtext("desc") for chart in found)
    tables = re.findall(r"<details>.*?</details>", text, re.DOTALL)
    assert "2026-01-22 27 20 30" in " ".join(Page(tables[0]).text.split())
    assert tables[1].count('scope="row"') == 14


def test_a_night_without_a_run_is_an_empty_place_and_two_runs_have_a_place_each(tmp_path: Path) -> None:
    runs = [night(0, WHOLE), night(2, WHOLE), night(2, WHOLE, number=2)]
    tables = re.findall(r"<details>.*?</details>", report(tmp_path, runs), re.DOTALL)
    assert re.findall(r'scope="row">([^<]+)<', tables[0]) == ["2026-01-05", "2026-01-06", "2026-01-07", "2026-01-07-2"]


def test_summaries_of_before_fill_was_counted_have_no_shares(tmp_path: Path) -> None:
    text = Page(report(tmp_path, [night(0, replace(WHOLE, fill={}))])).text
    assert "No source's fields were counted in this run." in text


def test_of_very_many_sources_those_in_trouble_are_all_shown(tmp_path: Path) -> None:
    before = night(0, *(at(f"lever:b{number}", WHOLE) for number in range(700)))
    now = replace(before, run_id="2026-01-06", night=night(1).night, sources=tuple(
        replace(row, status=FAILED.status, failure=FAILED.failure, fetched=0) if number % 2 else row
        for number, row in enumerate(before.sources)
    ))  # fmt: skip
    text = Page(report(tmp_path, [before, now])).text
    assert text.count("First bad night") == 350
    assert "50 more sound sources: rolecall runs show 2026-01-06" in text


@pytest.mark.parametrize("days", [1, 14, 90])
def test_any_number_of_nights_and_no_source_at_all(tmp_path: Path, days: int) -> None:
    assert len(charts(report(tmp_path, [night(0)], days))) == 5
