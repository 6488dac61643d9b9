"""A store for the tests of the site: the jobs of ``store_of_jobs`` and odd ones beside them, over three nights that move.

On the second night a text changes and a job is missing, which the third closes; one source is kept from sites by its terms; what
two boards send is hostile in every field that a page shows.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from benchmarks.practice_store import close_night
from flows.sources import Night
from pipeline.config import SourceConfig
from pipeline.crawling import BoardResult
from pipeline.labels import Evidence, Technology
from pipeline.records import LabelledPosting, RawPosting
from pipeline.vocabulary import BoardStatus, Level, Need, RoleFamily, TechCategory
from storage.store import Store
from tests.rolecall.store_of_jobs import JOBS, NOW, Job, labelled_posting

FIRST, CHANGES, LAST = (date(2026, 1, 5) + timedelta(days=number) for number in range(3))
CLOSED, CHANGED = "Data Analyst", "Data Engineer"
KEPT_OUT = "Kept Engineer"
EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
"""Leaves an attribute, begins a script, and runs from a picture."""
EVIL_MARKUP = (
    "<h2 onclick=alert(3)>About</h2><p>Work from <b>any</b>where.</p><script>alert(4)</script><style>*{display:none}</style>"
    '<img src=x onerror="alert(5)"><a href="javascript:alert(6)">apply</a><a href="/job/1">ours</a><svg onload=alert(7)></svg>'
    '<iframe srcdoc="<script>alert(8)</script>"></iframe><form action=/x><button>x</button></form><base href="https://evil.example/">'
    '<meta http-equiv=refresh content="0;url=https://evil.example/"><a href="https://good.example/" target=_top>good</a>'
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(9)&gt;">'
)
EVIL_TEXT = "About\n\nWork from anywhere.\n\napplyours\n\ngood"
MARKED = Job(
    "greenhouse", "acme", "Marked Engineer", "first", ("Python",), (120000, 140000, "USD"), Level.MID, RoleFamily.SOFTWARE,
    "We are a remote-first company. You know Python.",
    "<p>We are a <em>remote-first</em> company.</p><ul><li>You know Python.</li></ul>",
)  # fmt: skip
SEARCHES = """
[site]
title = "Acme finds jobs"
address = "https://jobs.example"
[[search]]
id = "python"
title = "Python jobs"
stack = ["Python"]
[[search]]
id = "none"
title = "Nothing at all"
country = "NZ"
"""


def hostile(platform: str, board: str, number: int) -> LabelledPosting:
    """A posting that attacks from every field."""
    plain = labelled_posting(
        Job(platform, board, f"{EVIL} {number}", "first", (), (1.0, 2.0, "USD"), text=EVIL_TEXT, html=EVIL_MARKUP)
    )
    posting = replace(
        plain.posting, url=f"javascript:alert({number})//", apply_url="data:text/html,<script>alert(1)</script>", location=EVIL,
        department=EVIL, employment_type_text=EVIL, company=replace(plain.posting.company, name=f"{EVIL} {number}", industry=EVIL),
    )  # fmt: skip
    labels = plain.labels
    remote = replace(
        labels.remote,
        evidence=(Evidence("title", 0, len(EVIL), EVIL, EVIL), Evidence("description_text", 7, 26, EVIL_TEXT[7:26], "says_so")),
        signals=("async",),
        remote_scope=(EVIL,),
    )
    bands = tuple(replace(band, quote=EVIL, zone=EVIL) for band in labels.pay.bands)
    stack = (Technology(EVIL, TechCategory.TOOL, Need.REQUIRED, "description_text", 0, 1),)
    company = replace(labels.company, industry=EVIL)
    changed = replace(
        labels, remote=remote, pay=replace(labels.pay, bands=bands), tech=replace(labels.tech, stack=stack), company=company
    )
    return LabelledPosting(posting, changed)


def odd() -> tuple[LabelledPosting, ...]:
    """Besides ``store_of_jobs``: markup, hostile boards, a kept source, half-stated pay, names hard on files and addresses."""
    named = labelled_posting(Job("lever", "gamma", "Translator", "friendly", ("C++", "C#", "C")))
    long = labelled_posting(Job("lever", "delta", "Archivist", "silent", ("C++", "C#", "C")))
    return (
        labelled_posting(MARKED),
        labelled_posting(Job("lever", "ceiling", "Baker", "silent", (), (None, 90000, "USD"))),
        labelled_posting(Job("lever", "floor", "Miller", "silent", (), (50000, None, "USD"))),
        hostile("lever", "evil", 1),
        hostile("remoteok", "remoteok", 2),
        labelled_posting(Job("workingnomads", "workingnomads", KEPT_OUT, "first", ("Python",))),
        replace(named, posting=replace(named.posting, company=replace(named.posting.company, name="日本 & Söhne / ../.."))),
        replace(long, posting=replace(long.posting, company=replace(long.posting.company, name="Ö" * 300))),
    )


def fill(data_dir: Path) -> None:
    """Make the store in a folder."""
    with Store.open(f"sqlite:///{data_dir / 'rolecall.db'}", data_dir, create=True) as store:
        pass_night(store, FIRST, whole())
        for night in (CHANGES, LAST):
            pass_night(store, night, [_changed(one) for one in whole() if one.posting.title != CLOSED])


def whole() -> list[LabelledPosting]:
    """Every posting as it first stood."""
    return [*(labelled_posting(job) for job in JOBS), *odd()]


def pass_night(store: Store, night: date, standing: Sequence[LabelledPosting]) -> None:
    """Commit a night's answer of every board of the postings."""
    began, now = time.monotonic(), NOW + (night - FIRST)
    run_id = store.begin_run(night, now)
    boards = dict.fromkeys((one.posting.platform, one.posting.board) for one in standing)
    for platform, board in boards:
        held = [one for one in standing if (one.posting.platform, one.posting.board) == (platform, board)]
        known: Mapping[str, str] = store.known_hashes(platform, board)
        moved = [one for one in held if known.get(one.posting.posting_id) != one.posting.content_hash]
        raws = [RawPosting(platform, board, one.posting.external_id, one.posting.url, now, {}) for one in moved]
        seen = {one.posting.posting_id: one.posting.content_hash for one in held}
        result = BoardResult(platform, board, BoardStatus.COMPLETE, postings=len(held))
        store.commit_board(run_id, result, seen, moved, raws, held[0].posting.company)
    close_night(store, run_id, Night(now, tuple(SourceConfig(*board) for board in boards)), began)


def _changed(one: LabelledPosting) -> LabelledPosting:
    if one.posting.title != CHANGED:
        return one
    return replace(one, posting=replace(one.posting, location="Berlin", content_hash="0" * 16))
