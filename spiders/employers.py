"""Hosts of platforms that give every employer a host of its own."""

from __future__ import annotations

from urllib.parse import quote


def employer_host(board: str, domain: str) -> str:
    """The host of a board: ``acme`` is ``acme.<domain>``; a board with a dot is the employer's own host and stands for itself.

    Args:
        board: name of the board as configured.
        domain: the platform's domain.
    """
    name = quote(board.strip().lower(), safe=":")
    return name if "." in name else f"{name}.{domain}"
