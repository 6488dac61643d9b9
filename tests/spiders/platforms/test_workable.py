from __future__ import annotations

import json

from pipeline.records import RawPosting
from spiders.answer import LeftOut
from spiders.platforms.workable import WorkableSpider


def test_rows_of_one_job_are_one_posting_with_all_places() -> None:
    rows = [
        {"shortcode": "A", "title": "Baker", "locations": [{"country": "Spain"}]},
        {"shortcode": "B", "title": "Baker"},
        {"shortcode": "A", "title": "Baker", "locations": [{"country": "Portugal"}]},
        {"shortcode": "A", "title": "Baker", "locations": None},
        None,
        {"shortcode": ["A"], "title": "Baker"},
    ]
    parts = list(WorkableSpider().read(json.dumps({"name": "Acme", "jobs": rows}).encode(), "acme"))
    postings = [part for part in parts if isinstance(part, RawPosting)]
    assert [posting.external_id for posting in postings] == ["A", "B"]
    assert postings[0].payload["locations"] == [{"country": "Spain"}, {"country": "Portugal"}]
    assert postings[0].payload["company"] == "Acme"
    assert sum(isinstance(part, LeftOut) for part in parts) == 2
