"""The Pulumi programs that the tests of what is inside sandboxes run, and what they need."""

from __future__ import annotations

from pathlib import Path

FILES = """
import pulumi
from pulumi_daytona import Sandbox, SandboxFile, SandboxFolder

config = pulumi.Config()
box = Sandbox("box", state="started")
text = SandboxFile("text", sandbox_id=box.id, path="conf/app.ini", content="a=1", mode="600")
quiet = SandboxFile("quiet", sandbox_id=box.id, path="/tmp/quiet", content=config.require_secret("quiet"))
local = SandboxFile("local", sandbox_id=box.id, path="local.txt", source=pulumi.FileAsset("local.txt"))
asset = SandboxFile("asset", sandbox_id=box.id, path="asset.txt", source=pulumi.StringAsset("an asset"))
archive = pulumi.AssetArchive({"a.txt": pulumi.StringAsset("a"), "site": pulumi.FileArchive("site")})
pack = SandboxFolder("pack", sandbox_id=box.id, path="/tmp/pack", source=archive, exclude=["*.pyc"])
pulumi.export("id", box.id)
pulumi.export("text", text.sha256)
pulumi.export("quiet", quiet.sha256)
"""

ALL = """
import pulumi
from pulumi_daytona import (
    GitRepository, PreviewUrl, Sandbox, SandboxCommand, SandboxFile, SandboxFolder, SandboxSession,
)

config = pulumi.Config()
token = config.require_secret("token")
box = Sandbox("box", state="started", env={"N": config.get("n") or "1"})
site = SandboxFolder("site", sandbox_id=box.id, path="/tmp/site", source="site")
port = SandboxFile("port", sandbox_id=box.id, path="/tmp/port", content=config.get("port") or "8000")
origin = SandboxCommand(
    "origin",
    sandbox_id=box.id,
    create="git init -q -b main /tmp/origin && cd /tmp/origin && git -c user.name=a -c user.email=b "
    "commit -q --allow-empty -m one && echo made $TOKEN",
    delete="echo gone >/tmp/origin-gone",
    environment={"TOKEN": token},
)
code = GitRepository(
    "code", sandbox_id=box.id, url="/tmp/origin", path="code", branch="main",
    opts=pulumi.ResourceOptions(depends_on=[origin]),
)
build = SandboxCommand(
    "build",
    sandbox_id=box.id,
    create="cat *; echo built >>/tmp/built",
    dir="/tmp/site",
    triggers=[site.sha256, code.revision],
)
web = SandboxSession(
    "web",
    sandbox_id=box.id,
    command="exec python3 -m http.server $(cat /tmp/port) --bind 127.0.0.1 --directory /tmp/site",
    ready_command="python3 -c 'import urllib.request as r; "
    "r.urlopen(\\"http://127.0.0.1:\\" + open(\\"/tmp/port\\").read())'",
    triggers=[port.sha256],
    opts=pulumi.ResourceOptions(depends_on=[site]),
)
link = PreviewUrl("link", sandbox_id=box.id, port=8000, signed=True)
pulumi.export("id", box.id)
pulumi.export("origin", origin.stdout)
pulumi.export("build", build.stdout)
pulumi.export("revision", code.revision)
pulumi.export("url", link.url)
pulumi.export("signed", link.signed_url)
"""

RESOURCES = ("site", "port", "origin", "code", "build", "web", "link")
"""The logical names of what is inside the sandbox of ``ALL``."""

COMMAND = """
import pulumi
from pulumi_daytona import Sandbox, SandboxCommand

box = Sandbox("box")
command = SandboxCommand("command", sandbox_id=box.id, create=pulumi.Config().require("command"))
pulumi.export("stdout", command.stdout)
"""


def make_files(folder: Path) -> None:
    """Make the local files of the programs."""
    (folder / "local.txt").write_text("local")
    site = folder / "site"
    site.mkdir()
    (site / "index.html").write_text("<h1>hi</h1>\n")
    (site / "style.css").write_text("h1 {}\n")
    (site / "run.sh").write_text("#!/bin/sh\necho ran\n")
    (site / "run.sh").chmod(0o755)
