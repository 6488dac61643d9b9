from __future__ import annotations

from importlib.metadata import version

import pytest
from scrapy import Request

from spiders.failures import BoardFailure
from spiders.middlewares.user_agent import UserAgentMiddleware, user_agent


def test_the_agent_names_whom_to_write_to() -> None:
    assert user_agent("https://example.org/bot") == f"rolecall/{version('rolecall')} (+https://example.org/bot)"
    assert user_agent(None) == f"rolecall/{version('rolecall')}"


def test_without_a_contact_only_loopback_is_asked() -> None:
    middleware = UserAgentMiddleware(None)
    middleware.process_request(Request("http://127.0.0.1:80/"))
    with pytest.raises(BoardFailure, match="no contact address"):
        middleware.process_request(Request("https://a.example/"))
    request = Request("https://a.example/")
    UserAgentMiddleware("me@example.org").process_request(request)
    assert request.headers["User-Agent"] == user_agent("me@example.org").encode()
