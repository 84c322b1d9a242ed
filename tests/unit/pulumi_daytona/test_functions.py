"""The look-ups of programs: generated, lazily imported, and answered by the mocks of a unit test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pulumi
import pulumi_daytona
import pytest
from pulumi_daytona import ProviderError, function, functions
from pulumi_daytona.core.functions import every_look_up

PROVIDER = Path(pulumi_daytona.__file__).parents[1]

sys.path.insert(0, str(PROVIDER))
import generate_functions  # noqa: E402

PROGRAM = """
import pulumi
from pulumi.runtime import Mocks, set_mocks

class Answers(Mocks):
    def new_resource(self, args):
        return f"{args.name}-id", dict(args.inputs)

    def call(self, args):
        print(args.token, dict(args.args))
        answers = {
            "daytona:index:getVolume": {"id": "v-1", "name": "data", "createdAt": "then"},
            "daytona:index:listRegions": [{"id": "us", "name": "us"}],
            "daytona:index:getPreviewUrl": {"sandboxId": "s", "url": "http://link", "token": "quiet"},
            "daytona:index:getRegion": {"id": "us"},
        }
        return answers.get(args.token, True)

set_mocks(Answers())
import pulumi_daytona as daytona

volume = daytona.get_volume("data")
print(type(volume).__name__, volume.id, volume.created_at, volume.error_reason)
print([region.name for region in daytona.list_regions()], daytona.get_preview_access("s"))
link = daytona.Sandbox("box").get_preview_link(80)
try:
    daytona.get_region("us")
except daytona.ProviderError as error:
    print(error)

@pulumi.runtime.test
def secrets():
    def shown(values):
        print(values)
    known = [link.url.is_secret(), link.token.is_secret(), link.url, link.token]
    outputs = [pulumi.Output.unsecret(pulumi.Output.from_input(each)) for each in known]
    return pulumi.Output.all(*outputs).apply(shown)

secrets()
"""


def files_in(package: Path) -> dict[str, str]:
    return {str(path.relative_to(package)): path.read_text() for path in package.rglob("*.py")}


def test_the_functions_and_their_table_are_fresh(tmp_path: Path) -> None:
    generate_functions.generate(tmp_path / "functions", tmp_path / "docs" / "look-ups.md")
    made, kept = files_in(tmp_path / "functions"), files_in(PROVIDER / "pulumi_daytona" / "functions")
    stale = sorted(name for name in made.keys() | kept.keys() if made.get(name) != kept.get(name))
    assert [] == stale, "run `make generate`"
    table = (PROVIDER / "docs" / "look-ups.md").read_text()
    assert (tmp_path / "docs" / "look-ups.md").read_text() == table, "run `make generate`"


def test_every_look_up_is_public_in_both_forms() -> None:
    expected = {look_up.name + end for look_up in every_look_up() for end in ("", "_output")}
    assert expected == {name for name in functions.__all__ if name.startswith(("get_", "list_"))}
    assert set(functions.__all__) <= set(pulumi_daytona.__all__)


def test_an_unknown_name_is_an_error_of_the_package() -> None:
    with pytest.raises(AttributeError, match=r"'pulumi_daytona\.functions' has no attribute 'get_nothing'"):
        functions.get_nothing  # noqa: B018


def test_without_a_key_a_look_up_says_where_keys_are_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DAYTONA_API_KEY", raising=False)
    monkeypatch.delenv("DAYTONA_JWT_TOKEN", raising=False)
    with pytest.raises(ProviderError, match=r"DAYTONA_API_KEY.*daytona:apiKey") as caught:
        pulumi_daytona.list_regions()
    assert isinstance(caught.value, pulumi.RunError)  # what Pulumi shows without a traceback


def test_there_is_one_session_for_one_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAYTONA_API_KEY", "one")
    first = function._session()
    assert first is function._session()
    monkeypatch.setenv("DAYTONA_API_KEY", "two")
    second = function._session()
    assert ("one", "two") == (first.settings.api_key, second.settings.api_key)
    for session in (first, second):
        session.close()
    function._session_with.cache_clear()


def test_the_mocks_of_a_program_s_unit_test_answer() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert [
        "daytona:index:getVolume {'name': 'data'}",
        "VolumeResult v-1 then None",
        "daytona:index:listRegions {}",
        "daytona:index:getPreviewAccess {'sandbox_id': 's'}",
        "['us'] True",
        "daytona:index:getRegion {'region_id': 'us'}",
        "get_region: the mock of daytona:index:getRegion answers something else: name: Field required",
        "daytona:index:getPreviewUrl {'sandbox': 'box-id', 'port': 80}",
        "[False, True, 'http://link', 'quiet']",
    ] == done.stdout.splitlines()
