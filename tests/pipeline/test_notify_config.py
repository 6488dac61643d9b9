from __future__ import annotations

import pytest

from pipeline.config import parse
from pipeline.errors import ConfigError
from pipeline.notify_config import MailConfig, NotifyConfig
from pipeline.vocabulary import MailSecurity, NoticeKind, NoticeTarget

WHOLE = """
[[notify]]
to = "webhook"
address_env = "ROLECALL_WEBHOOK"

[[notify]]
to = "email"
on = ["suspect", "failed", "night"]
host = "mail.example.org"
from = "rolecall@example.org"
recipients = ["a@example.org", "b@example.org"]
user_env = "MAIL_USER"
password_env = "MAIL_PASSWORD"

[[notify]]
to = "apprise"
address_env = "_A1"
"""
MAIL = '[[notify]]\nto = "email"\nhost = "h.example"\nfrom = "a@b"\nrecipients = ["c@d"]\n'


def test_each_way_of_telling() -> None:
    webhook, email, apprise = parse(WHOLE).notify
    default = (NoticeKind.FAILED, NoticeKind.PARTIAL, NoticeKind.SUSPECT)
    assert webhook == NotifyConfig(NoticeTarget.WEBHOOK, default, "ROLECALL_WEBHOOK", None, 2)
    assert email.on == (NoticeKind.FAILED, NoticeKind.SUSPECT, NoticeKind.NIGHT)
    assert email.mail == MailConfig(
        "mail.example.org", 587, "rolecall@example.org", ("a@example.org", "b@example.org"), MailSecurity.STARTTLS,
        "MAIL_USER", "MAIL_PASSWORD",
    )  # fmt: skip
    assert email.variables == ("MAIL_USER", "MAIL_PASSWORD")
    assert (apprise.name, apprise.variables, apprise.line) == ("apprise of _A1", ("_A1",), 15)
    assert email.name == "e-mail by mail.example.org"


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_the_port_follows_the_security(security: str, port: int) -> None:
    (block,) = parse(f'{MAIL}security = "{security}"').notify
    assert block.mail is not None
    assert (block.mail.security, block.mail.port) == (security, port)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[notify]]", "f.toml line 1: this notify block does not say how; add to = "),
        ('[[notify]]\nto = "webhok"', "f.toml line 2: to 'webhok' is no way to tell someone; did you mean 'webhook'?"),
        ("[[notify]]\nto = 3", "f.toml line 2: to is no way to tell someone; choose from webhook, email, apprise"),
        ('[[notify]]\nto = "webhook"', "f.toml line 1: this webhook has no address; put it into an environment variable and"),
        ('[[notify]]\nto = "webhook"\nadress_env = "A"', "f.toml line 3: key 'adress_env' of [notify] is unknown; did you mean"),
        ('[[notify]]\nto = "webhook"\naddress_env = "A"\nhost = "x"', "f.toml line 4: 'host' says nothing to a webhook; remove it"),
        ('[[notify]]\nto = "webhook"\naddress_env = "A"\non = ["fail"]', "f.toml line 4: 'on' has 'fail', which is unknown; did "),
        ('[[notify]]\nto = "webhook"\naddress_env = "A"\non = ["test"]', "f.toml line 4: 'on' has 'test', which is unknown"),
        ('[[notify]]\nto = "webhook"\naddress_env = "A"\non = []', "f.toml line 4: 'on' is empty, so nobody would ever be told"),
        ('[[notify]]\nto = "webhook"\naddress_env = "A"\non = "night"', "f.toml line 4: 'on' must be a list in square brackets"),
        ('[[notify]]\nto = "email"', 'f.toml line 1: this e-mail block has no host; add host = "mail.example.org"'),
        (MAIL + 'port = "25"', "f.toml line 6: 'port' must be a whole number, not '25'"),
        (MAIL + "port = 0", "f.toml line 6: port must lie between 1 and 65535, not 0"),
        (MAIL + 'security = "tsl"', "f.toml line 6: security 'tsl' is unknown; did you mean 'tls'?"),
        (MAIL + 'user_env = "U"', "f.toml line 1: user_env and password_env go together"),
        (MAIL + 'user_env = "U"\npassword_env = "P"\nsecurity = "none"', "f.toml line 8: security = \"none\" would send the passw"),
        (MAIL.replace("h.example", "smtp://h"), "f.toml line 3: 'host' must be a host name alone"),
        (MAIL.replace("a@b", "A <a@b>"), "f.toml line 4: 'from' must hold plain e-mail addresses"),
        (MAIL.replace("c@d", "c@d\\r\\nBcc: x@y"), "f.toml line 5: 'recipients' must hold plain e-mail addresses"),
        ("notify = 1", "f.toml line 1: each notify needs its own block, headed [[notify]]"),
    ],
)  # fmt: skip
def test_an_error_names_file_line_and_remedy(text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(text, "f.toml")
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_a_password_in_the_clear_may_stay_on_this_machine() -> None:
    local = MAIL.replace("h.example", "127.0.0.1") + 'user_env = "U"\npassword_env = "P"\nsecurity = "none"'
    assert parse(local).notify[0].mail is not None


@pytest.mark.parametrize(
    "lines",
    [
        'to = "webhook"\naddress = "https://hooks.example/s3cr3t"',
        'to = "webhook"\nurl = "https://hooks.example/s3cr3t"',
        'to = "webhook"\naddress_env = "https://hooks.example/s3cr3t"',
        'to = "webhook"\naddress_env = ["https://hooks.example/s3cr3t"]',
        'to = "https://hooks.example/s3cr3t"',
        'to = "apprise"\naddress_env = "slack://s3cr3t"',
        'to = "email"\nhost = "https://user:s3cr3t@mail.example"\nfrom = "a@b"\nrecipients = ["c@d"]',
        'to = "email"\npassword = "s3cr3t"',
        'to = "email"\npassword_env = "s3cr3t"',
        'to = "email"\nuser = "s3cr3t"',
    ],
)
def test_a_secret_in_the_file_is_refused_and_not_repeated(lines: str) -> None:
    with pytest.raises(ConfigError, match=r"f\.toml line \d: ") as caught:
        parse(f"[[notify]]\n{lines}", "f.toml")
    assert "s3cr3t" not in str(caught.value)
    assert "hooks" not in str(caught.value)
