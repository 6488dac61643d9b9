"""The lexicon holds what its schema says."""

from __future__ import annotations

from collections import Counter

from classifiers.tech.lexicon import blocked, concepts, entries, forms, pattern_of, terms, version
from classifiers.tech.seams import openers
from pipeline.folding import fold
from pipeline.vocabulary import TechCategory

SOURCES = {"linguist", "devicon", "simple-icons", "rolecall"}
FAMILIES = {None, "languages", "ml", "cloud-mlops"}


def test_it_is_large_enough() -> None:
    assert len(entries()) >= 1200


def test_every_category_is_filled() -> None:
    assert {entry.category for entry in entries().values()} == set(TechCategory)


def test_every_row_has_a_form_a_known_family_and_a_source() -> None:
    for entry in entries().values():
        assert entry.strong or entry.exact or entry.brand or entry.weak, entry.name
        assert entry.family in FAMILIES, entry.name
        assert entry.source in SOURCES, entry.name
        assert entry.name == entry.name.strip()


def test_every_parent_is_a_row_without_a_parent() -> None:
    for entry in entries().values():
        if entry.parent is not None:
            assert entries()[entry.parent].parent is None, entry.name


def test_a_form_stands_for_one_technology_at_one_strength() -> None:
    seen: dict[str, tuple[str, str]] = {}
    for entry in entries().values():
        for strength in ("strong", "exact", "brand", "weak"):
            for spelling in getattr(entry, strength):
                owner = seen.setdefault(pattern_of(spelling), (entry.name, strength))
                assert owner == (entry.name, strength), spelling


def test_patterns_are_folded_and_trimmed() -> None:
    for term in terms():
        assert term.pattern == fold(term.pattern).text.strip() != ""


def test_no_pattern_stands_twice_in_a_lexicon() -> None:
    counted = Counter((term.lexicon, term.pattern) for term in terms())
    assert [key for key, count in counted.items() if count > 1] == []


def test_single_letters_are_weak() -> None:
    assert all(form.strength == "weak" for pattern, form in forms().items() if len(pattern) == 1)


def test_blocked_phrases_are_longer_than_a_form_and_have_a_reason() -> None:
    for phrase, reason in blocked().items():
        assert reason, phrase
        assert pattern_of(phrase) not in forms(), phrase


def test_concepts_are_no_technologies() -> None:
    for name, spellings in concepts().items():
        assert name not in entries()
        assert all(pattern_of(spelling) not in forms() for spelling in spellings), name


def test_openers_are_capitalised_words() -> None:
    assert all(word.isalpha() and word[0].isupper() for word in openers())


def test_the_version_names_the_room() -> None:
    assert version().startswith("tech-")
    assert len(version()) == len("tech-") + 8
