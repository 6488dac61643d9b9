"""A purge leaves no row of a posting in any file, and every other row as it was."""

from __future__ import annotations

from itertools import count

from storage.dataset.compaction import compact
from storage.dataset.manifest import committed_files
from storage.dataset.place import Place, open_place
from storage.dataset.purging import Purged, purge
from storage.dataset.reading import file_batches, file_schema
from tests.storage.dataset.crashing import deaths
from tests.storage.dataset.samples import found, paths, write_run


def fill(place: Place) -> None:
    write_run(place, "2026-01-05", "abc", ["greenhouse", "lever"])
    write_run(place, "2026-01-06", "ad")
    write_run(place, "2026-01-07", "d")
    write_run(place, "2026-01-08", "a")


def anywhere(place: Place) -> set[str]:
    """Postings of every file below the data set's folders, part of it or not."""
    return {
        id_
        for path in paths(place)
        if path.endswith(".parquet")
        for batch in file_batches(place, path, ["posting_id"])
        for id_ in batch["posting_id"].to_pylist()
    }


def test_rows_go_and_others_stay(place: Place) -> None:
    fill(place)
    untouched = {path: place.read(path) for path in paths(place) if "2026-01-07" in path}
    kept = [pair for pair in found(place) if pair[1] != "a"]
    fields = {kind: file_schema(place, committed_files(place, kind)[0].path) for kind in ("postings", "raw")}
    # night 5: one file of postings and two of payloads; night 6: one of each; night 8: one of each, which hold nothing else
    assert purge(place, ["a", "nobody"]) == Purged(rows=7, rewritten=5, removed=2)
    assert found(place) == kept
    assert anywhere(place) == set("bcd")
    assert {path: place.read(path) for path in untouched} == untouched
    for kind, schema in fields.items():
        for file in committed_files(place, kind):
            assert file_schema(place, file.path).equals(schema, check_metadata=True)


def test_nothing_to_purge_is_no_commit(place: Place) -> None:
    fill(place)
    before = paths(place)
    assert purge(place, ["nobody"]) == Purged(0, 0, 0)
    assert paths(place) == before


def test_files_that_are_no_longer_part_of_the_data_set_go_too(place: Place) -> None:
    fill(place)
    compact(place)  # what it replaced still stands there
    write_run(place, "2026-02-01", "ab")
    compact(place)
    purge(place, ["a"])
    purge(place, ["b"])
    assert anywhere(place) == set("cd")
    assert sorted(found(place)) == [("2026-01-05", "c"), ("2026-01-06", "d"), ("2026-01-07", "d")]
    assert purge(place, ["c", "d"]).rewritten == 0
    assert [path for path in paths(place) if path.endswith(".parquet")] == []


def test_killed_at_any_step_it_is_before_or_after_and_can_be_ended(address: str) -> None:
    numbers = count()

    def filled() -> Place:
        place = open_place(f"{address}/{next(numbers)}")
        write_run(place, "2026-01-05", "ab")
        write_run(place, "2026-01-06", "a")
        return place

    before = found(filled())
    after = [pair for pair in before if pair[1] != "a"]
    seen = set()
    for place, ended in deaths(filled, lambda mortal: purge(mortal, ["a"])):
        rows = found(place)
        assert rows in (before, after)
        assert rows == after or not ended
        seen.add((len(rows), "a" in anywhere(place)))
        purge(place, ["a"])
        assert found(place) == after
        assert "a" not in anywhere(place)
    assert seen == {(len(before), True), (len(after), True), (len(after), False)}
