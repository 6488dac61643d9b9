"""What revision 0003 computes from what 0002 held, and the way back. Frozen with that revision, but for the cutting of words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, text

from pipeline.duplicates.keys import keys
from pipeline.duplicates.sighting import from_fields
from pipeline.duplicates.wording import words_digest
from storage.full_text import SearchText, put

_LAST_OF_ALL = "\U0010fffd"
_ROWS = 1_000
_SIGHTING = (
    "posting_id", "job_id", "platform", "board", "external_id", "title", "company", "industry", "location", "level", "url",
    "apply_url", "requisition_id",
)  # fmt: skip
VERSIONS = ("remote_version", "pay_version", "tech_version", "role_version", "eligibility_version", "company_version")


def number_runs(connection: Connection) -> None:
    """Runs get their order; events, board results and postings the number of their run."""
    found = connection.execute(text("SELECT run_id FROM runs ORDER BY started_at, night, length(run_id), run_id")).scalars().all()
    for number, run_id in enumerate(found, 1):
        values = {"number": number, "run_id": run_id}
        connection.execute(text("UPDATE runs SET run_number = :number, kind = 'nightly' WHERE run_id = :run_id"), values)
    for table in ("events", "board_results"):
        connection.execute(
            text(f"UPDATE {table} SET run_number = (SELECT r.run_number FROM runs r WHERE r.run_id = {table}.run_id)")
        )


def fill_postings(connection: Connection) -> None:
    """Columns to sort by, and the runs that wrote content and status as far as rows and events tell."""
    connection.execute(
        text(
            "UPDATE postings SET raw_run_id = run_id, job_reason = 'unrecorded', pay_order = coalesce(pay_upper_annual_usd, -1), "
            f"newest_on = coalesce(published_on, {_date(connection, 'opened_at')}), "
            "text_from = coalesce((SELECT r.run_number FROM runs r WHERE r.run_id = postings.run_id), 1), "
            "content_from = coalesce((SELECT r.run_number FROM runs r WHERE r.run_id = postings.run_id), 1), "
            "status_from = coalesce((SELECT max(e.run_number) FROM events e WHERE e.posting_id = postings.posting_id "
            "AND e.kind <> 'changed'), 1)"
        )
    )
    for row in _rows(connection, "SELECT posting_id, title, company FROM postings ORDER BY posting_id"):
        values = {"id": row.posting_id, "title": row.title.lower(), "company": (row.company or _LAST_OF_ALL).lower()}
        update = "UPDATE postings SET title_order = :title, company_order = :company WHERE posting_id = :id"
        connection.execute(text(update), values)


def _date(connection: Connection, column: str) -> str:
    return f"date({column})" if connection.dialect.name == "sqlite" else f"{column}::date"


def fill_labels(connection: Connection) -> None:
    """Verdicts move from the texts, versions from the postings."""
    columns = ", ".join(VERSIONS)
    mine = ", ".join(f"p.{name}" for name in VERSIONS)
    connection.execute(
        text(
            f"INSERT INTO labels (posting_id, verdicts, {columns}, labelled_at) SELECT t.posting_id, t.labels, {mine}, p.changed_at "
            "FROM posting_texts t JOIN postings p ON p.posting_id = t.posting_id"
        )
    )


def fill_labels_back(connection: Connection) -> None:
    """The way back of ``fill_labels``; a job's id stands in for the key by which its postings were found."""
    of_posting = "FROM labels l WHERE l.posting_id ="
    sets = ", ".join(f"{name} = coalesce((SELECT l.{name} {of_posting} postings.posting_id), 'none')" for name in VERSIONS)
    connection.execute(text(f"UPDATE postings SET job_key = job_id, {sets}"))
    connection.execute(text(f"UPDATE posting_texts SET labels = (SELECT l.verdicts {of_posting} posting_texts.posting_id)"))


def fill_board_results(connection: Connection) -> None:
    """Night and clock of the last complete answer, as of each result."""
    for column, value in (("last_complete_on", "night"), ("last_complete_at", "started_at")):
        connection.execute(
            text(
                f"UPDATE board_results SET {column} = (SELECT max(r.{value}) FROM board_results b JOIN runs r ON r.run_id = b.run_id "
                "WHERE b.platform = board_results.platform AND b.board = board_results.board AND b.status = 'complete' "
                "AND b.run_number <= board_results.run_number)"
            )
        )


def make_full_text(connection: Connection) -> None:
    """The index of words, and the words of everything stored."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("DROP TABLE postings_text"))
        connection.execute(
            text(
                "CREATE VIRTUAL TABLE postings_text USING fts5 "
                "(title, company, body, content='', tokenize=\"unicode61 remove_diacritics 0 tokenchars '+#'\")"
            )
        )
    else:
        connection.execute(text("CREATE TABLE postings_text (text_id INTEGER PRIMARY KEY, words TSVECTOR NOT NULL)"))
        connection.execute(text("CREATE INDEX ix_postings_text_words ON postings_text USING gin (words)"))
    for part in _parts(connection, _TEXTS):
        put(connection, [SearchText(row.text_id, row.title, row.company or "", row.description_text) for row in part])


_TEXTS = (
    "SELECT p.text_id, p.title, p.company, t.description_text FROM postings p "
    "JOIN posting_texts t ON t.posting_id = p.posting_id ORDER BY p.text_id"
)


def drop_full_text(connection: Connection) -> None:
    """The index as it was; revision 0002 had one on SQLite only."""
    connection.execute(text("DROP TABLE postings_text"))
    if connection.dialect.name == "sqlite":
        tokenize = "tokenize='unicode61 remove_diacritics 2'"
        connection.execute(text(f"CREATE VIRTUAL TABLE postings_text USING fts5 (title, company, body, {tokenize})"))
        connection.execute(
            text(
                "INSERT INTO postings_text (rowid, title, company, body) "
                f"SELECT text_id, title, coalesce(company, ''), description_text FROM ({_TEXTS})"
            )
        )


def _rows(connection: Connection, query: str) -> Iterator[Any]:
    for part in _parts(connection, query):
        yield from part


def _parts(connection: Connection, query: str) -> Iterator[list[Any]]:
    """Rows of a query in parts; read whole first where the part's use would write to what is read."""
    found = connection.execute(text(query)).all()
    for first in range(0, len(found), _ROWS):
        yield list(found[first : first + _ROWS])


def fill_job_keys(connection: Connection) -> None:
    """Keys by which copies of what is stored are found, and the digest of words that goes with them."""
    query = (
        f"SELECT p.{', p.'.join(_SIGHTING)}, t.description_text FROM postings p JOIN posting_texts t ON t.posting_id = p.posting_id"
    )
    for row in _rows(connection, query):
        digest = words_digest(row.description_text)
        fields = {name: getattr(row, name) for name in _SIGHTING}
        found = keys(from_fields(**fields, text_digest=digest, is_open=True), row.description_text)
        update = "UPDATE postings SET text_digest = :digest WHERE posting_id = :id"
        connection.execute(text(update), {"digest": digest, "id": row.posting_id})
        values = [{"key": key, "id": row.posting_id} for key in found]
        connection.execute(text("INSERT INTO job_keys (key, posting_id) VALUES (:key, :id)"), values)
