from __future__ import annotations

import pytest

from pipeline.records import RawPosting
from pipeline.vocabulary import FailureKind
from spiders.failures import BoardFailure
from spiders.platforms.breezy import BreezySpider
from spiders.platforms.jazzhr import JazzhrSpider

TABLE = '<table id="jobs_table"><tbody>{}</tbody></table>'
ROW = '<tr id="row_job_1"><td><a class="job_title_link" href="/apply/jobs/details/{}?&">Baker</a></td><td> Lyon </td></tr>'


def test_an_empty_table_is_an_empty_board() -> None:
    assert list(JazzhrSpider().read(TABLE.format("").encode(), "acme")) == []


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (b"<h1>JazzHR - Inactive Career Page</h1>", FailureKind.WRONG_SHAPE),
        (b"  ", FailureKind.BROKEN_BODY),
        (b"<title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/x.js'></script>", FailureKind.CHALLENGE),
    ],
)
def test_a_page_without_the_table_is_a_failure(page: bytes, kind: FailureKind) -> None:
    with pytest.raises(BoardFailure) as failure:
        list(JazzhrSpider().read(page, "acme"))
    assert failure.value.kind is kind


def test_an_own_page_without_a_text_is_a_failure_on_jazzhr_and_breezy() -> None:
    page = b'<h1>Baker</h1><script type=\'application/ld+json\'>{"@type": "Organization"}</script>'
    with pytest.raises(BoardFailure, match="neither a JobPosting nor a description"):
        list(JazzhrSpider().read(TABLE.format(ROW.format("A1")).encode(), "acme", details={"A1": page}))
    with pytest.raises(BoardFailure, match="neither a JobPosting nor a description"):
        list(BreezySpider().read(b'[{"id": "A1", "name": "Baker"}]', "acme", details={"A1": page}))


def test_a_row_names_code_title_and_place() -> None:
    (part,) = JazzhrSpider().read(TABLE.format(ROW.format("A1")).encode(), "acme")
    assert isinstance(part, RawPosting)
    assert (part.external_id, part.url) == ("A1", "https://acme.applytojob.com/apply/A1")
    assert (part.payload["title"], part.payload["location"], part.payload["department"]) == ("Baker", "Lyon", None)
