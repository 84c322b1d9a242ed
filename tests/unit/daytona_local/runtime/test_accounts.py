"""Which number and home a user has inside."""

from __future__ import annotations

from pathlib import Path

import pytest
from daytona_local.records import Sandbox
from daytona_local.runtime import RuntimeFailedError
from daytona_local.runtime.accounts import Account, account_of
from daytona_local.runtime.bubblewrap import BubblewrapRuntime
from daytona_local.toolbox.running import Running

from tests.unit.daytona_local.conftest import spec_of
from tests.unit.daytona_local.toolbox.shell import shell

pytestmark = pytest.mark.anyio

PASSWD = """root:x:0:0:root:/root:/bin/bash
app:x:1234:1235::/srv/app:/bin/sh
up:x:7:7::/srv/../../host:/bin/sh
far:x:99999:7::/home/far:/bin/sh
broken
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return the root folder of a sandbox."""
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "passwd").write_text(PASSWD)
    return tmp_path


@pytest.mark.parametrize(
    ("user", "account"),
    [
        ("root", Account("root", 0, 0, "/root")),
        ("0", Account("root", 0, 0, "/root")),
        ("app", Account("app", 1234, 1235, "/srv/app")),
        ("app:staff", Account("app", 1234, 1235, "/srv/app")),
        ("1234", Account("app", 1234, 1235, "/srv/app")),
        ("77:88", Account("77", 77, 77, "/")),
        ("daytona", Account("daytona", 1000, 1000, "/home/daytona")),
        ("up", Account("up", 1000, 1000, "/home/up")),
        ("far", Account("far", 1000, 1000, "/home/far")),
    ],
)
def test_a_user_is_looked_up_or_made_up(root: Path, user: str, account: Account) -> None:
    assert account == account_of(root, user)


@pytest.mark.parametrize("user", ["", "../up", "a b", "a\0b", "-x", "65534", "9" * 40, "a:b:c"])
def test_what_is_no_user_is_refused(root: Path, user: str) -> None:
    with pytest.raises(RuntimeFailedError, match="can't be"):
        account_of(root, user)


@pytest.mark.parametrize("place", ["etc", "etc/passwd"])
def test_no_link_that_a_sandbox_has_laid_is_followed(root: Path, place: str, tmp_path: Path) -> None:
    (root / place).rename(tmp_path / "elsewhere")
    (root / place).symlink_to(tmp_path / "elsewhere")
    assert Account("app", 1000, 1000, "/home/app") == account_of(root, "app")


async def test_the_user_and_its_home_are_seen_inside(runtime: BubblewrapRuntime) -> None:
    sandbox = Sandbox(name="a", user="jane")
    await runtime.start(spec_of(sandbox))
    running = Running(sandbox, runtime.agent(sandbox.id))
    assert "jane /home/jane /home/jane\n" == await shell(running, 'echo "$(whoami) $HOME $(pwd)"')


async def test_a_start_touches_nothing_on_the_host_that_a_sandbox_links_to(
    runtime: BubblewrapRuntime, tmp_path: Path
) -> None:
    sandbox, victim = Sandbox(name="a"), tmp_path / "victim"
    victim.mkdir(mode=0o700)
    await runtime.start(spec_of(sandbox))
    links = f"rm -rf /tmp /etc/passwd /home; ln -s {victim} /tmp; ln -s {victim}/passwd /etc/passwd"
    await shell(Running(sandbox, runtime.agent(sandbox.id)), links)
    await runtime.stop(sandbox.id)
    await runtime.start(spec_of(sandbox))
    assert [] == list(victim.iterdir())
    assert 0o700 == victim.stat().st_mode & 0o777
