"""Which postings are one job: those that are known, and new ones that join them one after another.

A store hands over the known postings that share a key with the new ones; tests and benchmarks begin with none.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace

from pipeline.duplicates.deciding import Match, decide, new_job_id, with_job
from pipeline.duplicates.keys import CANDIDATES_A_KEY, SIGHTINGS_A_JOB, keys
from pipeline.duplicates.sighting import Sighting
from pipeline.vocabulary import JobReason


class Clusters:
    """Postings and their jobs; a posting that was seen keeps its job."""

    def __init__(self, text_of: Callable[[str], str] | None = None) -> None:
        """``text_of`` gives the description of a posting that was only handed over (``hold``)."""
        self._text_of = text_of
        self._sightings: dict[str, Sighting] = {}
        self._texts: dict[str, str] = {}
        self._by_key: dict[int, list[str]] = defaultdict(list)
        self._by_job: dict[str, list[str]] = defaultdict(list)
        self.reasons: Counter[JobReason] = Counter()

    def __contains__(self, posting_id: str) -> bool:
        return posting_id in self._sightings

    def hold(self, known: Sighting, under: Iterable[int]) -> None:
        """Take a posting that has a job, and those of its keys by which it may be found."""
        self._sightings[known.posting_id] = known
        for key in under:
            insort(self._by_key[key], known.posting_id)
        self._by_job[known.job_id or ""].append(known.posting_id)

    def add(self, new: Sighting, text: str, under: Iterable[int] | None = None) -> Match:
        """The job of a posting that was not seen before, found or opened.

        Args:
            new: the posting.
            text: its description.
            under: its keys, where they are computed already.
        """
        found = keys(new, text) if under is None else tuple(under)
        match = decide(new, text, self._candidates(found), self._text)
        if match is None:
            match = Match(new_job_id(new.posting_id), new.posting_id, JobReason.FIRST)
        self._texts[new.posting_id] = text
        self.hold(with_job(new, match.job_id), found)
        self.reasons[match.reason] += 1
        return match

    def _text(self, posting_id: str) -> str:
        if posting_id not in self._texts and self._text_of is not None:
            self._texts[posting_id] = self._text_of(posting_id)
        return self._texts[posting_id]

    def stand(self, posting_ids: Iterable[str]) -> None:
        """Say which postings stand on their boards; the others do not."""
        standing = frozenset(posting_ids)
        for posting_id, one in self._sightings.items():
            if one.is_open != (posting_id in standing):
                self._sightings[posting_id] = replace(one, is_open=posting_id in standing)

    def jobs(self) -> dict[str, str]:
        """Job by posting."""
        return {posting_id: one.job_id for posting_id, one in self._sightings.items() if one.job_id is not None}

    def _candidates(self, found: Iterable[int]) -> list[Sighting]:
        near = {posting_id for key in found for posting_id in self._by_key.get(key, ())[:CANDIDATES_A_KEY]}
        jobs = {self._sightings[posting_id].job_id for posting_id in near}
        return [one for job_id in jobs if job_id for one in self._some_of(job_id)]

    def _some_of(self, job_id: str) -> list[Sighting]:
        held = [self._sightings[posting_id] for posting_id in self._by_job[job_id]]
        return sorted(held, key=lambda one: (not one.is_open, one.posting_id))[:SIGHTINGS_A_JOB]
