"""The practice server: a scenario's world at the platforms' own paths, over real HTTP on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pipeline.config import SourceConfig
from pipeline.records import CompanyFacts
from spiders.practice.answers import NightAnswers, Response
from spiders.practice.companies import companies
from spiders.practice.faults import Faults
from spiders.practice.http import Asked, RunningServer, running
from spiders.practice.scenario import Scenario
from spiders.practice.world import truth

FEEDS = ("remoteok", "hn")


@dataclass
class PracticeServer:
    """A running practice server."""

    scenario: Scenario
    night: int
    faults: Faults
    answers: NightAnswers
    _http: RunningServer

    @property
    def base_url(self) -> str:
        """``http://127.0.0.1:PORT``."""
        return self._http.base_url

    @property
    def requests(self) -> list[Asked]:
        """Every request so far."""
        return self._http.requests

    def sources(self) -> tuple[SourceConfig, ...]:
        """The sources as a configuration would name them."""
        return tuple(
            SourceConfig(platform, board, facts, f"{self.base_url}/{board}" if platform == "jsonld" else self.base_url)
            for platform, board, facts in boards(self.scenario)
        )

    def truth(self) -> Iterator[dict[str, Any]]:
        """What a perfect crawler and classifier would say of the night, a posting each."""
        return truth(self.scenario, self.night)

    def set_night(self, night: int) -> None:
        """Move the world to another night."""
        self.answers = _answers(self.scenario, night)
        self.night = night
        self.faults.forget()


def boards(scenario: Scenario) -> list[tuple[str, str, CompanyFacts]]:
    """Platform, board and what is known of the employer, of every source of a scenario; feeds last."""
    firms = [(firm.platform, firm.board, firm.facts) for firm in companies(scenario) if firm.platform not in FEEDS]
    return sorted(firms, key=lambda row: row[:2]) + [(feed, feed, CompanyFacts()) for feed in FEEDS if scenario.platforms.get(feed)]


def _answers(scenario: Scenario, night: int) -> NightAnswers:
    names: dict[str, list[str]] = {}
    for platform, board, _ in boards(scenario):
        names.setdefault(platform, []).append(board)
    return NightAnswers(scenario, night, names)


@contextmanager
def serve(scenario: Scenario, night: int, *, faults: bool = False, port: int = 0) -> Iterator[PracticeServer]:
    """Serve a night of a scenario.

    Args:
        scenario: which world.
        night: number of the practice calendar.
        faults: whether the lasting faults show.
        port: 0 takes a free one.

    Raises:
        UsageError: no such night, or the port is taken.
    """
    planned = Faults(scenario.faults, faults)
    practice: list[PracticeServer] = []

    def answer(target: str) -> Response:
        return planned.lay_over(target, practice[0].answers.answer(target))

    answers = _answers(scenario, night)
    with running(answer, port) as http:
        practice.append(PracticeServer(scenario, night, planned, answers, http))
        yield practice[0]
