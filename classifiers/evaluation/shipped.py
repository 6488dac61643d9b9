"""Figures and cards that ship with this version: what a page can show without the labelled postings."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, cast


def shipped_evaluation() -> dict[str, Any]:
    """What ``rolecall model eval --gold FILE --json`` gave when the figures were last taken; ``measured`` says on what."""
    return _read("evaluation.json")


def shipped_cards() -> dict[str, dict[str, Any]]:
    """The model cards by the question that the model answers."""
    return {name: _read(f"{name}/card.json") for name in ("remote", "tech")}


def _read(name: str) -> dict[str, Any]:
    text = files("classifiers").joinpath(f"models/{name}").read_text(encoding="utf-8")
    return cast("dict[str, Any]", json.loads(text))
