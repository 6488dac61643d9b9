"""From raw postings to labelled ones. Of a board, all are parsed and only the new or changed ones are labelled.

Labelling is the costly step, some milliseconds a posting, so that is what goes over the cores (``flows.batches``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice

from classifiers.classify import classify
from flows.batches import Batches
from pipeline.config import TechnologyConfig
from pipeline.fill import FIELDS, filled
from pipeline.identity import posting_id
from pipeline.payloads import to_posting
from pipeline.payloads.common import UnreadablePosting
from pipeline.records import CompanyFacts, LabelledPosting, Posting, RawPosting

_BATCH = 16
"""Postings that a worker labels at a time: a tenth of a second, so that even a board of some dozens is shared out evenly."""


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


@dataclass(frozen=True, slots=True)
class LabelledRows:
    """Stored payloads, parsed and labelled again."""

    items: tuple[LabelledPosting, ...]
    rows: int
    """Payloads that were given."""

    @property
    def unreadable(self) -> int:
        """Payloads that no parser could read."""
        return self.rows - len(self.items)


def label_rows(rows: Sequence[tuple[RawPosting, CompanyFacts]], technologies: tuple[TechnologyConfig, ...] = ()) -> LabelledRows:
    """Parse and label payloads, each with what is known of its employer; those that cannot be read are left out.

    Pure: a batch may be done on any machine, and again.
    """
    items = []
    for raw, company in rows:
        try:
            items.append(classify(to_posting(raw, company), technologies))
        except UnreadablePosting:
            continue
    return LabelledRows(tuple(items), len(rows))


def label_board(
    raws: Iterable[RawPosting],
    company: CompanyFacts,
    known: Mapping[str, str],
    technologies: tuple[TechnologyConfig, ...] = (),
    batches: Batches | None = None,
) -> LabelledBoard:
    """Parse a board's raw postings and label those whose content is not the one on record.

    A posting that cannot be read is kept raw, counted, and not taken for gone.

    Args:
        raws: the board's answer.
        company: what the configuration says of the employer.
        known: content hash on record, by posting id.
        technologies: the user's own, looked for besides those of the lexicon.
        batches: where a board with many postings to label is shared out; None labels all here. The result is the same.
    """
    seen: dict[str, str] = {}
    kept: list[RawPosting] = []
    unreadable: list[str] = []
    fill = dict.fromkeys(FIELDS, 0)

    def moved() -> Iterator[Posting]:
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
                kept.append(raw)
                yield posting

    labelled = tuple(_labelled(moved(), technologies, batches))
    return LabelledBoard(seen, labelled, tuple(kept), tuple(unreadable), fill)


def _labelled(
    postings: Iterator[Posting], technologies: tuple[TechnologyConfig, ...], batches: Batches | None
) -> Iterable[LabelledPosting]:
    """Label postings in order; they are shared out where there are enough of them."""
    label = partial(_label, technologies=technologies)
    first = tuple(islice(postings, batches.least)) if batches else ()
    if batches is None or len(first) < batches.least:
        return label([*first, *postings])
    all_ = chain(first, postings)
    return chain.from_iterable(batches.map(label, iter(lambda: tuple(islice(all_, _BATCH)), ())))


def _label(postings: Iterable[Posting], technologies: tuple[TechnologyConfig, ...]) -> tuple[LabelledPosting, ...]:
    return tuple(classify(posting, technologies) for posting in postings)
