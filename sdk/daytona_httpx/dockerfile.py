"""The text of Dockerfiles: how values are written in one, and what one copies from the local disk."""

from __future__ import annotations

import json
import re
import shlex
import sys
from collections.abc import Iterable, Iterator, Sequence

from daytona_httpx.errors import DaytonaValidationError

_PYTHONS = {"3.9": "3.9.22", "3.10": "3.10.17", "3.11": "3.11.12", "3.12": "3.12.10", "3.13": "3.13.3"}
_SLIM_STEPS = (
    "RUN apt-get update",
    "RUN apt-get install -y gcc gfortran build-essential",
    "RUN pip install --upgrade pip",
    "RUN echo 'debconf debconf/frontend select Noninteractive' | debconf-set-selections",
)
_COPY = re.compile(r"\s*(?:COPY|ADD)\s+((?:--\S+\s+)*)(.+)", re.IGNORECASE)
_HERE_DOCUMENT = re.compile(r"(?:^|\s)\d*<<-?([\"']?)([^<>\s\"']+)\1(?=\s|$)")
_REMOTE = ("git@", "<<")


def copied(lines: Iterable[str]) -> Iterator[str]:
    """Yield what the COPY and ADD instructions take from the local disk, as it is written there."""
    for instruction in instructions(lines):
        found = _COPY.match(instruction)
        if found and "--from=" not in found[1]:
            names = _words(found[2].strip())[:-1]
            yield from (name for name in names if "://" not in name and not name.startswith(_REMOTE))


def instructions(lines: Iterable[str]) -> Iterator[str]:
    """Yield each instruction in one line, without comments and the bodies of here-documents."""
    begun, bodies = "", list[str]()
    for line in "\n".join(lines).splitlines():
        if bodies:
            bodies = bodies[1:] if line.strip() == bodies[0] else bodies
        elif line.strip() and not line.lstrip().startswith("#"):
            begun += line.rstrip().removesuffix("\\")
            if not line.rstrip().endswith("\\"):
                yield begun
                bodies, begun = [found[1] for found in _HERE_DOCUMENT.findall(begun)], ""
    if begun:
        yield begun


def debian_slim_lines(python_version: str | None) -> list[str]:
    """Return the lines that begin an image of Debian with a Python.

    Args:
        python_version: A series or a full version; the running interpreter's series when left out.

    Raises:
        DaytonaValidationError: Daytona has no image of that series.
    """
    version = python_version or f"{sys.version_info.major}.{sys.version_info.minor}"
    if not re.fullmatch(r"\d+\.\d+(\.\w+)?", version):
        raise DaytonaValidationError(f"Invalid Python version: {version!r}")
    series = ".".join(version.split(".")[:2])
    if series not in _PYTHONS:
        raise DaytonaValidationError(
            f"Unsupported Python version: {version!r}. Daytona supports the following series: {[*_PYTHONS]}."
        )
    full = version if version.count(".") == 2 else _PYTHONS[series]
    return [f"FROM python:{full}-slim-bookworm", *_SLIM_STEPS]


def pip_options(
    find_links: Iterable[str] | None,
    index_url: str | None,
    extra_index_urls: Iterable[str] | None,
    pre: bool,
    extra_options: str,
) -> str:
    """Return the options of a ``pip install``, each with a space before it."""
    words = [f"--find-links {shlex.quote(link)}" for link in find_links or ()]
    words += [f"--index-url {shlex.quote(index_url)}"] if index_url else []
    words += [f"--extra-index-url {shlex.quote(url)}" for url in extra_index_urls or ()]
    words += ["--pre"] if pre else []
    words += [extra_options.strip()] if extra_options.strip() else []
    return "".join(f" {word}" for word in words)


def json_form(words: Sequence[str | list[str]]) -> str:
    """Write a command in the form that no shell reads."""
    return json.dumps(flat(words), ensure_ascii=False)


def shell_form(parts: Iterable[str]) -> str:
    """Write the parts of one command, each in quotes, for a shell."""
    escaped = (part.replace('"', '\\\\\\"').replace("'", "\\'") for part in parts)
    return " ".join(f'"{part}"' for part in escaped)


def flat(words: Iterable[str | list[str]]) -> list[str]:
    """Return words of which some are in lists as one list."""
    return [word for item in words for word in ([item] if isinstance(item, str) else item)]


def _words(text: str) -> list[str]:
    if text.startswith("["):
        try:
            return [str(word) for word in json.loads(text)]
        except ValueError:
            pass  # not the JSON form after all: Docker reads it as words then
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()
