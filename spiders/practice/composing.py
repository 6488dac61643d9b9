"""One posting, written piece by piece; its labels follow from the pieces that were taken."""

from __future__ import annotations

import html
import random
from dataclasses import dataclass
from typing import Any

from spiders.practice.companies import COUNTRY_NAMES, SHORT_COUNTRY, Company, data
from spiders.practice.drawing import drawer, fill, weighted
from spiders.practice.money import Pay, draw_pay

FAMILIES = {
    "data-science": 14, "ml-engineering": 18, "data-engineering": 16, "data-analysis": 10, "software": 20, "infrastructure": 8,
    "security": 4, "product": 4, "design": 2, "business": 4,
}  # fmt: skip
LEVELS = {
    "mid": 22, "senior": 30, "unstated": 14, "junior": 8, "staff": 8, "lead": 8, "intern": 2, "manager": 3, "director": 4,
}  # fmt: skip
_LEVEL_WORDS = {
    "mid": ["{t}", "{t}", "{t}", "{t} II"],
    "senior": ["Senior {t}", "Sr. {t}", "{t} III", "{t}"],
    "junior": ["Junior {t}", "Entry Level {t}", "Associate {t}"],
    "staff": ["Staff {t}", "Principal {t}"],
    "lead": ["Lead {t}"],
    "intern": ["{t} Intern"],
    "manager": ["Team Manager, {field}", "Manager of {field}"],
    "director": ["Director of {field}", "Head of {field}", "VP of {field}"],
    "unstated": ["{t}"],
}  # fmt: skip
_YEARS = {
    "mid": (2, 4),
    "senior": (5, 8),
    "junior": (1, 1),
    "staff": (8, 10),
    "lead": (6, 8),
    "manager": (6, 9),
    "director": (9, 12),
}
"""Years of experience that a level asks for: the text's years decide where the title holds no word for it."""
_POLICIES = {
    "first": {
        "first_says": 40, "first_async": 15, "first_benefits": 15, "first_pay": 10, "friendly_bare": 15, "friendly_hybrid": 5,
    },
    "mixed": {
        "friendly_bare": 25, "friendly_hybrid": 25, "friendly_choice": 15, "onsite_silent": 15, "onsite_stated": 10,
        "first_benefits": 5, "onsite_negated": 5, "friendly_monthly": 5, "friendly_benefit": 4, "onsite_evident": 3,
    },
    "hybrid": {
        "friendly_hybrid": 45, "friendly_despite": 10, "friendly_choice": 10, "onsite_stated": 15, "onsite_silent": 15,
        "friendly_monthly": 6, "friendly_benefit": 4,
    },
    "feed": {"first_says": 30, "first_async": 15, "first_benefits": 15, "first_pay": 10, "friendly_bare": 30},
    "office": {
        "onsite_stated": 40, "onsite_silent": 30, "onsite_negated": 15, "onsite_perk": 15, "onsite_evident": 12,
        "friendly_benefit": 3,
    },
}  # fmt: skip
_EQUITY_SHARE = 0.2
_FOREIGN_POLICIES = {"hybrid": 45, "full": 15, "first": 10, "onsite": 30}


@dataclass(frozen=True, slots=True)
class Written:
    """A posting as an employer would have written it, and what it says."""

    title: str
    location: str
    html: str
    pay: Pay
    department: str
    remote: dict[str, Any]
    """remote_class, arrangement, office_days, remote_scope, evidence."""
    stack: tuple[str, ...]
    equity: bool
    level: str
    role_family: str
    language: str


def compose(company: Company, slot: str, seed: int, version: int) -> Written:
    """Write the posting of a slot; a later version differs in what employers change: pay, title or text."""
    draw = drawer(seed, company.name, slot)
    family = weighted(draw, FAMILIES)
    role = data("roles")[family]
    level = weighted(draw, LEVELS)
    title, is_said = _title(draw, role, level)
    if not is_said and company.language != "en":
        level = "unstated"  # the texts in other languages name no years
    stack = tuple(draw.sample(role["tech"], min(len(role["tech"]), draw.randint(3, 8))))
    values = _values(company, title, level, draw)
    pay = draw_pay(draw, company.country, level)
    if version and version % 2:
        pay = draw_pay(drawer(seed, company.name, slot, "pay", version), company.country, level)
    if company.language != "en" and (not pay.bands or pay.bands[0]["currency"] != "EUR"):
        pay = Pay("", ())  # those texts state pay in euros or not at all
    write = _write_english if company.language == "en" else _write_foreign
    remote, location, blocks = write(draw, company, values, role, stack, pay)
    if version and not version % 2:
        blocks.append(("p", [f"This posting was revised; the position on {values['team']} is still open."]))
    has_equity = company.language == "en" and draw.random() < _EQUITY_SHARE
    if has_equity:
        blocks.append(("p", [draw.choice(data("texts")["equity"])]))
    markup = _markup(blocks, draw.randrange(4))
    if slot.endswith("7x"):
        title = f'=HYPERLINK("http://evil.example") {title}'
    return Written(
        title, location, markup, pay, values["team"].removeprefix("the ").title(), remote, stack, has_equity, level, family,
        company.language,
    )  # fmt: skip


def _title(draw: random.Random, role: dict[str, Any], level: str) -> tuple[str, bool]:
    """A title with its level's words before any comma ("Software Engineer III, Payments"), and whether there are such words."""
    name, comma, rest = draw.choice(role["titles"]).partition(",")
    words = draw.choice(_LEVEL_WORDS[level])
    title = fill(words, {"t": name, "field": role["field"]})
    return (title + comma + rest if "{t}" in words else title), words != "{t}"


def _values(company: Company, title: str, level: str, draw: random.Random) -> dict[str, Any]:
    days = draw.randint(1, 4)
    years = draw.randint(*_YEARS[level]) if level in _YEARS else 0
    return {
        "name": company.name,
        "does": company.does,
        "title": title,
        "city": company.city,
        "n": draw.randint(3, 9),
        "d": days,
        "home_days": _counted(5 - days, "day", "days"),
        "share": 20 * days,
        "d_days": _counted(days, "day", "days"),
        "d_tage": _counted(days, "Tag", "Tage"),
        "d_tagen": _counted(days, "Tag", "Tagen"),
        "d_jours": _counted(days, "jour", "jours"),
        "d_dias": _counted(days, "día", "días"),
        "country": SHORT_COUNTRY.get(company.country, COUNTRY_NAMES[company.country].removeprefix("the ")),
        "country_name": COUNTRY_NAMES[company.country],
        "team": draw.choice(data("texts")["teams"]),
        "host": company.host,
        "y": years,
        "years": _counted(years, "year", "years") if years else "",
    }


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


Blocks = list[tuple[str, list[str]]]
"""Kind (``p``, ``h`` or ``ul``) and its lines."""


def _write_english(
    draw: random.Random, company: Company, values: dict[str, Any], role: dict[str, Any], stack: tuple[str, ...], pay: Pay
) -> tuple[dict[str, Any], str, Blocks]:
    texts = data("texts")
    plan = texts["remote"][weighted(draw, _POLICIES["feed" if company.platform == "remoteok" else company.policy])]
    sentence = fill(draw.choice(plan["texts"]), values)
    location = fill(draw.choice(plan["locations"]), values)
    blocks: Blocks = [("p", [fill(draw.choice(texts["openings"]), values)])]
    early = draw.random() < 0.4
    if sentence and early:
        blocks.append(("p", [sentence]))
    blocks.append(("h", [draw.choice(texts["about_role"])]))
    blocks.append(
        ("ul", [fill(item, values) for item in draw.sample(role["duties"], min(len(role["duties"]), draw.randint(3, 5)))])
    )
    if draw.random() < 0.25:
        blocks.append(("p", [draw.choice(texts["traps"])]))
    blocks += _requirements(draw, texts, stack, values)
    if sentence and not early:
        blocks.append(("p", [sentence]))
    blocks += _offer(draw, texts, values, pay)
    return _remote(plan, values, sentence, _scope(company, plan, sentence, location)), location, blocks


def _requirements(draw: random.Random, texts: dict[str, Any], stack: tuple[str, ...], values: dict[str, Any]) -> Blocks:
    wanted = list(stack)
    lines: list[str] = []
    while len(wanted) > 1 and len(lines) < 3:
        lines.append(fill(draw.choice(texts["needs"]), {"a": wanted.pop(0), "b": wanted.pop(0)}))
    more = [fill(draw.choice(texts["plus"]), {"a": name}) for name in wanted[:2]]
    lines += [fill(draw.choice(texts["single_needs"]), {"a": name}) for name in wanted[2:]]
    years = [fill(draw.choice(texts["years"]), values)] if values["years"] else []
    lines += [*years, *draw.sample(texts["traits"], 2)]
    blocks: Blocks = [("h", [draw.choice(texts["about_you"])]), ("ul", lines)]
    return blocks + ([("h", [draw.choice(texts["about_plus"])]), ("ul", more)] if more else [])


def _offer(draw: random.Random, texts: dict[str, Any], values: dict[str, Any], pay: Pay) -> Blocks:
    blocks: Blocks = []
    if pay.text:
        blocks += [("p", [line]) for line in pay.text.split("\n")]
    benefits = draw.sample(texts["benefits"], draw.randint(2, 5))
    blocks += [("h", [draw.choice(texts["about_offer"])]), ("ul", benefits)]
    if draw.random() < 0.5:
        blocks.append(("p", [fill(draw.choice(texts["legal"]), values)]))
    if draw.random() < 0.05:
        blocks.append(("p", [fill(draw.choice(texts["personal"]), values)]))
    if draw.random() < 0.02:
        blocks.append(("raw", [draw.choice(texts["hostile"])]))
    return blocks


def _write_foreign(
    draw: random.Random, company: Company, values: dict[str, Any], role: dict[str, Any], stack: tuple[str, ...], pay: Pay
) -> tuple[dict[str, Any], str, Blocks]:
    texts = data("texts")[company.language]
    plan = texts["remote"][weighted(draw, _FOREIGN_POLICIES)]
    sentence = fill(draw.choice(plan["texts"]), values)
    duties, profile, offer = texts["headings"]
    wanted = list(stack)
    lines: list[str] = []
    while len(wanted) > 1:
        lines.append(fill(draw.choice(texts["needs"]), {"a": wanted.pop(0), "b": wanted.pop(0)}))
    lines += wanted
    blocks: Blocks = [
        ("p", [fill(draw.choice(texts["opening"]), values)]),
        ("h", [duties]),
        ("ul", draw.sample(texts["duties"], 3)),
        ("h", [profile]),
        ("ul", lines),
        ("p", [sentence]),
    ]
    if pay.text:
        blocks.append(("p", [pay.text]))
    blocks += [("h", [offer]), ("ul", draw.sample(texts["benefits"], 3))]
    return _remote(plan, values, sentence, plan.get("scope")), company.city, blocks


def _scope(company: Company, plan: dict[str, Any], sentence: str, location: str) -> list[str] | None:
    """Where a remote worker may live, as far as the sentence or the location names it; the sentence goes before the location."""
    if plan["arrangement"] != "remote":
        return None
    names = (COUNTRY_NAMES[company.country], SHORT_COUNTRY.get(company.country, COUNTRY_NAMES[company.country]))
    if any(name.removeprefix("the ") in f"{sentence} {location}" for name in names):
        return [company.country]
    return ["worldwide"] if location == "Anywhere" else None


def _remote(plan: dict[str, Any], values: dict[str, Any], sentence: str, scope: list[str] | None) -> dict[str, Any]:
    return {
        "remote_class": plan["class"],
        "arrangement": plan["arrangement"],
        "office_days": plan.get("office_days", values["d"]) if plan["arrangement"] == "hybrid" else None,
        "remote_scope": scope,
        "evidence": [sentence] if sentence else [],
    }


def _markup(blocks: Blocks, habit: int) -> str:
    """HTML in one of four habits: clean, with divisions and line breaks, with bold headings, with spans around every word's end."""
    parts = []
    for kind, lines in blocks:
        escaped = [line if kind == "raw" else html.escape(line, quote=False) for line in lines]
        if kind == "raw":
            parts += escaped
        elif kind == "h":
            parts += [f"<h3>{line}</h3>" if habit in (0, 3) else f"<p><strong>{line}</strong></p>" for line in escaped]
        elif kind == "ul" and habit == 1:
            parts.append("<div>" + "<br>".join(f"• {line}" for line in escaped) + "</div>")
        elif kind == "ul":
            inner = "<p>{}</p>" if habit == 2 else "{}"
            parts.append("<ul>" + "".join(f"<li>{inner.format(line)}</li>" for line in escaped) + "</ul>")
        elif habit == 1:
            parts += [f"<div>{line}</div><div><br></div>" for line in escaped]
        elif habit == 3:
            parts += [_in_spans(line) for line in escaped]
        else:
            parts += [f"<p>{line}</p>" for line in escaped]
    return "\n".join(parts)


def _in_spans(line: str) -> str:
    half = len(line) // 2
    return f'<p><span style="font-weight: 400;">{line[:half]}</span><span>{line[half:]}</span></p>'
