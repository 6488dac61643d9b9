"""A figure beside its bar."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a benchmark's answer."""

    name: str
    value: float
    unit: str
    most: float | None = None
    least: float | None = None

    @property
    def is_met(self) -> bool:
        return (self.most is None or self.value <= self.most) and (self.least is None or self.value >= self.least)

    def __str__(self) -> str:
        most = "" if self.most is None else f"   at most {self.most:g}"
        least = "" if self.least is None else f"   at least {self.least:g}"
        return f"{self.name:70} {self.value:10.3f} {self.unit}{most}{least}{'' if self.is_met else '   MISSED'}"
