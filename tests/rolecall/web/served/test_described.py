"""The OpenAPI description, asked everything that it allows: no error of ours, and every answer is one that it names."""

from __future__ import annotations

import pytest
import schemathesis
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from rolecall.web.desk import Desk
from rolecall.web.served import files, lists, pages
from rolecall.web.served.app import create_app
from rolecall.web.served.limits import Rates
from tests.rolecall.web.client import Client

CHECKED = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
"""Not whether what the description allows is answered: which technologies and industries exist is known by the store alone."""
EXAMPLES = 8
"""Of each address, some that the description allows and some that it forbids."""
ROUTES = [one for router in (lists.router, pages.router, files.router) for one in router.routes if isinstance(one, APIRoute)]
MODES_OF = {
    one.path: list(GenerationMode) if one.openapi_extra else [GenerationMode.POSITIVE] for one in ROUTES if one.include_in_schema
}
"""By address; where no parameter is described, nothing is forbidden."""


@pytest.fixture(scope="module")
def described(desk: Desk) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_asgi("/openapi.json", create_app(desk, rates=Rates(1e9, 1e9)))


@pytest.mark.parametrize("address", MODES_OF)
def test_no_address_fails_and_every_answer_is_described(described: schemathesis.BaseSchema, address: str) -> None:
    for mode in MODES_OF[address]:
        cases = described[address]["GET"].as_strategy(generation_mode=mode)

        @settings(max_examples=EXAMPLES // 2, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
        @given(case=cases)
        def ask(case: Case) -> None:
            case.call_and_validate(checks=CHECKED)

        ask()


def test_the_description_names_every_address(site: Client) -> None:
    assert sorted(site.json("/openapi.json")["paths"]) == sorted(MODES_OF)


def test_every_filter_is_described_with_its_values(site: Client) -> None:
    told = site.json("/openapi.json")
    parameters = {one["name"]: one for one in told["paths"]["/jobs.json"]["get"]["parameters"]}
    assert parameters["remote"]["schema"]["items"]["enum"] == ["remote-first", "remote-friendly", "on-site"]
    assert parameters["page"]["schema"]["minimum"] == 1
    assert all(one["description"] for one in parameters.values())


def test_every_address_tells_its_errors(site: Client) -> None:
    for address, methods in site.json("/openapi.json")["paths"].items():
        answers = methods["get"]["responses"]
        assert {"200", "400", "429", "4XX"} <= set(answers), address
        assert ("404" in answers) == ("{" in address), address
        assert "422" not in answers
