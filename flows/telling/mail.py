"""A notice as an e-mail."""

from __future__ import annotations

import smtplib
import ssl
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from flows.telling.order import NotTold, Telling
from pipeline.notify_config import MailConfig
from pipeline.vocabulary import MailSecurity

_MOST_SECONDS = 20.0


def tell(telling: Telling) -> None:
    """Send the notice to all recipients of the block.

    Raises:
        NotTold: the server cannot be reached or trusted, or it refuses the user, the sender or a recipient.
    """
    mail = telling.block.mail
    assert mail is not None
    try:
        with _connected(mail, min(_MOST_SECONDS, telling.deadline_seconds)) as server:
            if mail.user_env and mail.password_env:
                server.login(telling.secrets[mail.user_env], telling.secrets[mail.password_env])
            refused = server.send_message(message(telling, mail))
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise _not_told(error) from None
    if refused:
        codes = ", ".join(sorted({str(code) for code, _ in refused.values()}))
        raise NotTold(f"{len(refused)} of {len(mail.recipients)} recipients were refused ({codes})")


def message(telling: Telling, mail: MailConfig) -> EmailMessage:
    """The mail itself."""
    made = EmailMessage()
    made["Subject"] = telling.notice.title
    made["From"] = mail.sender
    made["To"] = ", ".join(mail.recipients)
    made["Date"] = format_datetime(datetime.now(UTC))
    made["Message-ID"] = make_msgid(domain=mail.sender.rpartition("@")[2])
    made["Auto-Submitted"] = "auto-generated"  # so that nobody's holiday reply comes back
    made.set_content(telling.notice.text + "\n")
    return made


def _connected(mail: MailConfig, seconds: float) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if mail.security is MailSecurity.TLS:
        return smtplib.SMTP_SSL(mail.host, mail.port, timeout=seconds, context=context)
    server = smtplib.SMTP(mail.host, mail.port, timeout=seconds)
    if mail.security is MailSecurity.STARTTLS:
        try:
            server.starttls(context=context)
        except BaseException:
            server.close()
            raise
    return server


def _not_told(error: Exception) -> NotTold:
    """The error in a sentence that repeats nothing of its text: a server may say back what it was sent."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return NotTold(f"the mail server refuses the user or the password ({error.smtp_code})")
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return NotTold("the mail server does not offer what the block asks for (STARTTLS, a login); see `security`")
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = ", ".join(sorted({str(code) for code, _ in error.recipients.values()}))
        return NotTold(f"the mail server refuses every recipient ({codes})", codes.startswith("4"))
    if isinstance(error, smtplib.SMTPSenderRefused):
        return NotTold(f"the mail server refuses the sender ({error.smtp_code})", 400 <= error.smtp_code < 500)
    if isinstance(error, smtplib.SMTPResponseException):
        return NotTold(f"the mail server answers {error.smtp_code}", 400 <= error.smtp_code < 500)
    if isinstance(error, ssl.SSLCertVerificationError):
        return NotTold("the mail server's certificate is not accepted")
    if isinstance(error, ssl.SSLError):
        return NotTold("the mail server does not speak TLS at that port; see `port` and `security`")
    if isinstance(error, TimeoutError):
        return NotTold("the mail server does not answer in time", is_temporary=True)
    if isinstance(error, (smtplib.SMTPException, OSError)):
        return NotTold("no connection to the mail server, or one that broke", is_temporary=True)
    return NotTold("the user or the password holds characters that cannot be sent")
