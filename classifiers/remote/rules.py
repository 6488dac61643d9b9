"""The verdict by rules: arrangement from who says what of this role, class from the arrangement and the remote-first signals."""

from __future__ import annotations

from classifiers.remote.features import Witnesses
from pipeline.vocabulary import Arrangement, RemoteClass

FULL_WEEK = 5.0
REMOTE_POINTS = {
    "location_full": 4, "location_mention": 4, "location_first": 5, "title_full": 4, "title_mention": 3, "title_first": 4, "field_remote": 3, "field_places": 3,
    "text_full_role": 3, "text_full_label": 4, "text_full_company": 2, "text_full_plain": 2, "text_full_some": 1, "text_mention_label": 1.5, "text_mention_role": 1, "text_mention_plain": 1,
    "text_mention_company": 1, "text_first_role": 2, "text_first_label": 3, "text_first_company": 2, "text_first_plain": 1, "text_async": 0.5,
}  # fmt: skip
HYBRID_POINTS = {
    "location_part": 6, "title_part": 5, "field_hybrid": 4, "text_part_role": 4, "text_part_label": 4, "text_part_company": 3, "text_part_plain": 3, "text_part_some": 2, "text_mention_some": 1,
    "text_mention_company": 0.5, "text_mention_plain": 0.5, "text_mention_label": 0.5, "text_perk": 0.5,
}  # fmt: skip
ONSITE_POINTS = {
    "location_office": 5, "title_office": 4, "field_onsite": 4, "text_office_role": 1.5, "text_office_label": 3, "text_office_company": 1, "text_office_plain": 1, "text_refused": 3, "text_office_some": 0.5,
}  # fmt: skip
FIRST_POINTS = {
    "text_first_role": 2, "text_first_label": 2, "text_first_company": 3, "text_first_plain": 1.5, "location_first": 3, "title_first": 3, "text_async": 2, "text_pay": 2, "text_benefit": 1.5, "text_gathering": 1.5,
}  # fmt: skip
_FIRST_ENOUGH = 1.5
_STATED = 1.5


def points(seen: Witnesses, table: dict[str, float]) -> float:
    """Points of the features that were seen: of each place the strongest, and a quarter for every other one."""
    by_place: dict[str, list[float]] = {}
    for name, worth in table.items():
        if seen.has(name):
            by_place.setdefault(name.partition("_")[0], []).append(worth * (1 + 0.25 * (seen.count(name) - 1)))
    return sum(max(found) + 0.25 * (sum(found) - max(found)) for found in by_place.values())


def arrangement_of(seen: Witnesses) -> Arrangement:
    """Where the work is done, by points and office days."""
    remote, hybrid, onsite = points(seen, REMOTE_POINTS), points(seen, HYBRID_POINTS), points(seen, ONSITE_POINTS)
    if seen.days is not None and (seen.days.office is None or seen.days.office < FULL_WEEK):
        hybrid += 8
    elif seen.days is not None:
        onsite += 4
    if max(remote, hybrid, onsite) < _STATED:
        return Arrangement.UNSTATED
    if remote >= hybrid and remote >= onsite:
        return Arrangement.REMOTE
    return Arrangement.HYBRID if hybrid >= onsite else Arrangement.ONSITE


def class_of(seen: Witnesses, arrangement: Arrangement) -> RemoteClass:
    """The class that goes with an arrangement and the signals seen."""
    if arrangement is Arrangement.REMOTE:
        return RemoteClass.REMOTE_FIRST if points(seen, FIRST_POINTS) >= _FIRST_ENOUGH else RemoteClass.REMOTE_FRIENDLY
    if arrangement is Arrangement.HYBRID:
        return RemoteClass.REMOTE_FRIENDLY
    if arrangement is Arrangement.UNSTATED and seen.has("text_benefit"):
        return RemoteClass.REMOTE_FRIENDLY
    return RemoteClass.ON_SITE
