from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.duplicates.addresses import canonical, in_list, is_of_system
from pipeline.duplicates.tables import table

TRACKING = [*sorted(table("addresses")["tracking"].split()), "utm_source", "utm_term", "rx_group", "_hsenc"]
POSTINGS = (
    "https://acme.example/jobs/4711",
    "https://acme.example/careers/senior-data-engineer-berlin",
    "https://acme.example/opening?id=99",
    "https://boards.greenhouse.io/acme/jobs/4012345",
    "https://jobs.lever.co/acme/0f9a1b2c-1111-4222-8333-444455556666",
)


@given(
    st.sampled_from(POSTINGS),
    st.lists(st.tuples(st.sampled_from(TRACKING), st.text("abc123-", max_size=9)), max_size=4),
    st.booleans(),
    st.booleans(),
)
def test_tracking_scheme_and_www_never_matter(url: str, tracking: list[tuple[str, str]], is_http: bool, has_www: bool) -> None:
    written = url + "".join(f"{'&' if '?' in url or at else '?'}{name}={value}" for at, (name, value) in enumerate(tracking))
    written = written.replace("https://acme", "https://www.acme") if has_www else written
    written = written.replace("https://", "http://") if is_http else written
    assert canonical(written) == canonical(url) is not None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://ACME.example/Jobs/4711/apply?b=2&a=1", "acme.example/jobs/4711?a=1&b=2"),
        ("https://acme.example/jobs?gh_jid=4012345", "greenhouse:4012345"),
        ("https://boards.greenhouse.io/embed/job_app?for=acme&token=4012345", "greenhouse:4012345"),
        ("https://job-boards.eu.greenhouse.io/acme/jobs/4012345#app", "greenhouse:4012345"),
        ("https://boards-api.greenhouse.io/v1/boards/acme/jobs/4012345", "greenhouse:4012345"),
        (
            "https://jobs.ashbyhq.com/Acme/7a9a1b2c-1111-4222-8333-444455556666/application",
            "ashby:7a9a1b2c-1111-4222-8333-444455556666",
        ),
        ("https://apply.workable.com/acme/j/0A1B2C3D4E/apply/", "workable:0a1b2c3d4e"),
        ("https://acme.recruitee.com/o/data-engineer/c/new", "recruitee.acme:data-engineer"),
        ("https://jobs.smartrecruiters.com/Acme/743999123456789-data-engineer", "smartrecruiters:743999123456789"),
        ("https://acme.wd3.myworkdayjobs.com/en-US/Ext/job/Berlin/Data-Engineer_JR-10442-2", "workday.acme:jr-10442"),
        ("https://acme.jobs.personio.de/job/123456?language=en", "personio.acme:123456"),
        ("https://www.linkedin.com/jobs/view/data-engineer-at-acme-3912345678?trk=x", "linkedin:3912345678"),
        ("https://www.indeed.com/viewjob?from=serp&jk=0123456789abcdef", "indeed:0123456789abcdef"),
        ("https://acme.example/#/jobs/4711?x=1", "acme.example/jobs/4711"),
        ("https://acme.example/stellen/k%C3%B6ch-in-vollzeit", "acme.example/stellen/k%C3%B6ch-in-vollzeit"),
        ("https://acme.example/careers", None),
        ("https://acme.example/open-positions", None),
        ("https://acme.example/jobs?team=data", None),
        ("https://acme.example", None),
        ("mailto:jobs@acme.example", None),
        ("https://[acme/jobs/1234", None),
        ("", None),
        (None, None),
    ],
)
def test_an_address_has_one_spelling(url: str | None, expected: str | None) -> None:
    assert canonical(url) == expected


@given(st.text(max_size=80), st.text(max_size=30))
def test_no_text_breaks_it_and_a_canonical_address_stays(text: str, host: str) -> None:
    canonical(text)
    found = canonical(f"https://{host}.example/{text}/4711")
    if found and not is_of_system(found):
        assert canonical(f"https://{found}") == found


def test_an_address_has_a_place_in_its_list() -> None:
    assert in_list("greenhouse:4012345") == ("greenhouse", "4012345")
    assert in_list("acme.example/jobs/77") == ("acme.example/jobs", "77")
    assert in_list("acme.example/opening?id=77") == ("acme.example/opening", "id=77")
    assert is_of_system("recruitee.acme:data-engineer")
    assert not is_of_system("acme.example/jobs/a%3A1")
