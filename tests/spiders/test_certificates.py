"""Certificates are verified: only one that somebody we trust vouches for, today, is spoken to."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import ssl
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pipeline.vocabulary import BoardStatus, FailureKind

BODY = b'{"jobs": []}'
ANSWER = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(BODY), BODY)


@pytest.mark.parametrize(
    ("last_year", "is_trusted", "words"),
    [(2120, True, None), (2120, False, "certificate verify failed"), (2021, True, "certificate")],
    ids=["valid", "self-signed", "expired"],
)
def test_a_certificate_is_verified(
    loopback: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last_year: int, is_trusted: bool, words: str | None
) -> None:
    port = _serve(tmp_path, last_year)
    if is_trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    order = loopback.SourceOrder("greenhouse", "acme", f"https://127.0.0.1:{port}", 0.0, {})
    result = loopback.crawl(tmp_path / "out", [order]).results["acme"]
    if words is None:
        assert result.status is BoardStatus.COMPLETE
    else:
        assert result.failure is FailureKind.UNREACHABLE
        assert words in str(result.reason)
        assert result.notes == ()  # asking again changes nothing


def _serve(folder: Path, last_year: int) -> int:
    """A server with a certificate of its own making; gives the port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*_certificate(folder, last_year))
    listening = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        with listening:
            for _ in range(2):  # robots.txt, and the board
                plain, _ = listening.accept()
                with contextlib.suppress(OSError), context.wrap_socket(plain, server_side=True) as connection:
                    connection.recv(65_536)
                    connection.sendall(ANSWER)

    threading.Thread(target=answer, daemon=True).start()
    port: int = listening.getsockname()[1]
    return port


def _certificate(folder: Path, last_year: int) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(last_year, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    cert_path, key_path = folder / "cert.pem", folder / "key.pem"
    cert_path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    key_path.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    return cert_path, key_path
