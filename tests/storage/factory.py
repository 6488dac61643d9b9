"""Small postings with labels, made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from pipeline.crawling import BoardResult
from pipeline.identity import digest, posting_id
from pipeline.labels import (
    CompanyVerdict,
    EligibilityVerdict,
    Evidence,
    Labels,
    PayBand,
    PayVerdict,
    RemoteVerdict,
    RoleVerdict,
    Technology,
    TechVerdict,
)
from pipeline.records import CompanyFacts, LabelledPosting, Posting, RawPosting
from pipeline.vocabulary import (
    Arrangement,
    BoardStatus,
    Level,
    Need,
    PayKind,
    PayPeriod,
    RemoteClass,
    RoleFamily,
    Sponsorship,
    TechCategory,
)

if TYPE_CHECKING:
    from storage.store import Store

NIGHT = date(2026, 1, 5)
NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)
TEXT = "We are a remote-first team. You write Python. The band is 100,000 EUR a year."


def posting(external_id: str = "1", *, platform: str = "greenhouse", board: str = "acme", **values: Any) -> Posting:
    """A posting of Acme; every field can be given."""
    title = values.pop("title", f"Data Engineer {external_id}")
    text = values.pop("description_text", TEXT)
    base = Posting(
        posting_id=posting_id(platform, board, external_id),
        platform=platform,
        board=board,
        external_id=external_id,
        url=f"https://boards.example/{board}/{external_id}",
        fetched_at=NOW,
        title=title,
        description_text=text,
        content_hash=digest((title, text, repr(sorted(values.items())))),
        company=CompanyFacts(name="Acme", industry="finance"),
    )
    return replace(base, **values)


def band(low: float | None, high: float | None, currency: str = "USD", rate: float = 1.0, kind: PayKind = PayKind.BASE) -> PayBand:
    """A yearly band; ``rate`` is what one unit of its currency is in dollars."""
    return PayBand(
        low, high, currency, PayPeriod.YEAR, kind, None, f"{low} - {high}", "description_text", 0, 3,
        None if low is None else low * rate, None if high is None else high * rate, usd_rate=rate,
    )  # fmt: skip


def labelled(
    item: Posting,
    remote_class: RemoteClass = RemoteClass.REMOTE_FIRST,
    *,
    stack: tuple[str, ...] = ("Python",),
    bands: tuple[PayBand, ...] = (),
    signals: tuple[str, ...] = ("async",),
    eligibility: EligibilityVerdict | None = None,
) -> LabelledPosting:
    """The posting with labels."""
    shares = {name: 0.9 if name is remote_class else 0.05 for name in RemoteClass}
    quote = Evidence("description_text", 0, 26, item.description_text[:26], "says_remote_first")
    remote = RemoteVerdict(remote_class, shares, Arrangement.REMOTE, None, ("US",), signals, (quote,), (), "remote-1")
    technologies = tuple(Technology(name, TechCategory.LANGUAGE, Need.REQUIRED, "description_text", 0, 3) for name in stack)
    return LabelledPosting(
        item,
        Labels(
            remote=remote,
            pay=PayVerdict(bands, None, (), False, (), "pay-1"),
            tech=TechVerdict(technologies, (), "tech-1"),
            role=RoleVerdict(Level.SENIOR, RoleFamily.DATA_ENGINEERING, None, None, (), "role-1"),
            eligibility=eligibility or eligible(),
            company=CompanyVerdict(item.company.stage, item.company.size, item.company.industry, (), "company-1"),
            language="en",
        ),
    )


def eligible(countries: tuple[str, ...] = ("US",), is_worldwide: bool = False, **more: Any) -> EligibilityVerdict:
    """Who may hold a job."""
    known: dict[str, Any] = {
        "excluded": (), "utc_min": None, "utc_max": None, "overlap_hours": None, "visa_sponsorship": Sponsorship.UNSTATED,
        "work_authorisation": (), "needs_clearance": None, "languages": (), "evidence": (), "version": "eligibility-1",
    }  # fmt: skip
    return EligibilityVerdict(is_worldwide=is_worldwide, countries=countries, **{**known, **more})


def raw(item: Posting) -> RawPosting:
    return RawPosting(item.platform, item.board, item.external_id, item.url, item.fetched_at, {"id": item.external_id})


def commit_two(store: Store, names: str = "ab") -> str:
    """Begin a run and store one posting a letter; gives the run, which has not ended."""
    run_id = store.begin_run(NIGHT, NOW)
    items = [posting(name) for name in names]
    result = BoardResult("greenhouse", "acme", BoardStatus.COMPLETE, postings=len(items))
    seen = {item.posting_id: item.content_hash for item in items}
    store.commit_board(run_id, result, seen, [labelled(item) for item in items], [raw(item) for item in items], CompanyFacts())
    return run_id
