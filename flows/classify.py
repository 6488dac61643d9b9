"""From a board's raw postings to labelled ones: parse all, label only what is new or changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from classifiers.classify import classify
from pipeline.config import TechnologyConfig
from pipeline.fill import FIELDS, filled
from pipeline.identity import posting_id
from pipeline.payloads import to_posting
from pipeline.payloads.common import UnreadablePosting
from pipeline.records import CompanyFacts, LabelledPosting, RawPosting


@dataclass(frozen=True, slots=True)
class LabelledBoard:
    """A board's answer, understood."""

    seen: Mapping[str, str]
    """Content hash by posting id, of every posting in the answer."""
    labelled: tuple[LabelledPosting, ...]
    """The new and the changed ones."""
    raws: tuple[RawPosting, ...]
    """The raw postings behind ``labelled``, and those that no parser could read."""
    unreadable: tuple[str, ...]
    """One sentence a posting that no parser could read."""
    fill: Mapping[str, int]
    """In how many of the answer's postings each field of ``pipeline.fill`` is filled; one that no parser could read fills none."""


def label_board(
    raws: Iterable[RawPosting], company: CompanyFacts, known: Mapping[str, str], technologies: tuple[TechnologyConfig, ...] = ()
) -> LabelledBoard:
    """Parse a board's raw postings and label those whose content is not the one on record.

    A posting that cannot be read is kept raw, counted, and not taken for gone.

    Args:
        raws: the board's answer.
        company: what the configuration says of the employer.
        known: content hash on record, by posting id.
        technologies: the user's own, looked for besides those of the lexicon.
    """
    seen: dict[str, str] = {}
    labelled: list[LabelledPosting] = []
    kept: list[RawPosting] = []
    unreadable: list[str] = []
    fill = dict.fromkeys(FIELDS, 0)
    for raw in raws:
        try:
            posting = to_posting(raw, company)
        except UnreadablePosting as error:
            unreadable.append(f"{raw.external_id}: {error}")
            kept.append(raw)
            id_ = posting_id(raw.platform, raw.board, raw.external_id)
            if id_ in known:
                seen[id_] = known[id_]
            continue
        for field in filled(posting):
            fill[field] += 1
        if posting.posting_id in seen:
            continue
        seen[posting.posting_id] = posting.content_hash
        if known.get(posting.posting_id) != posting.content_hash:
            labelled.append(classify(posting, technologies))
            kept.append(raw)
    return LabelledBoard(seen, tuple(labelled), tuple(kept), tuple(unreadable), fill)
