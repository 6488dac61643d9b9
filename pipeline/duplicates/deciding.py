"""Which job a new posting belongs to, and why.

Whatever is decided once stays: a posting that has a job keeps it, and a job's id is a digest of the posting that opened it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.duplicates.comparing import is_barred, may_be_by_title, plain_reason
from pipeline.duplicates.names import Employers, employers, is_named_in, speaks_for_another
from pipeline.duplicates.places import Closeness, closeness
from pipeline.duplicates.shingles import overlap, shingles
from pipeline.duplicates.sighting import Sighting
from pipeline.duplicates.wording import count_words, plain_words
from pipeline.identity import digest
from pipeline.vocabulary import JobReason

SIMILAR = 0.7
"""Jaccard index of five-word runs from which on two texts are one text with edits."""
COPIED = 0.9
"""Jaccard index from which on a text on a feed is another employer's, though nothing calls its poster a recruiter: of the seventeen
such pairs of one title and place among 12,400 real postings none were two openings."""
CONTAINED = 0.8
"""Share of a shortened text's runs that stand in the whole one."""
LEAST_CONTAINED = 25
"""Runs of a shortened text that say something; less is a sentence that many postings share."""
CONTRARY = 0.3
"""Two long texts that share less than this of the shorter one are two texts, whatever title and place say."""
SHORT = 60
"""Words; a text below this is a summary that need not share a run with the whole one."""
TEXTS = 16
"""Texts of candidates that are read for one posting."""

# "JR-104421", "R0191741", "Requisition ID: 20417", in plain words; nothing ends a number, since sources lose line breaks
_NUMBER = re.compile(r"\b(?:jr|r|req|requisition|(?:job|req|requisition|reference) (?:id|number|no|nr)) ?(?:jr|r|req)? ?(\d{5,})")

_STRENGTH = {
    reason: strength
    for strength, reason in enumerate(
        (
            JobReason.SAME_TITLE_AND_PLACE,
            JobReason.AGENCY_COPY,
            JobReason.SIMILAR_TEXT,
            JobReason.SAME_WORDS,
            JobReason.SAME_REQUISITION,
            JobReason.SAME_ADDRESS,
        )
    )
}


@dataclass(frozen=True, slots=True)
class Match:
    """The job of a new posting."""

    job_id: str
    posting_id: str
    """The posting of the job that it agrees with most."""
    reason: JobReason
    similarity: float | None = None
    """Jaccard index of the two texts; None where they were not compared."""


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What speaks for one candidate."""

    match: Match
    closeness: Closeness

    @property
    def rank(self) -> tuple[int, int, float]:
        return _STRENGTH[self.match.reason], self.closeness, self.match.similarity or 0.0


def new_job_id(posting_id: str) -> str:
    """The id of the job that a posting opens: 16 hexadecimal digits, the same in every run."""
    return digest(("job", posting_id))


def decide(new: Sighting, new_text: str, candidates: Sequence[Sighting], text_of: Callable[[str], str]) -> Match | None:
    """The job that a new posting belongs to; None where it opens one. The order of the candidates makes no difference.

    Args:
        new: the posting.
        new_text: its description.
        candidates: sightings that share a key with it, and for a good answer the other sightings of their jobs too: one that bars
            the new posting (another city, another opening of the same list) bars the whole job. Those without a job do not count.
        text_of: description by posting id; asked for few of them.
    """
    jobs = _open_jobs(new, candidates)
    words = count_words(new_text)
    plain = [
        _Evidence(Match(job_id, one.posting_id, reason), closeness(new.places, one.places))
        for job_id, sightings in jobs.items()
        for one in sightings
        if (reason := plain_reason(new, one, words)) is not None
    ]
    if plain:
        return _best(plain)
    return _best(list(_by_text(new, new_text, jobs, text_of)))


def _open_jobs(new: Sighting, candidates: Sequence[Sighting]) -> Mapping[str, list[Sighting]]:
    """The candidates by job, without the jobs that a sighting of theirs bars."""
    jobs: dict[str, list[Sighting]] = defaultdict(list)
    for one in sorted(candidates, key=lambda one: one.posting_id):
        if one.job_id is not None and one.posting_id != new.posting_id:
            jobs[one.job_id].append(one)
    return {job_id: sightings for job_id, sightings in jobs.items() if not any(is_barred(new, one) for one in sightings)}


def _best(found: Sequence[_Evidence]) -> Match | None:
    """The strongest evidence; None where it speaks as well for two jobs in places that are not quite the posting's.

    Title and place alone make no choice between two jobs.
    """
    if not found:
        return None
    ordered = sorted(found, key=lambda one: (*(-part for part in one.rank), one.match.job_id, one.match.posting_id))
    best = ordered[0]
    others = [one for one in ordered if one.match.job_id != best.match.job_id]
    if best.match.reason is JobReason.SAME_TITLE_AND_PLACE:
        return None if others else best.match
    has_equal = any(one.rank == best.rank for one in others)
    return None if has_equal and best.closeness is not Closeness.SAME else best.match


def _by_text(
    new: Sighting, new_text: str, jobs: Mapping[str, list[Sighting]], text_of: Callable[[str], str]
) -> Iterator[_Evidence]:
    """Evidence of texts that are alike, from the candidates whose title agrees, the likeliest first."""
    likely = [one for sightings in jobs.values() for one in sightings if one.title == new.title]
    likely.sort(key=lambda one: _unlikeliness(new, one))
    runs = shingles(plain_words(new_text) if likely else "")
    for one in likely[:TEXTS]:
        text = text_of(one.posting_id)
        jaccard, share = overlap(runs, shingles(plain_words(text)))
        reason = _text_reason(new, one, (new_text, text), jaccard, share)
        if reason is not None and one.job_id is not None:
            yield _Evidence(Match(one.job_id, one.posting_id, reason, round(jaccard, 4)), closeness(new.places, one.places))


def _unlikeliness(new: Sighting, one: Sighting) -> tuple[bool, int, str]:
    return employers(new.company, one.company) is not Employers.SAME, -closeness(new.places, one.places), one.posting_id


def _text_reason(new: Sighting, one: Sighting, texts: tuple[str, str], jaccard: float, share: float) -> JobReason | None:
    if _are_numbered_apart(*texts):
        return None
    lengths = [count_words(text) for text in texts]
    is_part = share >= CONTAINED and min(lengths) >= LEAST_CONTAINED and _is_elsewhere(new, one)
    if jaccard >= SIMILAR or is_part:
        if employers(new.company, one.company) is Employers.SAME:
            return JobReason.SIMILAR_TEXT
        is_copy = _is_agency_copy(new, one, texts) or (jaccard >= COPIED and (new.is_feed or one.is_feed))
        return JobReason.AGENCY_COPY if is_copy else None
    if may_be_by_title(new, one) and (min(lengths) < SHORT or share >= CONTRARY):
        return JobReason.SAME_TITLE_AND_PLACE
    return None


def _are_numbered_apart(*texts: str) -> bool:
    """Whether both texts name requisitions, and no common one ("Job ID: R0191741"): two openings in the words of one."""
    ours, theirs = ({match[1] for match in _NUMBER.finditer(plain_words(text))} for text in texts)
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def _is_elsewhere(new: Sighting, one: Sighting) -> bool:
    return (new.platform, new.board) != (one.platform, one.board)


def _is_agency_copy(new: Sighting, one: Sighting, texts: tuple[str, str]) -> bool:
    """Whether one of two employers passes on the other's text: by its name, its words, or since the text names one of them only."""
    if employers(new.company, one.company) in (Employers.HIDDEN, Employers.AGENCY):
        return True
    ours, theirs = (plain_words(text) for text in texts)
    if speaks_for_another(ours) or speaks_for_another(theirs):
        return True
    named = {company: is_named_in(company, ours) and is_named_in(company, theirs) for company in (new.company, one.company)}
    return sum(named.values()) == 1


def with_job(sighting: Sighting, job_id: str) -> Sighting:
    """The sighting as one of a job."""
    return replace(sighting, job_id=job_id)
