"""A posting's page without schema.org data: title, facts and text by the page's structure, and how much speaks for a posting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup, Tag

from pipeline.page_labels import fact_of, is_employment, is_place, is_workplace, label_and_value
from spiders.careers_words import careers_words
from spiders.page_facts import drop_people, facts_in, lines_after
from spiders.page_parts import drop_surroundings, folded, main_text, meta, plain_markup, words_of

_SHORTEST_TITLE, _LONGEST_TITLE = 3, 200
_MOST_SAME = 3
"""Facts and headings of one kind that count as evidence."""


@dataclass(frozen=True, slots=True)
class PageStructure:
    """What the structure of a page says."""

    facts: dict[str, Any]
    """``title``, ``site``, ``language``, ``summary``, ``published``, ``fields``, ``lead`` and ``html``; blank ones are left out."""
    points: int
    """Evidence that it is a posting, as ``careers.toml`` weighs it."""
    text: str
    """The words of the page, for phrases in it."""

    @property
    def is_bare(self) -> bool:
        """Whether the page shows next to nothing to a reader without scripts."""
        return len(self.text) < careers_words().evidence.least_text

    @property
    def is_posting(self) -> bool:
        """Whether enough speaks for it; of a page that shows nothing, whether its summary holds a text and something led to it."""
        weigh = careers_words().evidence
        if not self.facts.get("title"):
            return False
        if self.is_bare:
            return len(self.facts.get("summary", "")) >= weigh.least_text and self.points >= min(weigh.address, weigh.row)
        return self.points >= weigh.needed


def read_structure(soup: BeautifulSoup, *, row_title: str = "", is_posting_address: bool = False) -> PageStructure:
    """The structure of a page. The soup is taken apart.

    Args:
        soup: the page.
        row_title: what the list that led here called the job.
        is_posting_address: whether the page's address looks like a posting's.
    """
    has_apply = _has_apply(soup)
    titles = _titles(soup, row_title)
    page = {
        "site": meta(soup, "og:site_name"),
        "language": str(soup.html.get("lang") or "") if soup.html else "",
        "summary": meta(soup, "og:description", "description"),
        "published": meta(soup, "article:published_time") or _time_of(soup),
    }
    body = drop_surroundings(soup)
    drop_people(body)
    title = _best(titles, page["site"])
    page |= {"title": title}
    fields = facts_in(body)
    known = {words for one in fields for words in one.values()}
    behind = lines_after(title, body) if title else []
    lead = [line for line in behind if line not in known and not fact_of(line) and label_and_value(line) is None]
    text = words_of(body, 20_000)
    weigh = careers_words().evidence
    points = (
        weigh.address * is_posting_address
        + weigh.row * bool(row_title)
        + weigh.fact * min(_MOST_SAME, len({fact_of(one["label"]) for one in fields}) + sum(map(_speaks, lead)))
        + weigh.section * min(_MOST_SAME, sum(_is_section(heading) for heading in _headings(body)))
        + weigh.apply * has_apply
    )
    facts: dict[str, Any] = {**page, "fields": fields, "lead": lead, "html": plain_markup(main_text(body))}
    said = {key: value for key, value in facts.items() if value}
    return PageStructure(said, points, text)


def says_gone(text: str) -> bool:
    """Whether a page of few words says that its posting is no more."""
    words = careers_words()
    if len(text) > words.longest_gone_text:
        return False
    plain = folded_text(text)
    return any(phrase in plain for phrase in words.gone_phrases)


def says_empty(soup: BeautifulSoup) -> bool:
    """Whether a list says in words that nothing is open."""
    plain = folded_text(words_of(soup, 20_000))
    return any(phrase in plain for phrase in careers_words().empty_phrases)


def folded_text(text: str) -> str:
    return " ".join(folded(text[at : at + 300]) for at in range(0, len(text), 300))


def _titles(soup: BeautifulSoup, row_title: str) -> list[str]:
    """Texts that may be the title, the likeliest first."""
    headings = [words_of(one, 300) for one in soup.find_all("h1") if one.find_parent("a") is None]
    below = [words_of(one, 300) for one in soup.find_all(["h2", "h3"])[:8] if one.find_parent(["nav", "footer"]) is None]
    subheadings = [one for one in below if not folded(one).startswith(careers_words().section_words)]
    tag = words_of(soup.title, 300) if soup.title else ""
    site = folded(meta(soup, "og:site_name"))
    shown = _without_site(meta(soup, "og:title", "twitter:title"), site)
    return [*headings, shown, row_title, *subheadings, _without_site(tag, site or folded(tag)), tag]


def _best(titles: list[str], site: str) -> str:
    """The title that most of the page agrees on; of several the likeliest."""
    generic = careers_words().generic_titles | {folded(site)}
    fit = [text for text in titles if _SHORTEST_TITLE <= len(text) <= _LONGEST_TITLE and folded(text) not in generic]
    said = [folded(text) for text in titles]
    return max(fit, key=lambda text: said.count(folded(text)) + said[-1].startswith(f"{folded(text)} "), default="")


def _without_site(text: str, site: str) -> str:
    """The beginning of "Baker - Osprey" and its like, where the end names the site."""
    for separator in careers_words().separators:
        head, found, tail = text.rpartition(separator)
        if found and site and folded(tail) in site:
            return head.strip()
    return text


def _speaks(line: str) -> bool:
    return is_place(line) or is_employment(line) or is_workplace(line)


def _has_apply(soup: BeautifulSoup) -> bool:
    words = careers_words().apply_words
    pressed = soup.find_all(["a", "button", "input"])
    return any(folded(str(one.get("value") or "") or words_of(one, 80)) in words for one in pressed)


def _time_of(soup: BeautifulSoup) -> str:
    found = soup.find("time", datetime=True)
    return str(found["datetime"]).strip() if found else ""


def _headings(body: Tag) -> Iterator[str]:
    for heading in body.find_all(["h2", "h3", "h4", "h5", "strong", "b"]):
        if 2 < len(words := words_of(heading, 100)) < 100:
            yield folded(words)


def _is_section(heading: str) -> bool:
    return any(word in heading for word in careers_words().section_words)
