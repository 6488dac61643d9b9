from __future__ import annotations

import json

from pipeline.config import TechnologyConfig
from pipeline.crawling import SourceOrder, Validators
from pipeline.records import CompanyFacts
from pipeline.shard_work import ShardWork, source_id_of, work_from_json
from pipeline.vocabulary import TechCategory


def test_what_a_worker_needs_survives_the_ledger_but_for_the_validators() -> None:
    sources = (
        SourceOrder("greenhouse", "acme", None, 2.5),
        SourceOrder("rss", "feed", "http://127.0.0.1:1/x", 0.0, {"a": Validators("e")}, {"company": "dc:creator"}),
    )
    work = ShardWork(
        "boards-api.greenhouse.io", "https://bot.example", sources,
        {"greenhouse:acme": CompanyFacts("Acme", "finance", "public", "51-200")},
        (TechnologyConfig("AnvilDB", ("anvil",), TechCategory.DATABASE, "SQL", "weak"),),
    )  # fmt: skip
    back = work_from_json(json.loads(json.dumps(work.to_json())))
    assert back.sources == (sources[0], SourceOrder("rss", "feed", "http://127.0.0.1:1/x", 0.0, {}, {"company": "dc:creator"}))
    assert (back.host, back.contact, back.companies, back.technologies) == (
        work.host, work.contact, work.companies, work.technologies
    )  # fmt: skip


def test_a_source_has_the_name_that_a_person_gives_it() -> None:
    assert source_id_of(SourceOrder("lever", "acme")) == "lever:acme"
    assert source_id_of(SourceOrder("hn", "hn")) == "hn"
