"""The object store: each content once, signed, whole or not at all."""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
import tracemalloc
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from daytona_httpx import (
    AsyncDaytona,
    CreateSandboxFromImageParams,
    CreateSnapshotParams,
    DaytonaError,
    DaytonaForbiddenError,
    DaytonaNotFoundError,
    DaytonaRateLimitError,
    DaytonaValidationError,
    Image,
)
from daytona_httpx._async import object_storage
from daytona_httpx.image_context import context_of

from tests.unit.daytona_httpx.fake_api import PUSH_ACCESS, FakeApi, record, refusal

pytestmark = pytest.mark.anyio


class Store:
    """Keep what is put, as a store does."""

    def __init__(self, api: FakeApi) -> None:
        self.objects: dict[str, bytes] = {}
        api.on("GET", "/object-storage/push-access", PUSH_ACCESS)
        api.on("HEAD", "/context.tar", self.head)
        api.on("PUT", "/context.tar", self.put)

    def head(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(200 if request.url.path in self.objects else 404)

    def put(self, request: httpx.Request) -> httpx.Response:
        assert hashlib.sha256(request.content).hexdigest() == request.headers["x-amz-content-sha256"]
        assert len(request.content) == int(request.headers["content-length"])
        assert "transfer-encoding" not in request.headers
        self.objects[request.url.path] = request.content
        return httpx.Response(200)


def write(path: Path, text: str) -> None:
    path.write_text(text)


@pytest.fixture
def store(api: FakeApi) -> Store:
    return Store(api)


@pytest.fixture
def app(tmp_path: Path) -> Path:
    (tmp_path / "app.py").write_text("print()")
    return tmp_path / "app.py"


async def test_a_create_sends_what_the_image_copies_and_names_it_by_its_hash(
    client: AsyncDaytona, api: FakeApi, store: Store, app: Path
) -> None:
    api.on("POST", "/sandbox", record())
    image = Image.base("x").add_local_file(app, "/app.py")
    await client.create(CreateSandboxFromImageParams(image=image))
    ((path, content),) = store.objects.items()
    digest = hashlib.sha256(content).hexdigest()
    assert f"/bucket/org/{digest}/context.tar" == path
    expected = {"dockerfileContent": image.dockerfile(), "contextHashes": [digest]}
    assert expected == api.bodies("POST")[0]["buildInfo"]
    with tarfile.open(fileobj=io.BytesIO(content)) as tar:
        assert [image.contexts[0].archive_path] == tar.getnames()


async def test_content_that_the_store_has_is_not_sent_again(
    client: AsyncDaytona, api: FakeApi, store: Store, app: Path
) -> None:
    image = Image.base("x").add_local_file(app, "/app.py")
    first = await client.object_storage.upload_contexts(image.contexts)
    os.utime(app, (1, 1))
    assert first == await client.object_storage.upload_contexts(image.contexts)
    assert len(api.sent("PUT")) == 1
    write(app, "print(2)")
    assert first != await client.object_storage.upload_contexts(image.contexts)
    assert len(store.objects) == 2


async def test_the_store_gets_a_signature_and_not_the_key_of_the_api(
    client: AsyncDaytona, api: FakeApi, store: Store, app: Path
) -> None:
    await client.object_storage.upload_contexts([context_of(app)])
    for request in (*api.sent("HEAD"), *api.sent("PUT")):
        assert request.headers["authorization"].startswith("AWS4-HMAC-SHA256 Credential=AKID/")
        assert request.headers["x-amz-security-token"] == "t0ken"
        assert "Bearer" not in str(request.headers)
        assert "s3cret" not in str(request.headers)


async def test_a_snapshot_sends_them_too(client: AsyncDaytona, api: FakeApi, store: Store, app: Path) -> None:
    api.on("POST", "/snapshots", {"id": "i", "name": "n", "state": "active"})
    image = Image.base("x").add_local_file(app, "/app.py")
    await client.snapshot.create(CreateSnapshotParams(name="n", image=image))
    (path,) = store.objects
    assert path.split("/")[3:4] == api.bodies("POST")[0]["buildInfo"]["contextHashes"]
    assert path.split("/")[3:4] == await client.snapshot.process_image_context(client.object_storage, image)


async def test_an_image_without_files_asks_the_store_nothing(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("POST", "/sandbox", record())
    await client.create(CreateSandboxFromImageParams(image=Image.base("x")))
    assert ["POST"] == [request.method for request in api.requests]
    assert await client.object_storage.upload_contexts([]) == []


async def test_parameters_that_can_t_be_are_refused_before_anything_is_sent(
    client: AsyncDaytona, api: FakeApi, store: Store, app: Path
) -> None:
    image = Image.base("x").add_local_file(app, "/app.py")
    with pytest.raises(DaytonaValidationError, match="auto_stop_interval"):
        await client.create(CreateSandboxFromImageParams(image=image, auto_stop_interval=-1))
    assert api.requests == []


async def test_one_path_is_sent_under_a_name_and_for_an_organization(
    client: AsyncDaytona, store: Store, app: Path
) -> None:
    digest = await client.object_storage.upload(str(app), "other", "src/app.py")
    assert [f"/bucket/other/{digest}/context.tar"] == [*store.objects]
    assert b"src/app.py" in store.objects[f"/bucket/other/{digest}/context.tar"]
    assert app.name == client.object_storage.compute_archive_base_path(str(app)).rpartition("/")[2]
    with pytest.raises(
        DaytonaNotFoundError, match=r"Failed to upload to the object store: Path .*none does not"
    ):
        await client.object_storage.upload(str(app) + "none")


async def test_keys_that_may_only_write_are_enough(
    client: AsyncDaytona, api: FakeApi, store: Store, app: Path
) -> None:
    api.on("HEAD", "/context.tar", httpx.Response(403))
    await client.object_storage.upload_contexts([context_of(app)])
    assert len(store.objects) == 1


async def test_a_lost_answer_is_asked_for_again_with_the_whole_body(
    client: AsyncDaytona, api: FakeApi, store: Store, app: Path
) -> None:
    api.on("PUT", "/context.tar", httpx.ReadError("reset"), httpx.Response(503), store.put)
    await client.object_storage.upload_contexts([context_of(app)])
    assert len({request.content for request in api.sent("PUT")}) == 1
    assert len(api.sent("PUT")) == 3


async def test_a_store_that_refuses_is_named_with_what_was_sent(
    client: AsyncDaytona, api: FakeApi, store: Store, app: Path
) -> None:
    denied = httpx.Response(403, content=b"<Error><Code>AccessDenied</Code></Error>")
    api.on("PUT", "/context.tar", denied)
    image = Image.base("x").add_local_file(app, "/app.py")
    with pytest.raises(DaytonaForbiddenError) as caught:
        await client.create(CreateSandboxFromImageParams(image=image))
    assert f"Failed to create sandbox: upload {app}: HTTP 403 from http://store.test" in str(caught.value)
    assert "s3cret" not in str(caught.value)
    assert api.sent("POST") == []


async def test_a_store_that_isn_t_there_is_the_api_s_refusal(
    client: AsyncDaytona, api: FakeApi, app: Path
) -> None:
    api.on("GET", "/push-access", refusal(503, "Object storage is not configured"))
    with pytest.raises(DaytonaError, match="Failed to get access to the object store: Object storage is not"):
        await client.object_storage.get_push_access()


async def test_a_file_that_changes_meanwhile_is_not_kept_under_a_wrong_name(
    client: AsyncDaytona, api: FakeApi, store: Store, app: Path
) -> None:
    def change(request: httpx.Request) -> httpx.Response:
        write(app, "print!!")  # as long as before
        return httpx.Response(404)

    api.on("HEAD", "/context.tar", change)
    with pytest.raises(
        DaytonaError, match=r"upload .*app\.py: .*app\.py changed while it was sent; try again"
    ):
        await client.object_storage.upload_contexts([context_of(app)])
    assert store.objects == {}


async def test_what_no_store_takes_in_one_piece_is_said_before_it_is_sent(
    client: AsyncDaytona, api: FakeApi, store: Store, app: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(object_storage, "LARGEST", 10)
    with pytest.raises(DaytonaValidationError, match=r"upload .*app\.py: it has 0\.0 GiB"):
        await client.object_storage.upload_contexts([context_of(app)])
    assert api.sent("HEAD") == []


async def test_the_deadline_of_the_create_holds_for_the_upload(
    client: AsyncDaytona, api: FakeApi, store: Store, app: Path
) -> None:
    api.on("PUT", "/context.tar", refusal(429, "slow", {"Retry-After": "30"}))
    image = Image.base("x").add_local_file(app, "/app.py")
    with pytest.raises(DaytonaRateLimitError, match=r"Failed to create sandbox: upload .*app\.py"):
        await client.create(CreateSandboxFromImageParams(image=image), timeout=5)
    assert ["GET", "HEAD", "PUT"] == [request.method for request in api.requests]


async def test_a_large_context_is_sent_in_little_memory(
    client: AsyncDaytona, api: FakeApi, tmp_path: Path
) -> None:
    with (tmp_path / "large").open("wb") as file:
        file.truncate(32 * 1024 * 1024)
    received = 0

    class Sink(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            nonlocal received
            if request.method == "GET":
                return httpx.Response(200, json=PUSH_ACCESS)
            stream: Any = request.stream
            assert isinstance(stream, AsyncIterator | httpx.AsyncByteStream)
            async for chunk in stream:
                received += len(chunk)
            return httpx.Response(404 if request.method == "HEAD" else 200)

    client._transport._client._transport = Sink()
    tracemalloc.start()
    await client.object_storage.upload_contexts([context_of(tmp_path / "large")])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert received > 32 * 1024 * 1024
    assert peak < 8 * 1024 * 1024
