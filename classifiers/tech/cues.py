"""The words around a name that decide on it, as regular expressions made from ``classifiers/data/tech/cues.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from classifiers.tech.lexicon import data_folder
from pipeline.folding import fold

_REACH_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Cues:
    """Compiled lists; ``*_before`` are searched in the text before a name, ``*_after`` matched at its end."""

    backed_before: re.Pattern[str]
    backed_after: re.Pattern[str]
    direct_before: re.Pattern[str]
    suite: re.Pattern[str]
    negated_before: re.Pattern[str]
    not_needed_after: re.Pattern[str]
    preferred: re.Pattern[str]
    required: re.Pattern[str]
    self_description: re.Pattern[str]
    employers: re.Pattern[str]
    asked: re.Pattern[str]
    used: re.Pattern[str]
    certificate_before: re.Pattern[str]
    certificate_after: re.Pattern[str]
    own_product_before: re.Pattern[str]


@cache
def cues() -> Cues:
    """The cues, compiled once."""
    data = tomllib.loads((data_folder() / "cues.toml").read_text(encoding="utf-8"))
    backing, certificate, itself = data["backing"], data["certificate"], data["self_description"]
    negation, need = data["negation"], data["need"]
    return Cues(
        backed_before=re.compile(rf"{_any(backing['before'])}[^.\n;]{{0,{backing['before_characters']}}}$"),
        backed_after=re.compile(
            rf"[\s,/&]*(?:(?:and |or )?{_any(backing['office'])})|\s*(?:{_any(backing['after'])}|(?:\d|\()\b)",
        ),
        direct_before=re.compile(rf"{_any(backing['direct'])}\s+(?:the |either |e\.g\. )?$"),
        suite=re.compile(_any(backing["suite"])),
        negated_before=re.compile(rf"{_any(negation['before'])}\s*(?:an? |the |any )?$"),
        not_needed_after=re.compile(rf"[^.\n;]{{0,30}}{_any(negation['except_after'])}"),
        preferred=re.compile(_any(need["preferred"])),
        required=re.compile(_any(need["required"])),
        self_description=re.compile(_any(itself["before"])),
        employers=re.compile(rf"{_any(itself['employers'])}[^.\n]*$"),
        asked=re.compile(_any(itself["asked"])),
        used=re.compile(_any(itself["used"])),
        certificate_before=re.compile(rf"{_any(certificate['before'])}[^.\n]{{0,{_REACH_CHARACTERS}}}$"),
        certificate_after=re.compile(rf"\s*{_any(certificate['after'])}"),
        own_product_before=re.compile(rf"{_any(data['own_product']['before'])}\s*$"),
    )


def _any(phrases: Iterable[str]) -> str:
    """One alternation of phrases as whole words; the longest first."""
    return f"(?:{'|'.join(_word(fold(p).text) for p in sorted(phrases, key=len, reverse=True))})"


def _word(phrase: str) -> str:
    body = re.escape(phrase.removesuffix("*")) + (r"\w*" if phrase.endswith("*") else "")
    first = r"\b" if phrase[0].isalnum() else ""
    last = r"\b" if phrase[-1].isalnum() or phrase.endswith("*") else ""
    return first + body + last
