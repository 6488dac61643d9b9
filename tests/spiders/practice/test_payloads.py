"""Recorded payloads at the platforms' paths, from a folder that the test writes; and the map that ships."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from importlib.resources import files
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from pipeline.errors import UsageError
from spiders.practice.payloads import serve_payloads

RECORDED = Path(__file__).parents[4] / "shared" / "payloads"
MAP = """
[[board]]
platform = "greenhouse"
board = "one"
file = "g.json"
[[board]]
platform = "lever"
board = "two"
file = "l.json"
[[board]]
platform = "hn"
board = "hn"
file = "c.json"
stories = "s.json"
[[board]]
platform = "jsonld"
board = "three.example"
pages = ["p.html"]
[[left_out]]
file = "x.json"
reason = "one job's detail"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    contents = {"g.json": {"jobs": [1]}, "l.json": [1, 2, 3], "c.json": {"hits": ["c"]}, "s.json": {"hits": ["s"]}}
    for name, value in contents.items():
        (tmp_path / name).write_text(json.dumps(value), encoding="utf-8")
    (tmp_path / "p.html").write_text("<p>page</p>", encoding="utf-8")
    (tmp_path / "map.toml").write_text(MAP, encoding="utf-8")
    return tmp_path


def _json(address: str) -> object:
    with urlopen(address, timeout=10) as response:
        return json.load(response)


def test_files_answer_at_the_platforms_paths(folder: Path) -> None:
    with serve_payloads(folder, folder / "map.toml") as recorded:
        base = recorded.base_url
        assert _json(f"{base}/v1/boards/one/jobs?content=true") == {"jobs": [1]}
        assert _json(f"{base}/v0/postings/two?skip=0&limit=100") == [1, 2, 3]
        assert _json(f"{base}/v0/postings/two?skip=3&limit=100") == []
        assert _json(f"{base}/hn/api/v1/search_by_date?tags=story,author_whoishiring") == {"hits": ["s"]}
        assert _json(f"{base}/hn/api/v1/search_by_date?tags=comment,story_1") == {"hits": ["c"]}
        with urlopen(f"{base}/three.example/sitemap.xml", timeout=10) as response:
            assert b"<loc>https://three.example/jobs/0</loc>" in response.read()
        with urlopen(f"{base}/three.example/jobs/0", timeout=10) as response:
            assert response.read() == b"<p>page</p>"
        assert recorded.left_out == (("x.json", "one job's detail"),)
        assert [source.base_url for source in recorded.sources()] == [base, base, f"{base}/hn", f"{base}/three.example"]


DETAILED = """
[[board]]
platform = "smartrecruiters"
board = "one"
file = "list.json"
details = ["own.json"]
[[board]]
platform = "workday"
board = "two.wd5/site"
file = "search.json"
[[board]]
platform = "jazzhr"
board = "three"
file = "p.html"
[[board]]
platform = "breezy"
board = "four"
file = "l.json"
"""


def test_lists_end_with_what_is_recorded_and_own_answers_are_found_by_their_id(folder: Path) -> None:
    (folder / "list.json").write_text(json.dumps({"totalFound": 150, "content": [{"id": "71"}, {"id": "72"}]}), encoding="utf-8")
    (folder / "own.json").write_text(json.dumps({"id": "72"}), encoding="utf-8")
    (folder / "search.json").write_text(json.dumps({"total": 644, "jobPostings": [1]}), encoding="utf-8")
    (folder / "map.toml").write_text(DETAILED, encoding="utf-8")
    with serve_payloads(folder, folder / "map.toml") as recorded:
        base = recorded.base_url
        assert _json(f"{base}/v1/companies/one/postings?limit=100&offset=0") == {
            "totalFound": 2,
            "content": [{"id": "71"}, {"id": "72"}],
        }
        assert _json(f"{base}/v1/companies/one/postings/72") == {"id": "72"}
        with pytest.raises(HTTPError, match="404"):
            _json(f"{base}/v1/companies/one/postings/71")
        search = Request(f"{base}/two.wd5/site/wday/cxs/two/site/jobs", data=b'{"limit": 20}', method="POST")
        with urlopen(search, timeout=10) as response:
            assert json.load(response) == {"total": 1, "jobPostings": [1]}
        with urlopen(f"{base}/three/apply/jobs", timeout=10) as response:
            assert response.read() == b"<p>page</p>"
        assert _json(f"{base}/four/json") == [1, 2, 3]
        prefixes = [source.base_url.removeprefix(base) for source in recorded.sources() if source.base_url]
        assert prefixes == ["", "/two.wd5/site", "/three", "/four"]


TWO_FORMS = """
[[board]]
platform = "teamtailor"
board = "one"
file = "f.xml"
[[board]]
platform = "bamboohr"
board = "two"
file = "p.html"
details = ["quoted.json"]
[[board]]
platform = "bamboohr"
board = "three"
file = "list.json"
[[board]]
platform = "personio"
board = "four"
file = "f.xml"
[[board]]
platform = "pinpoint"
board = "five"
file = "g.json"
"""


def test_a_recording_answers_at_the_path_of_its_form_and_one_file_may_quote_many_own_answers(folder: Path) -> None:
    (folder / "f.xml").write_text("<rss/>", encoding="utf-8")
    (folder / "list.json").write_text(json.dumps({"meta": {"totalCount": 9}, "result": [{}]}), encoding="utf-8")
    (folder / "quoted.json").write_text(json.dumps({"acme:71": {"jobOpeningName": "Baker 72"}}), encoding="utf-8")
    (folder / "map.toml").write_text(TWO_FORMS, encoding="utf-8")
    with serve_payloads(folder, folder / "map.toml") as recorded:
        base = recorded.base_url
        for path in ("one/jobs.rss?per_page=1000", "four/xml?language=de"):
            with urlopen(f"{base}/{path}", timeout=10) as response:
                assert response.read() == b"<rss/>"
        with urlopen(f"{base}/two/jobs/embed2.php", timeout=10) as response:
            assert response.read() == b"<p>page</p>"
        assert _json(f"{base}/two/careers/71/detail") == {"result": {"jobOpening": {"jobOpeningName": "Baker 72"}}}
        assert _json(f"{base}/three/careers/list") == {"meta": {"totalCount": 1}, "result": [{}]}
        assert _json(f"{base}/five/postings.json") == {"jobs": [1]}
        for path in ("one/jobs.json", "two/careers/list", "two/careers/72/detail", "three/jobs/embed2.php"):
            with pytest.raises(HTTPError, match="404"):
                _json(f"{base}/{path}")


def test_lists_of_platforms_with_a_host_for_each_board_and_of_feeds(folder: Path) -> None:
    boards = {
        "recruitee": "/r/api/offers",
        "workable": "/api/v1/widget/accounts/w?details=true",
        "remotive": "/remotive/api/remote-jobs",
        "jobicy": "/jobicy/api/v2/remote-jobs?count=100",
        "himalayas": "/himalayas/jobs/api?limit=20&offset=0",
        "arbeitnow": "/arbeitnow/api/job-board-api?page=1",
    }
    names = {"recruitee": "r", "workable": "w"}
    blocks = (f"[[board]]\nplatform = '{name}'\nboard = '{names.get(name, name)}'\nfile = 'g.json'\n" for name in boards)
    page = "[[board]]\nplatform = 'careers'\nboard = 'c.example'\npages = ['p.html']\n"
    (folder / "lists.toml").write_text("".join(blocks) + page, encoding="utf-8")
    with serve_payloads(folder, folder / "lists.toml") as recorded:
        assert [_json(recorded.base_url + path) for path in boards.values()] == [{"jobs": [1]}] * len(boards)
        assert _json(f"{recorded.base_url}/himalayas/jobs/api?limit=20&offset=20") == {"jobs": []}
        assert _json(f"{recorded.base_url}/arbeitnow/api/job-board-api?page=2") == {"jobs": [1], "data": []}
        by_platform = {source.platform: source.base_url for source in recorded.sources()}
        assert by_platform["recruitee"] == f"{recorded.base_url}/r"
        assert by_platform["workable"] == recorded.base_url
        with urlopen(f"{by_platform['careers']}/jobs/0", timeout=10) as response:
            assert response.read() == b"<p>page</p>"


def _table(folder: Path) -> tuple[int, str]:
    command = [sys.executable, "-m", "benchmarks.payloads", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[3], check=False, timeout=120)
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout


def test_the_table_counts_what_goes_in_and_comes_out_and_names_what_is_not_read(tmp_path: Path) -> None:
    for name in ("greenhouse", "elsewhere"):
        (tmp_path / name).mkdir()
    job = {"id": 1, "title": "Baker", "location": {"name": "Oslo"}}
    (tmp_path / "greenhouse" / "list.json").write_text(json.dumps({"jobs": [job, {**job, "id": 2, "location": None}]}))
    (tmp_path / "elsewhere" / "list.json").write_text("{}")
    code, text = _table(tmp_path)
    assert code == 0
    assert "left out: no spider reads this platform" in text
    assert text.split("greenhouse/list.json")[1].split()[:7] == ["list", "2", "2", "0", "0", "0", "0%"]
    assert text.splitlines()[-1] == "2 files, 1 left out, 0 refused; 2 items in, 2 postings out, 0 lost"


def test_the_table_says_what_is_lost_or_refused(tmp_path: Path) -> None:
    (tmp_path / "greenhouse").mkdir()
    (tmp_path / "greenhouse" / "lossy.json").write_text(json.dumps({"jobs": [{"id": 1, "title": "Baker"}, {"id": 2}]}))
    (tmp_path / "greenhouse" / "other.json").write_text(json.dumps({"offers": []}))
    code, text = _table(tmp_path)
    assert code == 1
    assert "REFUSED: " in text
    assert "1 refused; 2 items in, 1 postings out, 1 lost" in text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[[board]]\nplatform = 'lever'\nboard = 'b'\nfile = 'none.json'",
            "lever:b of the file map needs .*none.json, which is not there",
        ),
        ("[[board]]\nplatform = 'levr'\nfile = 'l.json'", "platform 'levr' is unknown; did you mean 'lever'"),
        ("[[board]]\nplatform = 'lever'\nboard = 'b'", "board 'b' names neither file nor pages"),
        ("[[board]]\nplatform = 'lever'\nfiel = 'b'", "key 'fiel' of .* is unknown; did you mean 'file'"),
        ("[[board", "is not valid TOML"),
        ("board = [1]", r"each board needs a block of its own, headed \[\[board\]\]"),
        ("[[left_out]]\nfile = 'x'", "block needs a file and a reason"),
        ("[[board]]\nplatform = 'lever'\nboard = 'b'\nfile = 3", "must be texts in quotes"),
        ("[[board]]\nplatform = 'greenhouse'\nfile = 'g.json'", "a greenhouse block has no board"),
    ],
)
def test_a_wrong_map_is_one_sentence(folder: Path, text: str, message: str) -> None:
    (folder / "wrong.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=message), serve_payloads(folder, folder / "wrong.toml"):
        pass


def test_a_missing_folder_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no folder"), serve_payloads(tmp_path / "none"):
        pass


@pytest.mark.skipif(not RECORDED.is_dir(), reason="the folder of recorded payloads is not beside this checkout")
def test_the_map_that_ships_knows_every_recorded_file() -> None:
    value = tomllib.loads((files("spiders.practice") / "data" / "payloads.toml").read_text(encoding="utf-8"))
    named = [row["file"] for row in (*value["left_out"], *value["answer"])]
    for row in value["board"]:
        named += [name for name in (row.get("file"), row.get("stories"), *row.get("pages", ()), *row.get("details", ())) if name]
    folders = {Path(name).parent for name in named}
    there = {str(path.relative_to(RECORDED)) for folder in folders for path in (RECORDED / folder).iterdir()}
    # a file that names the thread of a board may be measured by itself too
    assert sorted(set(named)) == sorted(there)
