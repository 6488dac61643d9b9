"""A person sets a label of a job, or takes one back: a run of its own, over what is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from pipeline.errors import UsageError
from pipeline.labels import Evidence, Override
from pipeline.overrides import as_read, locate, require_agreement
from storage import run as runs
from storage.overrides import active_overrides, revoke_override, set_override, with_overrides
from storage.queries.jobs import find
from storage.relabelling import relabel
from storage.store import Store
from storage.stored import stored_postings

_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class LabelChange:
    """What setting or taking back a label did."""

    run_id: str
    job_id: str
    title: str
    company: str | None
    before: Mapping[str, str]
    """``remote_class`` and ``arrangement`` of the posting that was asked for."""
    after: Mapping[str, str]
    postings: int
    """Postings of the job, all of which have the label."""
    evidence: Evidence | None
    """What the class rests on now; None where it is the default for silence."""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def set_label(store: Store, id_: str, override: Override) -> LabelChange:
    """Let a person's word hold for all postings of a job, at once and until it is taken back.

    Args:
        store: opened for writing; the caller holds the run's lease.
        id_: any unique beginning of a job's or posting's id.
        override: what was said; its time is the clock of the run.

    Raises:
        UsageError: no such job, an arrangement that contradicts the class, or a quote that stands in none of the job's postings.
    """
    require_agreement(override.remote_class, override.arrangement)
    job = find(store, id_)
    ids = _postings_of(job)
    if override.quote is not None:
        override = replace(override, quote=_verbatim(store, ids, job["title"], override.quote))
    return _write(store, job, override.made_at, lambda connection: set_override(connection, ids, override))


def revoke_label(store: Store, id_: str, now: datetime) -> LabelChange:
    """Take back what a person set for a job: what the classifiers say stands again.

    Args:
        store: opened for writing; the caller holds the run's lease.
        id_: any unique beginning of a job's or posting's id.
        now: clock, UTC.

    Raises:
        UsageError: no such job, or nobody set a label of it.
    """
    job = find(store, id_)
    ids = _postings_of(job)
    with store.engine.connect() as connection:
        if not active_overrides(connection, ids):
            raise UsageError(f"nobody has set a label of '{job['title']}'; `rolecall jobs label --list` shows those that are set")
    return _write(store, job, now, lambda connection: revoke_override(connection, ids, now))


def _postings_of(job: Mapping[str, Any]) -> list[str]:
    """All postings of a job, the one that was asked for first."""
    others = [row["posting_id"] for row in job["seen_on"] if row["posting_id"] != job["posting_id"]]
    return [job["posting_id"], *others]


def _verbatim(store: Store, ids: Sequence[str], title: str, quote: str) -> str:
    """The quote as the first posting that holds it has it."""
    with store.engine.connect() as connection:
        for item in stored_postings(connection, ids):
            if found := locate(quote, item.posting):
                return found.quote
    words = quote if len(quote) <= _LONGEST_SHOWN else quote[: _LONGEST_SHOWN - 1] + "…"
    raise UsageError(
        f"--quote: '{words}' stands neither in title, location nor description of '{title}'; "
        "copy the words from `rolecall jobs show`, or leave --quote out"
    )


def _write(store: Store, job: Mapping[str, Any], now: datetime, decide: Callable[[Connection], None]) -> LabelChange:
    """Write the decision and the job's postings anew, in one transaction of a run of its own."""
    ids = _postings_of(job)
    run_id = store.begin_run(now.date(), now, runs.LABEL)
    with store.engine.begin() as connection:
        decide(connection)
        items = stored_postings(connection, ids)
        own = [replace(item, labels=as_read(item.labels)) for item in items]
        relabel(connection, runs.load(connection, run_id), own)
        decided = with_overrides(connection, own)[0].labels.remote
    change = LabelChange(
        run_id=run_id,
        job_id=job["job_id"],
        title=job["title"],
        company=job["company"],
        before={name: job[name] for name in ("remote_class", "arrangement")},
        after={"remote_class": decided.remote_class.value, "arrangement": decided.arrangement.value},
        postings=len(ids),
        evidence=decided.evidence[0] if decided.evidence else None,
    )
    store.finish_run(run_id, change.to_json())
    return change
