"""How the small language host runs plugins, such as policy packs, for the engine."""

from __future__ import annotations

import os
import sys
import textwrap
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import language_pb2, language_pb2_grpc

from tests.toolchain.language_host import LanguageHost


@pytest.fixture
def stub() -> Iterator[language_pb2_grpc.LanguageRuntimeStub]:
    server = grpc.server(ThreadPoolExecutor(4))
    language_pb2_grpc.add_LanguageRuntimeServicer_to_server(LanguageHost(""), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        yield language_pb2_grpc.LanguageRuntimeStub(channel)
    server.stop(grace=None).wait()


def plugin(folder: Path, program: str, *arguments: str, **options: Any) -> language_pb2.RunPluginRequest:
    """Write a plugin and return the request to run it."""
    (folder / "__main__.py").write_text(textwrap.dedent(program))
    chosen = Struct()
    chosen.update(options)
    info = language_pb2.ProgramInfo(
        root_directory=str(folder), program_directory=str(folder), entry_point=".", options=chosen
    )
    environment = [f"PATH={os.environ['PATH']}", "GREETING=a=b"]
    return language_pb2.RunPluginRequest(pwd=str(folder), args=arguments, env=environment, info=info)


def test_a_plugin_is_run_with_its_arguments_and_environment_and_both_its_outputs_come_back(
    stub: language_pb2_grpc.LanguageRuntimeStub, tmp_path: Path
) -> None:
    (tmp_path / "beside.py").write_text("NUMBER = 3\n")
    program = """
        import os, sys
        from beside import NUMBER
        print("port", sys.argv[1:], os.environ["GREETING"], "HOME" in os.environ)
        print("oh", file=sys.stderr)
        sys.exit(NUMBER)
    """

    answers = list(stub.RunPlugin(plugin(tmp_path, program, "127.0.0.1:1", "-v")))

    assert b"port ['127.0.0.1:1', '-v'] a=b False\n" == b"".join(answer.stdout for answer in answers)
    assert b"oh\n" == b"".join(answer.stderr for answer in answers)
    assert 3 == answers[-1].exitcode


def test_a_plugin_ends_when_the_engine_gives_up_the_call(
    stub: language_pb2_grpc.LanguageRuntimeStub, tmp_path: Path
) -> None:
    program = "import os, signal\nprint(os.getpid(), flush=True)\nsignal.pause()"
    call: Any = stub.RunPlugin(plugin(tmp_path, program))
    pid = int(next(call).stdout)

    call.cancel()

    deadline = time.monotonic() + 30
    while Path(f"/proc/{pid}").exists():
        assert time.monotonic() < deadline, "the plugin runs on"
        time.sleep(0.02)


def test_a_plugin_whose_environment_is_missing_is_an_error_that_says_what_to_do(
    stub: language_pb2_grpc.LanguageRuntimeStub, tmp_path: Path
) -> None:
    with pytest.raises(grpc.RpcError, match=r"no bin/python there; run `pulumi install`"):
        list(stub.RunPlugin(plugin(tmp_path, "", virtualenv="venv")))


def test_a_plugin_runs_with_the_python_of_its_environment(
    stub: language_pb2_grpc.LanguageRuntimeStub, tmp_path: Path
) -> None:
    (tmp_path / "venv" / "bin").mkdir(parents=True)
    (tmp_path / "venv" / "bin" / "python").symlink_to(sys.executable)
    program = "import os, sys\nprint(sys.executable, os.environ['VIRTUAL_ENV'])"

    answers = list(stub.RunPlugin(plugin(tmp_path, program, virtualenv="venv")))

    venv = tmp_path / "venv"
    assert f"{venv}/bin/python {venv}\n" == b"".join(answer.stdout for answer in answers).decode()
