"""Named features of a posting: how often each thing is said, where, and by which windows and fields."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from classifiers.reading import Reading
from classifiers.remote.anchors import Anchor
from classifiers.remote.days import Days, office_days
from classifiers.remote.meaning import Meaning
from classifiers.remote.structured import Field, fields_of
from classifiers.remote.window_model import WindowModel
from classifiers.remote.windows import Window, windows_of

_LABEL_WORDS = 7
"""A clause of so few words is a label ("Location: Remote", "#LI-Hybrid"), no sentence."""
_CAP = 3
_PLACED = frozenset({Meaning.FULL, Meaning.MENTION, Meaning.PART, Meaning.OFFICE, Meaning.FIRST})
_NO_DAYS = frozenset({Meaning.PERK, Meaning.NOTHING, Meaning.EXPERIENCE, Meaning.HUB})
_DAYS_NEAR = frozenset({Anchor.OFFICE, Anchor.PART, Anchor.MENTION, Anchor.FULL, Anchor.FIRST, Anchor.DESK})


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Everything a posting says of the place of work."""

    windows: Mapping[str, tuple[Window, ...]]
    """By feature name, in order of the text."""
    fields: Mapping[str, tuple[Field, ...]]
    """By feature name."""
    days: Days | None
    """The first statement of office days."""
    days_window: Window | None
    said: Mapping[str, float]
    """By label of the window model, the largest share that a window of the description gives it."""
    has_place: bool
    """Whether the location names a place rather than "Remote" alone."""

    def count(self, name: str) -> int:
        """How often a feature was seen, at most three times."""
        return min(_CAP, len(self.windows.get(name, ())) + len(self.fields.get(name, ())))

    def has(self, *names: str) -> bool:
        """Whether any of the features was seen."""
        return any(name in self.windows or name in self.fields for name in names)


def witnesses(reading: Reading, model: WindowModel) -> Witnesses:
    """Read title, location, description and structured fields, windows as the model reads them."""
    windows: dict[str, list[Window]] = defaultdict(list)
    said: dict[str, float] = defaultdict(float)
    days: Days | None = None
    days_window: Window | None = None
    for place, passage in (("title", reading.title), ("location", reading.location), ("text", reading.description)):
        for window in windows_of(passage, model):
            windows[_name(place, window)].append(window)
            if window.anchor in _DAYS_NEAR and days is None and window.meaning not in _NO_DAYS:
                days = office_days(window.clause)
                days_window = window if days else None
            for label, share in window.shares.items() if place == "text" else ():
                said[label] = max(said[label], share)
    fields: dict[str, list[Field]] = defaultdict(list)
    for field in fields_of(reading.posting.structured_remote, reading.posting.employment_type_text):
        fields[f"field_{field.statement.value}"].append(field)
    return Witnesses(
        {name: tuple(found) for name, found in windows.items()},
        {name: tuple(found) for name, found in fields.items()},
        days,
        days_window,
        said,
        bool(reading.location.text.strip()) and "location_full" not in windows and "location_mention" not in windows,
    )


def _name(place: str, window: Window) -> str:
    """The feature that a window counts for: place, meaning, and in the description whose work the clause speaks of."""
    meaning = window.meaning
    if meaning is Meaning.BARE and (place != "text" or _manner(window) == "label"):
        meaning = Meaning.MENTION
    if place != "text" or meaning not in _PLACED:
        return f"{place}_{meaning.value}"
    return f"text_{meaning.value}_{_manner(window)}"


def _manner(window: Window) -> str:
    if "labelled" in window.cues or len(window.clause.split()) <= _LABEL_WORDS:
        return "label"
    if "this_role" in window.cues or (window.meaning is Meaning.OFFICE and "required" in window.cues):
        return "role"
    if "some_roles" in window.cues:
        return "some"
    if "company" in window.cues:
        return "company"
    return "plain"
