"""The model is rebuilt from the repository alone, the same each time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from classifiers.remote.model import PostingModel, posting_model
from classifiers.remote.vector import NAMES
from classifiers.training.remote import main


def test_training_from_the_repository_alone_gives_the_same_weights_twice(tmp_path: Path) -> None:
    main(["--out", str(tmp_path / "one")])
    main(["--out", str(tmp_path / "two")])
    one, two = ((tmp_path / name / "posting.json").read_text(encoding="utf-8") for name in ("one", "two"))
    assert one == two
    assert json.loads(one)["names"] == list(NAMES)
    assert json.loads((tmp_path / "one" / "card.json").read_text(encoding="utf-8"))["gold_postings"] == 0


def test_the_shipped_weights_fit_the_features() -> None:
    model = posting_model()
    assert all(len(line) == len(NAMES) for line in model.weights)
    assert {remote_class for remote_class, _ in model.outcomes} == {"remote-first", "remote-friendly", "on-site"}


def test_shares_follow_the_weights() -> None:
    model = PostingModel((("on-site", "onsite"), ("remote-friendly", "remote")), (0.0, 0.0), ((1.0, 0.0), (0.0, 1.0)))
    shares = model.shares((0.0, 2.0))
    assert sum(shares.values()) == pytest.approx(1)
    assert shares["remote-friendly", "remote"] > shares["on-site", "onsite"]
