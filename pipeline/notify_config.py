"""``[[notify]]`` blocks of ``rolecall.toml``: who is told how a night went.

What such a block could hold of secrets (the address of a webhook, a password) stays out of the file: the block names the
environment variables that hold it. A secret that was put into the file all the same is refused, and the refusal does not repeat it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.config_reader import Reader, blocks, one_of
from pipeline.errors import did_you_mean
from pipeline.identity import digest
from pipeline.vocabulary import MailSecurity, NoticeKind, NoticeTarget

DEFAULT_ON = (NoticeKind.FAILED, NoticeKind.PARTIAL, NoticeKind.SUSPECT)
_ON = (*DEFAULT_ON, NoticeKind.MATCHES, NoticeKind.NIGHT)
_SHARED_KEYS = {"to": str, "on": list}
_KEYS: Mapping[NoticeTarget, Mapping[str, Any]] = {
    NoticeTarget.WEBHOOK: {"address_env": str},
    NoticeTarget.EMAIL: {
        "host": str, "port": int, "from": str, "recipients": list, "security": str, "user_env": str, "password_env": str,
    },
    NoticeTarget.APPRISE: {"address_env": str},
}  # fmt: skip
_EVERY_KEY = {**_SHARED_KEYS, **{name: kind for keys in _KEYS.values() for name, kind in keys.items()}}
_SECRET_KEYS = {
    "address": "address_env", "url": "address_env", "webhook": "address_env", "apprise": "address_env", "token": "address_env",
    "user": "user_env", "username": "user_env", "password": "password_env",
}  # fmt: skip
_PORTS = {MailSecurity.STARTTLS: 587, MailSecurity.TLS: 465, MailSecurity.NONE: 25}
_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]{0,99}")
_MAILBOX = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+")
_HOST = re.compile(r"[A-Za-z0-9.:-]+")
_LOOPBACK = re.compile(r"localhost|127(\.\d{1,3}){3}|::1")


@dataclass(frozen=True, slots=True)
class MailConfig:
    """How a notice goes by e-mail."""

    host: str
    port: int
    sender: str
    recipients: tuple[str, ...]
    security: MailSecurity
    user_env: str | None = None
    """Name of the variable that holds the user; None where the server asks for none."""
    password_env: str | None = None


@dataclass(frozen=True, slots=True)
class NotifyConfig:
    """One ``[[notify]]`` block."""

    to: NoticeTarget
    on: tuple[NoticeKind, ...] = DEFAULT_ON
    address_env: str | None = None
    """Name of the variable that holds the webhook's or apprise's address; None for e-mail."""
    mail: MailConfig | None = None
    """Set for e-mail only."""
    line: int | None = None

    @property
    def name(self) -> str:
        """What a person calls it: ``webhook of ROLECALL_WEBHOOK``, ``e-mail by mail.example.org``."""
        return f"e-mail by {self.mail.host}" if self.mail else f"{self.to.value} of {self.address_env}"

    @property
    def target_id(self) -> str:
        """What a cursor remembers it by: the same as long as it reaches the same people."""
        if self.mail is None:
            return f"{self.to.value}:{self.address_env}"
        return f"{self.to.value}:{self.mail.host}:{digest((str(self.mail.port), *self.mail.recipients))}"

    @property
    def variables(self) -> tuple[str, ...]:
        """Names of the environment variables that it needs."""
        names = (self.mail.user_env, self.mail.password_env) if self.mail else (self.address_env,)
        return tuple(name for name in names if name)


def read_notify(reader: Reader, value: Any) -> tuple[NotifyConfig, ...]:
    """The ``[[notify]]`` blocks of a document.

    Raises:
        ConfigError: with file, line and remedy; it never repeats what could be a secret.
    """
    found = []
    for index, block in enumerate(blocks(reader, value, "notify")):
        line = reader.block_line("notify", index)
        _refuse_secrets(reader, block, line)
        to = _target(reader, block, line)
        for key in block:
            if key in _EVERY_KEY and key not in _SHARED_KEYS and key not in _KEYS[to]:
                raise reader.fail(reader.line_of(key, line), f"'{key}' says nothing to {_a(to)}; remove it")
        reader.check(block, {**_SHARED_KEYS, **_KEYS[to]}, "notify", line)
        on = _on(reader, block, line)
        if to is NoticeTarget.EMAIL:
            found.append(NotifyConfig(to, on, mail=_mail(reader, block, line), line=line))
        else:
            name = block.get("address_env")
            if name is None:
                raise reader.fail(
                    line, f"this {to.value} has no address; put it into an environment variable and name that: "
                    f'address_env = "ROLECALL_{to.value.upper()}"',
                )  # fmt: skip
            found.append(NotifyConfig(to, on, name, line=line))
    return tuple(found)


def _a(to: NoticeTarget) -> str:
    return {NoticeTarget.WEBHOOK: "a webhook", NoticeTarget.EMAIL: "e-mail", NoticeTarget.APPRISE: "apprise"}[to]


def _refuse_secrets(reader: Reader, block: Mapping[str, Any], line: int) -> None:
    """A key that would hold a secret, and a secret under a key that wants a variable's name."""
    for key in block:
        if key in _SECRET_KEYS:
            right = _SECRET_KEYS[key]
            raise reader.fail(
                reader.line_of(key, line), f"'{key}' would keep a secret in this file; put it into an environment variable "
                f'and name that, as in {right} = "ROLECALL_{right.removesuffix("_env").upper()}"',
            )  # fmt: skip
    for key in (key for key in block if key.endswith("_env") and key in _EVERY_KEY):
        if not isinstance(block[key], str) or not _VARIABLE.fullmatch(block[key]):
            raise reader.fail(
                reader.line_of(key, line), f"'{key}' must be the name of an environment variable in capital letters, as in "
                f'"ROLECALL_{key.removesuffix("_env").upper()}"; what is secret stays in that variable, not in this file',
            )  # fmt: skip


def _target(reader: Reader, block: Mapping[str, Any], line: int) -> NoticeTarget:
    known = [target.value for target in NoticeTarget]
    value = block.get("to")
    if value is None:
        raise reader.fail(line, f'this notify block does not say how; add to = "webhook", or one of {", ".join(known[1:])}')
    if value not in known:
        # not repeated where it looks like an address: people paste the webhook's here
        word = value if isinstance(value, str) and re.fullmatch(r"[A-Za-z-]{1,20}", value) else None
        hint = (did_you_mean(word, known) if word else "") or f"; choose from {', '.join(known)}"
        raise reader.fail(reader.line_of("to", line), f"to {repr(word) + ' ' if word else ''}is no way to tell someone{hint}")
    return NoticeTarget(value)


def _on(reader: Reader, block: Mapping[str, Any], line: int) -> tuple[NoticeKind, ...]:
    words = block.get("on", list(DEFAULT_ON))
    known = [kind.value for kind in _ON]
    where = reader.line_of("on", line)
    if not words:
        raise reader.fail(where, f"'on' is empty, so nobody would ever be told; choose from {', '.join(known)}")
    for word in words:
        if word not in known:
            hint = did_you_mean(str(word), known) or f"; choose from {', '.join(known)}"
            raise reader.fail(where, f"'on' has {word!r}, which is unknown{hint}")
    return tuple(kind for kind in _ON if kind.value in words)


def _mail(reader: Reader, block: Mapping[str, Any], line: int) -> MailConfig:
    for key in ("host", "from", "recipients"):
        if not block.get(key):
            example = {"host": '"mail.example.org"', "from": '"rolecall@example.org"', "recipients": '["me@example.org"]'}[key]
            raise reader.fail(line, f"this e-mail block has no {key}; add {key} = {example}")
    if not _HOST.fullmatch(block["host"]):
        raise reader.fail(reader.line_of("host", line), "'host' must be a host name alone, as in \"mail.example.org\"")
    for key, mailboxes in (("from", [block["from"]]), ("recipients", block["recipients"])):
        if not all(isinstance(mailbox, str) and _MAILBOX.fullmatch(mailbox) for mailbox in mailboxes):
            raise reader.fail(reader.line_of(key, line), f"'{key}' must hold plain e-mail addresses, as in \"me@example.org\"")
    words = [one.value for one in MailSecurity]
    security = MailSecurity(one_of(reader, block, "security", MailSecurity.STARTTLS, words, line))
    port = block.get("port", _PORTS[security])
    if not 1 <= port <= 65535:
        raise reader.fail(reader.line_of("port", line), f"port must lie between 1 and 65535, not {port}")
    user, password = block.get("user_env"), block.get("password_env")
    if (user is None) != (password is None):
        raise reader.fail(line, "user_env and password_env go together; add the missing one, or remove the other")
    if password and security is MailSecurity.NONE and not _LOOPBACK.fullmatch(block["host"]):
        where = reader.line_of("security", line)
        raise reader.fail(where, 'security = "none" would send the password in the clear; use "starttls" or "tls"')
    return MailConfig(block["host"], port, block["from"], tuple(block["recipients"]), security, user, password)
