"""Builds: each image is made once, its log is kept, and who wants the same at once waits for it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from daytona_local.build_plan import Plan, Planning, snapshot_ref
from daytona_local.build_run import BuildRun, Result
from daytona_local.build_words import BuildFailedError
from daytona_local.contexts import Contexts
from daytona_local.images import Images
from daytona_local.records import Build, Image
from daytona_local.runtime import NotRunningError, Runtime, RuntimeFailedError
from daytona_local.runtime.trees import remove
from daytona_local.settings import Settings
from daytona_local.shortages import shortage
from daytona_local.toolbox.session_logs import PLAIN, CommandLog

logger = logging.getLogger(__name__)

LONGEST_S = 2 * 3600


class Builds:
    """Build images.

    Args:
        settings: The server's.
        runtime: Where they are built.
        planning: Says what they begin with.
        images: Keeps them.
        contexts: The files that they copy.
    """

    def __init__(
        self, settings: Settings, runtime: Runtime, planning: Planning, images: Images, contexts: Contexts
    ) -> None:
        self._runtime = runtime
        self._planning = planning
        self._images = images
        self._contexts = contexts
        self._room = settings.largest_context_bytes
        self._running: dict[str, asyncio.Task[Image]] = {}
        self._waiting: Counter[str] = Counter()
        self._logs: dict[str, CommandLog] = {}
        self._folder = settings.data_dir / "builds"
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def tidy(self) -> None:
        """Remove what is left of builds that a kill broke off."""
        for folder in self._folder.glob("*.context"):
            shutil.rmtree(folder)

    def built(self, build: Build) -> Image | None:
        """Return the image of a build, None when it is still to be made."""
        with contextlib.suppress(BuildFailedError):
            return self._images.get(self._planning.plan(build).image_id)
        return None

    def files_of(self, image_id: str | None) -> str | None:
        """Return what the runtime keeps an image's files under, None for those that every sandbox has."""
        return self._images.files_of(image_id)

    async def build(self, build: Build) -> Image:
        """Return the image of a build, made when it isn't there yet.

        A build that nobody waits for any more is broken off.

        Raises:
            BuildFailedError: It can't be built; the log says so too.
        """
        ref = snapshot_ref(build)
        running = await self._begun(ref, build)
        self._waiting[ref] += 1
        try:
            return await asyncio.shield(running)
        finally:
            self._waiting[ref] -= 1
            if not self._waiting[ref]:
                running.cancel()

    def log(self, build: Build) -> Path | None:
        """Return the file of a build's log, None before there is one."""
        file = self._log_file(build)
        return file if file.exists() else None

    def read(self, build: Build) -> bytes:
        """Return what a build's log has so far."""
        return self._log_file(build).read_bytes()

    async def follow(self, build: Build) -> AsyncIterator[bytes]:
        """Yield a build's log, and what comes until its end."""
        log, file = self._logs.get(snapshot_ref(build)), self._log_file(build)
        if log is None:
            yield file.read_bytes()
            return
        async for piece in log.follow():
            yield piece

    async def close(self) -> None:
        """Break off what is being built."""
        running = list(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def clear(self) -> None:
        """Forget every log."""
        await self.close()
        for file in self._folder.glob("*.log"):
            file.unlink()

    async def _begun(self, ref: str, build: Build) -> asyncio.Task[Image]:
        while (running := self._running.get(ref)) is not None and running.cancelling():
            await asyncio.wait({running})  # its folders are removed before they are made anew
            await asyncio.sleep(0)  # lets the task's own callback run
        if running is None:
            running = self._running[ref] = asyncio.create_task(self._build(build))
            running.add_done_callback(lambda done: self._end(ref, done))
        return running

    async def _build(self, build: Build) -> Image:
        with self._logging(build) as log:
            try:
                async with asyncio.timeout(LONGEST_S):
                    return await self._make(self._planning.plan(build), build, log)
            except TimeoutError:
                raise BuildFailedError(f"it took longer than {LONGEST_S} s") from None
            except (RuntimeFailedError, NotRunningError, OSError) as error:
                raise BuildFailedError(shortage(error) or str(error)) from error

    async def _make(self, plan: Plan, build: Build, log: CommandLog) -> Image:
        found = self._images.get(plan.image_id)
        if found is not None:
            return found
        context = self._folder / f"{plan.image_id}.context"
        run = BuildRun(plan, self._runtime, context, log, self._room)
        await remove(context)
        try:
            await self._contexts.unpack(build.context_hashes, context)
            image = await self._keep(plan, await run.run())
            await self._images.tidy()
            return image
        finally:
            await run.close()
            await remove(context)

    async def _keep(self, plan: Plan, result: Result) -> Image:
        if result.bench is None:
            return self._images.add(plan.image_id, result.config, ref=plan.ref, files=result.origin)
        return await self._images.copy(result.bench.id, plan.image_id, result.config, ref=plan.ref)

    @contextlib.contextmanager
    def _logging(self, build: Build) -> Iterator[CommandLog]:
        """Give the log of a build, whose last line is why it failed."""
        file, ref = self._log_file(build), snapshot_ref(build)
        try:
            file.unlink(missing_ok=True)
            log = self._logs[ref] = CommandLog(file)
        except OSError as error:
            raise BuildFailedError(f"its log can't be kept: {shortage(error) or error}") from error
        try:
            yield log
            log.append(PLAIN, b"The image is built\n")
        except BuildFailedError as error:
            log.append(PLAIN, f"The build failed: {error}\n".encode(errors="replace"))
            raise
        finally:
            log.close()
            del self._logs[ref]

    def _log_file(self, build: Build) -> Path:
        return self._folder / f"{snapshot_ref(build).partition(':')[0]}.log"

    def _end(self, ref: str, done: asyncio.Task[Image]) -> None:
        del self._running[ref]
        if done.cancelled() or isinstance(done.exception(), BuildFailedError):
            return
        if (error := done.exception()) is not None:
            logger.error("the build of %s: %s: %s", ref, type(error).__name__, error)
