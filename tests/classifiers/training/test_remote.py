"""The models are rebuilt from the repository alone, the same each time, and know more than they were told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from classifiers.matching import Matcher
from classifiers.remote.anchors import terms
from classifiers.remote.judge import judge
from classifiers.remote.models import Models, models_in, write_models
from classifiers.training.card import card_of
from classifiers.training.folds import cross_judged
from classifiers.training.remote import readings_of, train

POSTINGS = [
    {
        "id": 1,
        "title": "Analyst",
        "company": "Alder",
        "location": "Remote",
        "description_text": "We are a fully distributed company.",
    },
    {
        "id": 2,
        "title": "Analyst",
        "company": "Birch",
        "location": "Leeds",
        "description_text": "Two days a week in our Leeds office.",
    },
    {
        "id": 3,
        "title": "Analyst",
        "company": "Cedar",
        "location": "Leeds",
        "description_text": "You will work on site at the plant.",
    },
    {"id": 4, "title": "Analyst", "company": "Dogwood", "location": "Leeds", "description_text": "You like spreadsheets."},
]
LABELS = [("remote-first", "remote"), ("remote-friendly", "hybrid"), ("on-site", "onsite"), ("on-site", "unstated")]
GOLD = [
    {**line, "remote_class": name, "arrangement": where, "office_days": 2 if where == "hybrid" else None, "evidence": []}
    for line, (name, where) in zip(POSTINGS, LABELS, strict=True)
]


@pytest.fixture(scope="module")
def models() -> Models:
    return train()


def test_training_from_the_repository_alone_gives_the_same_bytes_twice(models: Models, tmp_path: Path) -> None:
    write_models(tmp_path / "one", models, card_of(models, (), 0))
    again = train()
    write_models(tmp_path / "two", again, card_of(again, (), 0))
    for name in ("window.json", "posting.json", "card.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    assert models_in(tmp_path / "one").postings == models.postings
    card = json.loads((tmp_path / "one" / "card.json").read_text(encoding="utf-8"))
    assert card["fitted_on"]["labelled_postings"] == 0


def test_the_models_of_the_repository_alone_read_plain_postings(models: Models) -> None:
    found = [judge(reading, models) for reading in readings_of(POSTINGS, Matcher(terms()))]
    assert [(verdict.remote_class, verdict.arrangement) for verdict in found] == LABELS


def test_folds_give_a_verdict_a_line_in_order(models: Models) -> None:
    found = cross_judged(GOLD, models.windows, folds=2)
    assert [(verdict.remote_class, verdict.arrangement) for verdict in found] == LABELS


def test_unlabelled_postings_leave_no_word_of_theirs(models: Models) -> None:
    line = {"id": 9, "title": "Analyst", "description_text": "You like zzyzxquux, the distributed gathering of zzyzxquux data."}
    taught = train(unlabelled=[line] * 20)
    assert not [name for name in taught.windows.weights if "zzyzxquux" in name]
    assert taught.windows.intercepts != models.windows.intercepts


def test_weights_of_other_features_are_refused(models: Models, tmp_path: Path) -> None:
    write_models(tmp_path, models, {})
    path = tmp_path / "posting.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"place_remote"', '"place_unknown"'), encoding="utf-8")
    with pytest.raises(ValueError, match="other features"):
        models_in(tmp_path)
