"""Comments of Hacker News' "Who is hiring?" threads, as Algolia gives them (hn.algolia.com/api).

A comment is HTML with unclosed paragraphs, so BeautifulSoup reads it. Its first line is the header, which stays in the description,
since place and pay usually stand there.
"""

from __future__ import annotations

import warnings

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, Tag

from pipeline.payloads.common import UnreadablePosting, build_posting
from pipeline.payloads.fields import block, mapping
from pipeline.payloads.hn_header import is_way_to_apply, read_header
from pipeline.records import CompanyFacts, Posting, RawPosting


def parse(raw: RawPosting, company: CompanyFacts) -> Posting:
    """The posting of one comment.

    Raises:
        UnreadablePosting: the comment is blank.
    """
    comment = mapping(raw.payload)
    markup = block(comment.get("comment_text"))
    if markup is None:
        raise UnreadablePosting(f"the hn comment {raw.external_id} has no text")
    with warnings.catch_warnings():  # a comment that is nothing but an address
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        soup = BeautifulSoup(markup, "html.parser")
    header = read_header(_lines(soup))
    if header is None:
        raise UnreadablePosting(f"the hn comment {raw.external_id} has no words")
    links = [str(link["href"]) for link in soup.find_all("a", href=True)]
    return build_posting(
        raw,
        company,
        title=header.title,
        description_html=markup,
        company_name=header.company,
        locations=header.locations,
        apply_url=next((link for link in links if is_way_to_apply(link)), None),
        employment_type=header.employment,
        published=comment.get("created_at") or comment.get("created_at_i"),
    )


def _lines(soup: BeautifulSoup) -> str:
    """Plain text, one line a paragraph; a link that was cut short on the page is written out."""
    parts: list[str] = []
    for node in soup.descendants:
        if isinstance(node, Tag):
            parts.append("\n" if node.name in ("p", "pre", "br") else "")
        else:
            link, shown = node.parent, str(node)
            is_cut = link is not None and link.name == "a" and shown.endswith("...")
            parts.append(str(link.get("href", shown)) if link is not None and is_cut else shown)
    return "".join(parts)
