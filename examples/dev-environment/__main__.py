"""A development environment: a clone with settings and tools, a cache that stays, and a page to look at."""

import pulumi
from pulumi_daytona import DevEnvironment, EnvironmentRepository, EnvironmentVolume, SandboxSession

config = pulumi.Config()
token = config.get_secret("gitToken")

dev = DevEnvironment(
    "dev",
    snapshot=config.get("snapshot"),
    volume=EnvironmentVolume(mount_path="/cache"),
    repository=EnvironmentRepository(
        url=config.get("repository") or "https://github.com/octocat/Hello-World",
        path="work",
        branch=config.get("branch"),
        username="git" if token else None,
        password=token,
    ),
    files={
        "work/.env": pulumi.Output.format("GREETING={0}\n", config.get_secret("greeting") or "hello"),
        "tools": pulumi.FileArchive("tools"),
    },
    setup={
        "history": "git log --format=%s >/cache/history",
        "page": "mkdir -p site && python3 ../tools/page.py .env /cache/history >site/index.html",
    },
    previews={"web": 8000},
    auto_stop_interval=60,
)

web = SandboxSession(
    "web",
    sandbox_id=dev.sandbox_id,
    command="exec python3 -m http.server 8000",
    dir="work/site",
    ready_port=8000,
    opts=pulumi.ResourceOptions(depends_on=[dev]),
)

pulumi.export("sandbox_id", dev.sandbox_id)
pulumi.export("revision", dev.revision)
pulumi.export("url", dev.urls["web"])
pulumi.export("token", dev.previews["web"].token)
