"""Where in a list an address stands."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit


def number_in(address: str, key: str, otherwise: int) -> int:
    """The number that an address carries in its query: the page, or how many items come before it.

    Args:
        address: as it was asked.
        key: name of the number in the query.
        otherwise: what an address without it stands for.
    """
    value = parse_qs(urlsplit(address).query).get(key, [""])[0]
    return int(value) if value.isdecimal() and len(value) < 10 else otherwise
