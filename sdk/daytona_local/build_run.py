"""Carry out the stages of a Dockerfile, step by step."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from daytona_local.build_plan import Origin, Plan, find_stage
from daytona_local.build_stage import IGNORED, StageState
from daytona_local.build_steps import Stage, Step
from daytona_local.build_words import BuildFailedError
from daytona_local.records import Image, ImageConfig
from daytona_local.runtime import AgentError, NotRunningError, Runtime, RuntimeFailedError
from daytona_local.toolbox.session_logs import PLAIN, CommandLog
from daytona_local.workbench import ROOT, Workbench

DONE = frozenset({"RUN", "COPY", "ADD", "VOLUME"})
"""Steps that need files; all others only say something of the image."""

_MODE = re.compile(r"0?[0-7]{3,4}")
_SYSTEM = re.compile(r"\b(apt-get|apt|apk|dnf|yum|dpkg)\b")


@dataclass(frozen=True)
class Result:
    """Hold what came of a build.

    Args:
        config: What the image says.
        bench: Where its files are, None where they are those of its origin.
        origin: What it begins with, None for the default.
    """

    config: ImageConfig
    bench: Workbench | None
    origin: Image | None


class BuildRun:
    """Carry out one build.

    Args:
        plan: What is to be done.
        runtime: Where.
        context: The folder of the files that it copies.
        log: Gets what is done and what commands write.
        room: How many bytes the archives that a stage adds may become.
    """

    def __init__(self, plan: Plan, runtime: Runtime, context: Path, log: CommandLog, room: int) -> None:
        self._plan = plan
        self._runtime = runtime
        self._context = context
        self._log = log
        self._room = room
        self._states: list[StageState] = []
        self._benches: dict[int, Workbench] = {}
        self._count = 0

    async def run(self) -> Result:
        """Carry it out.

        Raises:
            BuildFailedError: A step failed, or can't be done here.
        """
        stages = self._plan.dockerfile.stages
        for number, stage in enumerate(stages):
            await self._stage(number, stage)
        bench = self._bench_of(len(stages) - 1)
        if bench is not None:
            await bench.stop()
        return Result(self._states[-1].config, bench, self._first_origin(len(stages) - 1).image)

    async def close(self) -> None:
        """Remove what was only needed on the way."""
        for bench in self._benches.values():
            await bench.close()

    async def _stage(self, number: int, stage: Stage) -> None:
        origin = self._plan.origins[number]
        config = origin.config if origin.stage is None else self._states[origin.stage].config
        state = StageState(config, self._runtime.path, self._plan.arguments)
        self._states.append(state)
        self._say(stage.origin, origin.note)
        for step in stage.steps:
            self._say(step, _note(step))
            with _named(step):
                await self._step(number, state, step)

    async def _step(self, number: int, state: StageState, step: Step) -> None:
        if step.keyword not in DONE:
            state.take(step)
            return
        bench = await self._open(number)
        if step.keyword == "RUN":
            await _run(bench, state, step)
        elif step.keyword == "VOLUME":
            for folder in state.words(step):
                await bench.mkdir(state.place(folder))
        else:
            await self._copy(number, bench, state, step)

    async def _copy(self, number: int, bench: Workbench, state: StageState, step: Step) -> None:
        *sources, target = state.words(step)
        if not sources:
            raise BuildFailedError("it needs a source and a destination")
        is_add, place = step.keyword == "ADD", state.place(target)
        if is_add and any("://" in source or source.startswith("git@") for source in sources):
            raise BuildFailedError("ADD fetches nothing here; fetch it with RUN, or copy a local file")
        mode = state.word(step.flags.get("chmod", ""), step)
        if mode and not _MODE.fullmatch(mode):
            raise BuildFailedError(f"the mode {mode!r} can't be; write it as 755")
        if target.endswith("/") or target == ".":
            place = place.rstrip("/") + "/"
        context = await self._source(number, state.word(step.flags.get("from", ""), step))
        await bench.copy(context, sources, place, mode=int(mode, 8) if mode else None, unpack=is_add)

    async def _source(self, number: int, name: str) -> Path:
        """Return the folder that a COPY takes from: the context's, or an earlier stage's."""
        if not name:
            return self._context
        earlier = find_stage(self._plan.dockerfile.stages[:number], name)
        if earlier is None:
            raise BuildFailedError(
                f"there is no earlier stage {name!r}, and from images nothing is copied here"
            )
        return (await self._open(earlier)).folder()

    async def _open(self, number: int) -> Workbench:
        """Return the workbench of a stage, laid when it is first needed."""
        if number not in self._benches:
            origin = self._plan.origins[number]
            bench = Workbench(self._runtime, f"build-{self._plan.image_id}-{number}", self._log, self._room)
            like = None if origin.stage is None else self._bench_of(origin.stage)
            first = self._first_origin(number).image
            self._benches[number] = bench
            await bench.open(first.files_id if first and like is None else None, like)
        return self._benches[number]

    def _bench_of(self, number: int) -> Workbench | None:
        """Return where the files of a stage are, None when they are its first origin's as they are."""
        stage = self._plan.origins[number].stage
        found = self._benches.get(number)
        return found if found is not None or stage is None else self._bench_of(stage)

    def _first_origin(self, number: int) -> Origin:
        """Return the image that a stage, and what it is built upon, begins with."""
        origin = self._plan.origins[number]
        return origin if origin.stage is None else self._first_origin(origin.stage)

    def _say(self, step: Step, note: str) -> None:
        self._count += 1
        total = sum(1 + len(stage.steps) for stage in self._plan.dockerfile.stages)
        told = f"Step {self._count}/{total} : {step}\n" + (f" ({note})\n" if note else "")
        self._log.append(PLAIN, told.encode(errors="replace"))


@contextlib.contextmanager
def _named(step: Step) -> Iterator[None]:
    """Say of which step a failure is, in words that a build may end with."""
    place = f"line {step.line} of the Dockerfile, {step.keyword}"
    try:
        yield
    except AgentError as error:
        named = f" ({error.filename})" if error.filename else ""
        raise BuildFailedError(f"{place}: {error.strerror}{named}") from error
    except (BuildFailedError, RuntimeFailedError, NotRunningError) as error:
        raise BuildFailedError(f"{place}: {error}") from error


async def _run(bench: Workbench, state: StageState, step: Step) -> None:
    _check_mounts(step)
    argv = state.command(step)
    if not argv:
        raise BuildFailedError("the command is empty")
    code = await bench.run(argv, state.variables, state.workdir, state.config.user or ROOT)
    if code != 0:
        raise BuildFailedError(f"it exited with {code}{_advice(step)}; the log shows what it wrote")


def _check_mounts(step: Step) -> None:
    """Refuse mounts but those of caches, which may be empty at any time."""
    for mount in step.flags.get("mount", "").split():
        if "type=cache" not in mount.split(","):
            raise BuildFailedError(f"--mount={mount} is not done here; copy the files instead")
    if step.flags.get("network", "default") != "default":
        raise BuildFailedError("--network is not understood; remove it")


def _advice(step: Step) -> str:
    if not _SYSTEM.search(step.text):
        return ""
    return " (packages of the system can't be installed: /usr is that of this machine, for reading only)"


def _note(step: Step) -> str:
    if step.keyword in IGNORED:
        return "without an effect here"
    if step.keyword in ("COPY", "ADD") and "chown" in step.flags:
        return "all files belong to the user of the sandbox"
    if step.keyword == "RUN" and "mount" in step.flags:
        return "without its caches"
    return ""
