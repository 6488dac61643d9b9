"""Faults that a scenario plans, laid over the answers."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Sequence

from spiders.practice.answers import Response
from spiders.practice.scenario import Fault

CHALLENGE = (
    b"<!doctype html><html><head><title>Just a moment...</title></head>"
    b"<body>Checking your browser before you continue</body></html>"
)


class Faults:
    """Counts what has been asked, so that a fault that does not last ends after its times."""

    def __init__(self, planned: Sequence[Fault], lasting: bool) -> None:
        self._planned = [fault for fault in planned if lasting or not fault.lasting]
        self._seen: Counter[int] = Counter()
        self._lock = threading.Lock()

    def forget(self) -> None:
        """Begin a new night."""
        with self._lock:
            self._seen.clear()

    def lay_over(self, target: str, response: Response) -> Response:
        """The answer with the fault that it meets, if any."""
        for number, fault in enumerate(self._planned):
            if fault.match in target and response.status == 200 and self._is_due(number, fault):
                return self._apply(fault, response)
        return response

    def _is_due(self, number: int, fault: Fault) -> bool:
        with self._lock:
            self._seen[number] += 1
            return fault.lasting or self._seen[number] <= fault.times

    @staticmethod
    def _apply(fault: Fault, response: Response) -> Response:
        match fault.kind:
            case "slow":
                time.sleep(fault.seconds)
                return response
            case "broken_json":
                return Response(body=response.body[: len(response.body) // 2])
            case "wrong_shape":
                return Response(body=b'{"positions": {"total": 3}}')
            case "challenge":
                return Response(body=CHALLENGE, content_type="text/html; charset=utf-8")
        headers = {"Retry-After": fault.retry_after} if fault.retry_after else {}
        return Response(fault.status, b'{"error":"practice fault"}', headers=headers)
