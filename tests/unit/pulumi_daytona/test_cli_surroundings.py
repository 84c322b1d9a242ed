"""What is looked over on this machine: versions, engine, and the host of dynamic providers."""

from __future__ import annotations

from pathlib import Path

import pytest
from pulumi_daytona.cli import surroundings
from pulumi_daytona.cli.connection import connection
from pulumi_daytona.cli.engine import Engine
from pulumi_daytona.core.doctor_finding import Status
from pulumi_daytona.core.errors import ProviderError


def stand_in(folder: Path, version: str, *helpers: str) -> Engine:
    for name, text in {"pulumi": f"echo {version}", **dict.fromkeys(helpers, "true")}.items():
        (folder / name).write_text(f"#!/bin/sh\n{text}\n")
        (folder / name).chmod(0o700)
    return Engine(folder / "pulumi", folder)


HELPERS = ("pulumi-language-python", "pulumi-resource-pulumi-python")


def test_the_versions_of_all_that_matters_are_told() -> None:
    found = {finding.check: finding for finding in surroundings.versions()}
    assert {"pulumi-daytona", "daytona-httpx", "pulumi", "python"} == set(found)
    assert {Status.OK} == {finding.status for finding in found.values()}


def test_a_missing_package_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surroundings, "PACKAGES", ("no-such-package",))
    first = next(surroundings.versions())
    assert (Status.ERROR, "pip install no-such-package") == (first.status, first.advice)


@pytest.mark.parametrize(
    ("version", "recent"),
    [
        ("3.200.0", True),
        ("3.259.0-alpha.1", True),
        ("4.0", True),
        ("3.199.9", False),
        ("2.300.0", False),
        ("", False),
    ],
)
def test_an_engine_is_recent_enough_from_3_200_on(version: str, recent: bool) -> None:
    assert recent == surroundings.is_recent(version)


def test_an_engine_with_its_helpers_is_well(tmp_path: Path) -> None:
    (finding,) = surroundings.engine_findings(stand_in(tmp_path, "v3.259.0", *HELPERS))
    assert Status.OK == finding.status
    assert "3.259.0" in finding.detail


def test_an_old_engine_without_a_helper_is_two_errors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = stand_in(tmp_path, "v3.100.0", HELPERS[0])
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    found = list(surroundings.engine_findings(made))
    assert [Status.ERROR, Status.ERROR] == [finding.status for finding in found]
    assert "older than 3.200" in found[0].detail
    assert HELPERS[1] in found[1].detail
    assert HELPERS[0] not in found[1].detail


def test_no_engine_and_a_broken_one_are_errors(tmp_path: Path) -> None:
    for engine in (None, Engine(tmp_path / "nothing", tmp_path)):
        (finding,) = surroundings.engine_findings(engine)
        assert Status.ERROR == finding.status
        assert "install Pulumi" in finding.advice


def test_this_pulumi_s_host_can_be_widened() -> None:
    assert surroundings.host_is_known()
    assert surroundings.pool_is_known()
    assert Status.OK == surroundings.host_finding().status


@pytest.mark.parametrize("part", ["host_is_known", "pool_is_known"])
def test_a_host_that_is_not_as_expected_is_a_warning(monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    monkeypatch.setattr(surroundings, part, lambda: False)
    finding = surroundings.host_finding()
    assert Status.WARNING == finding.status
    assert "four operations at once" in finding.detail


def test_a_setting_is_told_by_its_source_and_never_by_its_value() -> None:
    config = {"daytona:apiKey": "from config", "daytona:apiUrl": ""}
    environment = {"DAYTONA_API_KEY": "from environment", "DAYTONA_API_URL": "http://u", "OTHER": "x"}
    found = connection(config, "o/p/s", environment)
    assert ("from config", "http://u") == (found.settings.api_key, found.settings.api_url)
    assert ("daytona:apiKey of stack o/p/s", "DAYTONA_API_URL") == (
        found.sources.api_key,
        found.sources.api_url,
    )
    assert found.sources.target is None


def test_no_key_anywhere_is_an_error() -> None:
    with pytest.raises(ProviderError, match="there is no API key"):
        connection({}, None, {"DAYTONA_API_KEY": ""})
