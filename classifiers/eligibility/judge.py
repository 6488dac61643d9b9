"""The verdict on who may hold the job."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from classifiers.clauses import clause_around
from classifiers.eligibility.hours import Hours, hours_in
from classifiers.eligibility.lexicon import FILES, LEXICON, Topic, data_of, languages, word
from classifiers.places import names as places
from classifiers.places.locating import countries_of_location
from classifiers.places.names import WORLDWIDE, codes_in
from classifiers.places.regions import FILE as REGIONS_FILE
from classifiers.places.regions import countries_of
from classifiers.reading import Passage, Reading
from pipeline.labels import EligibilityVerdict, Evidence, RemoteVerdict
from pipeline.vocabulary import Arrangement, Sponsorship

_REACH = 120
"""Characters behind an anchor in which the places it speaks of stand."""
_LANGUAGE_REACH = 60
_NEAR = 40
_MONEY = frozenset("$€£")
_VERBS = frozenset({"polish"})
"""Names of languages that are verbs in small letters."""
_MOST_EVIDENCE = 8


@dataclass(frozen=True, slots=True)
class _Clause:
    """An anchor in its clause; offsets into the folded text."""

    topic: Topic
    passage: Passage
    text: str
    first: int
    last: int
    start: int
    end: int
    """Of the anchor."""

    def behind(self) -> str:
        """The text as given behind the anchor, where places stand in capitals."""
        begin, end = self.passage.folded.span(self.end, max(self.end, min(self.last, self.end + _REACH)))
        return self.passage.text[begin:end]

    def written(self) -> str:
        """The clause as given."""
        begin, end = self.passage.folded.span(self.first, self.last)
        return self.passage.text[begin:end]

    def near(self) -> str:
        """The folded words around the anchor, for what only counts beside it."""
        text = self.passage.folded.text
        return text[max(self.first, self.start - _NEAR) : min(self.last, self.end + _NEAR)]

    def evidence(self) -> Evidence:
        return self.passage.evidence(self.first, self.last, self.topic.value)


def judge(reading: Reading, remote: RemoteVerdict) -> EligibilityVerdict:
    """Countries from the remote scope or the place of work, and what the text demands of whoever holds the job."""
    clauses = list(_clauses(reading))
    excluded, excluded_evidence = _excluded(clauses)
    hours, hours_evidence = _hours(clauses)
    sponsorship, visa_evidence = _sponsorship(clauses)
    authorised, authorised_evidence = _authorised(clauses)
    cleared, cleared_evidence = _clearance(clauses)
    spoken, spoken_evidence = _spoken(reading.description)
    countries = _countries(reading, remote)
    found = (excluded_evidence, hours_evidence, visa_evidence, authorised_evidence, cleared_evidence, spoken_evidence)
    return EligibilityVerdict(
        is_worldwide=bool(remote.remote_scope and WORLDWIDE in remote.remote_scope),
        countries=tuple(code for code in countries if code not in excluded),
        excluded=excluded,
        utc_min=hours.utc_min if hours else None,
        utc_max=hours.utc_max if hours else None,
        overlap_hours=hours.overlap_hours if hours else None,
        visa_sponsorship=sponsorship,
        work_authorisation=authorised,
        needs_clearance=cleared,
        languages=spoken,
        evidence=tuple(item for items in found for item in items)[:_MOST_EVIDENCE],
        version=version(),
    )


def _clauses(reading: Reading) -> Iterator[_Clause]:
    for passage in (reading.title, reading.location, reading.description):
        for hit in passage.hits.get(LEXICON, ()):
            first, last = clause_around(passage.folded.text, hit.start, hit.end)
            yield _Clause(Topic(hit.term.key), passage, passage.folded.text[first:last], first, last, hit.start, hit.end)


def _countries(reading: Reading, remote: RemoteVerdict) -> tuple[str, ...]:
    """Where one has to live: as the scope says of a remote job; the country of the place of any other."""
    if remote.remote_scope is not None:
        return countries_of(remote.remote_scope)
    if remote.arrangement is Arrangement.REMOTE:
        return ()
    return countries_of_location(reading.location.text)


def _excluded(clauses: list[_Clause]) -> tuple[tuple[str, ...], list[Evidence]]:
    found: dict[str, None] = {}
    evidence = []
    for clause in clauses:
        if clause.topic is Topic.EXCLUDED and not _MONEY & set(clause.text):  # else it is a pay zone
            codes = [code for code in codes_in(clause.behind(), is_sentence=True) if code != WORLDWIDE]
            found |= dict.fromkeys(codes)
            evidence += [clause.evidence()] if codes else []
    return tuple(found), evidence[:1]


def _hours(clauses: list[_Clause]) -> tuple[Hours | None, list[Evidence]]:
    for clause in clauses:
        if clause.topic is not Topic.HOURS or word("hours", "never").search(clause.text):
            continue
        if (found := hours_in(clause.text, clause.written())) is not None:
            return found, [clause.evidence()]
    return None, []


def _sponsorship(clauses: list[_Clause]) -> tuple[Sponsorship, list[Evidence]]:
    """A "no" anywhere wins over a "yes": offers are made in passing, refusals are not."""
    said: dict[Sponsorship, Evidence] = {}
    for clause in clauses:
        text = clause.text
        if clause.topic is not Topic.VISA or not word("visa", "about").search(text) or word("visa", "never").search(text):
            continue
        if word("visa", "asked").search(text):
            continue
        if word("visa", "no").search(text) or word("visa", "no_after").search(text):
            said.setdefault(Sponsorship.NO, clause.evidence())
        elif word("visa", "yes").search(text):
            said.setdefault(Sponsorship.YES, clause.evidence())
    for answer in (Sponsorship.NO, Sponsorship.YES):
        if answer in said:
            return answer, [said[answer]]
    return Sponsorship.UNSTATED, []


def _authorised(clauses: list[_Clause]) -> tuple[tuple[str, ...], list[Evidence]]:
    """Countries whose permission to work is asked for."""
    found: dict[str, None] = {}
    evidence = []
    for clause in clauses:
        if clause.topic is Topic.AUTHORISATION and not word("visa", "asked").search(clause.text):
            countries = countries_of(codes_in(clause.written(), is_sentence=True))
            found |= dict.fromkeys(countries)
            evidence += [clause.evidence()] if countries else []
    return tuple(found), evidence[:1]


def _clearance(clauses: list[_Clause]) -> tuple[bool | None, list[Evidence]]:
    for clause in clauses:
        if clause.topic is Topic.CLEARANCE:
            return word("clearance", "not_required").search(clause.near()) is None, [clause.evidence()]
    return None, []


def _spoken(passage: Passage) -> tuple[tuple[str, ...], list[Evidence]]:
    """Languages that the text asks for, ISO 639-1; those that are only welcome are left out."""
    any_name, each = languages()
    text = passage.folded.text
    found: dict[str, Evidence] = {}
    for match in any_name.finditer(text):
        first, last = clause_around(text, match.start(), match.end())
        near = text[max(first, match.start() - _LANGUAGE_REACH) : min(last, match.end() + _LANGUAGE_REACH)]
        if match.group() in _VERBS and passage.text[passage.folded.original(match.start())].islower():
            continue
        if word("language", "never").search(near) or word("language", "optional").search(near):
            continue
        if word("language", "required").search(near.replace(match.group(), " ", 1)) or "kenntnisse" in match.group():
            code = next(code for code, own in each if own.match(match.group()))
            found.setdefault(code, passage.evidence(first, last, "language"))
    return tuple(found), list(dict.fromkeys(found.values()))[:2]


@cache
def version() -> str:
    """``eligibility-`` and eight hexadecimal digits of the data files."""
    digest = hashlib.sha256()
    for name in FILES:
        digest.update(data_of(name))
    for name in (places.FILE, REGIONS_FILE, "countries.tsv", "cities.tsv"):
        digest.update((files("classifiers") / "data" / places.FOLDER / name).read_bytes())
    return f"eligibility-{digest.hexdigest()[:8]}"
