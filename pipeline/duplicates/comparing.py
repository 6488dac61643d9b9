"""What speaks for and against two postings being one job, without their texts."""

from __future__ import annotations

from pipeline.duplicates.addresses import is_of_system
from pipeline.duplicates.names import Employers, employers, grades, is_vague, titles_agree
from pipeline.duplicates.places import Closeness, closeness
from pipeline.duplicates.sighting import Sighting
from pipeline.vocabulary import JobReason, Level


def is_barred(one: Sighting, other: Sighting) -> bool:
    """Whether two postings cannot be one job, whatever else agrees.

    Other levels, other cities or countries, other employers (recruiters aside), or two openings that stand in one list at a time.
    """
    return (
        _levels_differ(one, other)
        or closeness(one.places, other.places) is Closeness.APART
        or _industries_differ(one, other)
        or (employers(one.company, other.company) is Employers.ALIKE and set(one.addresses).isdisjoint(other.addresses))
        or are_two_openings(one, other)
    )


def are_two_openings(one: Sighting, other: Sighting) -> bool:
    """Whether an employer's own list holds both at a time, with other words or other places: then they are two, however alike."""
    if not share_list(one, other):
        return False
    is_copy = one.text_digest == other.text_digest and closeness(one.places, other.places) is Closeness.SAME
    return one.is_open and other.is_open and not is_copy


def share_list(one: Sighting, other: Sighting) -> bool:
    """Whether two postings have different places in one list of an employer: its board, or where a copy on a feed leads to."""
    if not one.is_feed and not other.is_feed and (one.platform, one.board) == (other.platform, other.board):
        return True
    if not set(one.addresses).isdisjoint(other.addresses):
        return False
    is_employer = employers(one.company, other.company) is Employers.SAME  # a hiring system has the lists of many
    shared = {ours for ours, a in one.list_places for theirs, b in other.list_places if ours == theirs and a != b}
    return any("/" in ours or "." in ours or is_employer for ours in shared)


def plain_reason(one: Sighting, other: Sighting, words: int) -> JobReason | None:
    """What says without a look at the texts that two postings which nothing bars are one job.

    Args:
        one: a posting.
        other: another.
        words: length of their texts, where these have the same words.
    """
    related = employers(one.company, other.company)
    if any(_leads_to_one(address, one, other) for address in set(one.addresses).intersection(other.addresses)):
        return JobReason.SAME_ADDRESS
    is_employer = related is Employers.SAME
    if is_employer and one.requisition and one.requisition == other.requisition and titles_agree(one.title, other.title):
        return JobReason.SAME_REQUISITION
    if one.title == other.title and is_employer and words and one.text_digest == other.text_digest:
        return JobReason.SAME_WORDS
    return None


def may_be_by_title(one: Sighting, other: Sighting) -> bool:
    """Whether employer, title and place alone may make one job of two postings: on two sources, of a title that names a role."""
    return (
        employers(one.company, other.company) is Employers.SAME
        and one.title == other.title
        and not is_vague(one.title)
        and closeness(one.places, other.places) >= Closeness.SHARED
        and not share_list(one, other)
        and (one.platform, one.board) != (other.platform, other.board)
        and (one.is_feed or other.is_feed)
    )


def _leads_to_one(address: str, one: Sighting, other: Sighting) -> bool:
    return titles_agree(one.title, other.title) or is_of_system(address)


def _levels_differ(one: Sighting, other: Sighting) -> bool:
    ours, theirs = grades(one.title), grades(other.title)
    if one.title == other.title:
        # the classified levels speak where the titles do not
        return not ours and Level.UNSTATED not in (one.level, other.level) and one.level is not other.level
    return bool(ours and theirs and ours != theirs)


def _industries_differ(one: Sighting, other: Sighting) -> bool:
    """Two employers of one name, the bank and the insurer; a recruiter's industry is not its client's."""
    stated = {one.industry, other.industry} - {None}
    return len(stated) == 2 and not (one.is_agency or other.is_agency)
