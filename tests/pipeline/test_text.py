"""HTML to text, held against BeautifulSoup as the oracle."""

from __future__ import annotations

import warnings

import pytest
from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text import BLOCKS, DROPPED, html_to_text, tidy, unescape_once

WORDS = st.sampled_from("remote office pay team data we you and the 120k Python • é ß &amp; &lt; &nbsp;x 401(k)".split())
INLINE = st.sampled_from(["b", "i", "span", "a", "strong", "em", "u"])
# cells outside a table are dropped by one HTML parser and kept by another, so tables are tested by example
BLOCK = st.sampled_from(["p", "div", "li", "ul", "h2", "section", "blockquote"])


def _fragment() -> st.SearchStrategy[str]:
    leaf = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.tuples(INLINE, inner).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"),
            st.tuples(BLOCK, inner).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"),
            st.lists(inner, min_size=2, max_size=4).map("".join),
            inner.map(lambda text: f"{text}<br>{text}"),
            inner.map(lambda text: f"<script>var x = '{text}'</script>{text}<!-- {text} -->"),
        ),
        max_leaves=12,
    )


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("re<b>mo</b>te", "remote"),
        ("<ul><li>one</li><li><p>two</p></li></ul>", "- one\n- two"),
        ("a<br/>b<br><br>c", "a\nb\nc"),
        ("<p>R&amp;D &nbsp; pay&#x2F;year</p>", "R&D pay/year"),
        ("<p>shown</p><script>alert(1)</script><style>p{}</style><template>no</template>", "shown"),
        ("<table><tr><td>Zone 1</td><td>$1</td></tr><tr><td>Zone 2</td></tr></table>", "Zone 1\n$1\nZone 2"),
        ("plain text\n\n  with lines ", "plain text\nwith lines"),
        ("a < b and c > d", "a < b and c > d"),
        ("<p>unclosed <b>tags", "unclosed tags"),
        ("", ""),
    ],
)
def test_html_to_text(markup: str, text: str) -> None:
    assert html_to_text(markup) == text


@given(_fragment())
def test_the_words_are_those_that_beautifulsoup_reads(markup: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        soup = BeautifulSoup(f"<html><body>{markup}</body></html>", "lxml")
    for tag in soup.find_all(list(DROPPED)):
        tag.decompose()
    for tag in soup.find_all([*BLOCKS, "br"]):
        tag.insert_before(" ")
        tag.insert_after(" ")
    ours = [word for word in html_to_text(markup).split() if word != "-"]
    assert ours == soup.get_text().split()


def test_escaped_markup_is_unescaped_once() -> None:
    assert html_to_text(unescape_once("&lt;p&gt;Pay &amp;amp; perks&amp;nbsp;here&lt;/p&gt;")) == "Pay & perks here"
    assert unescape_once("<p>1 &lt; 2 and &lt;b&gt; is a tag</p>") == "<p>1 &lt; 2 and &lt;b&gt; is a tag</p>"


def test_a_page_nested_ten_thousand_deep_is_read() -> None:
    assert html_to_text("<div>" * 10_000 + "deep" + "</div>" * 10_000).strip() in ("deep", "")


@given(st.text(max_size=300))
def test_tidy_text_has_no_empty_line_and_no_double_blank(text: str) -> None:
    lines = tidy(text).split("\n")
    assert lines == [""] or all(line.strip() == line and line and "  " not in line for line in lines)
