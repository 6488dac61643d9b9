"""What of a posting is compared with others."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.duplicates.addresses import canonical, in_list
from pipeline.duplicates.names import employer, is_agency, title_core
from pipeline.duplicates.places import Place, places
from pipeline.duplicates.wording import words_digest
from pipeline.folding import fold_name
from pipeline.records import Posting
from pipeline.terms import platforms
from pipeline.vocabulary import Level

_COLLECTIONS = frozenset({"adzuna", "rss", "usajobs"})
"""Platforms that are no feed to the crawler, whose boards all the same hold postings of many employers."""
_OWN_IDS = frozenset({"greenhouse", "lever", "ashby", "workable"})
"""Platforms whose external id is the number in the posting's address."""
_LEAST_REQUISITION = 3
"""Characters; "1" and "NA" number nothing."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One posting as others are compared with it."""

    posting_id: str
    job_id: str | None
    """The job that it belongs to; None for a posting that has none yet."""
    platform: str
    board: str
    is_feed: bool
    """The board is no employer's own list."""
    is_open: bool
    """Stands on its board: in the board's answer of tonight where that was complete, else by its state."""
    company: str | None
    """Folded, words apart; None where the employer is not named."""
    industry: str | None
    is_agency: bool
    """The name is a recruiter's, or is kept back."""
    title: str
    """Its core: what ``names.title_core`` leaves of it."""
    level: Level
    places: tuple[Place, ...]
    requisition: str | None
    addresses: tuple[str, ...]
    """Canonical; of the posting, of its form, and of the hiring system that has it."""
    list_places: tuple[tuple[str, str], ...]
    """List and place in it (``addresses.in_list``) of the addresses at the employer."""
    text_digest: str
    """``wording.words_digest`` of the description: 16 hexadecimal digits."""


def sighting(posting: Posting, level: Level | None, *, job_id: str | None = None, is_open: bool = True) -> Sighting:
    """What is compared of a posting.

    Args:
        posting: as parsed.
        level: as classified; None where nobody has looked.
        job_id: the job that it has already.
        is_open: see ``Sighting``.
    """
    return from_fields(
        posting_id=posting.posting_id,
        job_id=job_id,
        platform=posting.platform,
        board=posting.board,
        external_id=posting.external_id,
        title=posting.title,
        company=posting.company.name,
        industry=posting.company.industry,
        location=posting.location,
        level=level,
        url=posting.url,
        apply_url=posting.apply_url,
        requisition_id=posting.requisition_id,
        text_digest=words_digest(posting.description_text),
        is_open=is_open,
    )


def from_fields(
    *,
    posting_id: str,
    job_id: str | None,
    platform: str,
    board: str,
    external_id: str,
    title: str,
    company: str | None,
    location: str | None,
    level: Level | str | None,
    url: str | None,
    apply_url: str | None,
    requisition_id: str | None,
    text_digest: str,
    is_open: bool,
    industry: str | None = None,
) -> Sighting:
    """What is compared of a posting whose fields stand in a table's row."""
    terms = platforms().get(platform)
    is_feed = platform in _COLLECTIONS or (terms is not None and terms.feed)
    name = employer(company) if company or is_feed else employer(board)
    named = places(location)
    core = title_core(title, frozenset(place.city for place in named if place.city), name or "")
    own = [f"{platform}:{external_id.lower()}"] if platform in _OWN_IDS else []
    page, form = canonical(url), canonical(apply_url)
    addresses = tuple(dict.fromkeys(filter(None, (*own, page, form))))
    at_employer = [form] if is_feed and form != page else [] if is_feed else [*own, page]
    return Sighting(
        posting_id=posting_id,
        job_id=job_id,
        platform=platform,
        board=board,
        is_feed=is_feed,
        is_open=is_open,
        company=name,
        industry=industry,
        is_agency=is_agency(name),
        title=core,
        level=Level(level) if level else Level.UNSTATED,
        places=_narrowed(named, title),
        requisition=_requisition(requisition_id),
        addresses=addresses,
        list_places=tuple(in_list(address) for address in dict.fromkeys(filter(None, at_employer))),
        text_digest=text_digest,
    )


def _narrowed(named: tuple[Place, ...], title: str) -> tuple[Place, ...]:
    """The places that the title repeats, where it repeats some: "Driver, Berlin" of a posting in Berlin and Munich is in Berlin."""
    folded = f" {' '.join(fold_name(title).replace(',', ' ').replace('(', ' ').replace(')', ' ').split())} "
    repeated = tuple(place for place in named if place.city and f" {place.city} " in folded)
    return repeated or named


def _requisition(text: str | None) -> str | None:
    """A requisition id for comparing; None for what numbers nothing ("N/A", "Evergreen")."""
    plain = "".join(c for c in fold_name(text or "") if c.isalnum())
    return plain if len(plain) >= _LEAST_REQUISITION and any(c.isdigit() for c in plain) else None
