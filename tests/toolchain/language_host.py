"""A small Python language host for the Pulumi engine, used where the official one can't be had.

The engine starts it with its own address as the last argument and reads the port from the first line of
output. A program runs in a process of its own through the official `pulumi-language-python-exec`, so prints,
config and exit codes are as with the official host. This file is copied beside the engine and imports nothing
of this project.
"""

from __future__ import annotations

import json
import os
import platform
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import FrameType
from typing import IO

import grpc
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import language_pb2, language_pb2_grpc, plugin_pb2
from typing_extensions import override

# pulumi-language-python-exec ends with this code when it has already shown the error to the user.
ERROR_WAS_SHOWN = 32
PARENT_CHECK_EVERY_S = 1.0
MOST_AT_ONCE = 64  # a program and each plugin hold a thread as long as they run
PIECE = 64 * 1024
RUNNER = Path(__file__).resolve().with_name("pulumi-language-python-exec")


class VirtualenvError(Exception):
    """The program's Python can't be used; the message says why and what to do."""


class LanguageHost(language_pb2_grpc.LanguageRuntimeServicer):
    """Answer what the engine asks of a language: what a program needs, and to run it."""

    def __init__(self, engine_address: str) -> None:
        self._engine_address = engine_address
        self._programs: set[subprocess.Popen[bytes]] = set()

    @override
    def Handshake(
        self, request: language_pb2.LanguageHandshakeRequest, context: grpc.ServicerContext
    ) -> language_pb2.LanguageHandshakeResponse:
        """Accept the engine's address."""
        self._engine_address = request.engine_address or self._engine_address
        return language_pb2.LanguageHandshakeResponse()

    @override
    def GetPluginInfo(self, request: Empty, context: grpc.ServicerContext) -> plugin_pb2.PluginInfo:
        """Name no version, as a development build does."""
        return plugin_pb2.PluginInfo()

    @override
    def GetRequiredPlugins(
        self, request: language_pb2.GetRequiredPluginsRequest, context: grpc.ServicerContext
    ) -> language_pb2.GetRequiredPluginsResponse:
        """Ask for no plugin in advance: the engine finds it on PATH when a resource needs it."""
        return language_pb2.GetRequiredPluginsResponse()

    @override
    def GetRequiredPackages(
        self, request: language_pb2.GetRequiredPackagesRequest, context: grpc.ServicerContext
    ) -> language_pb2.GetRequiredPackagesResponse:
        """Ask for no package in advance, for the same reason."""
        return language_pb2.GetRequiredPackagesResponse()

    @override
    def About(
        self, request: language_pb2.AboutRequest, context: grpc.ServicerContext
    ) -> language_pb2.AboutResponse:
        """Tell which Python this is, for `pulumi about`."""
        return language_pb2.AboutResponse(executable=sys.executable, version=platform.python_version())

    @override
    def GetProgramDependencies(
        self, request: language_pb2.GetProgramDependenciesRequest, context: grpc.ServicerContext
    ) -> language_pb2.GetProgramDependenciesResponse:
        """List what is installed in the program's environment, for `pulumi about`."""
        command, environment = _interpreter_or_abort(request.info, context)
        listing = subprocess.run(
            [command, "-m", "pip", "list", "--format", "json", "--disable-pip-version-check"],
            env=environment,
            capture_output=True,
            check=True,
        )
        found = (
            language_pb2.DependencyInfo(name=package["name"], version=package["version"])
            for package in json.loads(listing.stdout)
        )
        return language_pb2.GetProgramDependenciesResponse(dependencies=found)

    @override
    def InstallDependencies(
        self, request: language_pb2.InstallDependenciesRequest, context: grpc.ServicerContext
    ) -> Iterator[language_pb2.InstallDependenciesResponse]:
        """Install the program's requirements.txt, for `pulumi install`, in its virtual environment."""
        folder = Path(request.info.program_directory)
        virtualenv = _virtualenv(request.info)
        if virtualenv and not virtualenv.exists():
            subprocess.run([sys.executable, "-m", "venv", str(virtualenv)], stdout=sys.stderr, check=True)
        if not (folder / "requirements.txt").exists():
            return
        command, environment = _interpreter_or_abort(request.info, context)
        with subprocess.Popen(
            [command, "-m", "pip", "install", "-r", "requirements.txt"],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        ) as installer:
            assert installer.stdout is not None
            for line in installer.stdout:
                yield language_pb2.InstallDependenciesResponse(stdout=line)
        if installer.returncode:
            context.abort(
                grpc.StatusCode.FAILED_PRECONDITION, f"install {folder}/requirements.txt: pip failed"
            )

    @override
    def Run(
        self, request: language_pb2.RunRequest, context: grpc.ServicerContext
    ) -> language_pb2.RunResponse:
        """Run a program to its end."""
        try:
            command, environment = _interpreter(request.info)
        except VirtualenvError as problem:
            return language_pb2.RunResponse(error=str(problem))
        environment["PULUMI_CONFIG"] = json.dumps(dict(request.config))
        environment["PULUMI_CONFIG_SECRET_KEYS"] = json.dumps(list(request.configSecretKeys))
        status = self._run_program([command, "-u", str(RUNNER), *self._arguments(request)], environment)
        if status == ERROR_WAS_SHOWN:
            return language_pb2.RunResponse(bail=True)
        error = f"program exited with non-zero exit code: {status}" if status else ""
        return language_pb2.RunResponse(error=error)

    @override
    def RunPlugin(
        self, request: language_pb2.RunPluginRequest, context: grpc.ServicerContext
    ) -> Iterator[language_pb2.RunPluginResponse]:
        """Run a plugin that is a Python program, such as a policy pack, and pass on what it writes."""
        inherited = dict(pair.split("=", 1) for pair in request.env)
        command, environment = _interpreter_or_abort(request.info, context, inherited)
        plugin = subprocess.Popen(
            [command, "-u", request.info.program_directory, *request.args],
            cwd=request.pwd,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._programs.add(plugin)
        if not context.add_callback(plugin.kill):  # the engine ends a plugin by giving up the call
            plugin.kill()
        try:
            yield from _written(plugin)
            yield language_pb2.RunPluginResponse(exitcode=plugin.wait())
        finally:
            plugin.kill()
            plugin.wait()
            self._programs.discard(plugin)

    @override
    def Cancel(self, request: Empty, context: grpc.ServicerContext) -> Empty:
        """End the programs that run."""
        self.stop_programs()
        return Empty()

    def stop_programs(self) -> None:
        """Ask the programs that still run to end."""
        for program in list(self._programs):
            program.terminate()

    def _run_program(self, command: list[str], environment: dict[str, str]) -> int:
        # Its output is ours: the engine shows what comes from a language host as the program's.
        with subprocess.Popen(command, env=environment) as program:
            self._programs.add(program)
            try:
                return program.wait()
            finally:
                self._programs.discard(program)

    def _arguments(self, request: language_pb2.RunRequest) -> list[str]:
        options = {
            "monitor": request.monitor_address,
            "engine": self._engine_address,
            "project": request.project,
            "root_directory": request.info.root_directory,
            "stack": request.stack,
            "pwd": request.pwd,
            "dry_run": "true" if request.dryRun else "false",
            "parallel": str(request.parallel),
            "organization": request.organization,
        }
        flags = [part for name, value in options.items() if value for part in (f"--{name}", value)]
        return [*flags, request.info.entry_point or ".", *request.args]


def _written(plugin: subprocess.Popen[bytes]) -> Iterator[language_pb2.RunPluginResponse]:
    """Yield what a plugin writes, as it comes, until it has closed both of its outputs."""
    pieces: queue.SimpleQueue[tuple[str, bytes]] = queue.SimpleQueue()

    def read(name: str, output: IO[bytes]) -> None:
        with output:
            while piece := os.read(output.fileno(), PIECE):
                pieces.put((name, piece))
        pieces.put((name, b""))

    assert plugin.stdout is not None
    assert plugin.stderr is not None
    outputs = {"stdout": plugin.stdout, "stderr": plugin.stderr}
    for item in outputs.items():
        threading.Thread(target=read, args=item, daemon=True).start()
    while outputs:
        name, piece = pieces.get()
        if not piece:
            del outputs[name]
        elif name == "stdout":
            yield language_pb2.RunPluginResponse(stdout=piece)
        else:
            yield language_pb2.RunPluginResponse(stderr=piece)


def _virtualenv(info: language_pb2.ProgramInfo) -> Path | None:
    """Return the folder that `runtime.options.virtualenv` names, relative to Pulumi.yaml."""
    name = dict(info.options).get("virtualenv")
    return Path(info.root_directory, str(name)) if name else None


def _interpreter(
    info: language_pb2.ProgramInfo, inherited: Mapping[str, str] | None = None
) -> tuple[str, dict[str, str]]:
    """Return the Python of a program and the environment to start it with; by default it inherits ours."""
    environment = dict(os.environ if inherited is None else inherited)
    virtualenv = _virtualenv(info)
    if virtualenv is None:
        return sys.executable, environment  # the launcher started us with PULUMI_PYTHON_CMD or python3
    binaries = virtualenv / "bin"
    if not (binaries / "python").exists():
        raise VirtualenvError(
            f'use the virtualenv "{virtualenv}" of Pulumi.yaml: no bin/python there; run `pulumi install`'
        )
    environment.pop("PYTHONHOME", None)
    environment["VIRTUAL_ENV"] = str(virtualenv)
    environment["PATH"] = os.pathsep.join([str(binaries), environment.get("PATH", "")])
    return str(binaries / "python"), environment


def _interpreter_or_abort(
    info: language_pb2.ProgramInfo,
    context: grpc.ServicerContext,
    inherited: Mapping[str, str] | None = None,
) -> tuple[str, dict[str, str]]:
    try:
        return _interpreter(info, inherited)
    except VirtualenvError as problem:
        context.abort(grpc.StatusCode.FAILED_PRECONDITION, str(problem))


def _leave_with_the_engine(engine_pid: int, host: LanguageHost) -> None:
    """Wait until the engine is gone: a killed one can't ask us to end."""
    while os.getppid() == engine_pid:
        time.sleep(PARENT_CHECK_EVERY_S)
    host.stop_programs()
    os._exit(1)


def main() -> None:
    """Serve the engine until it asks to end (SIGINT, SIGTERM) or is gone."""
    engine_pid = os.getppid()
    ended = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        ended.set()

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    host = LanguageHost(sys.argv[-1])
    server = grpc.server(
        ThreadPoolExecutor(MOST_AT_ONCE), options=[("grpc.max_receive_message_length", 400 * 1024 * 1024)]
    )
    language_pb2_grpc.add_LanguageRuntimeServicer_to_server(host, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)
    threading.Thread(target=_leave_with_the_engine, args=(engine_pid, host), daemon=True).start()
    ended.wait()
    host.stop_programs()
    server.stop(grace=None)


if __name__ == "__main__":
    main()
