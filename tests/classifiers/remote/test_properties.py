"""What must not move a verdict: blanks, bullets, capitals; and quotes stand where they say."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.matching import Matcher
from classifiers.reading import read
from classifiers.remote import judge, terms
from pipeline.labels import RemoteVerdict
from pipeline.lines import posting_from_line

CLAUSES = [
    "This role is fully remote within the US.",
    "We are a remote-first company.",
    "Three days a week in our Leeds office.",
    "Hybrid working.",
    "No remote work.",
    "You will support remote customers.",
    "We work asynchronously.",
    "Work from anywhere for up to two weeks a year.",
    "Home office budget.",
    "Du arbeitest im Homeoffice.",
    "Deux jours de télétravail par semaine.",
    "Strong skills in SQL.",
]
HEADINGS = ["About us", "Benefits", "Your role", "What we offer"]
MATCHER = Matcher(terms())

clauses = st.lists(st.sampled_from(CLAUSES), min_size=1, max_size=5)


def verdict(text: str, location: str = "Leeds") -> RemoteVerdict:
    line = {"id": 1, "title": "Analyst", "location": location, "description_text": text}
    return judge(read(posting_from_line(line).posting, MATCHER))


def label(text: str) -> tuple[object, ...]:
    found = verdict(text)
    return found.remote_class, found.arrangement, found.office_days, found.signals


@given(clauses, st.sampled_from(["\u00a0", "  ", " \u200b", "\t", " \u2009"]))
@settings(max_examples=60)
def test_blanks_do_not_matter(chosen: list[str], blank: str) -> None:
    text = "\n".join(chosen)
    assert label(text.replace(" ", blank)) == label(text)


@given(clauses, st.sampled_from(["• ", "- ", "* ", "◦ ", "▪ ", "· "]), st.sampled_from(["• ", "– ", "■ "]))
@settings(max_examples=60)
def test_bullet_glyphs_do_not_matter(chosen: list[str], one: str, other: str) -> None:
    assert label("\n".join(one + clause for clause in chosen)) == label("\n".join(other + clause for clause in chosen))


def from_html(html: str) -> tuple[object, ...]:
    line = {"id": 1, "title": "Analyst", "location": "Leeds", "description_html": html}
    found = judge(read(posting_from_line(line).posting, MATCHER))
    return found.remote_class, found.arrangement, found.office_days, found.signals


@given(clauses, st.sampled_from(["b", "em", "span", "strong", "a", "i"]), st.integers(0, 40))
@settings(max_examples=60)
def test_tags_around_words_do_not_matter(chosen: list[str], tag: str, place: int) -> None:
    plain = "".join(f"<p>{clause}</p>" for clause in chosen)
    words = [clause.split(" ") for clause in chosen]
    wrapped = "".join(
        "<p>" + " ".join(f"<{tag}>{word}</{tag}>" if at == place % len(line) else word for at, word in enumerate(line)) + "</p>"
        for line in words
    )
    assert from_html(wrapped) == from_html(plain)


@given(clauses, st.sampled_from(["hex", "decimal", "nbsp"]))
@settings(max_examples=60)
def test_entities_do_not_matter(chosen: list[str], style: str) -> None:
    def spelled(clause: str) -> str:
        if style == "nbsp":
            return clause.replace(" ", "&nbsp;")
        return "".join(f"&#x{ord(c):x};" if style == "hex" else f"&#{ord(c)};" for c in clause)

    plain = "".join(f"<p>{clause}</p>" for clause in chosen)
    assert from_html("".join(f"<p>{spelled(clause)}</p>" for clause in chosen)) == from_html(plain)


@given(clauses, st.sampled_from(["p", "li", "div", "br"]))
@settings(max_examples=60)
def test_the_block_that_holds_a_clause_does_not_matter(chosen: list[str], tag: str) -> None:
    plain = "".join(f"<p>{clause}</p>" for clause in chosen)
    other = "<br>".join(chosen) if tag == "br" else "".join(f"<{tag}>{clause}</{tag}>" for clause in chosen)
    assert from_html(other) == from_html(plain)


@given(clauses, st.sampled_from(HEADINGS))
@settings(max_examples=60)
def test_capital_headings_do_not_matter(chosen: list[str], heading: str) -> None:
    body = "\n".join(chosen)
    assert label(f"{heading}\n{body}") == label(f"{heading.upper()}\n{body}")


@given(clauses, st.sampled_from(["Remote", "Remote (US)", "Leeds", "Hybrid", ""]))
@settings(max_examples=60)
def test_quotes_stand_at_their_offsets(chosen: list[str], location: str) -> None:
    text = "\u00a0 ".join(chosen)
    found = verdict(text, location)
    fields = {"title": "Analyst", "location": location, "description_text": text}
    for item in found.evidence:
        assert fields[item.field][item.start : item.end] == item.quote
    assert len(found.evidence) <= 4


@given(st.text(max_size=300))
@settings(max_examples=150)
def test_any_text_gets_a_verdict(text: str) -> None:
    found = verdict(text, text[:40])
    assert abs(sum(found.remote_probability.values()) - 1) < 1e-9
