"""The type of employment: the platform's own field first, then the title."""

from __future__ import annotations

from classifiers.reading import Reading
from classifiers.role.rules import employment_phrases, words_of
from pipeline.labels import Evidence
from pipeline.vocabulary import EmploymentType


def employment_type(reading: Reading) -> tuple[EmploymentType | None, Evidence | None]:
    """The type and the words of the title that tell it; a platform's field has no evidence of ours."""
    field = reading.posting.employment_type_text
    if field:
        words = words_of(field.replace("_", " "))
        for phrase, kind in employment_phrases():
            if phrase in words:
                return kind, None
    words = words_of(reading.title.text)
    for phrase, kind in employment_phrases():
        if phrase in words:
            at = reading.title.folded.text.find(phrase.strip())
            return kind, reading.title.evidence(at, at + len(phrase.strip()), "employment_type") if at >= 0 else None
    return None, None
