"""The named features as one row of numbers for the posting model."""

from __future__ import annotations

import math
from typing import Final

from classifiers.remote.features import Witnesses
from classifiers.remote.rules import (
    FIRST_POINTS,
    FULL_WEEK,
    HYBRID_POINTS,
    ONSITE_POINTS,
    REMOTE_POINTS,
    arrangement_of,
    class_of,
    points,
)
from pipeline.vocabulary import Arrangement, RemoteClass

_GROUPS: Final = {
    "place_remote": ("location_full", "location_mention", "location_first"),
    "place_hybrid": ("location_part",),
    "place_office": ("location_office", "title_office"),
    "title_remote": ("title_full", "title_mention", "title_first"),
    "title_hybrid": ("title_part",),
    "field_remote": ("field_remote",),
    "field_hybrid": ("field_hybrid",),
    "field_onsite": ("field_onsite",),
    "field_places": ("field_places",),
    "field_not_remote": ("field_not_remote",),
    "full_role": ("text_full_role",),
    "full_label": ("text_full_label",),
    "full_company": ("text_full_company",),
    "full_plain": ("text_full_plain",),
    "full_some": ("text_full_some", "text_mention_some"),
    "mention_role": ("text_mention_role",),
    "mention_label": ("text_mention_label",),
    "mention_company": ("text_mention_company",),
    "mention_plain": ("text_mention_plain",),
    "part_role": ("text_part_role",),
    "part_label": ("text_part_label",),
    "part_company": ("text_part_company",),
    "part_plain": ("text_part_plain",),
    "part_some": ("text_part_some",),
    "office_role": ("text_office_role",),
    "office_label": ("text_office_label",),
    "office_company": ("text_office_company",),
    "office_plain": ("text_office_plain", "text_office_some"),
    "occasional_office": ("text_occasional_office",),
    "refused": ("text_refused",),
    "first_company": ("text_first_company", "location_first"),
    "first_other": ("text_first_role", "text_first_label", "text_first_plain", "text_first_some"),
    "spread": ("text_spread",),
    "async": ("text_async",),
    "pay": ("text_pay",),
    "benefit": ("text_benefit",),
    "gathering": ("text_gathering",),
    "perk": ("text_perk",),
    "temporary": ("text_temporary",),
    "experience": ("text_experience", "text_others"),
}
_RULES: Final = tuple(f"rules_{name.value}" for name in (*Arrangement, *RemoteClass))
NAMES: Final = (
    *_GROUPS, "points_remote", "points_hybrid", "points_onsite", "points_first", "days_part", "days_full", "has_place", "silent", *_RULES,
)  # fmt: skip


def row_of(seen: Witnesses) -> tuple[float, ...]:
    """One number a name of ``NAMES``, each about 0 to 2."""
    arrangement = arrangement_of(seen)
    chosen = (arrangement, class_of(seen, arrangement))
    days = seen.days is not None and (seen.days.office is None or seen.days.office < FULL_WEEK)
    tables = (REMOTE_POINTS, HYBRID_POINTS, ONSITE_POINTS, FIRST_POINTS)
    return (
        *(math.log2(1 + min(3, sum(seen.count(name) for name in names))) for names in _GROUPS.values()),
        *(math.log2(1 + points(seen, table)) / 2 for table in tables),
        float(days),
        float(seen.days is not None and not days),
        float(seen.has_place),
        float(not seen.windows and not seen.fields),
        *(float(name in chosen) for name in (*Arrangement, *RemoteClass)),
    )
