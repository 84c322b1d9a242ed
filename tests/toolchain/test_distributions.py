"""What would be uploaded: what is in it, what it says of itself, and that a sdist makes the same wheel."""

from __future__ import annotations

import json
import tarfile
import zipfile
from pathlib import Path

import pytest
from daytona_httpx._version import __version__
from packaging.metadata import Metadata
from packaging.requirements import Requirement

from tests.toolchain.distributions import FOLDERS, ROOT, Distribution, wheel_of


def by_name(distributions: list[Distribution], name: str) -> Distribution:
    return next(one for one in distributions if one.name == name)


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def metadata(wheel: Path) -> Metadata:
    [text] = [text for name, text in contents(wheel).items() if name.endswith(".dist-info/METADATA")]
    return Metadata.from_email(text, validate=True)


@pytest.fixture(params=FOLDERS)
def built(request: pytest.FixtureRequest, distributions: list[Distribution]) -> Distribution:
    return by_name(distributions, request.param)


def test_the_wheel_of_the_sdist_is_the_wheel_of_the_source_tree(built: Distribution, tmp_path: Path) -> None:
    assert contents(wheel_of(FOLDERS[built.name], tmp_path)) == contents(built.wheel)


def test_a_wheel_has_every_file_of_its_packages_and_nothing_beside_them(built: Distribution) -> None:
    source = FOLDERS[built.name]
    packages = [folder.parent for folder in source.glob("*/__init__.py")]
    there = {
        str(file.relative_to(source))
        for package in packages
        for file in package.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert there == {name for name in contents(built.wheel) if ".dist-info/" not in name}


def test_a_sdist_has_no_more_than_the_packages_and_what_is_told_of_them(built: Distribution) -> None:
    with tarfile.open(built.sdist) as archive:
        top = {name.split("/")[1] for name in archive.getnames()}
    packages = {folder.parent.name for folder in FOLDERS[built.name].glob("*/__init__.py")}
    assert {*packages, "LICENSE", "PKG-INFO", "README.md", "pyproject.toml", ".gitignore"} == top


def test_the_metadata_is_valid_and_complete(built: Distribution) -> None:
    told = metadata(built.wheel)
    assert (built.name, "Apache-2.0", ">=3.11") == (
        told.name,
        told.license_expression,
        str(told.requires_python),
    )
    assert ("text/markdown", True) == (told.description_content_type, len(str(told.description)) > 1000)
    assert len(str(told.summary)) < 200
    named = {line.rpartition(" :: ")[2] for line in told.classifiers or () if "Python :: 3." in line}
    assert {"3.11", "3.12", "3.13", "3.14"} == named


def test_every_requirement_has_a_lower_bound(built: Distribution) -> None:
    for requirement in metadata(built.wheel).requires_dist or ():
        assert [">="] == [each.operator for each in Requirement(str(requirement)).specifier], requirement


def test_the_licence_is_in_every_wheel(built: Distribution) -> None:
    [text] = [text for name, text in contents(built.wheel).items() if name.endswith("/licenses/LICENSE")]
    assert (ROOT / "LICENSE").read_bytes() == text


def test_the_provider_needs_the_client_of_its_own_release(distributions: list[Distribution]) -> None:
    client = metadata(by_name(distributions, "daytona-httpx").wheel)
    needed = [
        Requirement(str(one))
        for one in metadata(by_name(distributions, "pulumi-daytona").wheel).requires_dist or ()
    ]
    [specifier] = [one.specifier for one in needed if one.name == "daytona-httpx"]
    assert f">={client.version}" == str(specifier)


def test_every_place_says_the_same_version(distributions: list[Distribution]) -> None:
    versions = {str(metadata(one.wheel).version) for one in distributions}
    assert {__version__} == versions
    package = ROOT / "provider" / "pulumi_daytona"
    for file in (package / "pulumi-plugin.json", package / "schema" / "schema.json"):
        assert __version__ == json.loads(file.read_text())["version"]
