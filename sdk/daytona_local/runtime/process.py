"""Run sandboxes as plain processes, in a folder each: no isolation at all.

What runs in such a sandbox runs as the user who started the server, and sees all that this user sees:
other files, other processes, the network. It is for machines where bubblewrap can't run, and for code
that one would run without a sandbox as well.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from daytona_local.runtime import agent_program
from daytona_local.runtime.base import RuntimeFailedError, SandboxSpec
from daytona_local.runtime.boot import Command, Places, agent_words
from daytona_local.runtime.files import Files
from daytona_local.runtime.folders import FolderRuntime
from daytona_local.runtime.leftovers import mark_of
from daytona_local.runtime.trees import Trees

UNBLOCKED = "the process runtime can't block the network; use bubblewrap"


class ProcessRuntime(FolderRuntime):
    """Run each sandbox's agent as an ordinary process in the sandbox's folder."""

    name = "process"
    builds = False

    def __init__(self, data_dir: Path) -> None:
        super().__init__(Files(data_dir.absolute(), Trees()), mark_of(data_dir.resolve()))

    @property
    def path(self) -> str:
        """Return where a sandbox looks for programs: where the server does."""
        return os.environ.get("PATH", os.defpath)

    @property
    def limits(self) -> Mapping[str, str]:
        """Return that nothing is limited."""
        names = ("cpu", "memory", "processes", "disk")
        return {**dict.fromkeys(names, "not enforced"), "network": "the host's"}

    async def create(self, spec: SandboxSpec, from_snapshot: str | None = None) -> None:
        """Make the sandbox's folder, and links to its volumes."""
        if from_snapshot is not None:
            await self._files.use(from_snapshot, spec.id)
        home = self._home(spec.id)
        home.mkdir(parents=True, exist_ok=True)
        for mount in spec.mounts:
            source = mount.source / mount.subpath
            source.mkdir(mode=0o700, parents=True, exist_ok=True)
            _link(home, mount.target, source)

    async def start(self, spec: SandboxSpec) -> None:
        """Start the sandbox's agent.

        Raises:
            RuntimeFailedError: It did not start, or a volume can't be shown where it should be.
        """
        if not spec.network or spec.networks:
            raise RuntimeFailedError(UNBLOCKED)
        await self.create(spec)
        home = str(self._home(spec.id))
        program = shutil.which("python3") or sys.executable
        env = {"PATH": self.path, "HOME": home, "USER": spec.user, "LANG": "C.UTF-8"}
        places = Places(home, home)
        argv = agent_words(program, str(Path(agent_program.__path__[0]).parent), places, self._mark)
        environment = {**env, **spec.env, "DAYTONA_SANDBOX_ID": spec.id}
        await self._boots.start(spec.id, Command(argv, environment), places)

    async def set_network(self, sandbox_id: str, network: bool, networks: Sequence[str] = ()) -> None:
        """Do nothing, since every sandbox has the host's network.

        Raises:
            RuntimeFailedError: It should have none, or less.
        """
        if not network or networks:
            raise RuntimeFailedError(UNBLOCKED)

    async def resize(self, spec: SandboxSpec) -> None:
        """Do nothing: nothing is limited."""

    def _home(self, sandbox_id: str) -> Path:
        return self._files.root(sandbox_id) / "home"


def _link(home: Path, target: str, source: Path) -> None:
    """Show a volume in the sandbox's folder: the host's own paths can't be mounted over."""
    link = home / target.lstrip("/")
    if link.is_symlink() or ".." in Path(target).parts:
        return
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(source, target_is_directory=True)
