"""The object store: what is taken in, and from whom."""

from __future__ import annotations

import hashlib
import io
import re
import tarfile
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

import httpx
import pytest
from daytona_httpx.models.object_storage import StorageAccess
from daytona_httpx.s3 import EMPTY_SHA256, Credentials, signed_headers
from daytona_local.settings import DEFAULT_SNAPSHOT, ORGANIZATION_ID

from tests.contract.conftest import Api, serving
from tests.contract.waiting import becomes

pytestmark = pytest.mark.anyio

BODY = b"the files of an image"
SHA256 = hashlib.sha256(BODY).hexdigest()


@pytest.fixture
async def small(tmp_path: Path) -> AsyncIterator[Api]:
    """Return a server whose contexts have at most 20,000 bytes."""
    async with serving("in process", tmp_path, 0, largest_context_bytes=20_000) as made:
        yield made


async def access_of(api: Api) -> StorageAccess:
    return StorageAccess.model_validate((await api.call("GET", "/object-storage/push-access")).json())


async def send(
    api: Api,
    method: str,
    path: str,
    sha256: str = EMPTY_SHA256,
    body: bytes = b"",
    at: datetime | None = None,
    change: Callable[[dict[str, str]], object] = lambda headers: None,
) -> httpx.Response:
    """Send a signed request without the API key."""
    access = await access_of(api)
    keys = Credentials(access.access_key, access.secret, access.session_token, access.region)
    url = f"{access.storage_url}{path}"
    headers = signed_headers(method, url, keys, sha256, at or datetime.now(UTC))
    change(headers)
    api.raw.headers.pop("Authorization", None)
    try:
        return await api.raw.request(method, url, headers=headers, content=body)
    finally:
        api.raw.headers["Authorization"] = "Bearer dtn_contract"


def place(digest: str = SHA256, organization: str = ORGANIZATION_ID, bucket: str = "contexts") -> str:
    return f"/{bucket}/{organization}/{digest}/context.tar"


async def test_the_access_names_this_server_and_passing_keys(api: Api) -> None:
    access = await access_of(api)
    assert (f"{api.url}/s3", "contexts", ORGANIZATION_ID) == (
        access.storage_url,
        access.bucket,
        access.organization_id,
    )
    assert access.access_key != (await access_of(api)).access_key
    assert (
        401
        == (await api.raw.get("/api/object-storage/push-access", headers={"Authorization": "x"})).status_code
    )


async def test_what_was_sent_is_there(api: Api) -> None:
    assert 404 == (await send(api, "HEAD", place())).status_code
    answer = await send(api, "PUT", place(), SHA256, BODY)
    assert (200, f'"{SHA256}"') == (answer.status_code, answer.headers["etag"])
    assert 200 == (await send(api, "HEAD", place())).status_code
    assert 404 == (await send(api, "HEAD", place("f" * 64))).status_code


async def test_a_body_that_is_not_what_was_signed_is_not_kept(api: Api) -> None:
    answer = await send(api, "PUT", place(), SHA256, BODY + b"!")
    assert 400 == answer.status_code
    assert "application/xml" == answer.headers["content-type"]
    assert "not what was signed" in answer.text
    assert 400 == (await send(api, "PUT", place(), "UNSIGNED-PAYLOAD", BODY)).status_code
    assert 400 == (await send(api, "PUT", place("UP" * 32), SHA256, BODY)).status_code
    assert 404 == (await send(api, "HEAD", place())).status_code


@pytest.mark.parametrize(
    "change",
    [
        lambda headers: headers.pop("Authorization"),
        lambda headers: headers.update({"Authorization": "Bearer dtn_contract"}),
        lambda headers: headers.update({"Authorization": headers["Authorization"][:-1] + "x"}),
        lambda headers: headers.update({"x-amz-security-token": "another"}),
        lambda headers: headers.pop("x-amz-security-token"),
        lambda headers: headers.update({"x-amz-content-sha256": SHA256}),
        lambda headers: headers.update(
            {"Authorization": re.sub("LOCAL[0-9]+", "LOCAL1000000000", headers["Authorization"])}
        ),
        lambda headers: headers.update(
            {"Authorization": headers["Authorization"].replace("host;", "")},
        ),
    ],
)
async def test_only_a_right_signature_is_let_in(api: Api, change: Callable[[dict[str, str]], object]) -> None:
    assert 403 == (await send(api, "HEAD", place(), change=change)).status_code
    answer = await send(api, "PUT", place(), EMPTY_SHA256, b"", change=change)
    assert (403, True) == (answer.status_code, "AccessDenied" in answer.text)


async def test_a_signature_is_for_now_and_for_one_place(api: Api) -> None:
    for late in (timedelta(hours=1), timedelta(hours=-1)):
        assert 403 == (await send(api, "HEAD", place(), at=datetime.now(UTC) + late)).status_code
    for path in (place(organization="another"), place(bucket="another")):
        assert 403 == (await send(api, "PUT", path, SHA256, BODY)).status_code


async def test_our_client_sends_each_content_once(api: Api, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("content")
    digest = await api.client.object_storage.upload(str(tmp_path / "file"))
    assert 200 == (await send(api, "HEAD", place(digest))).status_code
    assert digest == await api.client.object_storage.upload(str(tmp_path / "file"))


class Parts:
    """Send a context in parts."""

    def __init__(self, api: Api, path: str) -> None:
        self._api = api
        self._path = path
        self.tags: list[str] = []

    async def begin(self) -> httpx.Response:
        answer = await send(self._api, "POST", f"{self._path}?uploads=")
        self.upload = answer.text.partition("<UploadId>")[2].partition("<")[0]
        return answer

    async def part(self, number: int, body: bytes) -> httpx.Response:
        query = f"partNumber={number}&uploadId={self.upload}"
        answer = await send(self._api, "PUT", f"{self._path}?{query}", hashlib.sha256(body).hexdigest(), body)
        self.tags.append(answer.headers.get("etag", ""))
        return answer

    async def complete(self, *parts: tuple[int, str], numbers: Sequence[int] = ()) -> httpx.Response:
        named = [*parts, *((number, self.tags[number - 1]) for number in numbers)]
        inner = [
            f"<Part><ETag>{escape(tag, {chr(34): '&quot;'})}</ETag><PartNumber>{number}</PartNumber></Part>"
            for number, tag in named
        ]
        body = f"<CompleteMultipartUpload>{''.join(inner)}</CompleteMultipartUpload>".encode()
        query = f"uploadId={self.upload}"
        return await send(self._api, "POST", f"{self._path}?{query}", hashlib.sha256(body).hexdigest(), body)

    async def abort(self) -> httpx.Response:
        return await send(self._api, "DELETE", f"{self._path}?uploadId={self.upload}")


def code_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.text.partition("<Code>")[2].partition("<")[0]


async def test_a_context_that_comes_in_parts_is_there_when_it_is_complete(api: Api) -> None:
    parts = Parts(api, place())
    begun = await parts.begin()
    assert (200, "application/xml") == (begun.status_code, begun.headers["content-type"])
    for number, body in ((1, b"the files "), (2, b"of another"), (3, b" image")):
        assert 200 == (await parts.part(number, body)).status_code
    assert 200 == (await parts.part(2, b"of an")).status_code  # again, as after a lost answer
    assert 404 == (await send(api, "HEAD", place())).status_code
    done = await parts.complete((1, parts.tags[0]), (2, parts.tags[3]), (3, parts.tags[2]))
    assert (200, True) == (done.status_code, f"{SHA256}-3" in done.text)
    found = await send(api, "HEAD", place())
    assert str(len(BODY)) == found.headers["content-length"]
    assert {"last-modified", "etag"} <= found.headers.keys()
    assert (404, "NoSuchUpload") == code_of(await parts.complete(numbers=[1]))


async def test_parts_that_have_not_come_make_no_context(api: Api) -> None:
    parts = Parts(api, place())
    await parts.begin()
    await parts.part(1, b"a")
    await parts.part(2, b"b")
    assert (400, "InvalidPart") == code_of(await parts.complete((1, '"another"')))
    assert (400, "InvalidPart") == code_of(await parts.complete((3, parts.tags[0])))
    for numbers in ([2, 1], [1, 1], []):
        assert (400, "InvalidPartOrder") == code_of(await parts.complete(numbers=numbers))
    for number in (0, 20_001, -1):
        assert (400, "InvalidArgument") == code_of(await parts.part(number, b"x"))
    other = Parts(api, place("f" * 64))
    other.upload = parts.upload
    for answer in (await other.part(1, b"x"), await other.complete((1, '"x"')), await other.abort()):
        assert (404, "NoSuchUpload") == code_of(answer)
    assert 404 == (await send(api, "HEAD", place())).status_code


async def test_an_upload_that_is_given_up_leaves_nothing(api: Api, tmp_path: Path) -> None:
    parts = Parts(api, place())
    await parts.begin()
    await parts.part(1, b"a" * 1000)
    assert 204 == (await parts.abort()).status_code
    assert (404, "NoSuchUpload") == code_of(await parts.part(2, b"b"))
    assert [] == [*(tmp_path / "contexts").iterdir()]


async def test_a_part_that_is_not_what_was_signed_is_not_kept(api: Api) -> None:
    parts = Parts(api, place())
    await parts.begin()
    path = f"{place()}?partNumber=1&uploadId={parts.upload}"
    assert (400, "XAmzContentSHA256Mismatch") == code_of(await send(api, "PUT", path, SHA256, BODY + b"!"))
    assert (400, "InvalidPart") == code_of(await parts.complete((1, f'"{SHA256}"')))


async def test_uploads_that_nobody_ends_do_not_pile_up(api: Api) -> None:
    uploads = [Parts(api, place()) for _ in range(17)]
    statuses = [(await one.begin()).status_code for one in uploads]
    assert [200] * 16 + [503] == statuses
    await uploads[0].abort()
    assert 200 == (await uploads[16].begin()).status_code


async def test_what_is_larger_than_allowed_is_refused_whole_or_in_parts(small: Api, tmp_path: Path) -> None:
    large = b"x" * 20_001
    refused = await send(small, "PUT", place(), hashlib.sha256(large).hexdigest(), large)
    assert (400, "EntityTooLarge") == code_of(refused)
    parts = Parts(small, place())
    await parts.begin()
    assert 200 == (await parts.part(1, b"x" * 12_000)).status_code
    assert (400, "EntityTooLarge") == code_of(await parts.part(2, b"x" * 12_000))
    assert 200 == (await parts.part(1, b"x" * 8000)).status_code
    assert 200 == (await parts.part(2, b"x" * 12_000)).status_code
    assert 404 == (await send(small, "HEAD", place())).status_code
    await parts.abort()
    assert [] == [*(tmp_path / "contexts").iterdir()]


def member(name: str, content: bytes) -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    return info, content


def packed(kind: Literal["", "xz"], *members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    """Return an archive."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode=f"w:{kind}") as opened:  # type: ignore[call-overload]
        for info, content in members:
            opened.addfile(info, io.BytesIO(content))
    return archive.getvalue()


def bomb() -> bytes:
    """Return a context that says to have more than it is itself."""
    info, content = member("big", b"x" * 2000)
    honest = packed("", (info, content))
    info.size = 2**40
    return info.tobuf() + honest[512:]


BOMBS = {
    "COPY": (bomb(), "the context has too much in it; leave files out"),
    "ADD": (
        packed("xz", member("zeros", bytes(2**20))),
        "line 2 of the Dockerfile, ADD: the archive has too much in it; leave files out (a.tar.xz)",
    ),
}


@pytest.mark.parametrize("step", BOMBS)
async def test_a_context_that_grows_past_the_limit_ends_in_a_failed_build(small: Api, step: str) -> None:
    content, reason = BOMBS[step]
    sent = content if step == "COPY" else packed("", member("a.tar.xz", content))
    assert len(sent) < 20_000
    assert 200 == (await send(small, "PUT", place(), hashlib.sha256(sent).hexdigest(), sent)).status_code
    dockerfile = f"FROM {DEFAULT_SNAPSHOT}\n{step} {'big' if step == 'COPY' else '*.xz'} /srv/"
    build = {"dockerfileContent": dockerfile, "contextHashes": [SHA256]}
    await small.call("POST", "/sandbox", {"name": "a", "buildInfo": build})
    assert reason == (await becomes(small, "/sandbox/a", "build_failed"))["errorReason"]
