"""Jobs in memory: the same steps as a database takes them, for tests and for measuring."""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from pipeline.duplicates.deciding import Match, decide, new_job_id, with_job
from pipeline.duplicates.keys import CANDIDATES_A_KEY, SIGHTINGS_A_JOB, keys
from pipeline.duplicates.sighting import Sighting
from pipeline.vocabulary import JobReason


class Clusters:
    """Postings and their jobs; a posting that was seen keeps its job."""

    def __init__(self) -> None:
        self._sightings: dict[str, Sighting] = {}
        self._texts: dict[str, str] = {}
        self._by_key: dict[int, list[str]] = defaultdict(list)
        self._by_job: dict[str, list[str]] = defaultdict(list)
        self.reasons: Counter[JobReason] = Counter()

    def __contains__(self, posting_id: str) -> bool:
        return posting_id in self._sightings

    def add(self, new: Sighting, text: str) -> Match:
        """The job of a posting that was not seen before, found or opened."""
        found = keys(new, text)
        match = decide(new, text, self._candidates(found), self._texts.__getitem__)
        if match is None:
            match = Match(new_job_id(new.posting_id), new.posting_id, JobReason.FIRST)
        self._sightings[new.posting_id] = with_job(new, match.job_id)
        self._texts[new.posting_id] = text
        for key in found:
            insort(self._by_key[key], new.posting_id)
        self._by_job[match.job_id].append(new.posting_id)
        self.reasons[match.reason] += 1
        return match

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
