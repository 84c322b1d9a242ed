"""`seed`: what a file asks for is there afterwards, once."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from daytona_httpx import DaytonaNotFoundError

from tests.unit.daytona_local.cli.commands import Cli, Here, serving_here

FILE = """
[[volumes]]
name = "shared"

[[snapshots]]
name = "app"
dockerfile = "Dockerfile"

[[sandboxes]]
name = "web"
count = 2
snapshot = "app"
labels = { team = "a" }
env = { PORT = "8000" }
volumes = { shared = "/srv/shared" }
auto_stop_interval = 0

[sandboxes.files]
"greeting.txt" = "hello"
"sub/main.py" = { path = "main.py" }
"""


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Here]:
    """Return a server of the test's own."""
    with serving_here(tmp_path / "data") as served:
        yield served


def test_a_file_is_followed_once_however_often_it_is_given(own: Here, cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text("FROM daytona-local:default\nRUN echo built > /built\n")
    (tmp_path / "main.py").write_text("print(1)\n")
    (tmp_path / "seed.toml").write_text(FILE)
    wanted = [("volume", "shared"), ("snapshot", "app"), ("sandbox", "web-1"), ("sandbox", "web-2")]
    for outcome in ("created", "was there"):
        done = cli("seed", tmp_path / "seed.toml", "--json")
        assert 0 == done.status, done.err
        assert [(*thing, outcome) for thing in wanted] == [tuple(made.values()) for made in done.json]
    assert 2 == len(list(own.client.list()))
    web = own.client.get("web-2")
    assert ("a", 0) == (web.labels["team"], web.auto_stop_interval)
    said = web.process.exec(
        "cat greeting.txt sub/main.py /built; echo $PORT; touch /srv/shared/from-2"
    ).result
    assert "helloprint(1)\nbuilt\n8000\n" == said
    assert "from-2\n" == own.client.get("web-1").process.exec("ls /srv/shared").result
    assert "was there" in cli("seed", tmp_path / "seed.toml").out


def test_a_seed_can_come_as_json_from_standard_input(
    own: Here, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps({"sandboxes": [{"name": "piped"}]})))
    done = cli("seed", "-", "--json")
    assert [{"kind": "sandbox", "name": "piped", "outcome": "created"}] == done.json
    assert "started" == own.client.get("piped").state


def test_a_sandbox_that_does_not_get_its_files_is_removed_again(own: Here, cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "seed.json").write_text(
        json.dumps({"sandboxes": [{"name": "a", "files": {"/proc/no": "x"}}]})
    )
    done = cli("seed", tmp_path / "seed.json")
    assert 1 == done.status
    assert "/proc/no" in done.line
    with pytest.raises(DaytonaNotFoundError):
        own.client.get("a")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x x", "it is neither TOML nor JSON"),
        ('{"sandboxes": [}', "it is neither TOML nor JSON"),
        ('{"sandboxes": [{"name": "a", "cpus": 2}]}', "sandboxes.0.cpus: Extra inputs are not permitted"),
        ('{"sandboxes": [{"name": "a", "count": 0}]}', "sandboxes.0.count: "),
        ('{"sandboxes": [{"count": 2}]}', "sandboxes.0.name: Field required"),
        ('{"sandboxes": [{"name": "a-1"}, {"name": "a", "count": 2}]}', 'two sandboxes have the name "a-1"'),
        ('{"sandboxes": [{"name": "a", "files": {"x": {"path": "nowhere"}}}]}', "there is no file "),
        ('{"snapshots": [{"name": "a", "dockerfile": "nowhere"}]}', "there is no file "),
    ],
)
def test_a_file_that_cannot_be_followed_is_one_line(cli: Cli, tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "seed"
    file.write_text(text)
    done = cli("seed", file)
    assert 1 == done.status
    assert done.line.startswith(f"seed {file}: {reason}")


def test_a_file_that_is_not_there_is_one_line(cli: Cli, tmp_path: Path) -> None:
    assert f"seed {tmp_path / 'no'}: No such file or directory" == cli("seed", tmp_path / "no").line
