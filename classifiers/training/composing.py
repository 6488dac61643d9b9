"""Whole practice postings, composed of the corpus: clauses by plan among sentences that say nothing of the place of work."""

from __future__ import annotations

import random
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from classifiers.training.corpus import clauses, corpus_text

POSTINGS = 600
_SEED = 7
_FILLERS = (3, 9)
"""Fewest and most of them in a posting."""
_JOINTS = ("\n", "\n- ", " ", "\n\n")


def composed(count: int = POSTINGS) -> Iterator[dict[str, Any]]:
    """Labelled lines, each in one language, the same on every run; ``remote_class`` and ``arrangement`` as the plan has them."""
    chance = random.Random(_SEED)  # noqa: S311  practice texts, nothing secret
    plans = tomllib.loads(corpus_text("plans.toml"))["plan"]
    by_language: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for clause in clauses():
        by_language[clause.language][clause.label].append(clause.text)
    fillers: dict[str, list[str]] = defaultdict(list)
    for line in corpus_text("fillers.tsv").splitlines():
        language, text = line.split("\t")
        fillers[language].append(text)
    languages = ["en"] * len(by_language) + sorted(by_language)
    for number in range(count):
        plan = chance.choices(plans, [plan["share"] for plan in plans])[0]
        language = chance.choice(languages)
        known = by_language[language]
        if not all(label in known for label in plan["says"]):
            language, known = "en", by_language["en"]
        said = [chance.choice(known[label]) for label in plan["says"]]
        yield _posting(number, plan, said + _some(fillers[language], chance), chance)


def _some(fillers: list[str], chance: random.Random) -> list[str]:
    return chance.sample(fillers, min(len(fillers), chance.randint(*_FILLERS)))


def _posting(number: int, plan: dict[str, Any], sentences: list[str], chance: random.Random) -> dict[str, Any]:
    chance.shuffle(sentences)
    remote_class, _, arrangement = plan["outcome"].partition("|")
    return {
        "id": number,
        "title": "Analyst",
        "location": chance.choice(plan["places"]),
        "description_text": chance.choice(_JOINTS).join(text if text[-1] in ".!?" else f"{text}." for text in sentences),
        "structured_remote": plan.get("field"),
        "remote_class": remote_class,
        "arrangement": arrangement,
    }
