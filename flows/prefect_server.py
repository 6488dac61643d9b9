"""A Prefect server for one night: ``python -m flows.prefect_server PORT``, started and ended by ``flows.engine``.

Prefect's own ephemeral server shares the terminal's process group, so that Ctrl-C ends it before the flow has said its last word,
and it outlives a killed night. This one stands in a session of its own and ends with its parent.
"""

from __future__ import annotations

import ctypes
import signal
import sys

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def main(port: int) -> None:
    """Serve on loopback until told to stop."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    import uvicorn
    from prefect.server.api.server import create_app

    uvicorn.run(create_app(ephemeral=True), host="127.0.0.1", port=port, log_level="error", lifespan="on")


if __name__ == "__main__":
    main(int(sys.argv[1]))
