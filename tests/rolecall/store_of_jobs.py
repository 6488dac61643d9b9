"""A small real store: postings with verdicts set by hand, put in through the store's own door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pipeline.crawling import BoardResult
from pipeline.identity import digest, posting_id
from pipeline.labels import (
    CompanyVerdict,
    Conflict,
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
from storage.store import Store

NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)
CLASS_OF = {
    "first": (RemoteClass.REMOTE_FIRST, Arrangement.REMOTE),
    "friendly": (RemoteClass.REMOTE_FRIENDLY, Arrangement.HYBRID),
    "silent": (RemoteClass.ON_SITE, Arrangement.UNSTATED),
}


@dataclass(frozen=True)
class Job:
    """One posting of the store in the fewest words."""

    platform: str
    board: str
    title: str
    remote: str
    stack: tuple[str, ...] = ()
    pay: tuple[float | None, float | None, str] | None = None
    level: Level = Level.UNSTATED
    role: RoleFamily = RoleFamily.OTHER
    text: str = "We build things."
    html: str | None = None


JOBS = (
    Job("greenhouse", "acme", "Senior ML Engineer", "first", ("Python", "PyTorch"), (150000, 180000, "USD"), Level.SENIOR,
        RoleFamily.ML_ENGINEERING, "We are a remote-first company. You know Python and PyTorch. We run a feature store."),
    Job("greenhouse", "acme", "Data Analyst", "silent", ("SQL",), None, Level.MID, RoleFamily.DATA_ANALYSIS, "You know SQL."),
    Job("greenhouse", "acme", "=HYPERLINK(\"x\")", "silent"),
    Job("lever", "beta", "Data Engineer", "friendly", ("Python", "Spark"), (70000, 90000, "EUR"), Level.SENIOR,
        RoleFamily.DATA_ENGINEERING, "Three days a week in our office. You know Python and Spark."),
    Job("remoteok", "remoteok", "Platform Engineer", "first", ("Kubernetes",), None, Level.STAFF, RoleFamily.INFRASTRUCTURE,
        "Work from anywhere. You know Kubernetes."),
)  # fmt: skip


def fill(data_dir: Path, jobs: tuple[Job, ...] = JOBS) -> None:
    """Make a store in a folder and put the jobs into it, as one night."""
    with Store.open(f"sqlite:///{data_dir / 'rolecall.db'}", data_dir, create=True) as store:
        run_id = store.begin_run(date(2026, 1, 5), NOW)
        for platform, board in dict.fromkeys((job.platform, job.board) for job in jobs):
            labelled = [labelled_posting(job) for job in jobs if (job.platform, job.board) == (platform, board)]
            seen = {item.posting.posting_id: item.posting.content_hash for item in labelled}
            raws = [RawPosting(platform, board, item.posting.external_id, item.posting.url, NOW, {}) for item in labelled]
            result = BoardResult(platform, board, BoardStatus.COMPLETE, postings=len(labelled))
            store.commit_board(run_id, result, seen, labelled, raws, labelled[0].posting.company)
        store.finish_run(run_id, summary())


def summary() -> Mapping[str, Any]:
    return {"run_id": "2026-01-05"}


def labelled_posting(job: Job) -> LabelledPosting:
    external_id = digest((job.title,))
    posting = Posting(
        posting_id=posting_id(job.platform, job.board, external_id),
        platform=job.platform,
        board=job.board,
        external_id=external_id,
        url=f"https://{job.board}.example/{external_id}",
        fetched_at=NOW,
        title=job.title,
        description_text=job.text,
        description_html=job.html,
        content_hash=digest((job.title, job.text)),
        published_on=date(2026, 1, 2),
        company=CompanyFacts(name=job.board.title(), industry="finance" if job.board == "acme" else None),
    )
    company = CompanyVerdict(None, None, posting.company.industry, (), "company-1")
    return LabelledPosting(posting, Labels(_remote(job), _pay(job), _tech(job), _role(job), _eligibility(job), company, "en"))


def _remote(job: Job) -> RemoteVerdict:
    remote_class, arrangement = CLASS_OF[job.remote]
    shares = {name: 0.9 if name is remote_class else 0.05 for name in RemoteClass}
    quote = job.text.split(".")[0]
    evidence = Evidence("description_text", 0, len(quote), quote, "says_so")
    field = Evidence("structured_remote", None, None, "remote=false", "field_says_no")
    is_told = job.remote != "silent"
    conflicts = (Conflict("remote", evidence, field),) if job.remote == "first" else ()
    signals = ("async",) if job.remote == "first" else ()
    days = 3.0 if job.remote == "friendly" else None
    scope = ("US", "CA") if job.remote == "first" else None
    return RemoteVerdict(
        remote_class, shares, arrangement, days, scope, signals, (evidence,) if is_told else (), conflicts, "remote-1"
    )


def _pay(job: Job) -> PayVerdict:
    if job.pay is None:
        return PayVerdict((), None, (), False, (), "pay-1")
    low, high, currency = job.pay
    rate, rate_on = (1.0, None) if currency == "USD" else (1.1, "2026-01-02")
    quote = " - ".join(f"{figure:,.0f}" for figure in (low, high) if figure is not None)
    usd_low, usd_high = (None if figure is None else figure * rate for figure in (low, high))
    band = PayBand(
        low, high, currency, PayPeriod.YEAR, PayKind.BASE, None, f"{quote} {currency}", "description_text", 0, 5,
        usd_low, usd_high, None, rate, rate_on,
    )  # fmt: skip
    return PayVerdict((band,), None, (), True, (), "pay-1")


def _tech(job: Job) -> TechVerdict:
    stack = tuple(Technology(name, TechCategory.TOOL, Need.REQUIRED, "description_text", 0, 1) for name in job.stack)
    return TechVerdict(stack, (), "tech-1")


def _role(job: Job) -> RoleVerdict:
    return RoleVerdict(job.level, job.role, None, None, (), "role-1")


def _eligibility(job: Job) -> EligibilityVerdict:
    """First ones take people of two countries, friendly ones of Germany; of silent ones nothing is known."""
    countries = {"first": ("US", "CA"), "friendly": ("DE",), "silent": ()}[job.remote]
    hours = (-8.0, -5.0) if job.remote == "first" else (None, None)
    sponsorship = Sponsorship.YES if job.remote == "friendly" else Sponsorship.UNSTATED
    return EligibilityVerdict(False, countries, (), *hours, None, sponsorship, (), None, ("en",), (), "eligibility-1")
