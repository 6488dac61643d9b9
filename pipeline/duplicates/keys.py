"""Keys under which a database finds the postings that may be one job with another, by equality.

A key is a digest, the same on every machine. Bands of text are joined with the title, so that the boilerplate that a company's
postings share fills no bucket. A bucket may fill up all the same (hundreds of drivers of one company): of one key
``CANDIDATES_A_KEY`` sightings are looked at, those of the lowest posting ids, so that the work grows with the postings and not with
their square.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from pipeline.duplicates.names import is_vague
from pipeline.duplicates.places import words as place_words
from pipeline.duplicates.shingles import bands, shingles
from pipeline.duplicates.sighting import Sighting
from pipeline.duplicates.wording import plain_words

CANDIDATES_A_KEY = 48
"""Sightings of one key that are looked at, in order of their posting ids."""
SIGHTINGS_A_JOB = 48
"""Sightings of one job that are looked at: those that stand on their boards first, then by posting id."""
CITIES = 4
"""Places of one posting that get a key."""


def keys(sighting: Sighting, text: str) -> tuple[int, ...]:
    """The keys of a posting: signed numbers of 64 bits, each once, ascending; 2 to 20 of them.

    Args:
        sighting: of the posting.
        text: its description.
    """
    return tuple(sorted({_number(parts) for parts in _parts(sighting, text)}))


def _parts(sighting: Sighting, text: str) -> Iterator[tuple[str, ...]]:
    company = (sighting.company or "").replace(" ", "")
    for address in sighting.addresses:
        yield "address", address
    if company and sighting.requisition:
        yield "requisition", company, sighting.requisition
    if company and not is_vague(sighting.title):
        yield "title", company, sighting.title
        for place in sighting.places[:CITIES]:
            yield "place", company, sighting.title, place_words(place)
    words = plain_words(text)
    if words:
        yield "words", sighting.title, sighting.text_digest
        for number, band in enumerate(bands(shingles(words))):
            yield "band", sighting.title, f"{number}:{band.hex()}"


def _number(parts: tuple[str, ...]) -> int:
    whole = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(whole, digest_size=8).digest(), "big", signed=True)
