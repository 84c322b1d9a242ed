"""The text of the Dockerfile that an image is built from."""

from __future__ import annotations

import re
from typing import Any

from .outcome import refused
from .use import Use


async def steps(use: Use) -> Any:
    """Describe an image step by step."""
    image = (
        use.sdk.Image.base("alpine:3.20")
        .env({"A": "1", "B": "x y"})
        .workdir("/srv/my app")
        .run_commands("echo a", ["echo", 'b "c"', "d'e"])
        .entrypoint(["/bin/sh", "-c"])
        .cmd(["echo", "b c"])
        .dockerfile_commands(["USER nobody", "EXPOSE 80"])
    )
    return image.dockerfile()


async def python(use: Use) -> Any:
    """Start from a Python, and install packages."""
    slim = use.sdk.Image.debian_slim
    options = {"find_links": ["https://a"], "index_url": "https://b", "extra_index_urls": ["https://c"]}
    image = slim("3.12").pip_install(
        "requests>=2", ["b", "a"], pre=True, extra_options=" --no-deps ", **options
    )
    return [image.dockerfile(), slim("3.11").pip_install().dockerfile(), slim("3.13.1").dockerfile()]


async def local_files(use: Use) -> Any:
    """Copy local files; under which names they are sent is each client's own."""
    (use.folder / "requirements.txt").write_text("httpx\n")
    (use.folder / "sources").mkdir()
    image = (
        use.sdk.Image.base("x")
        .pip_install_from_requirements(str(use.folder / "requirements.txt"))
        .add_local_file(str(use.folder / "requirements.txt"), "/srv/")
        .add_local_dir(str(use.folder / "sources"), "/srv/sources")
    )
    return re.sub(r"[^\s\"]+/(?=requirements.txt /|requirements.txt\", |sources\", )", "", image.dockerfile())


async def project(use: Use) -> Any:
    """Install what a project depends on."""
    file = use.folder / "pyproject.toml"
    file.write_text('[project]\ndependencies = ["b"]\n[project.optional-dependencies]\nx = ["a[c]>=1"]\n')
    return use.sdk.Image.base("x").pip_install_from_pyproject(str(file), ["x", "nothing"]).dockerfile()


async def dockerfile(use: Use) -> Any:
    """Take a Dockerfile as it is."""
    (use.folder / "Dockerfile").write_text("FROM x\nCOPY requirements.txt /r\n# a comment\nRUN true\n")
    return use.sdk.Image.from_dockerfile(str(use.folder / "Dockerfile")).dockerfile()


async def refused_images(use: Use) -> Any:
    """What can't be an image says so at once."""
    image = use.sdk.Image

    async def made(make: Any) -> Any:
        return make()

    return [
        await refused(made, lambda: image.debian_slim("3.8")),
        await refused(made, lambda: image.debian_slim("three")),
        await refused(made, lambda: image.base("x").add_local_file("/nothing", "/x")),
        await refused(made, lambda: image.base("x").add_local_file("/tmp", "/x")),
        await refused(made, lambda: image.from_dockerfile("/nothing")),
    ]


CASES = [steps, python, local_files, project, dockerfile, refused_images]
