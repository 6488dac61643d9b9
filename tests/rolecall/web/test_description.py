"""What an employer sends is shown with its shape and its evidence, and with nothing that loads, runs or pretends."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from pipeline.text import html_to_text
from rolecall.web.description import clean, description_html, plain_html
from rolecall.web.marks import Mark, Tone

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<iframe src='https://evil.example/'></iframe>",
    "<form action='https://evil.example/'><input name=password></form>",
    "<p style='position:fixed;inset:0' onclick='alert(1)' id=main class=chip>x</p>",
    "<style>body{display:none}</style>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<base href='https://evil.example/'><meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<h1>Rolecall</h1><mark id=evidence-1 class=is-remote>pretended</mark>",
    "<a href='//evil.example/x' target=_top>x</a>",
)
_ALLOWED = frozenset(
    "a div b blockquote br code dd dl dt em h3 h4 h5 h6 hr i li ol p pre strong sub sup table tbody td th thead tr u ul "
    "mark".split()
)


def _tags(markup: str) -> list[html.HtmlElement]:
    return list(html.fragment_fromstring(markup, create_parent="div").iter())


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_markup_is_taken_apart(payload: str) -> None:
    markup = f"<p>before</p>{payload}<p>after</p>"
    text = html_to_text(markup)
    shown = description_html(markup, text, ())
    for element in _tags(shown):
        assert element.tag in _ALLOWED, element.tag
        assert set(element.attrib) <= {"href", "rel"}, dict(element.attrib)
        assert re.match(r"https?:|mailto:|$", element.get("href", "")), element.get("href")
    assert "before" in shown
    assert ("after" in shown) == ("after" in text)  # what is left open swallows the rest


@given(st.text(st.sampled_from("<>&\"'/=- \n!abpli1scriptonerrorjavascript:"), max_size=120))
def test_no_markup_whatever_gets_through(text: str) -> None:
    for shown in (description_html(text, html_to_text(text), ()), plain_html(text, ())):
        for element in _tags(shown):
            assert element.tag in _ALLOWED
            assert set(element.attrib) <= {"href", "rel"}


_LETTERS = st.text(st.sampled_from("abc é&<>\u200b-•ß"), min_size=1, max_size=12)


@given(st.lists(_LETTERS, min_size=1, max_size=5), st.sampled_from(["p", "li", "div", "h1", "strong"]), st.data())
def test_marks_stand_on_the_very_words(parts: list[str], tag: str, data: st.DataObject) -> None:
    """Whatever the words and the tags, what is marked is what the offsets of the plain text name, blanks apart."""
    from html import escape

    markup = "".join(f"<{tag}>{escape(part)}</{tag}>" for part in parts)
    text = html_to_text(markup)
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    shown = description_html(markup, text, (Mark(start, end, Tone.REMOTE, 1),))
    marked = "".join(element.text or "" for element in _tags(shown) if element.tag == "mark")
    assert _letters(marked) == _letters(text[start:end])
    assert sum(element.get("id") == "evidence-1" for element in _tags(shown)) <= 1


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable() and not letter.isspace() and letter != "-")


def test_a_mark_runs_through_tags() -> None:
    markup = "<p>We are <b>remote</b>-first, all of us.</p>"
    text = html_to_text(markup)
    start = text.index("are")
    shown = description_html(markup, text, (Mark(start, text.index(","), Tone.REMOTE, 1),))
    assert shown == (
        '<p>We <mark class="is-remote" id="evidence-1">are</mark> <b><mark class="is-remote">remote</mark></b>'
        '-<mark class="is-remote">first</mark>, all of us.</p>'
    )


def test_where_markup_and_text_differ_the_text_is_shown() -> None:
    shown = description_html("<p>something else</p>", "We are remote.\n- one\n- two", (Mark(7, 13, Tone.REMOTE, 1),))
    assert shown == (
        '<p>We are <mark class="is-remote" id="evidence-1">remote</mark>.</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>'
    )


def test_headings_begin_below_the_page_s_own() -> None:
    assert clean("<h1>a</h1>") == "<h1>a</h1>"
    assert description_html("<h1>a</h1><h3>b</h3>", "a\nb", ()) == "<h3>a</h3><h4>b</h4>"
    assert description_html("<h4>a</h4><h2>b</h2><h6>c</h6>", "a\nb\nc", ()) == "<h3>a</h3><h3>b</h3><h4>c</h4>"


def test_links_lead_out_without_a_word_about_us() -> None:
    shown = description_html("<a href='https://acme.example/a?b=1&amp;c=2'>us</a>", "us", ())
    assert 'rel="noopener noreferrer nofollow ugc"' in shown
    assert "https://acme.example/a?b=1&c=2" in unescape(shown)


@pytest.mark.slow
def test_deep_nesting_is_no_trouble() -> None:
    markup = "<div>" * 20_000 + "deep" + "</div>" * 20_000
    assert "deep" in description_html(markup, html_to_text(markup), ())
