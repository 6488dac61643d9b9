"""The written corpus of the remote verdict, all of it made up: labelled clauses, whole postings, what others are composed of."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

_FOLDER = ("corpus", "remote")


@dataclass(frozen=True, slots=True)
class Clause:
    """A line of ``windows.tsv``."""

    label: str
    language: str
    text: str


def clauses() -> tuple[Clause, ...]:
    """Every clause, in order of the file."""
    return tuple(Clause(*line.split("\t")) for line in corpus_text("windows.tsv").splitlines())


def postings() -> tuple[dict[str, Any], ...]:
    """Every whole posting, in the shape of a gold line without evidence."""
    return tuple(json.loads(line) for line in corpus_text("postings.jsonl").split("\n") if line)


def corpus_text(name: str) -> str:
    """A file of the corpus."""
    return files("classifiers").joinpath(*_FOLDER, name).read_text(encoding="utf-8")
