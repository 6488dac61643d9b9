"""``rolecall`` and ``python -m rolecall``."""

from __future__ import annotations

from rolecall.cli.root import root


def main() -> None:
    """Run the command line and leave with its exit code."""
    root.main()


if __name__ == "__main__":
    main()
