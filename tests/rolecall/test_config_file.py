from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import SourceConfig, parse
from pipeline.errors import ConfigError
from pipeline.records import CompanyFacts
from rolecall.config_file import BEGINNING, read_config, source_block, with_contact, with_source, write_config

ACME = SourceConfig("lever", "acme", CompanyFacts("Acme", "finance", size="51-200"), "https://api.eu.lever.co")
USERS = """\
# mine, all mine

[crawler]  # slow
delay_seconds = 2.0   # be kind

# the first
[[source]]
platform = "greenhouse"   # gh
board = "other"

# searches come last
[[search]]
id = "x"
remote = ["remote-first"]
# the end
"""


def test_a_block_reads_as_people_write_them() -> None:
    assert source_block(ACME) == (
        '[[source]]\nplatform = "lever"\nboard = "acme"\nbase_url = "https://api.eu.lever.co"\n'
        'company = { name = "Acme", industry = "finance", size = "51-200" }\n'
    )
    assert source_block(SourceConfig("remoteok", "remoteok")) == '[[source]]\nplatform = "remoteok"\n'
    assert source_block(SourceConfig("greenhouse", "greenhouse")) == '[[source]]\nplatform = "greenhouse"\nboard = "greenhouse"\n'


def test_what_the_user_wrote_stays_as_it_is() -> None:
    text = with_source(USERS, ACME)
    assert text.startswith(USERS.rstrip())
    assert [source.source_id for source in parse(text).sources] == ["greenhouse:other", "lever:acme"]
    assert [search.id for search in parse(text).searches] == ["x"]


def test_line_ends_stay_those_of_the_file() -> None:
    text = with_contact(with_source(USERS.replace("\n", "\r\n"), ACME), "a@acme.example")
    assert "\n" not in text.replace("\r\n", "")
    assert len(parse(text).sources) == 2


def test_a_list_in_one_line_gets_an_entry() -> None:
    text = with_source('source = [{ platform = "hn" }]  # two lines are too many\n[crawler]\n', ACME)
    assert [source.source_id for source in parse(text).sources] == ["hn", "lever:acme"]
    assert "# two lines are too many" in text


@pytest.mark.parametrize(
    "text",
    [
        BEGINNING,
        USERS,
        "",
        "[crawler]\n",
        'crawler = { contact = "old@acme.example" }\n',
        '[crawler]\ncontact = "old@acme.example" # x\n',
    ],
)
def test_a_contact_finds_its_place(text: str) -> None:
    changed = with_contact(text, "new@acme.example")
    assert parse(changed).crawler.contact == "new@acme.example"
    kept = [line for line in text.splitlines() if "contact" not in line]
    assert [line for line in kept if line not in changed.splitlines()] == []
    assert "# searches come last\n[[search]]" in changed or text != USERS


@given(st.text(min_size=1, max_size=40), st.text(max_size=40))
def test_no_name_breaks_the_file(board: str, name: str) -> None:
    wanted = SourceConfig("rss", board.strip() or "x", CompanyFacts(name or None))
    (read,) = parse(with_source(BEGINNING, wanted)).sources
    assert (read.board, read.company.name) == (wanted.board, wanted.company.name)


def test_a_new_file_begins_with_where_to_put_the_contact(tmp_path: Path) -> None:
    text = read_config(tmp_path / "rolecall.toml")
    assert parse(text).crawler.contact is None
    assert "# contact = " in text


def test_writing_keeps_the_mode_and_follows_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.toml", tmp_path / "rolecall.toml"
    real.write_text("x = 1\n")
    real.chmod(0o600)
    link.symlink_to(real)
    write_config(link, "y = 2\n")
    assert link.is_symlink()
    assert real.read_text() == "y = 2\n"
    assert stat.S_IMODE(real.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["real.toml", "rolecall.toml"]


def test_a_file_of_other_bytes_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rolecall.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="is not UTF-8"):
        read_config(tmp_path / "rolecall.toml")
