"""Changing ``rolecall.toml`` in place: what the user wrote stays, comments and all."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from pipeline.config import SourceConfig

_NO_CONTACT = '# contact = "https://example.org/bot"'
_CRAWLER = re.compile(r"^[ \t]*\[[ \t]*crawler[ \t]*\][^\r\n]*", re.MULTILINE)

BEGINNING = f"""\
# Boards and feeds that `rolecall nightly` reads. Every key: docs/reference/configuration.md.

[crawler]
# Required: a web page or an e-mail address by which the site owners reach you. Take the # away and put yours in.
{_NO_CONTACT}

[storage]
# Apart from ./data, where practice nights go: invented jobs and real ones never mix.
database = "sqlite:///live/rolecall.db"
dataset = "live"
"""
"""What a configuration begins with where there is none yet."""


def read_config(path: Path) -> str:
    """The configuration's text; the beginning of a new one where there is no such file.

    Raises:
        ConfigError: it is not UTF-8.
        UsageError: it cannot be read.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return BEGINNING
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} is not UTF-8 (byte {error.start}); save it as UTF-8") from None
    except OSError as error:
        raise UsageError(f"configuration {path} cannot be read: {error.strerror}") from None


def write_config(path: Path, text: str) -> None:
    """Write the configuration aside and rename it, so that no reader sees half of it; a link stays a link."""
    target = path.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
        aside.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o644)
        aside.replace(target)
    except OSError:
        aside.unlink(missing_ok=True)
        raise


def with_contact(text: str, contact: str) -> str:
    """The text with this contact under ``[crawler]``: in the line that a new file has for it, else first of its table."""
    import tomlkit

    line = f"contact = {tomlkit.item(contact).as_string()}"
    if _NO_CONTACT in text:
        return text.replace(_NO_CONTACT, line, 1)
    document = tomlkit.parse(text)
    crawler = document.get("crawler", {})
    head = _CRAWLER.search(text)
    if "contact" in crawler or (crawler and head is None):
        crawler["contact"] = contact
        return tomlkit.dumps(document)
    if head is None:
        return f"[crawler]\n{line}\n\n{text}"
    end = "\r\n" if "\r\n" in text else "\n"
    return f"{text[: head.end()]}{end}{line}{text[head.end() :]}"


def with_source(text: str, source: SourceConfig) -> str:
    """The text with a ``[[source]]`` block for this source at its end, which is where TOML lets one stand in any file."""
    import tomlkit

    document = tomlkit.parse(text)
    listed = document.get("source")
    if isinstance(listed, tomlkit.items.Array):  # source = [{…}, {…}]: then a block of its own would be an error
        listed.append(_inline(_values(source)))
        return tomlkit.dumps(document)
    end = "\r\n" if "\r\n" in text else "\n"
    before = text.rstrip("\r\n \t")
    return f"{before}{end * 2 if before else ''}{source_block(source).replace(chr(10), end)}"


def source_block(source: SourceConfig) -> str:
    """The block of a source as TOML."""
    import tomlkit

    table = tomlkit.table()
    for key, value in _values(source).items():
        table[key] = _inline(value) if isinstance(value, Mapping) else value
    blocks = tomlkit.aot()
    blocks.append(table)
    return tomlkit.dumps({"source": blocks})


def _values(source: SourceConfig) -> dict[str, Any]:
    """The keys of a source's block that say something."""
    from pipeline.terms import platform

    company = source.company
    facts = {"name": company.name, "industry": company.industry, "stage": company.stage, "size": company.size}
    values: dict[str, Any] = {
        "platform": source.platform,
        "board": None if platform(source.platform).feed and source.board == source.platform else source.board,
        "base_url": source.base_url,
        "accept_terms": source.accept_terms or None,
        "company": {key: value for key, value in facts.items() if value},
    }
    return {key: value for key, value in values.items() if value}


def _inline(values: Mapping[str, Any]) -> Any:
    """An inline table as people write one: ``{ name = "Acme" }``."""
    import tomlkit

    def written(value: Any) -> str:
        return str((_inline(value) if isinstance(value, Mapping) else tomlkit.item(value)).as_string())

    return tomlkit.value(f"{{ {', '.join(f'{key} = {written(value)}' for key, value in values.items())} }}")
