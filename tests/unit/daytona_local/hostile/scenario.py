"""A bit of everything that a server is used for, with a secret wherever one can be."""

from __future__ import annotations

import contextlib
from pathlib import Path

from daytona_httpx import (
    CreateSandboxFromImageParams,
    CreateSandboxFromSnapshotParams,
    CreateSecretParams,
    Daytona,
    DaytonaError,
    Image,
    Sandbox,
    SessionExecuteRequest,
    Volume,
    VolumeMount,
)

KEPT = "for i in 1 2 3; do echo $i; done; sleep 1000"
WORD = "xyzzy"
"""Is in every secret that the scenario chooses, and nowhere else."""


def play(client: Daytona, folder: Path) -> dict[str, str]:
    """Use a server; return the secrets by what they are. One sandbox still runs then, one is archived.

    Args:
        client: The server's.
        folder: A private one, for local files.
    """
    secrets = {name: f"{WORD}-{name}" for name in ("variable", "secret", "git-password", "registry-password")}
    client.secret.create(CreateSecretParams(name="kept", value=secrets["secret"]))
    client.docker_registries.create("registry", "http://127.0.0.1:1", "ann", secrets["registry-password"])
    secrets["lesser key"] = client.api_keys.create("lesser", ["write:sandboxes"]).value
    sandbox = client.create(
        CreateSandboxFromSnapshotParams(
            name="first",
            env_vars={"VARIABLE": secrets["variable"]},
            secrets={"SECRET": "kept"},
            volumes=[VolumeMount(volume_id=_volume(client).id, mount_path="/data", subpath="sub/path")],
        )
    )
    secrets |= _links(sandbox)
    _work(sandbox, secrets["git-password"])
    _build(client, folder)
    sandbox.create_snapshot("taken")
    other = client.create(CreateSandboxFromSnapshotParams(name="second"))
    other.stop()
    other.archive()
    while client.get(other.id).state != "archived":
        continue
    return secrets


def _volume(client: Daytona) -> Volume:
    made = client.volume.create("volume")
    while made.state != "ready":
        made = client.volume.get("volume")
    return made


def _links(sandbox: Sandbox) -> dict[str, str]:
    """Ask for all that lets one in, and let the server look at each."""
    plain, signed = sandbox.get_preview_link(8000), sandbox.create_signed_preview_url(8000)
    access = sandbox.create_ssh_access()
    sandbox.validate_ssh_access(access.token)
    download = sandbox.download_url("/tmp/file")
    return {
        "preview token": plain.token,
        "signed preview token": signed.token,
        "token for ssh": access.token,
        "signature": download.rpartition("signature=")[2],
    }


def _work(sandbox: Sandbox, password: str) -> None:
    sandbox.fs.upload_file(b"content", "file")
    sandbox.fs.download_file("file")
    sandbox.process.exec("echo $VARIABLE $SECRET; env", timeout=60)
    sandbox.process.create_session("kept")
    sandbox.process.execute_session_command("kept", SessionExecuteRequest(command=KEPT, run_async=True))
    sandbox.code_interpreter.run_code("import os; print(os.environ['VARIABLE'])")
    terminal = sandbox.process.create_pty_session("terminal")
    terminal.send_input("exit\n")
    for _ in terminal:
        pass
    with contextlib.suppress(DaytonaError):  # there is no such server
        sandbox.git.clone("http://127.0.0.1:9/none", "clone", username="ann", password=password)


def _build(client: Daytona, folder: Path) -> None:
    (folder / "local").write_text("content")
    image = Image.base("daytona-local:default").add_local_file(str(folder / "local"), "/srv/local")
    client.create(CreateSandboxFromImageParams(image=image, name="built"), timeout=120)
