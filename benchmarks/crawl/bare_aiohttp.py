"""The rival: aiohttp and orjson, nothing else. No guard, no pace, no record.

usage: python -m benchmarks.crawl.bare_aiohttp ADDRESS BOARDS
"""

from __future__ import annotations

import asyncio
import sys
import time

import orjson

AT_ONCE = 64


async def _read(address: str, boards: int) -> int:
    import aiohttp

    waiting = iter(range(boards))
    found = 0
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=AT_ONCE)) as session:

        async def work() -> None:
            nonlocal found
            for board in waiting:
                async with session.get(f"{address}/v1/boards/{board}/jobs") as response:
                    found += len(orjson.loads(await response.read())["jobs"])

        await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    return found


def main(address: str, boards: int) -> None:
    """Read every board and print what it cost."""
    import aiohttp  # noqa: F401 - imported before the clock starts

    began = time.process_time()
    found = asyncio.run(_read(address, boards))
    print(orjson.dumps({"postings": found, "cpu_seconds": time.process_time() - began}).decode())


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
