"""Read a Dockerfile: which steps it has, and what it can't have here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from daytona_local.build_words import BuildFailedError

KEYWORDS = frozenset({
    "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL",
    "MAINTAINER", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
})  # fmt: skip
FLAGS: dict[str, frozenset[str]] = {
    "RUN": frozenset({"mount", "network"}),
    "COPY": frozenset({"from", "chown", "chmod", "link"}),
    "ADD": frozenset({"chown", "chmod", "link"}),
    "FROM": frozenset({"platform"}),
}
"""The options that are understood."""

_DIRECTIVE = re.compile(r"#\s*([A-Za-z]+)\s*=\s*(\S+)\s*")
_FLAG = re.compile(r"--([a-z-]+)(?:=(\S*))?(?:\s+|$)")
_HERE_DOCUMENT = re.compile(r"(?:^|\s)\d*<<-?[\"']?[A-Za-z_]")
_STAGE = re.compile(r"(\S+)(?:\s+AS\s+(\S+))?", re.IGNORECASE)


@dataclass(frozen=True)
class Step:
    """Hold one instruction.

    Args:
        keyword: Such as ``RUN``.
        text: What comes after it and its options, in one line.
        flags: Its options, without the dashes.
        line: Where it begins, from 1.
        escape: The character that takes the meaning of the next one away.
    """

    keyword: str
    text: str
    flags: Mapping[str, str]
    line: int
    escape: str = "\\"

    def __str__(self) -> str:
        """Write it as a log shows it."""
        flags = "".join(f"--{name}={value} " if value else f"--{name} " for name, value in self.flags.items())
        return f"{self.keyword} {flags}{self.text}"


@dataclass(frozen=True)
class Stage:
    """Hold what is built from one FROM on.

    Args:
        origin: That step.
        steps: Those after it.
    """

    origin: Step
    steps: list[Step]

    @property
    def image(self) -> str:
        """Return the image that it begins with, as it is written."""
        return _stage(self.origin)[1]

    @property
    def name(self) -> str:
        """Return the stage's own name, empty where it has none."""
        return (_stage(self.origin)[2] or "").lower()


@dataclass(frozen=True)
class Dockerfile:
    """Hold a Dockerfile.

    Args:
        arguments: The ARG steps before the first stage.
        stages: Its stages; the last one is the image.
    """

    arguments: list[Step]
    stages: list[Stage]


def parse(text: str) -> Dockerfile:
    """Read a Dockerfile.

    Raises:
        BuildFailedError: It isn't one, or has what can't be done here.
    """
    arguments, stages = list[Step](), list[Stage]()
    for step in steps(text):
        if step.keyword == "FROM":
            _stage(step)
            stages.append(Stage(step, []))
        elif stages:
            stages[-1].steps.append(step)
        elif step.keyword == "ARG":
            arguments.append(step)
        else:
            raise _failure(step.line, f"{step.keyword} comes before the first FROM")
    if not stages:
        raise BuildFailedError("the Dockerfile has no FROM")
    return Dockerfile(arguments, stages)


def steps(text: str) -> Iterator[Step]:
    """Yield the instructions, one by one; raises as ``parse``."""
    lines = text.splitlines()
    escape = _escape(lines)
    for number, instruction in _instructions(lines, escape):
        keyword, _, rest = instruction.strip().replace("\t", " ", 1).partition(" ")
        yield _step(keyword.upper(), rest.strip(), number, escape)


def _escape(lines: list[str]) -> str:
    """Return the escape character that the directives at the top choose."""
    for line in lines:
        match = _DIRECTIVE.fullmatch(line.strip())
        if match is None:
            break
        if match[1].lower() == "escape" and match[2] in ("\\", "`"):
            return match[2]
    return "\\"


def _instructions(lines: list[str], escape: str) -> Iterator[tuple[int, str]]:
    """Yield each instruction in one line, and where it begins; comments may stand between its lines."""
    begun, first = "", 0
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        first = first or number
        stripped = line.rstrip()
        if stripped.endswith(escape):
            begun += stripped[:-1]
            continue
        yield first, begun + line
        begun, first = "", 0
    if begun.strip():
        yield first, begun


def _step(keyword: str, rest: str, line: int, escape: str) -> Step:
    if keyword == "ONBUILD":
        raise _failure(
            line, "ONBUILD is for images that others build upon, which is not done here; remove it"
        )
    if keyword not in KEYWORDS:
        raise _failure(line, f"{keyword!r} is no instruction")
    flags, text = _flags(keyword, rest, line)
    if keyword in ("RUN", "COPY", "ADD") and _HERE_DOCUMENT.search(text):
        raise _failure(line, "here-documents are not understood; write the lines with && or copy a file")
    if not text:
        raise _failure(line, f"{keyword} has nothing after it")
    return Step(keyword, text, flags, line, escape)


def _flags(keyword: str, rest: str, line: int) -> tuple[dict[str, str], str]:
    flags: dict[str, str] = {}
    while keyword in FLAGS and (match := _FLAG.match(rest)):
        if match[1] not in FLAGS[keyword]:
            raise _failure(line, f"the option --{match[1]} of {keyword} is not understood; remove it")
        flags[match[1]] = f"{flags.get(match[1], '')} {match[2] or ''}".strip()
        rest = rest[match.end() :]
    return flags, rest


def _stage(step: Step) -> re.Match[str]:
    match = _STAGE.fullmatch(step.text)
    if match is None:
        raise _failure(step.line, "FROM takes an image, and perhaps AS and a name")
    return match


def _failure(line: int, reason: str) -> BuildFailedError:
    return BuildFailedError(f"line {line} of the Dockerfile: {reason}")
