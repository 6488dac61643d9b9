"""The written corpus of the remote verdict, all of it made up: labelled clauses, and what whole postings are composed of."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

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


def corpus_text(name: str) -> str:
    """A file of the corpus."""
    return files("classifiers").joinpath(*_FOLDER, name).read_text(encoding="utf-8")
