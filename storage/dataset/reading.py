"""Reading what is committed: file after file, oldest run first, a batch at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from storage import arrow
from storage.dataset.manifest import POSTINGS, RAW, DatasetFile, committed_files
from storage.dataset.place import DatasetError, Place
from storage.dataset.writing import BATCH_ROWS

SCHEMAS = {POSTINGS: arrow.POSTINGS, RAW: arrow.RAW}
"""Declared schema by kind of file."""


def offered_schema(kind: str) -> pa.Schema:
    """The declared schema as a reader meets it: a file of an earlier version may lack any column, which is then null."""
    return pa.schema([field.with_nullable(True) for field in SCHEMAS[kind]])


def open_dataset(place: Place, kind: str, until: Collection[str] | None = None) -> ds.Dataset:
    """The committed files of a kind as one pyarrow dataset, for scans with filters and projections of the caller's.

    With ``until``, merged files may still hold rows of other runs; filter by ``run_id`` or take ``stream``.
    """
    filesystem, root = place.arrow()
    paths = [f"{root}/{file.path}" for file in committed_files(place, kind, until)]
    return ds.dataset(paths, schema=offered_schema(kind), format="parquet", filesystem=filesystem)


def stream(
    place: Place,
    kind: str,
    columns: Sequence[str] | None = None,
    until: Collection[str] | None = None,
    files: Iterable[DatasetFile] | None = None,
) -> Iterator[pa.RecordBatch]:
    """Rows of the data set in batches of at most ``BATCH_ROWS``, oldest run first; memory holds one row group's compressed columns.

    A column that an older file lacks is null there.

    Args:
        place: the data set.
        kind: ``postings`` or ``raw``.
        columns: names of the declared schema, in the order wanted; None for all.
        until: only rows of these runs.
        files: of the kind, from one reading of the manifests; None reads them.

    Raises:
        DatasetError: a file cannot be read.
    """
    fields = offered_schema(kind)
    if columns is not None:
        fields = pa.schema([fields.field(name) for name in columns])
    for file in committed_files(place, kind, until) if files is None else files:
        runs = None if until is None or set(file.runs) <= set(until) else until
        extra = ["run_id"] if runs is not None and "run_id" not in fields.names else []
        for batch in file_batches(place, file.path, [*fields.names, *extra]):
            kept = batch if runs is None else batch.filter(pc.is_in(batch["run_id"], pa.array(sorted(runs), pa.string())))
            if kept.num_rows:
                yield _conformed(kept, fields)


def file_batches(place: Place, path: str, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
    """Rows of one file, as they stand in it; columns that it lacks are left out.

    Raises:
        DatasetError: it cannot be read.
    """
    with _opened(place, path) as file:
        known = set(file.schema_arrow.names)
        names = None if columns is None else [name for name in columns if name in known]
        for group in range(file.num_row_groups):
            yield from file.iter_batches(BATCH_ROWS, row_groups=[group], columns=names)


def file_schema(place: Place, path: str) -> pa.Schema:
    """Schema of one file.

    Raises:
        DatasetError: it cannot be read.
    """
    with _opened(place, path) as file:
        return file.schema_arrow


@contextmanager
def _opened(place: Place, path: str) -> Iterator[pq.ParquetFile]:
    filesystem, root = place.arrow()
    try:
        # the columns of one row group come in few requests; without this a bucket is asked once a column
        with filesystem.open_input_file(f"{root}/{path}") as source, pq.ParquetFile(source, pre_buffer=True) as file:
            yield file
    except FileNotFoundError:
        raise DatasetError(f"{place.within(path)} is not there; bring it back from a copy of the data set") from None
    except pa.ArrowInvalid:
        raise DatasetError(f"{place.within(path)} is damaged; bring it back from a copy of the data set") from None
    except OSError as error:
        raise DatasetError(_sentence(place, path, error)) from None


def _sentence(place: Place, path: str, error: OSError) -> str:
    from storage.dataset.s3 import S3Place

    if isinstance(place, S3Place):
        return place.sentence(error)
    return f"{place.within(path)} cannot be read ({error.strerror or ' '.join(str(error).split())}); look at the disk"


def _conformed(batch: pa.RecordBatch, fields: pa.Schema) -> pa.RecordBatch:
    known = set(batch.schema.names)
    arrays = [
        batch.column(field.name).cast(field.type) if field.name in known else pa.nulls(batch.num_rows, field.type)
        for field in fields
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=fields) if arrays else batch.select([])
