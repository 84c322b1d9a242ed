"""Lists of the networks that a sandbox may reach."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from daytona_local.records import Sandbox
from daytona_local.runtime import RuntimeFailedError, SandboxSpec
from daytona_local.runtime.bubblewrap import BubblewrapRuntime
from daytona_local.runtime.filters import find_filter, networks_of, rules_of
from daytona_local.runtime.networks import WAYS, Networks
from daytona_local.runtime.process import ProcessRuntime
from daytona_local.toolbox.commands import run_command
from daytona_local.toolbox.running import Running

from tests.unit.daytona_local.runtime import network_scene
from tests.unit.daytona_local.runtime.network_scene import NOT_HERE, ONE, SIX, TWO

own_network = pytest.mark.skipif(
    not Networks.of_this_host().own, reason="this host has neither pasta nor slirp4netns"
)
REFUSED = "OSError"


async def interfaces(runtime: BubblewrapRuntime, networks: Sequence[str]) -> list[str]:
    """Return the network interfaces of a new sandbox that has a list."""
    sandbox = Sandbox(id="box-1", name="box")
    await runtime.start(
        SandboxSpec(sandbox.id, "daytona", {}, 1, 1, 3, network=True, networks=tuple(networks))
    )
    box = Running(sandbox, runtime.agent(sandbox.id))
    said = await run_command(box, ["sh", "-c", "tail -n +3 /proc/net/dev | cut -d: -f1"], timeout_s=30)
    return sorted(said.text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, ()),
        (" , ", ()),
        ("10.0.0.0/8", ("10.0.0.0/8",)),
        (" 192.0.2.77/24 ,10.1.2.3/32", ("10.1.2.3/32", "192.0.2.0/24")),
        ("10.0.0.0/8,10.1.0.0/16,10.0.0.0/8", ("10.0.0.0/8",)),
        ("10.0.0.1/08", ("10.0.0.0/8",)),
        ("0.0.0.0/1,128.0.0.0/1", ("0.0.0.0/0",)),
    ],
)
def test_a_list_names_each_network_once(text: str | None, expected: tuple[str, ...]) -> None:
    assert expected == networks_of(text)


def test_rules_let_out_what_they_name_and_nothing_else() -> None:
    accepted = [
        line.split() for line in rules_of(["10.0.0.0/8", "192.0.2.0/24"]).splitlines() if "accept" in line
    ]
    assert [
        ["oifname", '"lo"', "accept"],
        ["ip", "daddr", "10.0.0.0/8", "accept"],
        ["ip", "daddr", "192.0.2.0/24", "accept"],
    ] == accepted
    assert "policy drop" in rules_of([])


def test_sandboxes_reach_what_their_lists_name_and_nothing_else(tmp_path: Path) -> None:
    if not Networks.of_this_host().own or find_filter() is None or shutil.which("ip") is None:
        pytest.skip("this host has no pasta, nft or ip (passt, nftables, iproute2)")
    as_root = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    words = ["unshare", *as_root, "--net", sys.executable, network_scene.__file__, str(tmp_path)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=240, check=False)
    if done.returncode == NOT_HERE:
        pytest.skip(f"a network to look at can't be set up here: {done.stderr.splitlines()[-1]}")

    assert "" == done.stderr
    assert {
        "listed": [ONE, REFUSED, "PermissionError"],
        "changed": [REFUSED, TWO],
        "from before": "broken",
        "several": [ONE, TWO],
        "all of IPv4": [ONE, TWO],
        "blocked": [REFUSED, REFUSED],
        "listed again": [ONE, REFUSED],
        "started again": [ONE, REFUSED],
        "with domains": [ONE, REFUSED],
        "domains only": [REFUSED, REFUSED],
        "all": [ONE, TWO],
        "all of IPv6": [SIX],
        "blocked with a list": [REFUSED],
        "a list of nothing": [REFUSED],
        "daytona tries": ["1", ONE, REFUSED],
        "root tries": ["1", ONE, REFUSED],
    } == json.loads(done.stdout)


@own_network
@pytest.mark.parametrize(
    ("program", "reason"), [(None, "install nftables"), ("/bin/false", "it said nothing")]
)
async def test_a_list_that_can_not_be_enforced_lets_nothing_out(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    program: str | None,
    reason: str,
) -> None:
    runtime = BubblewrapRuntime(tmp_path)
    monkeypatch.setattr(runtime, "_networks", Networks(runtime._networks._ways, program))

    with caplog.at_level(logging.WARNING):
        found = await interfaces(runtime, ["192.0.2.0/24"])
    await runtime.close()

    assert ["lo"] == found
    assert [f"sandbox box-1 has no network: its list can't be enforced: {reason}"] == [
        record.message for record in caplog.records
    ]


async def test_a_list_lets_nothing_out_where_sandboxes_share_the_hosts_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Networks, "of_this_host", classmethod(lambda _: Networks([])))
    runtime = BubblewrapRuntime(tmp_path)

    found = await interfaces(runtime, ["192.0.2.0/24"])
    await runtime.close()

    assert ["lo"] == found


@pytest.mark.parametrize(("program", "expected"), [(None, "install nftables"), ("/usr/sbin/nft", "by nft")])
def test_what_is_limited_says_whether_lists_are(program: str | None, expected: str) -> None:
    assert expected in Networks(WAYS, program).described


async def test_the_process_runtime_knows_no_lists(tmp_path: Path) -> None:
    runtime = ProcessRuntime(tmp_path)
    with pytest.raises(RuntimeFailedError, match="can't block the network"):
        await runtime.set_network("any", True, ["192.0.2.0/24"])
    with pytest.raises(RuntimeFailedError, match="can't block the network"):
        await runtime.start(
            SandboxSpec("box", "daytona", {}, 1, 1, 3, network=True, networks=("192.0.2.0/24",))
        )
