"""The fixture `pulumi_stack` where there is no engine; tests/engine has it with one."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]


def test_that_there_is_no_engine_is_one_line(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(pytester.path))
    pytester.makepyfile("def test_it(pulumi_stack): pass")

    done = pytester.runpytest_subprocess("-W", "error", "-p", "no:schemathesis", "--daytona-runtime=process")

    done.assert_outcomes(errors=1)
    done.stdout.fnmatch_lines(["pulumi_stack: `pulumi` is not on PATH; install Pulumi *"])
    assert "Traceback" not in done.stdout.str()


@pytest.mark.parametrize("said", ["echo v0.1.0", "echo broken >&2; exit 1"])
def test_an_engine_that_does_not_work_is_one_line(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    engine = Path(pytester.path) / "pulumi"
    engine.write_text(f"#!/bin/sh\n{said}\n")
    engine.chmod(0o755)
    monkeypatch.setenv("PATH", str(pytester.path), prepend=":")
    pytester.makepyfile("def test_it(pulumi_stack): pass")

    done = pytester.runpytest_subprocess("-W", "error", "-p", "no:schemathesis", "--daytona-runtime=process")

    done.assert_outcomes(errors=1)
    done.stdout.fnmatch_lines([f"pulumi_stack: {engine} makes no stack: *; install Pulumi *"])
    assert "Traceback" not in done.stdout.str()
