"""The table of pairs as postings."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.duplicates.sighting import Sighting, from_fields
from pipeline.duplicates.wording import words_digest

TABLE = tomllib.loads((Path(__file__).parent / "pairs.toml").read_text(encoding="utf-8"))
APART = "apart"


@dataclass(frozen=True, slots=True)
class Told:
    """A posting of the table."""

    sighting: Sighting
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    why: str
    expected: str
    one: Told
    two: Told


def text_of(recipe: list[str]) -> str:
    """The text of a recipe: a name, then ``-N``, ``+name``, ``^name``."""
    if not recipe:
        return ""
    lines = dict(enumerate(TABLE["texts"][recipe[0]], 1))
    head, tail = [], []
    for step in recipe[1:]:
        if step[0] == "-":
            del lines[int(step[1:])]
        else:
            (head if step[0] == "^" else tail).extend(TABLE["texts"][step[1:]])
    return "\n".join([*head, *lines.values(), *tail])


def told(fields: Mapping[str, Any], number: int) -> Told:
    """A posting of the table; ``number`` sets its id."""
    platform, _, board = fields["on"].partition("/")
    text = text_of(fields.get("text", ["ledger"]))
    identity = f"{number:016x}"
    sighting = from_fields(
        posting_id=identity,
        job_id=None,
        platform=platform,
        board=board,
        external_id=identity,
        title=fields.get("title", "Data Engineer"),
        company=fields.get("company"),
        industry=fields.get("industry"),
        location=fields.get("at", "Berlin, Germany"),
        level=fields.get("level"),
        url=fields.get("url", f"https://{board}.example/postings/{number}{number:04}"),
        apply_url=fields.get("apply"),
        requisition_id=fields.get("req"),
        text_digest=words_digest(text),
        is_open=fields.get("open", True),
    )
    return Told(sighting, text)


def pairs() -> list[Pair]:
    """Every pair of the table."""
    return [
        Pair(
            row["why"],
            row["is"],
            told({**row.get("both", {}), **row["one"]}, 2 * place + 1),
            told({**row.get("both", {}), **row["two"]}, 2 * place + 2),
        )
        for place, row in enumerate(TABLE["pair"])
    ]
