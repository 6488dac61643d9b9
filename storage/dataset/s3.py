"""A data set in a bucket of an S3-compatible server.

An object appears when its upload is completed, so that a killed writer leaves nothing that a listing shows. Endpoint, region and
credentials come from the environment alone, and no message repeats them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from storage.dataset.place import DatasetError, Entry

if TYPE_CHECKING:
    from pyarrow.fs import FileSystem

CONNECT_SECONDS = 5.0
SILENCE_SECONDS = 20.0
"""A request is given up after so long without a byte."""
ATTEMPTS = 3
_KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
_POINTERS = (
    "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
)  # fmt: skip
"""Where the environment may say that the credentials are to be found instead; the AWS library follows them."""
_DEFAULT_REGION = "us-east-1"
_REFUSALS = ("ACCESS_DENIED", "INVALID_ACCESS_KEY_ID", "SIGNATURE_DOES_NOT_MATCH", "INVALID_CLIENT_TOKEN_ID", "EXPIRED_TOKEN")


@dataclass(frozen=True, slots=True)
class S3Place:
    """A prefix of a bucket."""

    bucket: str
    prefix: str
    """Without slashes at its ends; may be empty."""
    endpoint: str
    """The server for a person: scheme, host and port."""
    filesystem: FileSystem

    @property
    def root(self) -> str:
        return f"{self.bucket}/{self.prefix}".rstrip("/")

    @property
    def address(self) -> str:
        return f"s3://{self.root}"

    def within(self, path: str) -> str:
        return f"{self.address}/{path}"

    def arrow(self) -> tuple[FileSystem, str]:
        return self.filesystem, self.root

    @contextmanager
    def writing(self, path: str) -> Iterator[Any]:
        with self._told(path):
            file = self.filesystem.open_output_stream(self._key(path))
            try:
                yield file
            except BaseException:
                # pyarrow can only complete an upload, not abandon it: what was sent becomes an object, which is removed at once
                with suppress(OSError):
                    file.close()
                    self.filesystem.delete_file(self._key(path))
                raise
            file.close()

    def write(self, path: str, content: bytes) -> None:
        with self.writing(path) as file:
            file.write(content)

    def read(self, path: str) -> bytes:
        with self._told(path), self.filesystem.open_input_stream(self._key(path)) as file:
            return bytes(file.read())

    def list(self, folder: str) -> list[Entry]:
        from pyarrow.fs import FileSelector, FileType

        with self._told(folder):
            found = self.filesystem.get_file_info(FileSelector(self._key(folder), recursive=True, allow_not_found=True))
            if not found and self.filesystem.get_file_info(self.bucket).type is FileType.NotFound:
                raise DatasetError(self._no_bucket())
        start = len(self.root) + 1
        entries = (Entry(info.path[start:], info.size) for info in found if info.type is FileType.File)
        return sorted(entries, key=lambda entry: entry.path)

    def delete(self, path: str) -> None:
        with self._told(path):
            try:
                self.filesystem.delete_file(self._key(path))
            except FileNotFoundError:
                return

    def size(self, path: str) -> int:
        from pyarrow.fs import FileType

        with self._told(path):
            info = self.filesystem.get_file_info(self._key(path))
            if info.type is not FileType.File:
                raise FileNotFoundError(path)
        return int(info.size)

    def _key(self, path: str) -> str:
        return f"{self.root}/{path}"

    @contextmanager
    def _told(self, path: str) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError as error:
            if error.filename is not None:  # of this machine, from what is written here
                raise
            raise DatasetError(f"{self.within(path)} is not there; bring it back from a copy of the data set") from None
        except OSError as error:
            if not is_of_s3(error):
                raise
            raise DatasetError(self.sentence(error)) from None

    def sentence(self, error: OSError) -> str:
        """What the server or the network said, in one sentence with the remedy; request ids and keys left out."""
        text = " ".join(str(error).split())
        found = re.search(r"AWS Error (\w+) during (\w+) operation", text)
        code, operation = found.groups() if found else ("UNKNOWN", "an")
        if code == "NO_SUCH_BUCKET":
            return self._no_bucket()
        if "configured region" in text:
            return f"the bucket '{self.bucket}' is in another region; set AWS_REGION to the bucket's own"
        if code in _REFUSALS:
            return (
                f"{self.endpoint} refuses the credentials of the environment for {self.address} ({code} at {operation}); "
                "check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and what they may do in this bucket"
            )
        if code == "NETWORK_CONNECTION":
            why = re.search(r"curlCode: \d+, ([^;]+)", text)
            return (
                f"{self.endpoint} cannot be reached for {self.address} ({why[1] if why else 'no answer'}); "
                "check AWS_ENDPOINT_URL_S3 and the network, then run it again: what was stored is kept"
            )
        return f"{self.endpoint} failed for {self.address} ({code} at {operation}); run it again: what was stored is kept"

    def _no_bucket(self) -> str:
        return f"the bucket '{self.bucket}' does not exist at {self.endpoint}; make it, or name another in [storage] dataset"


def is_of_s3(error: OSError) -> bool:
    """Whether an error comes from the server or the way to it, and not from this machine's disk."""
    return error.filename is None and "AWS Error" in str(error)


def open_s3(address: str, environ: Mapping[str, str] = os.environ) -> S3Place:
    """The place behind ``s3://bucket/prefix``; nothing is asked yet.

    Raises:
        DatasetError: the environment holds no credentials.
    """
    from pyarrow.fs import AwsStandardS3RetryStrategy, S3FileSystem

    parts = urlsplit(address)
    endpoint = environ.get("AWS_ENDPOINT_URL_S3") or environ.get("AWS_ENDPOINT_URL") or None
    keys = [environ.get(name) or None for name in _KEYS]
    if not all(keys) and not any(environ.get(name) for name in _POINTERS):
        raise DatasetError(f"the environment holds no credentials for {address}; set {' and '.join(_KEYS)}")
    filesystem = S3FileSystem(
        access_key=keys[0] if all(keys) else None,
        secret_key=keys[1] if all(keys) else None,
        session_token=environ.get("AWS_SESSION_TOKEN") or None if all(keys) else None,
        region=environ.get("AWS_REGION") or environ.get("AWS_DEFAULT_REGION") or _DEFAULT_REGION,
        endpoint_override=endpoint,
        connect_timeout=CONNECT_SECONDS,
        request_timeout=SILENCE_SECONDS,
        retry_strategy=AwsStandardS3RetryStrategy(max_attempts=ATTEMPTS),
        allow_delayed_open=True,  # a small file is one request
        background_writes=False,  # a slow line would pile up what the writer is ahead of it, without bound
    )
    return S3Place(parts.netloc, parts.path.strip("/"), _shown(endpoint), filesystem)


def _shown(endpoint: str | None) -> str:
    """The endpoint without a user and a password."""
    if endpoint is None:
        return "Amazon S3"
    parts = urlsplit(endpoint)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}" if parts.netloc else endpoint.rpartition("@")[2]
