"""Platforms whose list lacks the text: each entry of the list leads to an answer of its own, and the two are joined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from pipeline.records import RawPosting
from pipeline.vocabulary import FailureKind
from spiders.answer import Answer, Part
from spiders.base import BoardSpider
from spiders.board import Ask, Board
from spiders.failures import BoardFailure

DETAIL = "detail"
_LEAST_SHARE = 0.98
"""Of what the platform counts: postings close while the pages are read, and counts lag a little."""


class DetailedSpider(BoardSpider):
    """A list, then one answer for each of its entries.

    **Write** what a spider writes for its list, and
      * ``detail_address(entry, board)``: where an entry's own answer is;
      * ``detail(answer)``: what that answer adds to the entry; its values win.

    **Override** ``wants_detail`` where some entries are whole. **Call** ``expect`` where the list says how many there are: a board
    that lists fewer is partial.

    An entry whose own answer is gone or closed to robots is the posting as the list has it; any other failure makes the board
    partial, so that a text is never lost for a night and found again in the next.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._listed: dict[str, set[str]] = {}
        self._totals: dict[str, int] = {}

    def detail_address(self, entry: Mapping[str, Any], board: str) -> str:
        """The public address of an entry's own answer."""
        raise NotImplementedError

    def detail(self, answer: Answer) -> Mapping[str, Any]:
        """What an entry's own answer adds to it."""
        return answer.mapping()

    def wants_detail(self, entry: Mapping[str, Any]) -> bool:
        """Whether an entry lacks what its own answer holds."""
        return True

    def split(self, answer: Answer) -> Iterator[Part]:
        if answer.ask.purpose == DETAIL:
            yield self._joined(answer)
            return
        known = self._listed.setdefault(answer.board, set())
        before, parts = len(known), [self.lead_on(entry, answer) for entry in self.items(answer)]
        yield from parts
        if answer.ask.is_next and parts and len(known) == before:
            raise BoardFailure(FailureKind.PAGING_LOOP, what=answer.address, detail=f"{len(parts)} postings for the second time")

    def _joined(self, answer: Answer) -> Part:
        """An entry and its own answer as one posting."""
        entry = answer.ask.item or {}
        part, listed = self.part({**entry, **self.detail(answer)}, answer), self.part(entry, answer)
        if isinstance(part, RawPosting) and isinstance(listed, RawPosting) and part.external_id != listed.external_id:
            answer.refuse("it holds another posting than the one that was asked for")
        return part

    def has_listed(self, board: Board) -> bool:
        """Whether any posting was listed so far."""
        return bool(self._listed.get(board.name))

    def lead_on(self, entry: object, answer: Answer) -> Part:
        """The address that an entry of the list leads to; the posting itself where it is whole."""
        listed = self.part(entry, answer)
        if not isinstance(listed, RawPosting) or not isinstance(entry, Mapping):
            return listed
        self._listed.setdefault(answer.board, set()).add(listed.external_id)
        if self.is_trial or not self.wants_detail(entry):
            return listed
        return Ask(self.detail_address(entry, answer.board), DETAIL, may_be_gone=True, item=entry, stands_in=True)

    def expect(self, answer: Answer, total: object) -> int:
        """Take note of how many postings the platform counts on a board."""
        if isinstance(total, bool) or not isinstance(total, int) or total < 0:
            answer.refuse("its number of postings is no number")
        self._totals[answer.board] = max(total, self._totals.get(answer.board, 0))
        return total

    def nothing_left(self, board: Board) -> tuple[Ask, ...]:
        listed, total = len(self._listed.pop(board.name, ())), self._totals.pop(board.name, 0)
        if listed < total:
            board.note(f"{listed:,} postings listed of the {total:,} that the platform counts")
        if listed < total * _LEAST_SHARE:
            detail = f"{listed:,} of {total:,} postings listed"
            raise BoardFailure(FailureKind.PAGING_LOOP, what=f"{self.name}:{board.name}", detail=detail)
        return ()

    def read(
        self,
        body: bytes,
        board: str,
        *,
        address: str | None = None,
        now: datetime | None = None,
        details: Mapping[str, bytes] | None = None,
    ) -> Iterator[Part]:
        """The parts of a recorded list and of the recorded answers that it leads to.

        Args:
            details: entries' own answers by the postings' ids; an entry without one is the posting as the list has it.
        """
        asked = now or self.now
        for part in super().read(body, board, address=address, now=asked):
            if not isinstance(part, Ask) or part.item is None:
                yield part
                continue
            listed = self.part(part.item, Answer(self.name, board, asked, part, b""))
            recorded = (details or {}).get(listed.external_id) if isinstance(listed, RawPosting) else None
            yield from (listed,) if recorded is None else self.split(Answer(self.name, board, asked, part, recorded))
