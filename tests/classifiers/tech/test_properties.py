"""Properties that hold for any text: offsets quote it, and its dress does not matter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from classifiers import tech
from classifiers.matching import Matcher
from classifiers.reading import read
from classifiers.tech.lexicon import forms, pattern_of
from pipeline.records import Posting

MARKS = "Python Go R C++ C# .NET Node.js AWS and no React GitHub etc. Spark Requirements: - , / É … ﬁ"
WORDS = (*MARKS.split(), "experience with", "\n", "\u00a0")
pieces = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)
texts = st.one_of(pieces, st.text(max_size=200))

# one matcher for all examples: hypothesis does not renew function-scoped fixtures
MATCHER = Matcher(tech.terms())


@given(texts)
def test_offsets_quote_a_form_of_the_technology(text: str) -> None:
    posting = Posting("0" * 16, "line", "", "1", "", datetime(2026, 1, 5, tzinfo=UTC), "Worker", text, "0" * 16)
    verdict = tech.judge(read(posting, MATCHER))
    for technology in verdict.stack:
        quote = text[technology.start : technology.end]
        assert forms()[pattern_of(quote)].name == technology.name
    assert len({technology.name for technology in verdict.stack}) == len(verdict.stack)


@given(st.sampled_from(["\u00a0", "\u2009", "  ", "\u200b ", "\t"]))
def test_blanks_of_every_kind_are_one(names: Callable[..., list[str]], blank: str) -> None:
    text = "Experience with SQL Server, Go and React Native"
    assert names(text.replace(" ", blank)) == names(text)


@given(st.sampled_from("•-*▪◦·●"))
def test_bullets_of_every_kind_are_one(names: Callable[..., list[str]], bullet: str) -> None:
    assert names(f"Requirements:\n{bullet} Python\n{bullet} R\n{bullet} Spark") == ["Python", "R", "Apache Spark"]
