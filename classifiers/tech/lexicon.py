"""The reviewed lexicon: which written forms name which technology, and how far each form can be trusted.

``classifiers/data/tech/technologies.tsv``, one technology a row:

========  ==============================================================================================
name      canonical name, unique
category  a member of ``pipeline.vocabulary.TechCategory``
family    ``languages``, ``ml``, ``cloud-mlops`` or empty
parent    canonical name of the whole that this is a part of (Amazon S3 -> AWS), or empty
strong    forms that stand for the technology alone and in any case, joined with ``|``
exact     forms that stand alone where they are written exactly so (``SAS``, ``IIS``)
brand     names of companies too, but no ordinary words (``Stripe``): a little context is enough
weak      forms that are ordinary words or names too: written so, and backed by what stands around them
source    where the name was found: ``linguist``, ``devicon``, ``simple-icons`` or ``rolecall`` (see NOTICE)
========  ==============================================================================================

A name that is in none of the four lists counts only in the longer forms that are (phrase-only: ``Foundation``).
``concepts.tsv`` holds fields of work, ``blocked.tsv`` phrases that hold a technology's name and do not mean it.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from classifiers.matching import Term
from classifiers.tech import zones
from classifiers.tech.model import model_file
from pipeline.config import TechnologyConfig
from pipeline.folding import fold
from pipeline.vocabulary import TechCategory

LEXICON = "tech"
CONCEPT = "concept:"
BLOCKED = "blocked:"
_FAMILIES = {
    TechCategory.LANGUAGE: "languages",
    TechCategory.ML: "ml",
    TechCategory.CLOUD_SERVICE: "cloud-mlops",
    TechCategory.INFRASTRUCTURE: "cloud-mlops",
}


class Strength(StrEnum):
    """How far a written form can be trusted."""

    STRONG = "strong"
    EXACT = "exact"
    BRAND = "brand"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Entry:
    """A technology: one row of the lexicon."""

    name: str
    category: TechCategory
    family: str | None
    parent: str | None
    strong: tuple[str, ...]
    exact: tuple[str, ...]
    brand: tuple[str, ...]
    weak: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Form:
    """A folded form: its strength, and the spellings it must have where its case counts."""

    name: str
    strength: Strength
    spellings: frozenset[str]


def data_folder() -> Traversable:
    """Where the lexicon's files lie."""
    return files("classifiers") / "data" / "tech"


def _rows(name: str) -> Iterator[dict[str, str]]:
    lines = (data_folder() / name).read_text(encoding="utf-8").splitlines()
    yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(form for form in cell.split("|") if form)


@cache
def entries() -> Mapping[str, Entry]:
    """Every technology, by canonical name."""
    return {
        row["name"]: Entry(
            row["name"],
            TechCategory(row["category"]),
            row["family"] or None,
            row["parent"] or None,
            _listed(row["strong"]),
            _listed(row["exact"]),
            _listed(row["brand"]),
            _listed(row["weak"]),
            row["source"],
        )
        for row in _rows("technologies.tsv")
    }


@cache
def forms() -> Mapping[str, Form]:
    """Every form of every technology, by its folded pattern; a pattern stands for one technology only."""
    found: dict[str, Form] = {}
    for entry in entries().values():
        listed = (
            (Strength.WEAK, entry.weak),
            (Strength.BRAND, entry.brand),
            (Strength.EXACT, entry.exact),
            (Strength.STRONG, entry.strong),
        )
        for strength, spellings in listed:
            for spelling in spellings:
                pattern = pattern_of(spelling)
                known = found.get(pattern)
                kept = known.spellings if known else frozenset()
                found[pattern] = Form(entry.name, known.strength if known else strength, kept | {spelling})
    return found


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What one run knows: the packaged technologies and the user's own."""

    entries: Mapping[str, Entry]
    forms: Mapping[str, Form]


@cache
def lexicon(extra: tuple[TechnologyConfig, ...] = ()) -> Lexicon:
    """The packaged lexicon with the user's technologies added; theirs win where a form is in both."""
    known, found = dict(entries()), dict(forms())
    for own in extra:
        spellings = (own.name, *own.aliases)
        strength = Strength(own.strength)
        if own.name not in known:
            family = _FAMILIES.get(own.category)
            listed = {kind.value: spellings if kind is strength else () for kind in Strength}
            known[own.name] = Entry(own.name, own.category, family, own.parent, **listed, source="configuration")
        for spelling in spellings:
            pattern = pattern_of(spelling)
            before = found.get(pattern)
            kept = before.spellings if before is not None and before.name == own.name else frozenset()
            found[pattern] = Form(own.name, strength, kept | {spelling})
    return Lexicon(known, found)


def pattern_of(spelling: str) -> str:
    """The folded form under which the matcher finds a spelling."""
    return fold(spelling).text.strip()


def concepts() -> Mapping[str, tuple[str, ...]]:
    """Fields of work by name, each with its forms."""
    return {row["name"]: _listed(row["forms"]) for row in _rows("concepts.tsv")}


def blocked() -> Mapping[str, str]:
    """Phrases that hold a technology's name and do not mean it, each with its reason."""
    return {row["phrase"]: row["reason"] for row in _rows("blocked.tsv")}


@cache
def terms(extra: tuple[TechnologyConfig, ...] = ()) -> tuple[Term, ...]:
    """What the shared matching pass looks for on behalf of this room; ``extra`` are the user's own technologies."""
    found = {pattern: Term(LEXICON, pattern, form.name) for pattern, form in forms().items()}
    for name, spellings in concepts().items():
        for spelling in spellings:
            found.setdefault(pattern_of(spelling), Term(LEXICON, pattern_of(spelling), CONCEPT + name))
    for phrase in blocked():
        found[pattern_of(phrase)] = Term(LEXICON, pattern_of(phrase), BLOCKED + phrase)
    own = {pattern_of(spelling) for entry in extra for spelling in (entry.name, *entry.aliases)}
    found |= {pattern: Term(LEXICON, pattern, lexicon(extra).forms[pattern].name) for pattern in own}
    return (*found.values(), *zones.terms())


@cache
def version(extra: tuple[TechnologyConfig, ...] = ()) -> str:
    """``tech-`` and eight hexadecimal digits of everything that decides."""
    digest = hashlib.sha256()
    for file in sorted(data_folder().iterdir(), key=lambda f: f.name):
        if file.is_file():
            digest.update(file.read_bytes())
    digest.update(model_file().read_bytes())
    digest.update(repr(extra).encode() if extra else b"")
    return f"tech-{digest.hexdigest()[:8]}"
