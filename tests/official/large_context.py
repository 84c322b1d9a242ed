"""Build with a local file that the official client sends in parts; print what the sandbox has of it.

Its store refuses servers without TLS: the one option that lets it talk to them is set here. Everything else
is the official client's own.
"""

from __future__ import annotations

import asyncio
import hashlib
import random
import tempfile
from pathlib import Path
from typing import Any

from daytona import AsyncDaytona, CreateSandboxFromImageParams, Image
from daytona._async import object_storage
from daytona._async.object_storage import S3Store

MIB = 1024 * 1024


def plain_store(**given: Any) -> S3Store:
    """Return the store of the official client, that takes a server without TLS too."""
    return S3Store(**{**given, "client_options": {**given["client_options"], "allow_http": True}})


async def main() -> None:
    """Send a file of two parts and a rest, twice, and one that is small."""
    content = random.Random(7).randbytes(12 * MIB)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "large.bin").write_bytes(content)
        (Path(folder) / "small.txt").write_text("small")
        image = Image.base("daytona-local:default")
        for name in ("large.bin", "small.txt"):
            image = image.add_local_file(str(Path(folder) / name), f"/srv/{name}")
        async with AsyncDaytona() as daytona:
            for more in ("one", "two"):
                told = image.run_commands(f"echo {more}")
                sandbox = await daytona.create(CreateSandboxFromImageParams(image=told), timeout=60)
            answer = await sandbox.process.exec("sha256sum < /srv/large.bin; cat /srv/small.txt")
            print(answer.result == f"{hashlib.sha256(content).hexdigest()}  -\nsmall")


object_storage.S3Store = plain_store
asyncio.run(main())
