"""What a window's words make of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from classifiers.reading import Reading
from classifiers.remote.meaning import Meaning
from classifiers.remote.models import shipped
from classifiers.remote.posting_model import PostingModel
from classifiers.remote.vector import NAMES
from classifiers.remote.weighing import features_of
from classifiers.remote.window_model import WindowModel, overruled
from classifiers.remote.windows import windows_of
from classifiers.remote.wording import wording_of

Read = Callable[..., Reading]
TOY = WindowModel(("remote", "silent"), (0.0, 0.0), {"our": (2.0, 0.0), "server @": (-3.0, 1.0)})


def test_shares_follow_the_weights_and_sum_to_one() -> None:
    plain, ours, servers = TOY.shares([]), TOY.shares(["our"]), TOY.shares(["server @", "our"])
    assert plain == {"remote": 0.5, "silent": 0.5}
    assert ours["remote"] > 0.85
    assert servers["silent"] > 0.85
    assert sum(servers.values()) == pytest.approx(1)


def test_a_word_counts_once() -> None:
    assert TOY.shares(["our", "our", "unknown"]) == TOY.shares(["our"])


def test_rules_stand_unless_the_model_is_sure() -> None:
    assert overruled(Meaning.FULL, {"silent": 0.6, "remote": 0.4}) is Meaning.FULL
    assert overruled(Meaning.FULL, {"silent": 0.97, "remote": 0.03}) is Meaning.NOTHING
    assert overruled(Meaning.SPREAD, {"first": 0.97, "silent": 0.03}) is Meaning.SPREAD
    assert overruled(Meaning.NOTHING, {"async": 0.9, "silent": 0.1}) is Meaning.ASYNC


def test_wording_names_anchor_cues_and_neighbours() -> None:
    clause = "up to 3 days remote a week"
    found = set(wording_of(clause, 13, 19, "part", "part", ["choice"]))
    assert {"anchor=part", "rule=part", "words=remote", "cue=choice", "short", "0", "days @", "@ a", "<days", ">week"} <= found


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Our communication is asynchronous by habit, not in meetings.", Meaning.ASYNC),
        ("Asynchronous message queues and event loops.", Meaning.NOTHING),
        ("Work abroad for up to 30 days each year.", Meaning.PERK),
        ("Customers abroad trust our data warehouse.", Meaning.NOTHING),
        ("Your salary does not depend on where you live.", Meaning.PAY),
        ("A data warehouse for hospital billing.", Meaning.NOTHING),
    ],
)
def test_clues_mean_what_their_sentence_makes_of_them(reading_of: Read, text: str, meaning: Meaning) -> None:
    found = {window.meaning for window in windows_of(reading_of(text).description, shipped().windows)}
    assert meaning in found
    assert found <= {meaning, Meaning.NOTHING}


def test_the_shipped_weights_fit_the_features_and_stay_small() -> None:
    models = shipped()
    assert set(models.windows.labels) == set(features_of("labels"))
    assert all(len(line) == len(models.windows.labels) for line in models.windows.weights.values())
    assert all(len(line) == len(NAMES) for line in models.postings.weights)
    assert {remote_class for remote_class, _ in models.postings.outcomes} == {"remote-first", "remote-friendly", "on-site"}


def test_shares_of_a_posting_follow_the_weights() -> None:
    model = PostingModel((("on-site", "onsite"), ("remote-friendly", "remote")), (0.0, 0.0), ((1.0, 0.0), (0.0, 1.0)))
    shares = model.shares((0.0, 2.0))
    assert sum(shares.values()) == pytest.approx(1)
    assert shares["remote-friendly", "remote"] > shares["on-site", "onsite"]
