"""The files of a folder in a sandbox: kept like the local ones, and nothing else is touched."""

from __future__ import annotations

import io
import os
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from pulumi_daytona.core.check import check
from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.resources import definition_of
from pulumi_daytona.core.unknown import UNKNOWN

from tests.unit.pulumi_daytona.resources.in_box import destroy, failures, new_box, said, writes
from tests.unit.pulumi_daytona.resources.stack import Stack

pytestmark = pytest.mark.anyio

FOLDER = definition_of("SandboxFolder")
LISTED = "cd site && find . -type f | sort | xargs stat -c '%n %a'"
UPLOAD = "POST /files/bulk-upload"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "css").mkdir(parents=True)
    (folder / "index.html").write_text("<h1>hi</h1>")
    (folder / "css" / "it's a \\ style.css").write_text("h1 {}")
    (folder / "run.sh").write_text("#!/bin/sh\necho ran\n")
    (folder / "run.sh").chmod(0o700)
    return folder


def asked(stack: Stack) -> list[str]:
    """Return the requests that write, without the sandbox's id."""
    return [f"{one.split()[0]} /files{one.partition('/files')[2]}" for one in writes(stack)]


async def test_its_files_and_their_modes_are_those_of_the_local_folder(stack: Stack, site: Path) -> None:
    box = await new_box(stack)
    made = await stack.up(FOLDER, sandbox_id=box.id, path="site", source=str(site))
    listed = ["./css/it's a \\ style.css 644", "./index.html 644", "./run.sh 755"]
    assert listed == (await said(box, LISTED.replace("xargs", "tr '\\n' '\\0' | xargs -0"))).splitlines()
    assert "ran" == await said(box, "site/run.sh")
    assert 3 == made.state["file_count"]


async def test_nothing_is_written_where_nothing_has_changed(stack: Stack, site: Path) -> None:
    box = await new_box(stack)
    given = {"sandbox_id": box.id, "path": "site", "source": str(site)}
    await stack.up(FOLDER, **given)
    stack.transport.requests.clear()
    for name in ("index.html", "run.sh", "css"):
        os.utime(site / name, (1, 1))
    await stack.up(FOLDER, **given)
    assert [] == stack.transport.requests
    await stack.refresh()
    await stack.up(FOLDER, **given)
    assert [] == writes(stack)


async def test_changed_files_are_uploaded_in_one_request_and_removed_ones_are_deleted(
    stack: Stack, site: Path
) -> None:
    box = await new_box(stack)
    given = {"sandbox_id": box.id, "path": "site", "source": str(site)}
    before = await stack.up(FOLDER, **given)
    hash_before = before.state["sha256"]
    await said(box, "echo theirs > site/theirs.txt")
    (site / "index.html").write_text("<h1>new</h1>")
    (site / "new.txt").write_text("new")
    (site / "css" / "it's a \\ style.css").unlink()
    stack.transport.requests.clear()

    changed = await stack.up(FOLDER, **given)
    assert [UPLOAD] == asked(stack)
    assert hash_before != changed.state["sha256"]
    assert "index.html new.txt run.sh theirs.txt" == await said(box, "ls -x site | tr -s ' '")
    assert "<h1>new</h1>" == await said(box, "cat site/index.html")


async def test_a_changed_mode_alone_uploads_nothing(stack: Stack, site: Path) -> None:
    box = await new_box(stack)
    given = {"sandbox_id": box.id, "path": "site", "source": str(site)}
    await stack.up(FOLDER, **given)
    (site / "run.sh").chmod(0o600)
    stack.transport.requests.clear()
    await stack.up(FOLDER, **given)
    assert ["POST /files/permissions"] == asked(stack)
    assert "644" == await said(box, "stat -c %a site/run.sh")


@pytest.mark.parametrize("change", ["echo x >site/index.html", "chmod 600 site/run.sh", "rm site/run.sh"])
async def test_what_was_changed_in_the_sandbox_is_put_right(stack: Stack, site: Path, change: str) -> None:
    box = await new_box(stack)
    given = {"sandbox_id": box.id, "path": "site", "source": str(site)}
    made = await stack.up(FOLDER, **given)
    hash_before, listed = made.state["sha256"], await said(box, "cd site; cat index.html; stat -c %a *")
    await said(box, change)
    drifted = await stack.refresh()
    assert drifted is not None
    assert hash_before != drifted.state["sha256"]
    await stack.up(FOLDER, **given)
    assert listed == await said(box, "cd site; cat index.html; stat -c %a *")
    assert hash_before == stack.resources["it"].state["sha256"]


async def test_a_folder_that_is_gone_is_made_again(stack: Stack, site: Path) -> None:
    box = await new_box(stack)
    await stack.up(FOLDER, sandbox_id=box.id, path="site", source=str(site))
    await said(box, "rm -r site")
    assert await stack.refresh() is None
    await stack.up(FOLDER, sandbox_id=box.id, path="site", source=str(site))
    assert "ran" == await said(box, "site/run.sh")


async def test_destroying_it_leaves_what_it_did_not_make(stack: Stack, site: Path) -> None:
    box = await new_box(stack)
    for theirs, left in (("true", "gone"), ("echo x >site/css/theirs", "site/css/theirs")):
        await stack.up(FOLDER, sandbox_id=box.id, path="site", source=str(site))
        await said(box, theirs)
        await destroy(stack)
        assert left == await said(box, "test -e site || echo gone; find site -type f 2>/dev/null")


async def test_an_empty_folder_is_made_kept_and_removed(stack: Stack, tmp_path: Path) -> None:
    box, empty = await new_box(stack), tmp_path / "empty"
    empty.mkdir()
    await stack.up(FOLDER, sandbox_id=box.id, path="site", source=str(empty))
    assert "folder" == await said(box, "test -d site && echo folder")
    assert await stack.refresh() is not None
    await destroy(stack)
    assert "gone" == await said(box, "test -e site || echo gone")


async def test_a_create_that_was_broken_off_uploads_only_what_is_missing(stack: Stack, site: Path) -> None:
    box = await new_box(stack)
    given = {"sandbox_id": box.id, "path": "site", "source": str(site)}
    await stack.up(FOLDER, **given)
    stack.forget()
    stack.transport.requests.clear()
    await stack.up(FOLDER, **given)
    assert UPLOAD not in asked(stack)


async def test_a_file_may_become_a_folder_and_a_folder_a_file(stack: Stack, tmp_path: Path) -> None:
    box = await new_box(stack)
    sources = [{"a": "1", "b/c": "2"}, {"a/d": "3", "b": "4"}]
    for texts in sources:
        source = {"assets": {name: {"text": text} for name, text in texts.items()}}
        await stack.up(FOLDER, sandbox_id=box.id, path="site", source=source)
    assert "a/d b" == await said(box, "cd site; find . -type f | sort | sed s,./,, | tr '\\n' ' '")


@pytest.mark.parametrize("kind", ["tar", "tar.gz", "zip"])
async def test_a_packed_folder_is_unpacked(stack: Stack, site: Path, tmp_path: Path, kind: str) -> None:
    packed = tmp_path / f"site.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(packed, "w") as archive:
            archive.write(site / "index.html", "index.html")
            archive.write(site / "run.sh", "bin/run.sh")
    else:
        with tarfile.open(packed, "w:gz" if kind.endswith("gz") else "w") as archive_file:
            archive_file.add(site / "index.html", "./index.html")
            archive_file.add(site / "run.sh", "bin/run.sh")
    box = await new_box(stack)
    await stack.up(FOLDER, sandbox_id=box.id, path="site", source={"archive": str(packed)})
    assert "ran <h1>hi</h1>" == await said(box, "site/bin/run.sh | tr '\\n' ' '; cat site/index.html")


async def test_assets_and_archives_can_be_put_together(stack: Stack, site: Path) -> None:
    box = await new_box(stack)
    source = {
        "assets": {"note": {"text": "n"}, "web": {"archive": str(site)}, "r": {"path": str(site / "run.sh")}}
    }
    await stack.up(FOLDER, sandbox_id=box.id, path="/tmp/all", source=source, exclude=["css"])
    assert "note r web/index.html web/run.sh" == await said(
        box, "cd /tmp/all; find . -type f | sort | sed s,./,, | tr '\\n' ' '"
    )


async def test_a_sandbox_without_the_programs_for_hashes_is_looked_at_file_by_file(
    stack: Stack, site: Path
) -> None:
    box = await new_box(stack)
    given = {"sandbox_id": box.id, "path": "site", "source": str(site)}
    made = await stack.up(FOLDER, **given)
    hash_before = made.state["sha256"]
    await box.update_env({"PATH": "/nowhere"})
    refreshed = await stack.refresh()
    assert 3 == sum("/files/download" in asked for asked in stack.transport.requests)
    assert refreshed is not None
    assert hash_before == refreshed.state["sha256"]


def test_patterns_exclude_names_paths_and_whole_folders(site: Path) -> None:
    (site / "a.pyc").write_text("")
    (site / ".git").mkdir()
    (site / ".git" / "config").write_text("")
    checked = check(
        FOLDER,
        {"sandbox_id": "b", "path": "p", "source": str(site), "exclude": ["*.pyc", ".git", "css/*.css"]},
    )
    assert ["index.html", "run.sh"] == list(checked.inputs["source"]["files"])


def linked(folder: Path) -> dict[str, Any]:
    (folder / "link").symlink_to("/etc/passwd")
    return {"source": str(folder)}


def piped(folder: Path) -> dict[str, Any]:
    os.mkfifo(folder / "pipe")
    return {"source": str(folder)}


def packed(folder: Path, member: tarfile.TarInfo) -> dict[str, Any]:
    with tarfile.open(folder / "x.tar", "w") as archive:
        member.size = 0
        archive.addfile(member, io.BytesIO())
    return {"source": str(folder / "x.tar")}


def leaving_tar(folder: Path) -> dict[str, Any]:
    return packed(folder, tarfile.TarInfo("../outside"))


def linking_tar(folder: Path) -> dict[str, Any]:
    member = tarfile.TarInfo("link")
    member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
    return packed(folder, member)


def broken_zip(folder: Path) -> dict[str, Any]:
    with zipfile.ZipFile(folder / "x.zip", "w") as archive:
        archive.writestr("a", "a" * 100)
    data = bytearray((folder / "x.zip").read_bytes())
    data[40:60] = b"b" * 20
    (folder / "x.zip").write_bytes(data)
    return {"source": str(folder / "x.zip")}


def leaving_asset(_: Path) -> dict[str, Any]:
    return {"source": {"assets": {"a/../../x": {"text": ""}}}}


def absolute_asset(_: Path) -> dict[str, Any]:
    return {"source": {"assets": {"/etc/x": {"text": ""}}}}


def no_folder(folder: Path) -> dict[str, Any]:
    return {"source": str(folder / "missing")}


def plain_file(folder: Path) -> dict[str, Any]:
    (folder / "f").write_text("no archive")
    return {"source": str(folder / "f")}


def remote(_: Path) -> dict[str, Any]:
    return {"source": {"uri": "https://example.com/x.zip"}}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (linked, "'link' is a symbolic link; put what it points to in its place, or exclude it"),
        (piped, "'pipe' is no regular file; exclude it"),
        (leaving_tar, "'../outside' leaves the folder"),
        (linking_tar, "'link' in"),
        (broken_zip, "can't be unpacked"),
        (leaving_asset, "leaves the folder; only paths below it are allowed"),
        (absolute_asset, "'/etc/x' leaves the folder"),
        (no_folder, "is not there"),
        (plain_file, "is neither a folder nor a tar or zip file"),
        (remote, "remote assets are not fetched"),
    ],
)
def test_what_can_not_be_uploaded_is_refused_on_its_property(tmp_path: Path, given: Any, words: str) -> None:
    found = failures(FOLDER, sandbox_id="b", path="p", **given(tmp_path))
    assert ["source"] == list(found)
    assert words in found["source"]


def test_a_link_that_is_excluded_is_no_hindrance(tmp_path: Path) -> None:
    assert {} == failures(FOLDER, sandbox_id="b", path="p", exclude=["link"], **linked(tmp_path))


def test_what_is_unknown_passes() -> None:
    given = {"sandbox_id": UNKNOWN, "path": "p", "source": {"assets": {"a": {"text": UNKNOWN}}}}
    assert UNKNOWN is check(FOLDER, given).inputs["source"]


async def test_a_local_file_that_goes_after_it_was_checked_is_one_clear_line(
    stack: Stack, site: Path
) -> None:
    box = await new_box(stack)
    inputs = stack.inputs(FOLDER, "it", {"sandbox_id": box.id, "path": "site", "source": str(site)})
    (site / "index.html").unlink()
    with pytest.raises(ProviderError, match=r"'index.html' is gone meanwhile; run pulumi up again"):
        await FOLDER.verbs.create(stack.session, FOLDER.inputs.model_validate(inputs))
