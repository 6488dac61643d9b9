"""What DESIGN.md 2 says of a posting's state, told again as simply as can be: whole nights are remembered, nothing is derived.

The text leaves open what happens where two of its sentences meet; this is how it is read here:

- An answer that lists a posting has seen it, be the answer partial or suspect; a miss is a complete answer that is not suspect.
- A 304 is the last complete answer over again; it can only come while nothing else has been read since.
- An answer that is not suspect in the same way ends a suspicion, a partial one too; a failure is no answer.
- A board of ten or more is one with as many postings that are not closed. In a window a small answer is no drop, and a suspect
  answer that is believed is an answer like others: absence says nothing there.
- A 404 is a failed night as well. Any answer ends a row of failed nights. A board that was not reached has not failed.
"""

from __future__ import annotations

from datetime import date
from typing import Any

Content = tuple[Any, ...]
"""What an employer can change; its last member is the expiry date or None."""
Answer = dict[str, Any]
"""``kind`` (one of ``KINDS``) and ``listed``: content by external id, None where no parser can read the posting."""

KINDS = ("complete", "partial", "not modified", "failed", "404", "skipped", "interrupted")


class Board:
    """One board's postings as they ought to stand, and the log of what happened to them."""

    def __init__(self, is_window: bool, closes_after_days: int | None = None) -> None:
        self.is_window = is_window
        self.closes_after_days = closes_after_days
        self.postings: dict[str, dict[str, Any]] = {}
        self.last_answer: dict[str, Content | None] | None = None
        """What a 304 would stand for; None where the next answer comes in full."""
        self.suspicion = ""
        self.suspect_nights: set[date] = set()
        self.failed_nights: set[date] = set()
        self.events: list[tuple[date, str, str, Any]] = []
        """Night, external id, kind, and the reason of a closing or the move of a state."""

    def apply(self, night: date, answer: Answer) -> set[str]:
        """Move the board by one answer; gives what the summary has to say of it: ``waits``, ``believed``, ``stale``."""
        kind = answer["kind"]
        if kind in ("skipped", "interrupted"):
            return set()
        if kind in ("failed", "404"):
            return self.fail(night, is_gone=kind == "404")
        self.failed_nights = set()
        listed = self.last_answer if kind == "not modified" else answer["listed"]
        assert listed is not None, "no server says 'not modified' here"
        suspicion = "" if kind == "not modified" else self.suspicion_of(listed)
        self.see(night, listed)
        if kind == "partial":
            self.last_answer = None
            if suspicion != self.suspicion:
                self.forget_suspicion()
            return set()
        if suspicion:
            self.last_answer = None
            return self.suspect(night, suspicion, listed)
        self.last_answer = listed
        self.forget_suspicion()
        self.miss(night, listed)
        return set()

    def alive(self) -> list[str]:
        return [id_ for id_, posting in self.postings.items() if posting["state"] != "closed"]

    def suspicion_of(self, listed: dict[str, Any]) -> str:
        before = len(self.alive())
        if before and not listed:
            return "board_emptied"
        dropped_pct = 100 * (before - len(listed)) / before if before else 0
        return "board_shrank" if before >= 10 and dropped_pct > 60 and not self.is_window else ""

    def forget_suspicion(self) -> None:
        self.suspicion = ""
        self.suspect_nights = set()

    def see(self, night: date, listed: dict[str, Content | None]) -> None:
        for id_, content in listed.items():
            if id_ not in self.postings:
                if content is not None:
                    self.postings[id_] = {"state": "open", "reason": None, "content": content, "seen": night, "missed": set()}
                    self.tell(night, id_, "opened")
                continue
            posting = self.postings[id_]
            if content is not None and content != posting["content"]:
                posting["content"] = content
                self.tell(night, id_, "changed")
            if posting["state"] == "closed":
                self.tell(night, id_, "reopened")
            if posting["state"] == "unknown":
                self.tell(night, id_, "changed", ("unknown", "open"))
            posting.update(state="open", reason=None, seen=night, missed=set())

    def miss(self, night: date, listed: dict[str, Any]) -> None:
        for id_ in self.alive():
            posting = self.postings[id_]
            expires_on = posting["content"][-1]
            if id_ in listed:
                continue
            posting["missed"].add(night)
            if not self.is_window:
                if len(posting["missed"]) >= 2:
                    self.close(night, id_, "absent")
            elif expires_on is not None and expires_on < night:
                self.close(night, id_, "expired")
            elif self.closes_after_days is not None and (night - posting["seen"]).days >= self.closes_after_days:
                self.close(night, id_, "aged_out")

    def suspect(self, night: date, suspicion: str, listed: dict[str, Any]) -> set[str]:
        if suspicion != self.suspicion:
            self.forget_suspicion()
        self.suspicion = suspicion
        self.suspect_nights.add(night)
        if len(self.suspect_nights) < 3:
            return {"waits"}
        if self.is_window:
            self.miss(night, listed)
        else:
            for id_ in self.alive():
                if id_ not in listed:
                    self.close(night, id_, suspicion)
            self.forget_suspicion()
        return {"believed"}

    def fail(self, night: date, is_gone: bool) -> set[str]:
        said = set()
        self.failed_nights.add(night)
        if is_gone and self.alive():
            self.last_answer = None
            said |= self.suspect(night, "board_gone", {})
        if len(self.failed_nights) >= 14:
            for id_, posting in self.postings.items():
                if posting["state"] == "open":
                    posting.update(state="unknown", reason="stale")
                    self.tell(night, id_, "changed", ("open", "unknown"))
                    said.add("stale")
        return said

    def close(self, night: date, id_: str, reason: str) -> None:
        self.postings[id_].update(state="closed", reason=reason)
        self.tell(night, id_, "closed", reason)

    def tell(self, night: date, id_: str, kind: str, detail: Any = None) -> None:
        self.events.append((night, id_, kind, detail))
