"""Files in and out of a sandbox."""

from __future__ import annotations

import io
import threading
from typing import Any

from .outcome import fields, refused
from .use import Use, post

BYTES = b"some bytes \x00\xff\n" * 1000


async def folder(use: Use) -> Any:
    """Make a folder and look at it."""
    await use.sandbox.fs.create_folder("inbox", "750")
    info = await use.sandbox.fs.get_file_info("inbox")
    seen = fields(info, "name is_dir permissions mode owner group")
    return [seen, bool(info.mod_time)]


async def upload(use: Use) -> Any:
    """Upload bytes and a local file."""
    local = use.folder / "local.txt"
    local.write_text("from here\n")
    await use.sandbox.fs.upload_file(BYTES, "inbox/a file.bin")
    await use.sandbox.fs.upload_file(str(local), "inbox/copy.txt", timeout=60)
    await use.sandbox.fs.upload_file(b"kept", "kept.txt")
    found = await use.sandbox.fs.list_files("inbox")
    return sorted([info.name, info.size, info.is_dir] for info in found)


async def upload_many(use: Use) -> Any:
    """Upload several at once, into folders that are new."""
    file = use.sdk.FileUpload
    await use.sandbox.fs.upload_files(
        [
            file(b"one", "inbox/new/one.txt"),
            file(b"two", "inbox/new/deeper/two.txt"),
            file(str(use.folder / "local.txt"), "inbox/new/three.txt"),
        ]
    )
    return sorted((await use.sh("cd inbox/new && find . -type f")).split())


async def list_deeper(use: Use) -> Any:
    """List more than one folder deep."""
    found = await use.sandbox.fs.list_files("inbox", depth=3)
    return sorted(info.name for info in found)


async def download(use: Use) -> Any:
    """Download into memory, and to a local file."""
    content = await use.sandbox.fs.download_file("inbox/a file.bin")
    target = use.folder / "copy.txt"
    answer = await use.sandbox.fs.download_file("inbox/copy.txt", str(target))
    return [content == BYTES, answer, target.read_text()]


async def download_many(use: Use) -> Any:
    """Download several at once; one that isn't there says so."""
    request = use.sdk.FileDownloadRequest
    target = use.folder / "one.txt"
    found = await use.sandbox.fs.download_files(
        [
            request("inbox/new/deeper/two.txt"),
            request("inbox/new/one.txt", str(target)),
            request("inbox/nothing.txt"),
        ]
    )
    seen = [
        [item.source, item.error is None, item.error_details and item.error_details.code] for item in found
    ]
    return [seen, found[0].result.decode(), found[1].result == str(target), target.read_text()]


async def download_stream(use: Use) -> Any:
    """Download piece by piece, and be told how far it is."""
    steps: list[Any] = []
    stream = await use.sandbox.fs.download_file_stream("inbox/a file.bin", on_progress=steps.append)
    pieces = [piece async for piece in stream]
    last = steps[-1]
    return [b"".join(pieces) == BYTES, last.bytes_received == last.total_bytes == len(BYTES)]


async def upload_stream(use: Use) -> Any:
    """Upload piece by piece, and be told how far it is."""
    steps: list[Any] = []
    await use.sandbox.fs.upload_file_stream(io.BytesIO(BYTES), "inbox/stream.bin", on_progress=steps.append)
    return [steps[-1].bytes_sent >= len(BYTES), (await use.sandbox.fs.get_file_info("inbox/stream.bin")).size]


async def cancelled(use: Use) -> Any:
    """End an upload that isn't wanted any more."""
    event = threading.Event()
    event.set()
    upload = use.sandbox.fs.upload_file_stream
    return await refused(upload, io.BytesIO(BYTES), "inbox/never.bin", cancel_event=event)


async def search(use: Use) -> Any:
    """Find files by name and by content."""
    await use.sandbox.fs.upload_file(b"first line\nneedle here\n", "inbox/hay.txt")
    by_name = await use.sandbox.fs.search_files("inbox", "*.txt")
    by_content = await use.sandbox.fs.find_files("inbox", "needle")
    names = sorted(path.rsplit("/", 1)[-1] for path in by_name.files)
    return [names, [[match.file.rsplit("/", 1)[-1], match.line, match.content] for match in by_content]]


async def replace(use: Use) -> Any:
    """Replace text in files."""
    found = await use.sandbox.fs.replace_in_files(["inbox/hay.txt"], "needle", "thread")
    text = await use.sandbox.fs.download_file("inbox/hay.txt")
    return [[[item.file, item.success, item.error or ""] for item in found], text.decode()]


async def permissions(use: Use) -> Any:
    """Set a file's permissions."""
    await use.sandbox.fs.set_file_permissions("inbox/hay.txt", mode="600")
    return fields(await use.sandbox.fs.get_file_info("inbox/hay.txt"), "mode permissions size name")


async def move(use: Use) -> Any:
    """Move a file."""
    await use.sandbox.fs.move_files("inbox/hay.txt", "inbox/moved.txt")
    there = await use.sandbox.fs.get_file_info("inbox/moved.txt")
    return [there.name, await refused(use.sandbox.fs.get_file_info, "inbox/hay.txt")]


async def remove(use: Use) -> Any:
    """Delete a file, and a folder with what is in it."""
    await use.sandbox.fs.delete_file("inbox/moved.txt")
    not_alone = await refused(use.sandbox.fs.delete_file, "inbox/new")
    await use.sandbox.fs.delete_file("inbox/new", recursive=True)
    found = await use.sandbox.fs.list_files("inbox")
    return [not_alone, sorted(info.name for info in found)]


async def missing(use: Use) -> Any:
    """What isn't there says so, whatever is asked of it."""
    fs = use.sandbox.fs
    return [
        await refused(fs.download_file, "nothing.txt"),
        await refused(fs.list_files, "nothing"),
        await refused(fs.delete_file, "nothing.txt"),
        await refused(fs.move_files, "nothing.txt", "something.txt"),
        await refused(fs.set_file_permissions, "nothing.txt", mode="600"),
        await refused(fs.search_files, "nothing", "*"),
        await refused(fs.find_files, "nothing", "x"),
    ]


async def signed_urls(use: Use) -> Any:
    """Upload and download by URLs that need no key, until the key that signed them is another."""
    url = await use.sandbox.download_url("kept.txt", ttl_seconds=60)
    content = await use.fetch(url)
    post(await use.sandbox.upload_url("posted.txt"), b"by anyone")
    posted = await use.sandbox.fs.download_file("posted.txt")
    await use.sandbox.rotate_signing_key()
    return [content.decode(), posted.decode(), use.opens(url)]


CASES = [
    folder, upload, upload_many, list_deeper, download, download_many, download_stream, upload_stream,
    cancelled, search, replace, permissions, move, remove, missing, signed_urls,
]  # fmt: skip
