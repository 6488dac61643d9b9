"""A Prefect server of ours: ``python -m flows.prefect_server PORT [--stays]``, started and ended by ``flows.engine``.

Prefect's own ephemeral server shares the terminal's process group, so that Ctrl-C ends it before the flow has said its last word,
and it outlives a killed night. This one stands in a session of its own and ends with its parent.
"""

from __future__ import annotations

import sys

from flows.processes import end_with_parent

STAYS = "--stays"
"""Not for one night only: with Prefect's scheduler, its watch over late runs, its clearing out of old ones, and its page."""


def main(port: int, stays: bool) -> None:
    """Serve on loopback until told to stop."""
    end_with_parent()
    import uvicorn
    from prefect.server.api.server import create_app

    uvicorn.run(create_app(ephemeral=not stays), host="127.0.0.1", port=port, log_level="error", lifespan="on")


if __name__ == "__main__":
    main(int(sys.argv[1]), STAYS in sys.argv[2:])
