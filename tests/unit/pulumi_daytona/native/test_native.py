"""The classes and functions of the native plugin: the same for programs, and as the wire wants it below."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pulumi_daytona
import pytest
from pulumi_daytona import functions, native
from pulumi_daytona.core.resources import RESOURCES

PACKAGE = Path(pulumi_daytona.__file__).parent
SCHEMA = PACKAGE / "schema" / "schema.json"

sys.path.insert(0, str(PACKAGE.parent))
import generate_native  # noqa: E402

PROGRAM = """
import json
import sys
import pulumi
from pulumi.runtime import Mocks, set_mocks

def tell(*values):  # by one write, as the mocks are asked by several threads
    sys.stdout.write(json.dumps(values) + "\\n")

class Answers(Mocks):
    def new_resource(self, args):
        tell(args.typ, args.resource_id, args.inputs)
        told = {"createdAt": "then", "cpu": 2.0}
        return args.resource_id or "made", {**args.inputs, **told}

    def call(self, args):
        tell(args.token, args.args)
        answers = {
            "daytona:index:getOtelConfig": {"endpoint": "http://otel", "headers": {"my_key": "x"}},
            "daytona:index:listRegions": {"items": [{"id": "us", "name": "us", "regionType": "custom"}]},
            "daytona:index:getPreviewAccess": {"result": True},
            "daytona:index:getPreviewUrl": {"sandboxId": "made", "url": "http://link", "token": "quiet"},
        }
        return answers[args.token]

set_mocks(Answers())
from pulumi_daytona.native import Image, Provider, Resources, Sandbox, VolumeMount
from pulumi_daytona.native import get_preview_access, get_otel_config_output, list_regions

box = Sandbox(
    "box",
    image=Image.base("debian"),
    auto_stop_interval=5,
    labels={"my_label": "x"},
    env={"MY_KEY": "quiet"},
    resources=Resources(gpu_type=["H100"]),
    volumes=[VolumeMount(volume_id=pulumi.Output.from_input("v"), mount_path="/data")],
)
print([region.name for region in list_regions()], get_preview_access("s"))
known = get_otel_config_output(organization_id=box.id)
link = box.get_preview_link(80)
there = Sandbox.get("there", "s-1")

@pulumi.runtime.test
def outputs():
    told = [box.created_at, box.cpu, box.labels, box.volumes, box.resources, box.auto_stop_interval]
    told += [box.env.is_secret(), box.labels.is_secret(), there.id, there.cpu]
    told += [known.apply(lambda found: [found.endpoint, found.headers])]
    told += [link.url.is_secret(), link.token.is_secret(), link.url]
    return pulumi.Output.all(*told).apply(lambda values: print(json.dumps(values)))

outputs()
"""

REFUSED = """
from pulumi.runtime import Mocks, set_mocks

class Refuses(Mocks):
    def new_resource(self, args):
        return "made", {}

    def call(self, args):
        raise Exception(f"invoke of {args.token} failed: invocation of {args.token} returned an error: gone")

set_mocks(Refuses())
from pulumi_daytona.native import ProviderError, get_volume

try:
    get_volume("data")
except ProviderError as error:
    print(error)
"""


def files_in(package: Path) -> dict[str, str]:
    folders = (package / "resources", package / "functions")
    return {f"{each.name}/{path.name}": path.read_text() for each in folders for path in each.glob("*.py")}


@pytest.fixture(scope="module")
def printed() -> list[Any]:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith('["')]


def wire(printed: list[Any], token: str) -> Any:
    """Return what was given to the engine, but for what was only read."""
    return next(line[-1] for line in printed if line[0] == token and line[1] != "s-1")


def test_the_native_classes_and_functions_are_fresh(tmp_path: Path) -> None:
    generate_native.generate(tmp_path)
    made, kept = files_in(tmp_path), files_in(PACKAGE / "native")
    stale = sorted(name for name in made.keys() | kept.keys() if made.get(name) != kept.get(name))
    assert [] == stale, "run `make generate`"


def test_a_program_can_import_the_same_and_a_provider() -> None:
    assert {*pulumi_daytona.__all__, "Provider"} == {*native.__all__}
    assert [] == [name for name in native.__all__ if name != getattr(native, name).__name__]


@pytest.mark.parametrize("kind", RESOURCES)
def test_a_resource_takes_the_same_and_tells_at_least_the_same(kind: str) -> None:
    dynamic, ours = getattr(pulumi_daytona, kind), getattr(native, kind)
    assert str(inspect.signature(dynamic)) == str(inspect.signature(ours))
    assert set(dynamic._outputs) <= set(ours._outputs)
    assert f"daytona:index:{kind}" == ours.pulumi_type


@pytest.mark.parametrize("name", [name for name in functions.__all__ if name.islower()])
def test_a_function_takes_the_same_and_options(name: str) -> None:
    dynamic, ours = getattr(pulumi_daytona, name), getattr(native, name)
    taken = dict(inspect.signature(ours).parameters)
    assert "pulumi.InvokeOptions | None" == taken.pop("opts").annotation
    assert dict(inspect.signature(dynamic).parameters) == taken


def test_a_provider_takes_the_configuration() -> None:
    given = json.loads(SCHEMA.read_text())["provider"]["inputProperties"]
    taken = inspect.signature(native.Provider).parameters.keys() - {"resource_name", "opts"}
    assert {"apiKey", "jwtToken", "apiUrl", "organizationId", "target"} == given.keys()
    assert {"api_key", "jwt_token", "api_url", "organization_id", "target"} == taken


def test_inputs_have_the_names_of_the_wire_and_the_keys_of_maps_stay(printed: list[Any]) -> None:
    given = wire(printed, "daytona:index:Sandbox")
    assert ({"my_label": "x"}, {"MY_KEY": "quiet"}) == (given["labels"], given["env"]["value"])  # a secret
    assert [{"volumeId": "v", "mountPath": "/data"}] == given["volumes"]
    assert (5, {"gpuType": ["H100"]}) == (given["autoStopInterval"], given["resources"])
    assert (True, []) == (given["dockerfile"].startswith("FROM debian"), given.get("contexts", []))


def test_outputs_have_the_names_of_python_and_secrets_stay_secrets(printed: list[Any]) -> None:
    assert [
        "then",
        2,
        {"my_label": "x"},
        [{"volume_id": "v", "mount_path": "/data"}],
        {"gpu_type": ["H100"]},
        5,
        True,
        False,
    ] == printed[-1][:8]


def test_an_existing_resource_is_read_by_its_id(printed: list[Any]) -> None:
    assert ["s-1", 2] == printed[-1][8:10]


def test_functions_ask_the_plugin_and_their_results_have_the_names_of_python(printed: list[Any]) -> None:
    assert ["http://otel", {"my_key": "x"}] == printed[-1][10]
    assert {"organizationId": "made"} == wire(printed, "daytona:index:getOtelConfig")
    assert {"sandboxId": "s"} == wire(printed, "daytona:index:getPreviewAccess")


def test_a_function_that_fails_says_in_one_line_what_the_plugin_said() -> None:
    done = subprocess.run([sys.executable, "-c", REFUSED], capture_output=True, text=True, check=True)
    assert "gone" == done.stdout.strip()


def test_a_preview_link_shows_its_address_and_hides_its_token(printed: list[Any]) -> None:
    assert [False, True, "http://link"] == printed[-1][11:]


def test_a_program_pays_neither_for_the_client_nor_for_the_models() -> None:
    program = (
        "import sys\n"
        "from pulumi_daytona.native import Sandbox, Volume\n"
        "print(sorted({'httpx', 'pydantic', 'pulumi_daytona.plugin'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "[]" == done.stdout.strip()
