"""The context model's training: what the corpus teaches, and that the packaged weights are what it gives."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from classifiers.tech.features import NAMES
from classifiers.tech.lexicon import entries
from classifiers.tech.model import model_file
from classifiers.training.tech import corpus, lessons, main


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    main(["--out", str(folder)])
    return folder


def test_the_packaged_weights_are_rebuilt_to_the_bit(rebuilt: Path) -> None:
    assert (rebuilt / "context.json").read_text() == model_file().read_text()


def test_the_card_tells_what_was_learnt_from(rebuilt: Path) -> None:
    card = json.loads((rebuilt / "card.json").read_text())
    assert card["sentences"] <= len(list(corpus()))
    assert card["cross_validation"]["precision"] >= 0.9


def test_the_corpus_names_only_what_the_lexicon_holds() -> None:
    for named, text in corpus():
        assert named <= entries().keys(), text


def test_every_feature_is_taught_and_both_outcomes_are() -> None:
    taught = list(lessons())
    assert {name for lesson in taught for name, value in lesson.features.items() if value} == set(NAMES)
    assert {lesson.is_technology for lesson in taught} == {True, False}
    assert {lesson.name for lesson in taught if lesson.is_technology} & {
        lesson.name for lesson in taught if not lesson.is_technology
    }
