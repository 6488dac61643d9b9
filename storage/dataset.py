"""The Parquet data set: what a run changed, written aside and renamed; the manifest, written last, is the commit.

A file that no manifest names does not exist for a reader; the next export of the same run writes the same names again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Engine, select

from storage import arrow, schema

ROW_GROUP_ROWS = 20_000
ZSTD_LEVEL = 3
_BATCH_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class DatasetFile:
    """One file of a manifest."""

    path: str
    """Relative to the data folder."""
    kind: str
    """``postings`` or ``raw``."""
    rows: int
    bytes: int


def export_run(engine: Engine, data_dir: Path, run_id: str) -> tuple[DatasetFile, ...]:
    """Write what a run changed and commit it by its manifest; the same run again writes the same files.

    Args:
        engine: where the run's rows are.
        data_dir: root of the data set.
        run_id: the run.
    """
    with engine.connect() as connection:
        night = connection.execute(select(schema.runs.c.night).where(schema.runs.c.run_id == run_id)).scalar_one()
    files = []
    postings = _write(
        data_dir, f"postings/run_date={night}/{run_id}.parquet", "postings", arrow.POSTINGS, _posting_rows(engine, run_id)
    )
    files += [postings] if postings else []
    for platform, rows in groupby(_raw_rows(engine, run_id), key=lambda row: row[0]):
        name = f"raw/run_date={night}/platform={platform}/{run_id}.parquet"
        written = _write(data_dir, name, "raw", arrow.RAW, (row for _, row in rows))
        files += [written] if written else []
    if files:
        manifest = {"run_id": run_id, "night": night.isoformat(), "files": [_as_json(file) for file in files]}
        write_durably(data_dir / "manifests" / f"{run_id}.json", orjson.dumps(manifest, option=orjson.OPT_INDENT_2))
    return tuple(files)


def committed_files(data_dir: Path, kind: str) -> list[Path]:
    """The files that manifests name, oldest run first."""
    found = []
    for path in sorted((data_dir / "manifests").glob("*.json"), key=_run_order):
        manifest = orjson.loads(path.read_bytes())
        found += [data_dir / file["path"] for file in manifest["files"] if file["kind"] == kind]
    return found


def _run_order(manifest: Path) -> tuple[str, int]:
    """Night, then number within it: the second run of a night is called ``2026-01-05-2``."""
    return manifest.stem[:10], int(manifest.stem[11:] or 1)


def write_durably(path: Path, content: bytes) -> None:
    """Write a file so that a reader meets the old one or the new one, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.part")
    with aside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    _settle(aside, path)


def _settle(aside: Path, path: Path) -> None:
    aside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _write(data_dir: Path, name: str, kind: str, table: pa.Schema, rows: Iterator[dict[str, Any]]) -> DatasetFile | None:
    path = data_dir / name
    aside = path.with_name(f".{path.name}.part")
    count = 0
    writer: pq.ParquetWriter | None = None
    held: list[pa.RecordBatch] = []
    while batch := list(islice(rows, _BATCH_ROWS)):
        if writer is None:
            path.parent.mkdir(parents=True, exist_ok=True)
            writer = pq.ParquetWriter(aside, table, compression="zstd", compression_level=ZSTD_LEVEL)
        held.append(pa.RecordBatch.from_pylist(batch, schema=table))
        count += len(batch)
        if sum(part.num_rows for part in held) >= ROW_GROUP_ROWS:
            writer.write_table(pa.Table.from_batches(held), row_group_size=ROW_GROUP_ROWS)
            held = []
    if writer is None:
        return None
    if held:
        writer.write_table(pa.Table.from_batches(held), row_group_size=ROW_GROUP_ROWS)
    writer.close()
    with aside.open("rb") as file:
        os.fsync(file.fileno())
    _settle(aside, path)
    return DatasetFile(name, kind, count, path.stat().st_size)


def _posting_rows(engine: Engine, run_id: str) -> Iterator[dict[str, Any]]:
    posting, texts, labels, stack = schema.postings, schema.posting_texts, schema.labels, schema.technologies
    query = (
        select(*arrow.POSTING_COLUMNS, *arrow.TEXT_COLUMNS, *arrow.LABEL_COLUMNS)
        .join(texts, texts.c.posting_id == posting.c.posting_id)
        .join(labels, labels.c.posting_id == posting.c.posting_id)
        .where(posting.c.run_id == run_id)
        .order_by(posting.c.posting_id)
    )
    with engine.connect() as connection:
        by_id: dict[str, list[str]] = {}
        named = select(stack.c.posting_id, stack.c.name).join(posting, posting.c.posting_id == stack.c.posting_id)
        for id_, name in connection.execute(named.where(posting.c.run_id == run_id).order_by(stack.c.posting_id, stack.c.place)):
            by_id.setdefault(id_, []).append(name)
        for row in connection.execution_options(yield_per=_BATCH_ROWS).execute(query).mappings():
            values = {name: orjson.dumps(value).decode() if isinstance(value, dict) else value for name, value in row.items()}
            yield {**values, "stack": by_id.get(row["posting_id"], [])}


def _raw_rows(engine: Engine, run_id: str) -> Iterator[tuple[str, dict[str, Any]]]:
    spool = schema.raw_spool
    with engine.connect() as connection:
        rows = connection.execute(select(spool.c.posting_id, spool.c.raw).where(spool.c.run_id == run_id)).all()
    for row in sorted(rows, key=lambda row: (row.raw["platform"], row.posting_id)):
        raw = row.raw
        yield (
            raw["platform"],
            {
                "posting_id": row.posting_id,
                "board": raw["board"],
                "external_id": raw["external_id"],
                "url": raw["url"],
                "fetched_at": datetime.fromisoformat(raw["fetched_at"]),
                "payload": orjson.dumps(raw["payload"]).decode(),
            },
        )


def _as_json(file: DatasetFile) -> dict[str, Any]:
    return {"path": file.path, "kind": file.kind, "rows": file.rows, "bytes": file.bytes}
