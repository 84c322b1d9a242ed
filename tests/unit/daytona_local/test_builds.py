"""What the steps of a Dockerfile do, and what comes of them."""

from __future__ import annotations

import asyncio
import io
import tarfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from daytona_local.build_plan import Planning
from daytona_local.build_words import BuildFailedError
from daytona_local.builds import Builds
from daytona_local.contexts import Contexts
from daytona_local.images import Images
from daytona_local.records import Build, Image, ImageConfig, Sandbox, Snapshot
from daytona_local.runtime.bubblewrap import BubblewrapRuntime
from daytona_local.runtime.process import ProcessRuntime
from daytona_local.settings import DEFAULT_SNAPSHOT, Settings
from daytona_local.store import Store
from daytona_local.tables import Table
from daytona_local.toolbox.running import Running

from tests.unit.daytona_local.conftest import spec_of
from tests.unit.daytona_local.toolbox.shell import shell

pytestmark = pytest.mark.anyio

CONTEXT = "c" * 64


class Yard:
    """Build images and look into them."""

    def __init__(self, settings: Settings, runtime: BubblewrapRuntime | ProcessRuntime) -> None:
        store = Store(settings.data_dir / "test.db")
        self.runtime = runtime
        self.snapshots = Table(Snapshot, store)
        self.sandboxes = Table(Sandbox, store)
        self.images = Images(Table(Image, store), self.snapshots, self.sandboxes, runtime, settings.clock)
        self.contexts = Contexts(settings)
        planning = Planning(settings, self.snapshots, self.images)
        self.builds = Builds(settings, runtime, planning, self.images, self.contexts)

    async def build(self, *lines: str, origin: str = DEFAULT_SNAPSHOT, context: bool = False) -> Image:
        """Build from some lines after a FROM."""
        return await self.builds.build(self.wanted(*lines, origin=origin, context=context))

    def wanted(self, *lines: str, origin: str = DEFAULT_SNAPSHOT, context: bool = False) -> Build:
        hashes = [CONTEXT] if context else []
        return Build(dockerfile="\n".join([f"FROM {origin}", *lines]), context_hashes=hashes)

    def log(self, build: Build) -> str:
        file = self.builds.log(build)
        assert file is not None
        return file.read_text()

    def send(self, **files: str) -> None:
        """Send a context; in the names ``__`` stands for a slash."""
        with self.contexts.coming(CONTEXT) as coming, tarfile.open(fileobj=coming, mode="w") as archive:
            for name, content in files.items():
                info = tarfile.TarInfo(name.replace("__", "/"))
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content.encode()))

    async def shell(self, image: Image, script: str) -> str:
        """Run a script in a new sandbox of an image."""
        sandbox = Sandbox(name="a", user=image.config.user or "daytona", env=image.config.env)
        await self.runtime.create(spec_of(sandbox), image.files_id)
        await self.runtime.start(spec_of(sandbox))
        return await shell(Running(sandbox, self.runtime.agent(sandbox.id)), script)


@pytest.fixture
async def yard(runtime: BubblewrapRuntime, tmp_path: Path) -> AsyncIterator[Yard]:
    """Return a place to build in."""
    made = Yard(Settings(tmp_path), runtime)
    yield made
    await made.builds.close()


async def test_commands_run_as_root_and_leave_their_files_to_the_sandbox(yard: Yard) -> None:
    image = await yard.build(
        'RUN whoami > /who && echo "$HOME $(pwd)" >> /who',
        "WORKDIR /srv/app",
        'RUN ["sh", "-c", "pwd > here; touch \\"$0\\"", "a b"]',
    )
    assert "root\n/root /\n/srv/app\na b\nhere\n" == await yard.shell(
        image, "cat /who /srv/app/here; ls /srv/app"
    )
    assert "daytona\n" == await yard.shell(image, "touch /srv/app/mine && whoami")
    assert image.size_bytes > 0


async def test_variables_reach_commands_and_the_sandbox(yard: Yard) -> None:
    image = await yard.build(
        "ARG WHO=arg",
        "ENV GREETING='hello there' BIN=/opt/bin",
        "ENV PATH=$BIN:$PATH",
        "RUN echo $WHO $GREETING > /said",
    )
    assert {"GREETING", "BIN", "PATH"} == image.config.env.keys()
    assert "arg hello there\n/opt/bin\n" == await yard.shell(image, "cat /said; echo ${PATH%%:*}")
    assert "\n" == await yard.shell(image, "echo $WHO")


async def test_another_user_runs_what_comes_after_it(yard: Yard) -> None:
    image = await yard.build(
        "RUN echo app:x:1234:1234::/home/app:/bin/sh >> /etc/passwd",
        "USER app",
        "RUN whoami > /tmp/who; id -u >> /tmp/who",
    )
    assert "app\n1234\napp\n" == await yard.shell(image, "cat /tmp/who; whoami")


async def test_users_are_made_and_files_are_theirs_as_all_files_are_the_sandbox_s_user_s(yard: Yard) -> None:
    image = await yard.build(
        "RUN useradd --create-home app && install -d -o app -g app /srv/app && chown -R app:app /srv/app",
        "RUN adduser --disabled-password --gecos '' other && chown -h nobody /home/other",
        "USER app",
        "RUN touch /srv/app/file",
    )
    assert "app\n/home/app\n" == await yard.shell(image, "stat -c %U /srv/app/file; echo ~")


async def test_what_is_installed_below_usr_local_is_found(yard: Yard) -> None:
    image = await yard.build(
        "RUN printf '#!/bin/sh\\necho installed' > /usr/local/bin/tool && chmod +x /usr/local/bin/tool"
    )
    assert "installed\n" == await yard.shell(image, "tool")
    assert "Python" in await yard.shell(image, "python --version")


async def test_files_are_copied_from_the_context(yard: Yard) -> None:
    yard.send(a="A", dir__one="1", dir__deep__two="2", **{"x.py": "X", "y.py": "Y", ".hidden.py": "H"})
    image = await yard.build(
        "WORKDIR /to",
        "COPY a b",
        "COPY dir dir2/",
        "COPY *.py py/",
        "COPY --chmod=700 --chown=app:app dir /closed",
        'COPY ["a", "with space"]',
        "COPY ./../../a /confined",
        context=True,
    )
    listed = await yard.shell(
        image, "cd /to; find . -type f | sort; cat b dir2/deep/two /confined; stat -c %a /closed/one"
    )
    files = ["b", "dir2/deep/two", "dir2/one", "py/.hidden.py", "py/x.py", "py/y.py", "with space"]
    assert "".join(f"./{name}\n" for name in files) + "A2A700\n" == listed


async def test_an_added_archive_is_unpacked(yard: Yard) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("inner/file"))
    yard.send(**{"a.tar": packed.getvalue().decode()})
    image = await yard.build("ADD a.tar /out", "COPY a.tar /out/", context=True)
    assert "/out\n/out/a.tar\n/out/inner\n/out/inner/file\n" == await yard.shell(image, "find /out | sort")


async def test_a_link_of_the_image_leads_no_copy_out_of_it(yard: Yard, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.mkdir()
    yard.send(a="A")
    linking = f"RUN mkdir -p {victim} && ln -s {victim} /to"
    image = await yard.build(
        linking, "COPY a /to/", "VOLUME /to/v", "WORKDIR /to/w", "RUN true", context=True
    )
    assert [] == list(victim.iterdir())
    assert "a\nv\nw\n" == await yard.shell(image, f"ls {victim}")


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["RUN exit 3"], r"line 2 .*RUN: it exited with 3; the log shows"),
        (["RUN apt-get update"], "packages of the system can't be installed"),
        (['RUN ["nothing-such"]'], "No such file"),
        (["RUN []"], "empty"),
        (["RUN --mount=type=secret,id=x cat /x"], "--mount=type=secret,id=x is not done"),
        (["COPY missing /x"], r"line 2 .*COPY: the build context doesn't have it \(missing\)"),
        (["COPY a"], "a source and a destination"),
        (["COPY --chmod=u+x a /x"], "'u\\+x' can't be"),
        (["COPY --from=golang:1.22 /x /x"], "no earlier stage 'golang:1.22'"),
        (["ADD https://example.com/x /x"], "fetches nothing"),
        (["ENV A='open"], "line 2 .*ENV: a quote is open"),
        (["USER ../x", "RUN true"], "can't be"),
    ],
)
async def test_what_fails_says_which_step_and_why(yard: Yard, lines: list[str], reason: str) -> None:
    build = yard.wanted(*lines)
    with pytest.raises(BuildFailedError, match=reason) as failed:
        await yard.builds.build(build)
    assert yard.log(build).endswith(f"The build failed: {failed.value}\n")
    assert yard.builds.built(build) is None
    assert [] == list((yard.runtime.root("x").parent.parent).iterdir())


async def test_a_missing_context_is_named(yard: Yard) -> None:
    with pytest.raises(BuildFailedError, match=f"the context {CONTEXT} was not uploaded"):
        await yard.build("COPY a /", context=True)


async def test_the_log_shows_steps_and_output_as_they_come(yard: Yard) -> None:
    build = yard.wanted("EXPOSE 80", "RUN echo first; sleep 0.5; echo second >&2")
    building = asyncio.create_task(yard.builds.build(build))
    await asyncio.wait({building}, timeout=0.2)
    pieces = [piece.decode() async for piece in yard.builds.follow(build)]
    assert len(pieces) > 2
    assert (
        f"Step 1/3 : FROM {DEFAULT_SNAPSHOT}\nStep 2/3 : EXPOSE 80\n (without an effect here)\n"
        "Step 3/3 : RUN echo first; sleep 0.5; echo second >&2\nfirst\nsecond\n"
        "The image is built\n"
    ) == "".join(pieces)
    await building
    assert ["".join(pieces)] == [piece.decode() async for piece in yard.builds.follow(build)]


async def test_the_same_again_is_not_built_again_and_at_once_only_once(yard: Yard) -> None:
    build = yard.wanted("RUN date +%N > /when; sleep 0.2")
    assert yard.builds.built(build) is None
    first, second = await asyncio.gather(yard.builds.build(build), yard.builds.build(build))
    assert first is second is yard.builds.built(build) is await yard.builds.build(build)


async def test_an_image_that_only_says_something_has_the_files_of_its_origin(yard: Yard) -> None:
    plain = await yard.build("ENV A=1")
    assert (None, {"A": "1"}) == (plain.files_id, plain.config.env)
    made = await yard.build("RUN touch /made")
    yard.snapshots.save(Snapshot(name="made:1", image_id=made.id, image=made.config))
    again = await yard.build('CMD ["x"]', origin="made:1")
    assert made.files_id == again.files_id


async def test_a_snapshot_can_be_built_upon_and_what_it_says_is_kept(yard: Yard) -> None:
    image = await yard.build("ENV A=1", "WORKDIR /w", "RUN touch made")
    yard.snapshots.save(Snapshot(name="mine:1", image_id=image.id, image=image.config))
    build = yard.wanted("RUN ls > seen; echo $A >> seen", origin="mine:1")
    upon = await yard.builds.build(build)
    assert "made\nseen\n1\n" == await yard.shell(upon, "cat /w/seen")
    assert yard.builds.built(build) is upon
    other = await yard.build("RUN mkdir /w; touch /w/other")
    yard.snapshots.save(snapshot := Snapshot(name="mine:1", image_id=other.id))
    assert yard.builds.built(build) is None
    snapshot.state = "inactive"
    with pytest.raises(BuildFailedError, match="mine:1 is inactive"):
        await yard.builds.build(build)


async def test_stages_are_built_upon_and_copied_from(yard: Yard) -> None:
    image = await yard.build(
        "WORKDIR /out",
        "RUN echo built > file",
        "FROM first AS second",
        "RUN echo more >> file",
        f"FROM {DEFAULT_SNAPSHOT}",
        "COPY --from=first /out/* /got/",
        "COPY --from=1 /out /second",
        origin=f"{DEFAULT_SNAPSHOT} AS first",
    )
    found = await yard.shell(image, "cat /got/file /second/file; test -e /out || echo none")
    assert "built\nbuilt\nmore\nnone\n" == found


async def test_an_image_that_is_not_here_is_refused_or_the_default_stands_for_it(
    yard: Yard, tmp_path: Path
) -> None:
    with pytest.raises(BuildFailedError, match=r"there is no image 'alpine:3' .* --substitute-images"):
        await yard.build("RUN true", origin="alpine:3")
    lenient = Yard(Settings(tmp_path, substitute_images=True), yard.runtime)
    build = lenient.wanted("RUN true", origin="alpine:3")
    await lenient.builds.build(build)
    assert f"Step 1/2 : FROM alpine:3\n ({DEFAULT_SNAPSHOT} stands for alpine:3 (--substitute-images))\n" in (
        lenient.log(build)
    )
    with pytest.raises(BuildFailedError, match="scratch"):
        await lenient.build("COPY a /", origin="scratch")


async def test_without_root_folders_an_image_can_only_say_something(tmp_path: Path) -> None:
    yard = Yard(Settings(tmp_path), ProcessRuntime(tmp_path))
    assert ImageConfig(env={"A": "1"}) == (await yard.build("ENV A=1")).config
    with pytest.raises(BuildFailedError, match="the process runtime can't run or copy"):
        await yard.build("RUN true")


async def test_images_that_nothing_uses_are_removed_but_the_newest_builds(
    yard: Yard, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("daytona_local.images.KEPT", 1)
    used = await yard.build("RUN echo used > /name")
    yard.snapshots.save(Snapshot(name="a", image_id=used.id))
    old, new = [await yard.build(f"RUN echo {name} > /name") for name in ("old", "new")]
    upon = await yard.build("ENV A=1", origin="a")
    assert [True, False, False] == [yard.images.get(image.id) is not None for image in (used, old, new)]
    yard.snapshots.remove(next(iter(yard.snapshots)))
    await yard.images.tidy()
    assert {used.id} == {place.name for place in (tmp_path / "snapshots").iterdir()}
    assert [False, True] == [yard.images.get(image.id) is not None for image in (used, upon)]
    assert "used\n" == await yard.shell(upon, "cat /name")
