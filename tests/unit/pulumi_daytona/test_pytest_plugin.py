"""The fixture `pulumi_stack` where there is no engine; tests/engine has it with one."""

from __future__ import annotations

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
