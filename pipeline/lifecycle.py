"""When a posting is open, closed or unknown: pure rules over one board's nights.

A *full listing* that leaves a posting out of complete answers of two different nights has closed it. A *window* (the newest N)
says nothing by absence: a posting there closes by its expiry date or by age. A suspect answer (empty, shrunk, 404) closes nothing
until three different nights have given it without an answer of another kind between them. A board that fails leaves its postings
stale; after fourteen nights without an answer they are unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipeline.vocabulary import BoardStatus, ClosedReason, FailureKind, ListingKind, PostingState

SHRUNK_SHARE = 0.4
"""An answer with fewer than this share of the open postings is suspect."""
SHRUNK_LEAST_POSTINGS = 10
NIGHTS_TO_BELIEVE = 3
STALE_NIGHTS = 14

SUSPECT_SENTENCES = {
    ClosedReason.BOARD_EMPTIED: "the answer is empty where {held} postings were open",
    ClosedReason.BOARD_SHRANK: "the answer has {held_now} postings where {held} were open",
    ClosedReason.BOARD_GONE: "the board is not found (404) where {held} postings were open",
}


@dataclass(frozen=True, slots=True)
class BoardHistory:
    """What is remembered of a board between nights."""

    last_complete_on: date | None = None
    suspect: ClosedReason | None = None
    """Kind of the suspect answer of the nights below."""
    suspect_on: tuple[date, ...] = ()
    """Different nights that gave it, ascending."""
    failed_on: tuple[date, ...] = ()
    """Different nights since the last readable answer on which the board failed, ascending; at most fourteen are kept."""


@dataclass(frozen=True, slots=True)
class Held:
    """A posting as it stands before tonight."""

    state: PostingState
    reason: ClosedReason | None = None
    missing_since: date | None = None
    """First complete night that left it out, None where the last one held it."""
    last_seen_on: date | None = None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class BoardNight:
    """Tonight's answer of a board."""

    night: date
    status: BoardStatus
    listing: ListingKind
    held_ids: frozenset[str]
    not_modified: bool = False
    failure: FailureKind | None = None
    closes_after_days: int | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What tonight's answer means."""

    history: BoardHistory
    changed: Mapping[str, Held]
    """The postings whose record moves, by posting id; those that are new to us are the caller's."""
    suspect: str | None = None
    """A sentence to say aloud."""
    last_seen_on: date | None = None
    """What is to be remembered of the postings that are new to us tonight; None where the board's last complete night says it."""


def judge_board(history: BoardHistory, held: Mapping[str, Held], tonight: BoardNight) -> Judgement:
    """Move a board's postings by one answer; the same answer on the same night moves nothing more.

    Args:
        history: the board before tonight.
        held: every posting of the board that is open or unknown, by posting id; closed ones where tonight's answer holds them.
        tonight: the answer.
    """
    if tonight.status is BoardStatus.SKIPPED or _was_not_reached(tonight):
        return Judgement(history, {})
    if tonight.status is BoardStatus.FAILED:
        return _failed(history, held, tonight)
    answered = replace(history, failed_on=())
    suspect = None if tonight.not_modified else _suspect(held, tonight)
    if tonight.status is BoardStatus.PARTIAL:
        # half an answer closes nothing, but it can show that a board is neither gone nor empty
        after = answered if suspect is history.suspect else _trusted(answered)
        return Judgement(after, _seen(held, tonight, derived=False), last_seen_on=tonight.night)
    if suspect is None:
        calm = BoardHistory(last_complete_on=tonight.night)
        return Judgement(calm, _seen(held, tonight, derived=True) | _missing(history, held, tonight))
    return _weigh(suspect, answered, held, tonight)


def _was_not_reached(tonight: BoardNight) -> bool:
    """The run was stopped before this board's turn, which says nothing of the board."""
    return tonight.status is BoardStatus.FAILED and tonight.failure is FailureKind.INTERRUPTED


def _trusted(history: BoardHistory) -> BoardHistory:
    return replace(history, suspect=None, suspect_on=())


def _seen(held: Mapping[str, Held], tonight: BoardNight, derived: bool) -> dict[str, Held]:
    """What tonight's answer holds is open. Of a calm complete answer the board remembers the night, else each posting must."""
    moved = {}
    for id_, posting in held.items():
        if _is_absent(id_, posting, tonight) or (posting.state is PostingState.CLOSED and id_ not in tonight.held_ids):
            continue
        last_seen_on = None if derived else tonight.night
        after = replace(posting, state=PostingState.OPEN, reason=None, missing_since=None, last_seen_on=last_seen_on)
        if after != posting:
            moved[id_] = after
    return moved


def _closed(posting: Held, reason: ClosedReason) -> Held:
    return replace(posting, state=PostingState.CLOSED, reason=reason)


def _is_absent(id_: str, posting: Held, tonight: BoardNight) -> bool:
    """Absent from tonight's answer; an answer that is last night's over again holds what that one held."""
    if posting.state is PostingState.CLOSED:
        return False
    return posting.missing_since is not None if tonight.not_modified else id_ not in tonight.held_ids


def _missing(history: BoardHistory, held: Mapping[str, Held], tonight: BoardNight) -> dict[str, Held]:
    """Mark what tonight's complete answer leaves out, and close what has been left out for long enough."""
    moved = {}
    for id_, posting in held.items():
        if not _is_absent(id_, posting, tonight):
            continue
        last_seen = posting.last_seen_on or history.last_complete_on or tonight.night
        marked = replace(posting, missing_since=posting.missing_since or tonight.night, last_seen_on=last_seen)
        reason = _closing_reason(posting, marked, tonight)
        after = _closed(marked, reason) if reason else marked
        if after != posting:
            moved[id_] = after
    return moved


def _closing_reason(before: Held, marked: Held, tonight: BoardNight) -> ClosedReason | None:
    if tonight.listing is ListingKind.FULL:
        missed_before = before.missing_since is not None and before.missing_since < tonight.night
        return ClosedReason.ABSENT if missed_before else None
    if marked.expires_on is not None and marked.expires_on < tonight.night:
        return ClosedReason.EXPIRED
    if tonight.closes_after_days is not None and marked.last_seen_on is not None:
        aged = tonight.night - marked.last_seen_on >= timedelta(days=tonight.closes_after_days)
        return ClosedReason.AGED_OUT if aged else None
    return None


def _suspect(held: Mapping[str, Held], tonight: BoardNight) -> ClosedReason | None:
    open_before = _held_count(held)
    if open_before and not tonight.held_ids:
        return ClosedReason.BOARD_EMPTIED
    if tonight.listing is ListingKind.WINDOW or open_before < SHRUNK_LEAST_POSTINGS:
        return None
    return ClosedReason.BOARD_SHRANK if len(tonight.held_ids) < SHRUNK_SHARE * open_before else None


def _held_count(held: Mapping[str, Held]) -> int:
    """Postings that were not closed: those of a board that has failed for weeks are unknown, and still there to be lost."""
    return sum(posting.state is not PostingState.CLOSED for posting in held.values())


def _weigh(kind: ClosedReason, history: BoardHistory, held: Mapping[str, Held], tonight: BoardNight) -> Judgement:
    """A suspect answer: counted until three different nights have given it, then believed."""
    before = history.suspect_on if history.suspect is kind else ()
    nights = before if tonight.night in before else (*before, tonight.night)[-NIGHTS_TO_BELIEVE:]
    sentence = SUSPECT_SENTENCES[kind].format(held=_held_count(held), held_now=len(tonight.held_ids))
    after = replace(history, suspect=kind, suspect_on=nights)
    if len(nights) < NIGHTS_TO_BELIEVE:
        told = f"suspect: {sentence}; nothing is closed (night {len(nights)} of {NIGHTS_TO_BELIEVE} before it is believed)"
        return Judgement(after, _seen(held, tonight, derived=False), told, tonight.night)
    if tonight.listing is ListingKind.WINDOW:
        # absence still says nothing there; its postings stay, so each further night has to be believed as well
        left_out = _missing(history, held, tonight)
    else:
        after, left_out = _trusted(after), _lost(kind, history, held, tonight)
    if tonight.status is BoardStatus.COMPLETE:
        after = replace(after, last_complete_on=tonight.night)
    closed = sum(posting.state is PostingState.CLOSED for posting in left_out.values())
    told = f"{sentence}, for the third night: believed, {closed} postings closed"
    return Judgement(after, _seen(held, tonight, derived=True) | left_out, told)


def _lost(kind: ClosedReason, history: BoardHistory, held: Mapping[str, Held], tonight: BoardNight) -> dict[str, Held]:
    """Close all that a believed answer of a full listing leaves out."""
    return {
        id_: _closed(replace(posting, last_seen_on=posting.last_seen_on or history.last_complete_on), kind)
        for id_, posting in held.items()
        if _is_absent(id_, posting, tonight)
    }


def _failed(history: BoardHistory, held: Mapping[str, Held], tonight: BoardNight) -> Judgement:
    """A night without an answer; a 404 is one, and suspect where there were postings."""
    nights = history.failed_on if tonight.night in history.failed_on else (*history.failed_on, tonight.night)[-STALE_NIGHTS:]
    judged = Judgement(replace(history, failed_on=nights), {})
    if tonight.failure is FailureKind.NOT_FOUND and _held_count(held):
        judged = _weigh(ClosedReason.BOARD_GONE, judged.history, held, replace(tonight, held_ids=frozenset()))
    if len(nights) < STALE_NIGHTS:
        return judged
    stale = {
        id_: replace(posting, state=PostingState.UNKNOWN, reason=ClosedReason.STALE)
        for id_, posting in {**held, **judged.changed}.items()
        if posting.state is PostingState.OPEN
    }
    if not stale:
        return judged
    told = f"the board has failed on {STALE_NIGHTS} nights: its {len(stale)} open postings are unknown now"
    return replace(judged, changed={**judged.changed, **stale}, suspect="; ".join(part for part in (judged.suspect, told) if part))
