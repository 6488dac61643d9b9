"""What a shard remembers of hosts for the next one: their robots.txt for a day, and until when they are left alone.

Files, not tables: shards of one host follow each other within a night, and a shard has no database. One small JSON file a record,
renamed into place; a record that cannot be read is as good as none.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import orjson

from pipeline.crawling import HostRest, RobotsRecord, slug

ROBOTS_AGE = timedelta(hours=24)
"""RFC 9309 (2.4): a copy is used no longer than this."""


class HostMemory:
    """Records by host, in a folder; without a folder nothing is remembered."""

    def __init__(self, folder: Path | None, now: datetime) -> None:
        self._folder = folder
        self._now = now
        self._began = monotonic()

    @property
    def now(self) -> datetime:
        """The night's clock, with the time that the shard has run so far."""
        return self._now + timedelta(seconds=monotonic() - self._began)

    def robots(self, root: str) -> RobotsRecord | None:
        """A server's robots.txt where it is not too old."""
        record = self.last_robots(root)
        return record if record and timedelta() <= self._now - record.fetched_at < ROBOTS_AGE else None

    def last_robots(self, root: str) -> RobotsRecord | None:
        """A server's robots.txt as it was last read, of whatever age."""
        value = self._read("robots", root)
        try:
            return RobotsRecord(root, datetime.fromisoformat(value["fetched_at"]).astimezone(UTC), str(value["text"]))
        except (KeyError, TypeError, ValueError):
            return None

    def keep_robots(self, root: str, text: str) -> None:
        """Remember a server's robots.txt; an empty one allows everything."""
        self._write("robots", root, {"fetched_at": self._now.isoformat(), "text": text})

    def rest(self, host: str) -> HostRest | None:
        """Why a host is left alone, where it still is."""
        value = self._read("rest", host)
        try:
            until = datetime.fromisoformat(value["until"]).astimezone(UTC)
            record = HostRest(host, until, str(value["status"]), str(value["asked"]), bool(value["is_put_off"]))
        except (KeyError, TypeError, ValueError):
            return None
        return record if self._now < record.until else None

    def keep_rest(self, rest: HostRest) -> None:
        """Leave a host alone in later shards and runs too."""
        words = {"until": rest.until.isoformat(), "status": rest.status, "asked": rest.asked, "is_put_off": rest.is_put_off}
        self._write("rest", rest.host, words)

    def _read(self, kind: str, name: str) -> Any:
        if self._folder is None:
            return None
        try:
            return orjson.loads(self._path(kind, name).read_bytes())
        except (OSError, ValueError):
            return None

    def _write(self, kind: str, name: str, value: dict[str, Any]) -> None:
        if self._folder is None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._path(kind, name)
        aside = path.with_name(f"{path.name}.{os.getpid()}.part")
        aside.write_bytes(orjson.dumps(value))
        aside.replace(path)

    def _path(self, kind: str, name: str) -> Path:
        assert self._folder is not None
        return self._folder / f"{slug(kind, name)}.json"
