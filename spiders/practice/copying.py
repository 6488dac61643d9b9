"""A posting as another source carries it: shortened, with words of the source's own, or under a recruiter's name.

Nothing that a label is drawn from is lost: a shortened copy loses duties and benefits only.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace

from pipeline.records import CompanyFacts
from pipeline.text import html_to_text
from spiders.practice.companies import Company, data
from spiders.practice.composing import Written
from spiders.practice.drawing import drawer, fill, weighted


@dataclass(frozen=True, slots=True)
class Copy:
    """What stands on the other source."""

    company: Company
    """As the source names it."""
    written: Written
    tracking: str | None
    """What is added to the address of the employer's page; None where the copy does not lead there."""


def copied(company: Company, written: Written, name: str, seed: int, platform: str) -> Copy:
    """The copy of a job's posting on a feed; the same for every version of it but for what the employer changes."""
    draw = drawer(seed, company.name, name, "copy", platform)
    texts = data("copies")
    kind = weighted(draw, texts["kinds"])
    tracking = draw.choice(texts["tracking"]) if draw.random() < 0.4 else None
    if kind == "shortened":
        return Copy(company, replace(written, html=_shortened(written.html, written.language)), tracking)
    if company.language != "en" or kind == "plain":
        return Copy(company, written, tracking)
    if kind == "added":
        return Copy(
            company,
            replace(written, html=f"{written.html}\n<p>{html.escape(draw.choice(texts['after']), quote=False)}</p>"),
            tracking,
        )
    agency = draw.choice(texts["agencies"])
    first = fill(draw.choice(texts["before"]), {"title": html.escape(written.title, quote=False)})
    # some recruiters forget to take the employer's name out
    body = written.html if draw.random() < 0.4 else _without_name(written.html, company.name, draw.choice(texts["client"]))
    recruiter = replace(company, name=agency, facts=CompanyFacts(agency))
    return Copy(recruiter, replace(written, html=f"<p>{first}</p>\n{body}"), None)


def _shortened(markup: str, language: str) -> str:
    """The markup without duties and benefits."""
    texts = data("texts")
    here = texts if language == "en" else texts[language]
    headings = {*texts["about_role"], *texts["about_offer"]} if language == "en" else {here["headings"][0], here["headings"][2]}
    kept: list[str] = []
    is_listed = False
    for block in markup.split("\n"):
        said = html_to_text(block)
        if is_listed and re.match("<ul>|<div>•", block):
            is_listed = False
            continue
        is_listed = said in headings
        if not is_listed:
            kept.append(block)
    return "\n".join(kept)


def _without_name(markup: str, name: str, instead: str) -> str:
    head, line_break, rest = markup.partition("\n")
    return head.replace(html.escape(name, quote=False), instead) + line_break + rest
