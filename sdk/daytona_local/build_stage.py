"""What an image is to be, as the steps of its Dockerfile say: variables, folder, user and commands."""

from __future__ import annotations

import platform
import posixpath
from collections.abc import Callable, Mapping

from daytona_local.build_steps import Step
from daytona_local.build_words import BuildFailedError, json_words, pairs, plain, split
from daytona_local.records import ImageConfig

SHELL = ["/bin/sh", "-c"]
IGNORED = frozenset({"EXPOSE", "HEALTHCHECK", "LABEL", "MAINTAINER", "STOPSIGNAL"})
"""Steps without an effect here: nothing looks at what they say."""

_ARCHITECTURE = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
GIVEN = {
    **{f"{whose}PLATFORM": f"linux/{_ARCHITECTURE}" for whose in ("TARGET", "BUILD")},
    **{f"{whose}OS": "linux" for whose in ("TARGET", "BUILD")},
    **{f"{whose}ARCH": _ARCHITECTURE for whose in ("TARGET", "BUILD")},
}
"""Arguments that every build has, once it asks for them."""


class StageState:
    """Hold what has been said so far, from one FROM on.

    Args:
        config: What the image that it begins with says.
        path: Where programs are looked for, unless an image says so itself.
        arguments: The values of the ARG steps before the first FROM.
    """

    def __init__(self, config: ImageConfig, path: str, arguments: Mapping[str, str]) -> None:
        self.config = config.model_copy(deep=True)
        self.shell = SHELL
        self._path = path
        self._outer = {**GIVEN, **arguments}
        self._arguments: dict[str, str] = {}
        self._takers: dict[str, Callable[[Step], None]] = {
            "ARG": self._arg,
            "CMD": self._cmd,
            "ENTRYPOINT": self._entrypoint,
            "ENV": self._env,
            "SHELL": self._shell,
            "USER": self._user,
            "WORKDIR": self._workdir,
        }

    @property
    def variables(self) -> dict[str, str]:
        """Return the variables that steps may name, and that commands find in their environment."""
        return {"PATH": self._path, **self._arguments, **self.config.env}

    @property
    def workdir(self) -> str:
        """Return the folder that commands run in."""
        return self.config.workdir or "/"

    def take(self, step: Step) -> bool:
        """Take over what a step says; tell whether it is one of those that do no more than that.

        Raises:
            BuildFailedError: It can't be read.
        """
        taker = self._takers.get(step.keyword)
        if taker is not None:
            taker(step)
        return taker is not None or step.keyword in IGNORED

    def word(self, text: str, step: Step) -> str:
        """Return a text without its quotes, its variables replaced; raises as ``take``."""
        return plain(text, self.variables, step.escape)

    def words(self, step: Step) -> list[str]:
        """Return the words of a step, in the JSON form or apart from each other; raises as ``take``."""
        written = json_words(step.text)
        if written is not None:
            return [self.word(word, step) for word in written]
        return [self.word(word, step) for word in split(step.text, step.escape)]

    def command(self, step: Step) -> list[str]:
        """Return the command of a step: in the JSON form as it is, else for the shell."""
        words = json_words(step.text)
        return [*self.shell, step.text] if words is None else words

    def place(self, path: str) -> str:
        """Return an absolute path."""
        return posixpath.join(self.workdir, path)

    def _arg(self, step: Step) -> None:
        for word in split(step.text, step.escape):
            name, equals, value = word.partition("=")
            if equals:
                self._arguments[name] = self.word(value, step)
            elif name in self._outer:
                self._arguments[name] = self._outer[name]

    def _env(self, step: Step) -> None:
        found = pairs(step.text, step.escape)
        self.config.env |= {self.word(name, step): self.word(value, step) for name, value in found}

    def _workdir(self, step: Step) -> None:
        self.config.workdir = posixpath.normpath(self.place(self.word(step.text, step)))

    def _user(self, step: Step) -> None:
        self.config.user = self.word(step.text, step)

    def _entrypoint(self, step: Step) -> None:
        self.config.entrypoint, self.config.cmd = self.command(step), None

    def _cmd(self, step: Step) -> None:
        self.config.cmd = self.command(step)

    def _shell(self, step: Step) -> None:
        words = json_words(step.text)
        if not words:
            raise BuildFailedError('SHELL takes a JSON list, such as ["/bin/bash", "-c"]')
        self.shell = words


def argument_values(steps: list[Step]) -> dict[str, str]:
    """Return the values of the ARG steps before the first FROM; raises as ``StageState.take``."""
    state = StageState(ImageConfig(), "", {})
    for step in steps:
        state.take(step)
    return {name: value for name, value in state.variables.items() if name != "PATH"}
