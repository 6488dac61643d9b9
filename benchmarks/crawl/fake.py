"""The fake that every client reads: boards of postings, built and packed before the first request, in a process of its own.

usage: python -m benchmarks.crawl.fake [BOARDS]

Prints its address once it is ready. Answers ``/v1/boards/<number>/jobs`` with gzip and validators, and a 304 where they are sent
back; ``/v1/boards/big-<bytes>/jobs`` with one answer of about that size. Numbers beyond the last board begin again.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import random
import sys
from functools import cache

import orjson

BOARDS, POSTINGS, TEXT_BYTES = 1_000, 50, 4_096
MODIFIED = b"Mon, 05 Jan 2026 01:00:00 GMT"
_WORDS = (
    "we are looking for an engineer who builds data pipelines with care and writes tests first you will own services that "
    "answer thousands of requests work with people in many places review code plan in the open keep notes for those who "
    "come later measure before you change and explain what you found your week has few meetings and long quiet hours the "
    "team ships small steps often"
).split()


def body(board: int, postings: int = POSTINGS) -> bytes:
    """A board's answer, in Greenhouse's shape; the same for the same number."""
    draw = random.Random(board)
    jobs = [
        {
            "id": board * 1_000 + number,
            "title": f"Engineer {number}",
            "absolute_url": f"https://job-boards.greenhouse.io/{board}/jobs/{board * 1_000 + number}",
            "location": {"name": draw.choice(("Remote", "Berlin", "Lisbon", "New York"))},
            "updated_at": "2026-01-04T09:00:00-05:00",
            "departments": [{"id": number % 7, "name": "Engineering"}],
            "content": _content(draw),
        }
        for number in range(postings)
    ]
    return orjson.dumps({"jobs": jobs, "meta": {"total": postings}})


def _content(draw: random.Random) -> str:
    parts: list[str] = []
    size = 0
    while size < TEXT_BYTES:
        part = f"&lt;p&gt;{' '.join(draw.choices(_WORDS, k=40)).capitalize()}. Since {draw.randint(1990, 2026)}.&lt;/p&gt;"
        parts.append(part)
        size += len(part)
    return "".join(parts)


class _Fake(asyncio.Protocol):
    """HTTP/1.1 with kept connections and as little work an answer as can be."""

    answers: list[tuple[bytes, bytes, bytes]]
    """Tag, whole answer and 304, a board each."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._waiting = b""

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        while b"\r\n\r\n" in self._waiting:
            head, self._waiting = self._waiting.split(b"\r\n\r\n", 1)
            self._transport.write(self._answer(head))

    def _answer(self, head: bytes) -> bytes:
        path = head.split(b" ", 2)[1]
        if not path.startswith(b"/v1/boards/"):
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        name = path.split(b"/")[3]
        if name.startswith(b"big-"):
            return _packed(0, int(name[4:]) // (TEXT_BYTES + 400))[1]
        tag, whole, unchanged = self.answers[int(name) % len(self.answers)]
        return unchanged if tag in head else whole


@cache
def _packed(board: int, postings: int = POSTINGS) -> tuple[bytes, bytes, bytes]:
    packed = gzip.compress(body(board, postings), compresslevel=6, mtime=0)
    tag = b'"' + hashlib.sha256(packed).hexdigest()[:20].encode() + b'"'
    given = b"ETag: " + tag + b"\r\nLast-Modified: " + MODIFIED + b"\r\n"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n" + given
    length = f"Content-Length: {len(packed)}\r\n\r\n".encode()
    return tag, head + length + packed, b"HTTP/1.1 304 Not Modified\r\n" + given + b"\r\n"


async def _serve(boards: int) -> None:
    _Fake.answers = [_packed(board) for board in range(boards)]
    server = await asyncio.get_running_loop().create_server(_Fake, "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]) if len(sys.argv) > 1 else BOARDS))
