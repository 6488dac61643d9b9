"""A person's word in place of the classifiers' class, and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.labels import Labels, Override
from pipeline.overrides import AGREEING, as_read, locate, overridden, require_agreement
from pipeline.vocabulary import Arrangement, RemoteClass
from tests.storage.factory import eligible, labelled, posting

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
TEXT = "We’re a remote\u2011first\nteam — really.\n\nTwo office\u00a0days a week."
POSTING = posting("1", title="Cook (m/f/d)", location="Berlin; Remote", description_text=TEXT)


def word(remote_class: RemoteClass, quote: str | None = None, arrangement: Arrangement | None = None) -> Override:
    return Override(remote_class, arrangement, quote, "they said so", AT)


def read_as(arrangement: Arrangement, **more: object) -> Labels:
    labels = labelled(POSTING, RemoteClass.REMOTE_FRIENDLY, eligibility=eligible(is_worldwide=True)).labels
    return replace(labels, remote=replace(labels.remote, arrangement=arrangement, office_days=2.0, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("quote", "field", "verbatim"),
    [
        ("we're a REMOTE-FIRST team", "description_text", "We’re a remote\u2011first\nteam"),
        ("two office days", "description_text", "Two office\u00a0days"),
        ("team - really", "description_text", "team — really"),
        ("  Remote ", "location", "Remote"),
        ("cook", "title", "Cook"),
    ],
)
def test_a_quote_is_found_as_the_posting_has_it(quote: str, field: str, verbatim: str) -> None:
    found = locate(quote, POSTING)
    assert found is not None
    assert (found.field, found.quote) == (field, verbatim)
    text = getattr(POSTING, field)
    assert text[found.start : found.end] == verbatim


@pytest.mark.parametrize("quote", ["", "  \n", "remote-second", "week. Cook"])
def test_what_does_not_stand_there_is_not_found(quote: str) -> None:
    assert locate(quote, POSTING) is None


@given(st.data())
def test_whatever_is_copied_from_the_text_is_found(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT) - 1))
    end = data.draw(st.integers(start + 1, len(TEXT)))
    quote = TEXT[start:end]
    found = locate(quote, replace(POSTING, title="", location=None))
    assert (found is None) == (not quote.strip(" \n\u00a0"))
    if found is not None:
        assert TEXT[found.start : found.end] == found.quote


@pytest.mark.parametrize(("remote_class", "read", "quote"), list(product(RemoteClass, Arrangement, [None, "Two office days"])))
def test_class_and_arrangement_never_contradict(remote_class: RemoteClass, read: Arrangement, quote: str | None) -> None:
    before = read_as(read)
    labels = overridden(before, word(remote_class, quote), POSTING)
    assert labels.remote.remote_class is remote_class
    assert labels.remote.arrangement in AGREEING[remote_class]
    assert labels.remote.remote_probability[remote_class] == 1.0
    assert labels.remote.office_days == (2.0 if labels.remote.arrangement is read else None)
    (evidence,) = labels.remote.evidence
    assert evidence.signal == "set_by_person"
    assert (evidence.start is None) == (quote is None)
    assert evidence.quote == ("Two office\u00a0days" if quote else f"remote_class={remote_class}")
    if remote_class is RemoteClass.ON_SITE:
        assert (labels.remote.remote_scope, labels.eligibility.is_worldwide) == (None, False)
    assert as_read(labels) == before
    assert overridden(labels, word(remote_class, quote), POSTING) == labels, "once is as good as twice"


def test_on_site_with_words_is_said_and_without_them_as_it_was_read() -> None:
    silent = read_as(Arrangement.UNSTATED)
    assert overridden(silent, word(RemoteClass.ON_SITE, "Berlin"), POSTING).remote.arrangement is Arrangement.ONSITE
    assert overridden(silent, word(RemoteClass.ON_SITE), POSTING).remote.arrangement is Arrangement.UNSTATED


def test_words_that_the_posting_lost_leave_the_class() -> None:
    labels = overridden(read_as(Arrangement.REMOTE), word(RemoteClass.ON_SITE, "gone since"), POSTING)
    assert labels.remote.remote_class is RemoteClass.ON_SITE
    assert (labels.remote.evidence[0].field, labels.remote.evidence[0].start) == ("person", None)
    assert labels.set_by_person is not None
    assert labels.set_by_person.override.quote == "gone since"


def test_a_later_word_takes_the_place_of_an_earlier_one() -> None:
    before = read_as(Arrangement.HYBRID)
    first = overridden(before, word(RemoteClass.ON_SITE), POSTING)
    assert as_read(overridden(first, word(RemoteClass.REMOTE_FIRST), POSTING)) == before


@pytest.mark.parametrize(("remote_class", "arrangement"), list(product(RemoteClass, Arrangement)))
def test_a_contradiction_is_refused(remote_class: RemoteClass, arrangement: Arrangement) -> None:
    if arrangement in AGREEING[remote_class]:
        require_agreement(remote_class, arrangement)
        labels = overridden(read_as(Arrangement.REMOTE), word(remote_class, None, arrangement), POSTING)
        assert labels.remote.arrangement is arrangement
    else:
        with pytest.raises(UsageError, match=f"--arrangement: '{arrangement}' contradicts {remote_class}"):
            require_agreement(remote_class, arrangement)
