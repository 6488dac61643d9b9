from __future__ import annotations

from datetime import UTC, date, datetime

from pipeline.payloads import to_posting
from pipeline.records import CompanyFacts, RawPosting
from spiders.answer import Answer
from spiders.board import Ask
from spiders.jobylon import rows_of
from spiders.pages import read_page
from spiders.registry import spider_for

WIDGET = r"""<title>Job Widget</title><script>
        JBL.embed_v2 = {};
        JBL.embed_v2['jobs'] = [


            {
                id: '41',
                url: '/jobs/41-osprey-bagare/',
                title: 'Ospreys b\u00E4sta bagare \u002D natt\u0027s',
                company: 'Osprey Sverige',
                company_id: '7',
                klass: {
                    'job-id-41': true,
                },
                locations: [

                                'Falun',

                ],
                locations_text: 'Falun',

                        departments: [

                                '12 \u002D Ugnen',

                        ],
                    workspace: 'Arbete på plats',
                employment_type: 'Deltid',
                to_date: '30 maj 2026',
                published_date: '21 maj 2026',
                is_internal: false
            },

            {
                id: '42',
                url: '/jobs/42/',
                title: '',
            },
        ];
        JBL.embed_v2['other'] = [{ id: '43', url: '/x', title: 'x' }];
</script><a href="https://emp.jobylon.com{$ job.url $}">{$ job.title $}</a>"""


def test_the_widgets_rows_are_read_though_their_pages_are_on_another_host() -> None:
    now = datetime(2026, 11, 1, tzinfo=UTC)
    answer = Answer("careers", "osprey.example", now, Ask("https://osprey.example/jobs", "list"), WIDGET.encode())
    raws = [part for part in spider_for("careers")().split(answer) if isinstance(part, RawPosting)]
    assert [raw.url for raw in raws] == ["https://emp.jobylon.com/jobs/41-osprey-bagare/"]
    posting = to_posting(raws[0], CompanyFacts())
    assert (posting.title, posting.location, posting.department) == ("Ospreys bästa bagare - natt's", "Falun", "12 - Ugnen")
    assert (posting.company.name, posting.employment_type_text) == ("Osprey Sverige", "Deltid")
    assert posting.structured_remote == {"workplace": "Arbete på plats"}
    assert (posting.published_on, posting.expires_on) == (date(2026, 5, 21), date(2026, 5, 30))


def test_a_page_without_the_widget_has_no_rows() -> None:
    assert rows_of(read_page(b"<script>var x = [{id: '1'}];</script>", "https://a.example/").soup) == []
