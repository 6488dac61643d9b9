"""What stands around a weak form decides, one kind of surroundings at a time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from classifiers.reading import Reading
from classifiers.tech.candidates import candidates
from classifiers.tech.features import NAMES, features
from classifiers.tech.lexicon import lexicon
from classifiers.tech.model import model
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


def test_every_feature_has_a_weight() -> None:
    assert set(model().weights) == set(NAMES)
    assert 0.5 <= model().enough < 1


def test_neighbours_raise_the_probability(read_text: Callable[..., Reading]) -> None:
    def probability_of_go(text: str) -> float:
        passage = read_text(text).description
        found = candidates(passage, lexicon())
        at = next(i for i, candidate in enumerate(found) if candidate.name == "Go")
        others = set(range(len(found))) - {at}
        return model().probability(features(passage, found, at, others, zones_of(passage, None)))

    alone, one, two = probability_of_go("x Go y"), probability_of_go("Python, Go y"), probability_of_go("Python, Go, Scala")
    assert 0 < alone < one < two < 1


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
def test_zones(read_text: Callable[..., Reading], text: str, word: str, zone: Zone) -> None:
    passage = read_text(text).description
    assert zones_of(passage, "Acme").at(passage.folded.text.index(word)) is zone
