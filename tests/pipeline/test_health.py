"""Which nights are bad, and with which one the present trouble began: written cases, and what holds for any row of nights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.fill import FIELDS
from pipeline.health import POSTINGS, JudgedNight, SourceHistory, Standing, histories, judged, parse_thresholds, thresholds
from pipeline.runs import RunSummary, SourceRow
from pipeline.vocabulary import BoardStatus, FailureKind

FIRST = date(2026, 1, 5)
WELL = {"text": 1.0, "location": 0.95, "pay": 0.4}
GOOD = SourceRow("lever:acme", "lever", "acme", BoardStatus.COMPLETE, 200, 3, 1, 2, 0, 0, False, None, "", 1, 1.0)


def answer(postings: int, shares: dict[str, float] | None = None) -> SourceRow:
    fill = {field: round(postings * (WELL if shares is None else shares).get(field, 0.0)) for field in FIELDS}
    return replace(GOOD, fetched=postings, fill=fill if postings else {})


SAME = replace(GOOD, fetched=0, not_modified=True)
PUT_OFF = replace(GOOD, fetched=0, status=BoardStatus.SKIPPED, failure=FailureKind.LEAST_INTERVAL)
STOPPED = replace(GOOD, fetched=0, status=BoardStatus.FAILED, failure=FailureKind.INTERRUPTED)
FAILED = replace(GOOD, fetched=0, status=BoardStatus.FAILED, failure=FailureKind.HTTP_STATUS)
PARTIAL = replace(answer(150), status=BoardStatus.PARTIAL, failure=FailureKind.TIMEOUT)
WHOLE = answer(200)
FEW = answer(90)
NO_PLACE = answer(200, {**WELL, "location": 0.1})


def history(*rows: SourceRow, first: date = FIRST) -> SourceHistory:
    lines = [((first + timedelta(days=place)).isoformat(), first + timedelta(days=place), row) for place, row in enumerate(rows)]
    return SourceHistory("lever:acme", judged(lines, thresholds()))


@pytest.mark.parametrize(
    ("rows", "first_bad"),
    [
        ([], None),
        ([WHOLE, WHOLE], None),
        ([FAILED], 0),
        ([WHOLE, FAILED, PARTIAL], 1),
        ([WHOLE, FAILED, WHOLE], None),
        ([FAILED, WHOLE, PARTIAL], 2),
        ([WHOLE, FAILED, PUT_OFF, FAILED], 1),
        ([WHOLE, FAILED, STOPPED], 1),
        ([WHOLE, PUT_OFF, FAILED], 2),
        ([WHOLE, FEW], 1),
        ([WHOLE, answer(100)], None),
        ([WHOLE, replace(FEW, fetched=0, fill={})], 1),
        ([answer(9), answer(0)], None),
        ([WHOLE, WHOLE, NO_PLACE, NO_PLACE], 2),
        ([WHOLE, answer(200, {**WELL, "pay": 0.0})], None),
        ([WHOLE, answer(200, {**WELL, "location": 0.6})], None),
        ([WHOLE, NO_PLACE, FAILED], 1),
    ],
)
def test_the_first_bad_night_begins_the_present_row(rows: list[SourceRow], first_bad: int | None) -> None:
    found = history(*rows).first_bad
    assert (found and (found.night - FIRST).days) == first_bad


@pytest.mark.parametrize(("usual", "now", "is_bad"), [(12, 10, True), (12, 9, False), (9, 10, False), (10, 10, True)])
def test_a_small_answer_says_nothing_of_fields_neither_now_nor_before(usual: int, now: int, is_bad: bool) -> None:
    found = history(*[answer(usual)] * 3, answer(now, {}))
    assert [one.what for one in found.nights[-1].findings] == (["text", "location"] if is_bad else [])


def test_not_modified_ends_failures_and_leaves_a_bad_answer_bad() -> None:
    assert history(WHOLE, FAILED, SAME).first_bad is None
    assert [one.standing for one in history(WHOLE, NO_PLACE, SAME).nights] == [Standing.GOOD, Standing.BAD, Standing.SILENT]
    assert history(WHOLE, NO_PLACE, FAILED, SAME).bad_row[0].row is NO_PLACE


def test_a_finding_says_what_is_and_what_is_usual() -> None:
    few = history(WHOLE, answer(210), answer(220), answer(12)).nights[-1].findings[0]
    assert (few.what, few.now, few.usual, few.text) == (POSTINGS, 12, 210, "12 postings, usually 210")
    empty = history(WHOLE, NO_PLACE).nights[-1].findings[0]
    assert (empty.what, empty.now, empty.usual, empty.text) == ("location", 0.1, 0.95, "location filled in 10 %, usually 95 %")
    assert history(FAILED).trouble == "failed (http status)"
    assert history(PARTIAL).trouble == "partial (timeout)"


def test_a_night_of_before_fill_was_counted_is_no_measure_of_fields() -> None:
    old = replace(WHOLE, fill={})
    assert history(old, old, NO_PLACE).first_bad is None
    assert history(old, WHOLE, NO_PLACE).first_bad is not None
    assert history(WHOLE, WHOLE, old).first_bad is None


def test_a_fall_that_lasts_becomes_what_is_usual() -> None:
    days = thresholds().usual_days
    found = history(*[WHOLE] * 3, *[FEW] * (days + 2))
    assert [one.standing for one in found.nights].index(Standing.GOOD, 3) == 3 + days
    assert found.first_bad is None


def test_sources_in_trouble_come_first_the_longest_trouble_before_the_newest() -> None:
    names = ("a", "b", "c", "d")
    bad = {"b": {2}, "c": {1, 2}, "d": {1}}
    runs = [
        RunSummary(
            run_id=str(FIRST + timedelta(days=day)), night=FIRST + timedelta(days=day), started_at=datetime(2026, 1, 5, tzinfo=UTC),
            sources=tuple(replace(FAILED if day in bad.get(name, ()) else WHOLE, source_id=name) for name in names),
            by_class={}, not_stated=0, open_jobs=0, open_postings=0, with_pay=0, duplicates_merged=0, wrote=(), seconds=1.0,
        )
        for day in range(3)
    ]  # fmt: skip
    assert [one.source_id for one in histories(runs)] == ["c", "b", "a", "d"]
    assert [len(one.nights) for one in histories(runs, ["d", "new"])] == [3, 0]
    assert histories([]) == ()


ROWS = st.lists(
    st.one_of(
        st.sampled_from([SAME, PUT_OFF, STOPPED, FAILED, PARTIAL, WHOLE, FEW, NO_PLACE]),
        st.builds(answer, st.integers(0, 400), st.fixed_dictionaries({field: st.floats(0, 1) for field in FIELDS})),
    ),
    max_size=40,
)


def standings(nights: Sequence[JudgedNight]) -> list[Standing]:
    return [one.standing for one in nights]


@given(ROWS)
def test_the_row_is_unbroken_and_nothing_longer_would_be(rows: list[SourceRow]) -> None:
    found = history(*rows)
    row = found.bad_row
    assert all(one.standing is Standing.BAD and one.findings for one in row)
    spoken = [one for one in found.nights if one.standing is not Standing.SILENT]
    assert tuple(spoken[len(spoken) - len(row) :]) == row
    before = spoken[: len(spoken) - len(row)]
    assert not before or before[-1].standing is Standing.GOOD


@given(ROWS, st.data())
def test_a_night_is_judged_by_what_was_before_it(rows: list[SourceRow], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(rows)))
    assert history(*rows[:cut]).nights == history(*rows).nights[:cut]


@given(ROWS, st.lists(st.sampled_from([PUT_OFF, STOPPED]), max_size=5))
def test_silent_nights_change_nothing(rows: list[SourceRow], silent: list[SourceRow]) -> None:
    assert history(*rows, *silent).bad_row == history(*rows).bad_row


@given(ROWS)
def test_only_bad_nights_have_findings(rows: list[SourceRow]) -> None:
    assert all(bool(one.findings) is (one.standing is Standing.BAD) for one in history(*rows).nights)


@given(st.integers(0, 500), st.lists(st.floats(0.8, 1.2), min_size=1, max_size=30))
def test_a_board_that_sways_a_little_is_never_in_trouble(size: int, swaying: list[float]) -> None:
    rows = [answer(round(size * factor)) for factor in swaying]
    assert Standing.BAD not in standings(history(*rows).nights)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("days = 21", "nights = 21", "usual_days, usual_nights"),
        ("days = 21", "days = 0", "usual_days of health.toml is 0, which is no count"),
        ("fall = 0.5", "fall = 1.5", "postings_fall of health.toml is 1.5, which is no share"),
        ("well = 0.8", "well = true", "fill_well of health.toml is True, which is no share"),
    ],
)
def test_thresholds_have_a_schema(old: str, new: str, said: str) -> None:
    text = files("pipeline").joinpath("data/health.toml").read_text(encoding="utf-8")
    assert parse_thresholds(text) == thresholds()
    with pytest.raises(ValueError, match=said):
        parse_thresholds(text.replace(old, new, 1))
