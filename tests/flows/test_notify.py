"""Notices to real servers on loopback, and what nobody may ever read of the secrets on the way."""

from __future__ import annotations

import logging
import os
import socket
import time
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from flows.notify import send
from pipeline.notices import broken_notice, night_notice, trial_notice
from pipeline.notify_config import MailConfig, NotifyConfig
from pipeline.vocabulary import MailSecurity, NoticeKind, NoticeTarget
from tests.flows.told_servers import dripping_server, http_server, mail_server, make_certificate
from tests.rolecall.render.test_night import SUMMARY

NOTICE = night_notice(SUMMARY)
TRIAL = trial_notice(date(2026, 1, 5))
WEBHOOK = NotifyConfig(NoticeTarget.WEBHOOK, address_env="HOOK", line=7)
APPRISE = NotifyConfig(NoticeTarget.APPRISE, address_env="ANYWHERE")
SECRET = "s3cr3t-0f-0urs"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


def mail(port: int, security: str = "none", recipients: tuple[str, ...] = ("a@example.org", "b@example.org")) -> NotifyConfig:
    config = MailConfig("127.0.0.1", port, "rolecall@example.org", recipients, MailSecurity(security), "MAIL_USER", "MAIL_PASSWORD")
    return NotifyConfig(NoticeTarget.EMAIL, mail=config)


def without_login(block: NotifyConfig) -> NotifyConfig:
    assert block.mail is not None
    return replace(block, mail=replace(block.mail, user_env=None, password_env=None))


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_webhook_gets_the_value() -> None:
    with http_server() as asked:
        assert send(NOTICE, [WEBHOOK], {"HOOK": f" {asked.address}/{SECRET}\n"}) == ()
    assert asked.bodies == [NOTICE.value]
    assert asked.paths == [f"/{SECRET}"]


@pytest.mark.parametrize("first", [500, 429, (503, {"Retry-After": "0"})])
def test_a_webhook_is_asked_again_where_that_may_help(first: int) -> None:
    with http_server(first, 204) as asked:
        assert send(NOTICE, [WEBHOOK], {"HOOK": asked.address}) == ()
    assert len(asked.bodies) == 2


def test_tries_are_counted_and_refusals_are_final() -> None:
    with http_server(500) as broken, http_server(403) as refusing:
        blocks = [WEBHOOK, replace(WEBHOOK, address_env="OTHER", line=None)]
        sentences = send(NOTICE, blocks, {"HOOK": broken.address, "OTHER": refusing.address})
    assert sentences == (
        "webhook of HOOK (line 7 of the configuration) was not told: it answers 500",
        "webhook of OTHER was not told: it answers 403",
    )
    assert (len(broken.bodies), len(refusing.bodies)) == (3, 1)


def test_a_redirect_is_not_followed() -> None:
    with http_server() as other, http_server((307, {"Location": other.address})) as asked:
        (sentence,) = send(NOTICE, [WEBHOOK], {"HOOK": asked.address})
    assert "it answers 307, a redirect, which is not followed" in sentence
    assert other.bodies == []


@pytest.mark.slow
def test_a_server_that_never_ends_holds_nobody_up() -> None:
    with dripping_server() as dripping, http_server() as asked:
        blocks = [replace(WEBHOOK, address_env="DRIP"), WEBHOOK]
        began = time.monotonic()
        sentences = send(NOTICE, blocks, {"DRIP": dripping, "HOOK": asked.address}, timeout_seconds=6)
        took = time.monotonic() - began
    assert len(sentences) == 1
    assert "webhook of DRIP (line 7 of the configuration) was not told: " in sentences[0]
    assert took < 15
    assert asked.bodies == [NOTICE.value]


def test_only_those_who_ask_are_told() -> None:
    with http_server() as asked:
        assert send(NOTICE, [replace(WEBHOOK, on=(NoticeKind.SUSPECT,))], {}) == ()
        assert send(TRIAL, [replace(WEBHOOK, on=(NoticeKind.SUSPECT,))], {"HOOK": asked.address}) == ()
    assert [body["kind"] for body in asked.bodies] == ["test"]


def test_a_missing_variable_is_named_and_the_others_are_told() -> None:
    with http_server() as asked:
        sentences = send(NOTICE, [mail(1), WEBHOOK, APPRISE], {"HOOK": asked.address, "ANYWHERE": " ", "MAIL_USER": "u"})
    assert sentences == (
        "e-mail by 127.0.0.1 was not told: MAIL_PASSWORD is not set in the environment",
        "apprise of ANYWHERE was not told: ANYWHERE is not set in the environment",
    )
    assert len(asked.bodies) == 1


def test_a_variable_that_is_not_utf8_is_named() -> None:
    (sentence,) = send(NOTICE, [WEBHOOK], {"HOOK": os.fsdecode(b"https://hooks.example/\xe9")})
    assert sentence.endswith("was not told: HOOK is not UTF-8")


def test_apprise_takes_its_own_addresses() -> None:
    with http_server() as asked:
        address = asked.address.replace("http://", "json://")
        assert send(NOTICE, [APPRISE], {"ANYWHERE": f"{address}/{SECRET}"}) == ()
    assert asked.bodies[0]["title"] == NOTICE.title
    assert asked.bodies[0]["message"] == NOTICE.text
    assert asked.bodies[0]["type"] == "warning"


def test_a_mail_in_the_clear() -> None:
    with mail_server() as mailbox:
        assert send(NOTICE, [without_login(mail(mailbox.port))], {}) == ()
    read = message_from_bytes(mailbox.mails[0], policy=policy.default)
    assert (read["Subject"], read["From"], read["To"]) == (NOTICE.title, "rolecall@example.org", "a@example.org, b@example.org")
    assert read["Auto-Submitted"] == "auto-generated"
    assert read["Message-ID"].endswith("@example.org>")
    assert read.get_content().split() == NOTICE.text.split()
    assert mailbox.recipients == ["a@example.org", "b@example.org"]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_mail_over_tls(security: str, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    login = ("me", SECRET)
    environ = {"MAIL_USER": "me", "MAIL_PASSWORD": SECRET}
    with mail_server(security, login if security == "starttls" else None, certificate) as mailbox:
        block = mail(mailbox.port, security)
        block = block if security == "starttls" else without_login(block)
        (sentence,) = send(NOTICE, [block], environ)  # nobody vouches for the certificate
        assert sentence.endswith("was not told: the mail server's certificate is not accepted")
        assert mailbox.logins == mailbox.mails == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        assert send(NOTICE, [block], environ) == ()
    assert len(mailbox.mails) == 1
    assert mailbox.logins == ([(b"me", SECRET.encode())] if security == "starttls" else [])


def test_words_of_servers_cannot_add_a_header() -> None:
    evil = broken_notice("x\r\nBcc: victim@example.org\r\n\r\nbody", date(2026, 1, 5))
    with mail_server() as mailbox:
        assert send(evil, [without_login(mail(mailbox.port))], {}) == ()
    read = message_from_bytes(mailbox.mails[0], policy=policy.default)
    assert read["Bcc"] is None
    assert read["Subject"] == "Rolecall 2026-01-05: the night broke: x Bcc: victim@example.org body"
    assert mailbox.recipients == ["a@example.org", "b@example.org"]


def test_a_refused_recipient_is_counted() -> None:
    with mail_server() as mailbox:
        block = without_login(mail(mailbox.port, recipients=("refused@example.org", "b@example.org")))
        (some,) = send(NOTICE, [block], {})
        (all_,) = send(NOTICE, [without_login(mail(mailbox.port, recipients=("refused@example.org",)))], {})
    assert some.endswith("1 of 2 recipients were refused (550)")
    assert all_.endswith("the mail server refuses every recipient (550)")
    assert mailbox.recipients == ["b@example.org"]


def test_a_server_without_starttls_is_not_spoken_to_in_the_clear() -> None:
    with mail_server() as mailbox:
        (sentence,) = send(NOTICE, [mail(mailbox.port, "starttls")], {"MAIL_USER": "me", "MAIL_PASSWORD": SECRET})
    assert "does not offer what the block asks for" in sentence
    assert mailbox.logins == mailbox.mails == []


HOPELESS = [
    "nonsense {secret}",
    "http://127.0.0.1:{port}/{secret}",
    "http://{secret}:{secret}@127.0.0.1:{port}/",
    "http://[{secret}/",
    "https://127.0.0.1:{port}/{secret}",
    "http://127.0.0.1:{port}/\x00{secret}",
    "ftp://127.0.0.1/{secret}",
]


@pytest.mark.slow
def test_no_secret_is_ever_read(
    certificate: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Every way to fail, all at once, with a secret in each place that may hold one."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    caplog.set_level(logging.DEBUG)
    port, blocks, environ = closed_port(), [], {"MAIL_USER": SECRET, "MAIL_PASSWORD": SECRET}
    addresses = [text.format(secret=SECRET, port=port) for text in HOPELESS]
    addresses += [
        f"json://{SECRET}@127.0.0.1:{port}/{SECRET}",
        f"nothing://{SECRET}",
        f"mailto://{SECRET}:{SECRET}@127.0.0.1:{port}",
    ]
    with http_server(401) as refusing, mail_server("starttls", ("me", "other"), certificate) as mailbox:
        addresses += [f"{refusing.address}/{SECRET}", f"{refusing.address.replace('http', 'json')}/{SECRET}"]
        for number, address in enumerate(addresses):
            for block in (WEBHOOK, APPRISE):
                blocks.append(replace(block, address_env=f"A{number}"))
                environ[f"A{number}"] = address
        blocks += [mail(mailbox.port, "starttls"), mail(port), mail(mailbox.port, "tls"), mail(mailbox.port)]
        sentences = send(NOTICE, blocks, environ, timeout_seconds=20)
    printed = capfd.readouterr()
    assert len(sentences) == len(blocks)
    assert SECRET not in "\n".join(sentences) + caplog.text + printed.out + printed.err
    assert set(mailbox.logins) == {(SECRET.encode(), SECRET.encode())}
    assert any("refuses the user or the password (535)" in sentence for sentence in sentences)
    assert any("the variable does not hold a web address" in sentence for sentence in sentences)
    assert not [sentence for sentence in sentences if "nobody foresaw" in sentence]


def test_the_last_word_when_the_process_itself_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/nonexistent/python")
    (sentence,) = send(NOTICE, [WEBHOOK], {"HOOK": f"http://127.0.0.1:1/{SECRET}"})
    assert sentence.endswith("was not told: no process could be started (No such file or directory)")
