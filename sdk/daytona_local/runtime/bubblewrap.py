"""Run sandboxes under bubblewrap: own root, processes, users, host name; the host read-only at most."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

from daytona_local.runtime import agent_program
from daytona_local.runtime.accounts import Account, account_of
from daytona_local.runtime.base import CONTEXT, Mount, RuntimeFailedError, SandboxSpec
from daytona_local.runtime.boot import Command, Places, agent_words
from daytona_local.runtime.confinement import confinement, unmerged
from daytona_local.runtime.files import Files
from daytona_local.runtime.folders import FolderRuntime
from daytona_local.runtime.host import find_bubblewrap, find_python
from daytona_local.runtime.leftovers import mark_of
from daytona_local.runtime.limits import GIB, Limits
from daytona_local.runtime.mount_points import clear, open_beneath
from daytona_local.runtime.networks import RESOLVER, Networks
from daytona_local.runtime.roots import LOCAL, lay_local, lay_root
from daytona_local.runtime.system_calls import call_filter_file
from daytona_local.runtime.trees import Trees

PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
AGENT = "/run/daytona"
RUN_BYTES = 64 * 1024 * 1024

_READ_ONLY_ETC = (
    "ssl", "ca-certificates", "alternatives", "fonts", "ld.so.cache", "ld.so.conf", "ld.so.conf.d",
)  # fmt: skip
_MOUNTED = ("/usr", "/etc/resolv.conf", "/proc", "/dev", "/run", *(f"/etc/{name}" for name in _READ_ONLY_ETC))
_RESERVED = ("/usr", "/bin", "/sbin", "/lib", "/lib64", "/proc", "/dev", "/run", "/etc", "/sys")


class BubblewrapRuntime(FolderRuntime):
    """Run each sandbox as one bubblewrap process, with our agent inside."""

    name = "bubblewrap"
    builds = True

    def __init__(self, data_dir: Path) -> None:
        self._bubblewrap = find_bubblewrap()
        self._python, self._python_prefix = find_python()
        self._networks = Networks.of_this_host()
        self._given, self._folder = data_dir, data_dir.resolve()
        self._limits = Limits.of_this_host(self._folder)
        files = Files(self._folder, Trees(confinement(self._bubblewrap.program, self._folder)))
        super().__init__(files, mark_of(self._folder))
        self._resolver = self._folder / "resolv.conf"
        if self._networks.own:
            self._resolver.touch(mode=0o600)
            self._resolver.write_text(_resolver_lines())

    @property
    def path(self) -> str:
        """Return where a sandbox looks for programs."""
        return f"{Path(self._python).parent}:{PATH}" if self._python_prefix else PATH

    @property
    def limits(self) -> Mapping[str, str]:
        """Return which limits are enforced, and how."""
        return {**self._limits.described, "network": self._networks.described}

    async def tidy(self) -> None:
        """End and remove what a killed server has left running or half done, and its groups."""
        await super().tidy()
        self._limits.tidy()

    async def create(self, spec: SandboxSpec, from_snapshot: str | None = None) -> None:
        """Lay the file system: a root of its own, new or a snapshot's."""
        if from_snapshot is not None:
            await self._files.use(from_snapshot, spec.id)
        await self._files.lay(spec.id, lambda root: lay_root(root, spec))
        if spec.builds and self._may_have_local():
            lay_local(self._files.root(spec.id), self._python)

    async def start(self, spec: SandboxSpec) -> None:
        """Boot the sandbox.

        Raises:
            RuntimeFailedError: Bubblewrap refused, or a volume can't be mounted where it should be.
        """
        await self.stop(spec.id)
        await self.create(spec)
        account = account_of(self._files.root(spec.id), spec.user)
        places = Places(account.home, spec.workdir or account.home)
        inside = agent_words(self._python, AGENT, places, self._mark)
        argv = self._limits.wrap(spec, [self._bubblewrap.program, "--args", "{options}", "--", *inside])
        environment = {"PATH": os.defpath, "LANG": "C.UTF-8"}
        with contextlib.ExitStack() as held:
            info, told = _pipe(held)
            volumes = {mount: self._open(mount, held) for mount in spec.mounts}
            calls = call_filter_file(keeps_owners=spec.builds)
            held.callback(os.close, calls)
            options = [
                *self._options(spec, account, volumes),
                "--info-fd",
                str(told),
                "--seccomp",
                str(calls),
            ]
            fds = [told, calls, *(fd for fd in volumes.values() if fd is not None)]
            agent = await self._boots.start(spec.id, Command(argv, environment, options, fds), places)
            self._networks.opened(spec.id, _child(info))
        if spec.network and self._networks.own:
            await self._networks.join(spec.id, spec.networks)
        agent.on_use = partial(self._networks.used, spec.id)

    async def stop(self, sandbox_id: str) -> None:
        """End all its processes, and keep its files."""
        await super().stop(sandbox_id)
        await self._networks.closed(sandbox_id)
        await self._limits.remove(sandbox_id)

    async def set_network(self, sandbox_id: str, network: bool, networks: Sequence[str] = ()) -> None:
        """Let a running sandbox out, or no longer.

        Args:
            sandbox_id: The sandbox.
            network: Whether it has one.
            networks: All that it may reach; everything when there are none.

        Raises:
            RuntimeFailedError: It shares the host's network, or has none that could be changed.
        """
        if not self._networks.own:
            raise RuntimeFailedError(
                "its network changes by its next start only; install passt to change it at once"
            )
        if network:
            await self._networks.join(sandbox_id, networks)
        else:
            await self._networks.part(sandbox_id)

    async def close(self) -> None:
        """Stop every sandbox that this runtime has started."""
        await super().close()
        await self._networks.close()

    async def resize(self, spec: SandboxSpec) -> None:
        """Hold a sandbox, running or not, to other sizes from now on."""
        self._limits.change(spec)

    def _options(self, spec: SandboxSpec, account: Account, volumes: Mapping[Mount, int | None]) -> list[str]:
        root = self._files.root(spec.id)
        clear(root, [*_MOUNTED, *(_mount_point(mount.target) for mount in volumes)])
        options = [
            "--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try",
            "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv",
            "--uid", str(account.number), "--gid", str(account.group),
            "--hostname", _hostname(spec.id),
            "--bind", str(root), "/", "--ro-bind", "/usr", "/usr",
        ]  # fmt: skip
        options += ["--disable-userns"] if self._bubblewrap.ends_namespaces else []
        shared = spec.network and not spec.networks and not self._networks.own
        options += [] if shared else ["--unshare-net"]
        if (root / LOCAL).is_dir():
            options += ["--bind", str(root / LOCAL), f"/{LOCAL}"]
        options += unmerged()
        for name in _READ_ONLY_ETC:
            options += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
        if self._networks.own:
            options += ["--ro-bind", str(self._resolver), "/etc/resolv.conf"]
        options += ["--proc", "/proc", *_masks(), "--dev", "/dev"]
        options += ["--size", str(RUN_BYTES), "--tmpfs", "/run"]
        options += ["--size", str(spec.memory_gib * GIB // 2), "--tmpfs", "/dev/shm"]  # noqa: S108
        if self._python_prefix:
            options += ["--ro-bind", self._python_prefix, self._python_prefix]
        options += ["--ro-bind", agent_program.__path__[0], f"{AGENT}/agent_program"]
        options += ["--ro-bind", str(spec.context), CONTEXT] if spec.context else []
        for mount, descriptor in volumes.items():
            path = str(mount.source / mount.subpath)
            what = ["--bind", path] if descriptor is None else ["--bind-fd", str(descriptor)]
            options += [*what, _mount_point(mount.target)]
        return options + self._environment(spec, account)

    def _environment(self, spec: SandboxSpec, account: Account) -> list[str]:
        own_local = (self._files.root(spec.id) / LOCAL).is_dir()
        local = f"/{LOCAL}" if own_local else f"{account.home.rstrip('/')}/.local"
        name = account.name
        fixed = {"HOME": account.home, "USER": name, "LOGNAME": name, "LANG": "C.UTF-8"}
        fixed["PATH"] = self.path if own_local else f"{local}/bin:{self.path}"
        # The host's folders are read-only: what is installed goes beside them, and breaks nothing there.
        fixed |= {"PIP_BREAK_SYSTEM_PACKAGES": "1", "NPM_CONFIG_PREFIX": local}
        pairs = {**fixed, **spec.env, "DAYTONA_SANDBOX_ID": spec.id}
        return [word for name, value in pairs.items() for word in ("--setenv", name, str(value))]

    def _open(self, mount: Mount, held: contextlib.ExitStack) -> int | None:
        """Open a volume's folder: from here on, no sandbox that has it too can put another in its place."""
        source = self._folder / os.path.relpath(mount.source, self._given)
        base = source if ".." in source.parts else self._folder
        descriptor = open_beneath(base, source, mount.subpath)
        held.callback(os.close, descriptor)
        return descriptor if self._bubblewrap.binds_descriptors else None

    def _may_have_local(self) -> bool:
        """Tell whether a sandbox can do without the host's ``/usr/local``: its Python may be there."""
        return Path("/", LOCAL).is_dir() and not Path(self._python).is_relative_to(Path("/", LOCAL))


def _masks() -> Iterator[str]:
    """Cover what is the host's: where the server is root's, the kernel would let sandboxes see and change it.

    Bubblewrap itself covers only what it thinks that nobody but root could change.
    """
    yield from ("--ro-bind", "/proc/sys", "/proc/sys")
    for file in ("kcore", "keys", "latency_stats", "sched_debug", "timer_list"):
        if os.path.exists(f"/proc/{file}"):
            yield from ("--ro-bind", os.devnull, f"/proc/{file}")
    for folder in ("acpi", "asound", "fs", "pressure", "scsi"):
        if os.path.isdir(f"/proc/{folder}"):
            yield from ("--tmpfs", f"/proc/{folder}", "--remount-ro", f"/proc/{folder}")


def _pipe(held: contextlib.ExitStack) -> tuple[int, int]:
    ends = os.pipe()
    for end in ends:
        held.callback(os.close, end)
    return ends


def _child(info: int) -> int:
    """Return the host's id of the sandbox's first process, which bubblewrap has told by now."""
    told = b""
    while b"}" not in told:
        told += os.read(info, 4096)
    return int(json.loads(told)["child-pid"])


def _resolver_lines() -> str:
    """Return how names are resolved: as on the host, but by who leads out."""
    with contextlib.suppress(OSError), open("/etc/resolv.conf") as file:
        kept = [line for line in file if line.split()[:1] in (["search"], ["domain"], ["options"])]
        return "".join([f"nameserver {RESOLVER}\n", *kept])
    return f"nameserver {RESOLVER}\n"


def _hostname(sandbox_id: str) -> str:
    return sandbox_id.split("-")[0]


def _mount_point(target: str) -> str:
    path = PurePosixPath(f"/{target.lstrip('/')}" if target.startswith("/") else target)
    reserved = any(path == PurePosixPath(name) or PurePosixPath(name) in path.parents for name in _RESERVED)
    if not path.is_absolute() or path == PurePosixPath("/") or ".." in path.parts or reserved:
        raise RuntimeFailedError(f"a volume can't be mounted at {target}; choose another absolute path")
    return str(path)
