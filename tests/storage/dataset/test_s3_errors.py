"""What can be wrong with a bucket is one sentence with the remedy, soon, and no secret is in it."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator

import pytest

from storage.dataset import s3
from storage.dataset.place import DatasetError, Place, open_place
from storage.dataset.s3 import open_s3
from tests.s3_server import SECRET, S3Server, s3_server


def said(place: Place) -> str:
    """What a listing, a write and a read of a place say; each the same."""
    sentences = set()
    for action in (lambda: place.list("manifests"), lambda: place.write("manifests/x.json", b"{}")):
        with pytest.raises(DatasetError) as caught:
            action()
        sentences.add(re.sub("CreateMultipartUpload|PutObject|ListObjectsV2", "·", str(caught.value)))
    assert len(sentences) == 1, sentences
    (sentence,) = sentences
    assert SECRET not in sentence
    assert "Request ID" not in sentence
    return sentence


@pytest.fixture
def free_address() -> Iterator[str]:
    """An address of this machine where nobody answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{taken.getsockname()[1]}"


def test_a_bucket_that_does_not_exist(server: S3Server) -> None:
    place = open_s3("s3://nowhere/x", server.environment)
    expected = f"the bucket 'nowhere' does not exist at {server.endpoint}; make it, or name another in [storage] dataset"
    assert said(place) == expected


def test_credentials_that_the_server_refuses() -> None:
    with s3_server({"INITIAL_NO_AUTH_ACTION_COUNT": "1"}) as strict:
        place = open_s3(f"s3://{strict.new_bucket()}/x", strict.environment)
        assert "refuses the credentials of the environment for s3://bucket-1/x (" in said(place)
        assert "check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY" in said(place)


def test_a_server_that_is_not_there(server: S3Server, free_address: str) -> None:
    place = open_s3("s3://bucket/x", {**server.environment, "AWS_ENDPOINT_URL_S3": f"http://{free_address}"})
    began = time.monotonic()
    assert said(place).startswith(f"http://{free_address} cannot be reached for s3://bucket/x (Could not connect to server); ")
    assert time.monotonic() - began < 30


def test_a_server_that_says_nothing_is_given_up(server: S3Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(s3, "SILENCE_SECONDS", 1.0)
    monkeypatch.setattr(s3, "ATTEMPTS", 1)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(50)
        place = open_s3(
            "s3://bucket/x", {**server.environment, "AWS_ENDPOINT_URL_S3": f"http://127.0.0.1:{silent.getsockname()[1]}"}
        )
        began = time.monotonic()
        with pytest.raises(DatasetError, match=r"cannot be reached for s3://bucket/x \(Timeout was reached\)"):
            place.list("manifests")
        assert time.monotonic() - began < 30


@pytest.mark.parametrize("missing", ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
def test_an_environment_without_credentials(server: S3Server, missing: str) -> None:
    environment = {name: value for name, value in server.environment.items() if name != missing}
    with pytest.raises(DatasetError, match=r"no credentials for s3://bucket/x; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"):
        open_s3("s3://bucket/x", environment)


def test_the_environment_says_where_and_who(server: S3Server) -> None:
    environment = {name: value for name, value in server.environment.items() if name != "AWS_ENDPOINT_URL_S3"}
    place = open_s3("s3://bucket/a/b/", {**environment, "AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_REGION": "eu-west-3"})
    assert (place.bucket, place.prefix, place.address, place.endpoint) == ("bucket", "a/b", "s3://bucket/a/b", "http://127.0.0.1:9")
    assert place.filesystem.region == "eu-west-3"
    assert open_s3("s3://bucket", environment).endpoint == "Amazon S3"
    named = open_s3("s3://bucket", {**environment, "AWS_ENDPOINT_URL": f"https://me:{SECRET}@127.0.0.1:9"})
    assert named.endpoint == "https://127.0.0.1:9"
    assert SECRET not in repr(place)


@pytest.mark.parametrize("error", [OSError(28, "the disk is full", "x"), FileNotFoundError(2, "no such file", "x")])
def test_an_error_of_this_machine_is_not_laid_to_the_server(s3_address: str, error: OSError) -> None:
    place = open_place(s3_address)
    with pytest.raises(OSError, match=str(error.strerror)) as caught, place.writing("a/x"):
        raise error
    assert caught.value is error
