"""What a page of the site holds, as a browser would see it, and what is never in one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from lxml import html
from lxml.html import HtmlElement

_LOADING = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src", "audio": "src", "video": "src"}
_NEVER = ("iframe", "object", "embed", "base", "style", "frame", "applet", "img", "audio", "video", "math")
_FORM_PARTS = "//input[not(@type='hidden')]|//select|//textarea"


def links(page: HtmlElement) -> Iterator[str]:
    """Addresses that a reader can follow or a browser loads."""
    for element in page.xpath("//*[@href]|//*[@src]"):
        yield element.get("href") or element.get("src")


def faults(text: str) -> list[str]:
    """What is wrong with a page: ids twice, fields without a label, anything from elsewhere, anything that could run."""
    page = html.document_fromstring(text)
    return [*_structure(page), *_references(page), *_unsafe(page)]


def _structure(page: HtmlElement) -> Iterator[str]:
    yield from (f"id {name} stands {number} times" for name, number in Counter(page.xpath("//@id")).items() if number > 1)
    for field in page.xpath(_FORM_PARTS):
        if not (
            field.xpath("ancestor::label") or page.xpath("//label[@for=$id]", id=field.get("id") or " ") or field.get("aria-label")
        ):
            yield f"{field.get('name')} has no label"
    if len(page.xpath("//main")) != 1 or len(page.xpath("//h1")) != 1 or not page.xpath("/html/@lang"):
        yield "main, h1 or lang is missing, or stands twice"
    if page.xpath("//fieldset[not(./legend)]"):
        yield "a fieldset has no legend"
    levels = [int(one.tag[1]) for one in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    if any(below > above + 1 for above, below in pairwise(levels)):
        yield f"a level is left out: {levels}"


def _references(page: HtmlElement) -> Iterator[str]:
    ids = set(page.xpath("//@id"))
    for name in ("aria-labelledby", "aria-describedby", "for"):
        for value in page.xpath(f"//@{name}"):
            yield from (f"{name}={one} leads nowhere" for one in value.split() if one not in ids)
    for address in page.xpath("//@href[starts-with(., '#')]"):
        if address[1:] not in ids:
            yield f"{address} leads nowhere"


def _unsafe(page: HtmlElement) -> Iterator[str]:
    for element in page.iter("*"):
        yield from (f"<{element.tag} {name}>" for name in element.attrib if name.startswith("on") or name in ("style", "srcdoc"))
        if element.tag in _NEVER:
            yield f"<{element.tag}>"
        if element.tag == "script" and (element.text or not element.get("src")):
            yield f"a script in the page: {element.text}"
        loaded = element.get(_LOADING.get(element.tag, " "), "")
        if "//" in loaded or loaded.startswith("data:"):
            yield f"{loaded} is loaded from elsewhere"
        for name in ("href", "src", "action"):
            scheme = element.get(name, "").partition(":")[0].strip().lower()
            if scheme in ("javascript", "data", "vbscript"):
                yield f"{name}={element.get(name)}"
        if element.tag == "meta" and element.get("http-equiv", "").lower() == "refresh":
            yield "<meta refresh>"
