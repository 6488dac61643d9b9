"""What passes into the telling process: the notice, whom to tell, and the secrets that the environment held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from pipeline.notices import Notice
from pipeline.notify_config import MailConfig, NotifyConfig
from pipeline.vocabulary import MailSecurity, NoticeKind, NoticeTarget


class NotTold(Exception):
    """Someone could not be told; the message is a sentence of ours and holds nothing that was secret."""

    def __init__(self, sentence: str, is_temporary: bool = False, wait_seconds: float | None = None) -> None:
        super().__init__(sentence)
        self.is_temporary = is_temporary
        """Worth another try."""
        self.wait_seconds = wait_seconds
        """What the other side asks for before that."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One notice to one target."""

    block: NotifyConfig
    notice: Notice
    secrets: Mapping[str, str]
    """Values of the block's variables, by name."""
    deadline_seconds: float

    @property
    def address(self) -> str:
        """The webhook's or apprise's address."""
        return self.secrets[self.block.address_env or ""]


def telling_to_json(telling: Telling) -> dict[str, Any]:
    return asdict(telling)


def telling_from_json(value: Mapping[str, Any]) -> Telling:
    block, notice = value["block"], value["notice"]
    mail = block["mail"] and MailConfig(
        **{
            **block["mail"],
            "recipients": tuple(block["mail"]["recipients"]),
            "security": MailSecurity(block["mail"]["security"]),
        }
    )
    on = tuple(NoticeKind(kind) for kind in block["on"])
    kinds = tuple(NoticeKind(kind) for kind in notice["kinds"])
    return Telling(
        **{
            **value,
            "block": NotifyConfig(**{**block, "to": NoticeTarget(block["to"]), "on": on, "mail": mail}),
            "notice": Notice(**{**notice, "kinds": kinds}),
        }
    )
