"""What stands around a weak form decides, one kind of surroundings at a time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from classifiers.tech.candidates import candidates
from classifiers.tech.context import score, weights
from classifiers.tech.zones import Zone, zones_of

Names = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You have commercial experience in working with Dart.", ["Dart"]),
        ("We like Dart.", []),
        ("Proficiency in Microsoft Office, including Outlook, Word, and Excel.", ["Excel"]),
        ("Excel daily in a fast team.", []),
        ("Tools: pandas, sklearn, seaborn, dash", ["pandas", "scikit-learn", "Seaborn", "Dash"]),
        ("A dash of pandas", ["pandas"]),
        ("We Use React For Rich Experiences with TypeScript", ["React", "TypeScript"]),
        ("Come to Spring Valley with Java", ["Java"]),
        ("You administer Azure: AKS, Key Vault", ["Azure", "Azure Kubernetes Service", "Azure Key Vault"]),
        ("Keep the key vault of the bank closed.", []),
        ("You build Spark jobs in Scala", ["Apache Spark", "Scala"]),
        ("Integrations with platforms like Shopify.", ["Shopify"]),
        ("We live in New Jersey and Palo Alto, CA.", []),
    ],
)
def test_surroundings(names: Names, text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_every_feature_has_a_weight_and_the_threshold_is_positive(read_text: Callable[..., object]) -> None:
    assert weights()["enough"] > 0
    assert len(weights()) > 10


def test_neighbours_raise_the_score(read_text: Callable[..., object]) -> None:
    def score_of_go(text: str) -> float:
        passage = read_text(text).description  # type: ignore[attr-defined]
        found = candidates(passage)
        at = next(i for i, candidate in enumerate(found) if candidate.name == "Go")
        return score(passage, found, at, set(range(len(found))) - {at}, zones_of(passage, None))

    alone, one, two = score_of_go("x Go y"), score_of_go("Python, Go y"), score_of_go("Python, Go, Scala")
    assert alone < one < two


@pytest.mark.parametrize(
    ("text", "word", "zone"),
    [
        ("Hello\nRequirements\nPython", "python", Zone.REQUIRED),
        ("Hello\n## Nice to have\n- Python", "python", Zone.PREFERRED),
        ("About Acme\nWe are Acme.", "we are", Zone.ABOUT),
        ("Benefits: tea\nPython", "python", Zone.OTHER),
        ("Requirements: tea\nPython", "python", Zone.REQUIRED),
        ("- experience with Python", "python", Zone.INTRO),
        ("Wir bieten\nTee\nDein Profil\nPython", "python", Zone.REQUIRED),
        ("Vos missions\nPython", "python", Zone.DUTIES),
        ("Something Else:\nPython", "python", Zone.OTHER),
    ],
)
def test_zones(read_text: Callable[..., object], text: str, word: str, zone: Zone) -> None:
    passage = read_text(text).description  # type: ignore[attr-defined]
    assert zones_of(passage, "Acme").at(passage.folded.text.index(word)) is zone
