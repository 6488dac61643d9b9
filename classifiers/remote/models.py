"""The two models of the remote verdict, as they are kept: plain numbers in JSON, so that reading them runs nothing of theirs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from classifiers.remote.posting_model import PostingModel
from classifiers.remote.vector import NAMES
from classifiers.remote.window_model import WindowModel

WINDOW_FILE = "window.json"
POSTING_FILE = "posting.json"
CARD_FILE = "card.json"


@dataclass(frozen=True, slots=True)
class Models:
    """What reads windows, and what weighs a whole posting."""

    windows: WindowModel
    postings: PostingModel


@cache
def shipped() -> Models:
    """The models that came with this version."""
    return models_in(shipped_folder())


def shipped_folder() -> Traversable:
    """Where they are."""
    return files("classifiers") / "models" / "remote"


def models_in(folder: Traversable | Path) -> Models:
    """The models of a folder that ``write_models`` filled.

    Raises:
        ValueError: the weights were fitted on other features than this version reads.
    """
    window, posting = (json.loads((folder / name).read_text(encoding="utf-8")) for name in (WINDOW_FILE, POSTING_FILE))
    if tuple(posting["names"]) != NAMES:
        raise ValueError(f"the weights in {folder} belong to other features; fit them anew: rolecall model train")
    pairs = (name.partition("|") for name in posting["outcomes"])
    return Models(
        WindowModel(tuple(window["labels"]), tuple(window["intercepts"]), {k: tuple(v) for k, v in window["weights"].items()}),
        PostingModel(
            tuple((left, right) for left, _, right in pairs),
            tuple(posting["intercepts"]),
            tuple(tuple(line) for line in posting["weights"]),
        ),
    )


def write_models(folder: Path, models: Models, card: dict[str, Any]) -> None:
    """Weights and card as JSON; the same bytes for the same numbers."""
    folder.mkdir(parents=True, exist_ok=True)
    windows, postings = models.windows, models.postings
    lines = ",\n".join(f"{json.dumps(k, ensure_ascii=False)}:{_numbers(v)}" for k, v in sorted(windows.weights.items()))
    _write(
        folder / WINDOW_FILE,
        f'{{"labels":{json.dumps(windows.labels)},\n"intercepts":{_numbers(windows.intercepts)},\n"weights":{{\n{lines}\n}}}}\n',
    )
    data = {"names": NAMES, "outcomes": ["|".join(pair) for pair in postings.outcomes], "intercepts": postings.intercepts}
    _write(folder / POSTING_FILE, json.dumps({**data, "weights": postings.weights}, indent=1) + "\n")
    _write(folder / CARD_FILE, json.dumps(card, indent=1) + "\n")


def _numbers(values: tuple[float, ...]) -> str:
    return "[" + ",".join(f"{value:g}" for value in values) + "]"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
