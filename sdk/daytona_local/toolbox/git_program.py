"""Run the git program inside a sandbox: no shell, no questions, no secrets in its arguments."""

from __future__ import annotations

import errno
import os
import re
import urllib.parse
from collections.abc import Iterable
from dataclasses import dataclass, field

from daytona_local.errors import InvalidError, UnavailableError
from daytona_local.runtime import AgentError
from daytona_local.toolbox import programs
from daytona_local.toolbox.git_errors import refusal
from daytona_local.toolbox.running import Running

_SETTINGS = (("safe.directory", "*"), ("core.quotePath", "false"), ("color.ui", "false"))
"""A sandbox has one user, so whose a repository is doesn't matter there."""

_QUIET = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "",
    "SSH_ASKPASS": "",
    "GIT_EDITOR": "true",
}
_ANSWER = (
    '!f() { test "$1" = get || exit 0; '
    'printf "username=%s\\npassword=%s\\n" "$DAYTONA_GIT_USERNAME" "$DAYTONA_GIT_PASSWORD"; }; f'
)
"""The credential helper: the words are fixed, what it answers with is in the environment."""

_WEB = re.compile(r"(https?://)(?:([^/?#@]*)@)?([^/?#@]+)(.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Login:
    """Hold credentials, and the one host that may have them.

    Args:
        username: Who.
        password: The secret.
        origin: Where, such as ``https://github.com``; credentials go nowhere else.
    """

    username: str
    password: str = field(repr=False)
    origin: str = ""


@dataclass(frozen=True)
class Address:
    """Hold a repository's address, free of credentials.

    Args:
        url: The address, or a path.
        origin: Its scheme and host, when it is on the web.
        username: The user that it named.
        password: The password that it held.
    """

    url: str
    origin: str = ""
    username: str | None = None
    password: str | None = field(default=None, repr=False)

    @classmethod
    def parse(cls, text: str) -> Address:
        """Take the credentials out of an address on the web; any other stays as it is."""
        found = _WEB.fullmatch(plain("repository address", text))
        if found is None:
            return cls(text)
        scheme, userinfo, host, rest = found.groups()
        origin = f"{scheme}{host}".lower()
        if userinfo is None:
            return cls(text, origin)
        username, colon, password = userinfo.partition(":")
        secret = urllib.parse.unquote(password) if colon else None
        return cls(f"{scheme}{host}{rest}", origin, urllib.parse.unquote(username), secret)

    def login(self, username: str | None, password: str | None) -> Login | None:
        """Return the credentials for it: those that were passed, or else those that it held.

        Raises:
            InvalidError: There is a password without a username, or one of them has a line break.
        """
        name = username if username is not None else self.username
        secret = password if password is not None else self.password
        if not self.origin or (name is None and secret is None):
            return None
        if name is None:
            raise InvalidError("a git password needs a username; pass both")
        if any(character in f"{name}{secret}" for character in "\n\r\0"):
            raise InvalidError("git credentials can't hold line breaks; pass them without")
        return Login(name, secret or "", self.origin)


def plain(what: str, text: str) -> str:
    """Return a text that git can't take for an option.

    Raises:
        InvalidError: It is empty, or begins with a dash.
    """
    if not text or text.startswith("-") or "\0" in text:
        raise InvalidError(f"{text!r} can't be a {what}; it must not be empty or begin with a dash")
    return text


@dataclass(frozen=True)
class GitProgram:
    """Run git in a sandbox.

    Args:
        running: The sandbox.
        repository: The repository's folder; relative paths start from the home.
    """

    running: Running
    repository: str | None = None

    async def run(
        self,
        doing: str,
        *words: str,
        login: Login | None = None,
        env: Iterable[tuple[str, str]] = (),
        given: bytes = b"",
    ) -> bytes:
        """Run git, and return what it said on its standard output.

        Args:
            doing: What is being done, for the refusal.
            words: Git's arguments.
            login: Credentials for a remote.
            env: More environment variables.
            given: What git reads on its standard input.

        Raises:
            RefusedError: Git failed, or is missing.
        """
        done = await self.attempt(*words, login=login, env=env, given=given)
        if done.exit_code != 0:
            said = (done.stdout + b"\n" + done.stderr).decode(errors="replace")
            raise refusal(doing, done.exit_code, said, login.password if login else "")
        return done.stdout

    async def attempt(
        self,
        *words: str,
        login: Login | None = None,
        env: Iterable[tuple[str, str]] = (),
        given: bytes = b"",
    ) -> programs.Finished:
        """Run git, and return how it ended.

        Raises:
            InvalidError: The arguments can't be any program's.
            UnavailableError: The sandbox has no git.
        """
        place = [] if self.repository is None else ["-C", self.repository]
        more = {**_QUIET, **_settings(login), **self._ceiling(), **dict(env)}
        try:
            return await programs.run(self.running, ["git", *place, *words], more, given=given)
        except AgentError as error:
            if error.errno == errno.ENOENT:
                raise UnavailableError("the sandbox has no git; install git on the server's host") from error
            raise InvalidError(
                f"git can't be run like this: {error.strerror}; correct the request"
            ) from error

    def _ceiling(self) -> dict[str, str]:
        """Keep git from taking a repository further up for the one that was meant."""
        if self.repository is None:
            return {}
        folder = os.path.normpath(os.path.join(self.running.agent.workdir, self.repository))
        return {"GIT_CEILING_DIRECTORIES": os.path.dirname(folder)}


def _settings(login: Login | None) -> dict[str, str]:
    settings = list(_SETTINGS)
    env = {}
    if login is not None:
        settings += [("credential.helper", ""), (f"credential.{login.origin}.helper", _ANSWER)]
        env = {"DAYTONA_GIT_USERNAME": login.username, "DAYTONA_GIT_PASSWORD": login.password}
    for number, (key, value) in enumerate(settings):
        env |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return {**env, "GIT_CONFIG_COUNT": str(len(settings))}
