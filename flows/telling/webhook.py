"""A notice as JSON to a webhook."""

from __future__ import annotations

import ssl

import httpx
import orjson

from flows.telling.order import NotTold, Telling

_MOST_SECONDS = 10.0
"""For one try; the parent's deadline holds over all of them."""
_BUSY = 429


def tell(telling: Telling) -> None:
    """POST the notice's value.

    A redirect is not followed: the address is a secret, and whoever answers must not pass it on.

    Raises:
        NotTold: no answer, or one that is not 2xx.
    """
    body = orjson.dumps(telling.notice.value)
    headers = {"Content-Type": "application/json", "User-Agent": "rolecall"}
    try:
        # the answer's body is left unread: nobody here needs it, and it may have no end
        with (
            httpx.Client(timeout=min(_MOST_SECONDS, telling.deadline_seconds), follow_redirects=False) as client,
            client.stream("POST", telling.address, content=body, headers=headers) as response,
        ):
            status, after = response.status_code, response.headers.get("Retry-After")
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.LocalProtocolError, UnicodeError):
        raise NotTold("the variable does not hold a web address (https://…)") from None
    except httpx.TimeoutException:
        raise NotTold("it does not answer in time", is_temporary=True) from None
    except httpx.HTTPError as error:
        if _is_certificate(error):
            raise NotTold("its certificate is not accepted") from None
        raise NotTold("no connection to it, or one that broke", is_temporary=True) from None
    if 300 <= status < 400:
        raise NotTold(f"it answers {status}, a redirect, which is not followed; set the address that it leads to")
    if not 200 <= status < 300:
        raise NotTold(f"it answers {status}", status == _BUSY or status >= 500, _asked_seconds(after))


def _is_certificate(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError) or "CERTIFICATE_VERIFY_FAILED" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _asked_seconds(after: str | None) -> float | None:
    """Seconds of ``Retry-After``; None where it is missing, no number, or a date."""
    return float(after) if after is not None and after.isascii() and after.isdigit() else None
