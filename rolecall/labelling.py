"""JSON lines in, labelled JSON lines out: the work of ``rolecall classify`` without its streams."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from pipeline.lines import NotAPosting, line_from_labelled, posting_from_line
from pipeline.records import LabelledPosting, Posting

_BOM = b"\xef\xbb\xbf"
Classify = Callable[[Posting], LabelledPosting]


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """One line of output."""

    text: bytes
    """A JSON object, without the line break."""
    error: str | None = None
    """Why the input line is no posting; None where it was labelled."""


def label_lines(lines: Iterable[bytes], classify: Classify, *, with_text: bool) -> Iterator[LabelledLine]:
    """Label each line as it comes; one line of output for each line of input, in order.

    Args:
        lines: UTF-8 JSON, one posting a line.
        classify: labels one posting.
        with_text: carry ``description_text`` in every line, not only where it is our own text of the given HTML.
    """
    for number, line in enumerate(lines):
        yield _label_line(line.removeprefix(_BOM) if number == 0 else line, classify, with_text)


def _label_line(line: bytes, classify: Classify, with_text: bool) -> LabelledLine:
    given: Any = None
    try:
        given = orjson.loads(line)
        read = posting_from_line(given)
        labelled = classify(read.posting)
        return LabelledLine(orjson.dumps(line_from_labelled(read.id, labelled, with_text or read.is_own_text)))
    except orjson.JSONDecodeError as error:
        return _refused(None, f"no JSON: {error}" if line.strip() else "the line is empty")
    except NotAPosting as error:
        return _refused(given, str(error))
    except Exception as error:  # noqa: BLE001  one odd posting must not cost the labels of all the others
        return _refused(given, f"could not be labelled: {type(error).__name__}: {error}")


def _refused(given: Any, reason: str) -> LabelledLine:
    id_ = given.get("id") if isinstance(given, dict) else None
    return LabelledLine(orjson.dumps({"id": id_, "error": reason}), reason)
