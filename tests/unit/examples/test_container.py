"""The container recipe: what can be told of it without a Docker engine."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import typer.main
from daytona_httpx.dockerfile import instructions
from daytona_local.cli.app import app

ROOT = Path(__file__).resolve().parents[3]
FILE = ROOT / "examples" / "ci" / "Dockerfile"
STEPS = [step.split(maxsplit=1) for step in instructions(FILE.read_text().splitlines())]


def of(word: str) -> list[str]:
    return [rest for name, rest in STEPS if name == word]


def parsed(arguments: list[str]) -> dict[str, Any]:
    """Return what the real command understands."""
    name, *options = arguments
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    return dict(commands[name].make_context(name, options).params)


def test_every_stage_is_of_an_image_with_a_version() -> None:
    assert all(re.match(r"python:3\.\d+-slim-\w+( AS wheels)?$", image) for image in of("FROM"))
    assert 2 == len(of("FROM"))


def test_it_runs_as_an_ordinary_user_who_is_made_before() -> None:
    assert ["daytona"] == of("USER")
    order = [name for name, _ in STEPS]
    assert order.index("USER") > max(place for place, name in enumerate(order) if name == "RUN")
    assert "useradd --uid 10001 --create-home daytona" in of("RUN")[-1]


def test_what_it_copies_is_in_the_project_or_of_the_stage_before() -> None:
    for copied in of("COPY"):
        source = copied.split()[0]
        assert source == "--from=wheels" or (ROOT / source).is_dir()


def test_every_script_is_right_for_sh_and_leaves_no_lists_behind() -> None:
    for script in of("RUN"):
        subprocess.run(["sh", "-n", "-c", script], check=True)
        assert ("apt-get update" in script) == ("rm -rf /var/lib/apt/lists/*" in script)
        assert "apt-get install" not in script or "--no-install-recommends" in script


def test_what_it_starts_is_a_command_of_the_package_that_serves_a_folder_of_its_own() -> None:
    [start], [arguments] = of("ENTRYPOINT"), of("CMD")
    assert ["daytona-local"] == json.loads(start)
    assert "serve" == json.loads(arguments)[0]
    assert (Path("/data"), 3986) == tuple(parsed(json.loads(arguments))[key] for key in ("data_dir", "port"))
    assert "--owner daytona --group daytona --mode 0700 /data" in of("RUN")[-1]
    assert ["/data"] == of("VOLUME")


def test_the_health_check_asks_the_server_of_that_folder() -> None:
    [check] = of("HEALTHCHECK")
    program, *arguments = json.loads(check.partition(" CMD ")[2])
    assert ("daytona-local", "status") == (program, arguments[0])
    assert Path("/data") == parsed(arguments)["data_dir"]


def test_no_port_is_published_since_the_server_is_on_the_loopback_interface() -> None:
    assert [] == of("EXPOSE")
