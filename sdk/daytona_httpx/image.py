"""Describe an image step by step; the API builds it from the Dockerfile that follows."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

from daytona_httpx.dockerfile import copied, debian_slim_lines, flat, json_form, pip_options, shell_form
from daytona_httpx.errors import DaytonaValidationError
from daytona_httpx.image_context import (
    ImageContext,
    context_of,
    copied_contexts,
    existing_file,
    existing_folder,
)
from daytona_httpx.pyproject import dependencies_of


class Image:
    """Build the text of a Dockerfile; each method adds a step and returns the image.

    Local files are sent when something is made from the image; until then only their places are noted.

    Example:
        >>> image = Image.base("python:3.12-slim").pip_install("httpx").env({"A": "b"})
        >>> print(image.run_commands("echo ready").dockerfile(), end="")
        FROM python:3.12-slim
        RUN python -m pip install httpx
        ENV A=b
        RUN echo ready
    """

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._contexts: dict[str, ImageContext] = {}
        self._placeless: list[str] = []

    def dockerfile(self) -> str:
        """Return the text of the Dockerfile; every line ends with a newline."""
        return "".join(f"{line}\n" for line in self._lines)

    @property
    def contexts(self) -> list[ImageContext]:
        """Return the local files and folders that the Dockerfile copies, each once."""
        return [*self._contexts.values()]

    def buildable(self) -> str:
        """Return the text of the Dockerfile for a build.

        Raises:
            DaytonaValidationError: It came as text, and copies files of a folder that nobody knows.
        """
        if self._placeless:
            raise DaytonaValidationError(
                f"the Dockerfile's text copies local files ({', '.join(self._placeless)}), and text has no "
                "folder to send them from; use Image.from_dockerfile, or upload them to the running sandbox"
            )
        return self.dockerfile()

    @staticmethod
    def base(image: str) -> Image:
        """Start from an image by its name."""
        return Image()._add(f"FROM {image}")

    @staticmethod
    def debian_slim(python_version: str | None = None) -> Image:
        """Start from Debian with a Python, of the running interpreter's series by default.

        Raises:
            DaytonaValidationError: Daytona has no image of that series.
        """
        return Image()._add(*debian_slim_lines(python_version))

    @staticmethod
    def from_dockerfile(path: str | Path, *, strict_context: bool = False) -> Image:
        """Take a Dockerfile as it is, with what it copies from its own folder.

        Args:
            path: The Dockerfile.
            strict_context: Whether absolute sources are refused; they start at its folder otherwise.

        Raises:
            DaytonaNotFoundError: There is no such file, or not what it copies.
            DaytonaValidationError: It is not a file, or copies from outside.
        """
        file = existing_file(path, "Dockerfile")
        lines = file.read_text(encoding="utf-8").splitlines()
        return Image()._add_lines(lines, file.parent, strict_context)

    @staticmethod
    def from_text(dockerfile: str) -> Image:
        """Take the text of a Dockerfile as it is; it can't copy local files: text has no folder."""
        image = Image()._add(*dockerfile.splitlines())
        image._placeless = [*copied(image._lines)]
        return image

    def pip_install(
        self,
        *packages: str | list[str],
        find_links: list[str] | None = None,
        index_url: str | None = None,
        extra_index_urls: list[str] | None = None,
        pre: bool = False,
        extra_options: str = "",
    ) -> Image:
        """Install Python packages."""
        names = flat(packages)
        if not names:
            return self
        options = pip_options(find_links, index_url, extra_index_urls, pre, extra_options)
        return self._add(f"RUN python -m pip install {shlex.join(sorted(names))}{options}")

    def pip_install_from_requirements(
        self,
        requirements_txt: str | Path,
        find_links: list[str] | None = None,
        index_url: str | None = None,
        extra_index_urls: list[str] | None = None,
        pre: bool = False,
        extra_options: str = "",
    ) -> Image:
        """Install what a local file of requirements lists.

        Raises:
            DaytonaNotFoundError: There is no such file.
            DaytonaValidationError: It is not a file.
        """
        file = self._send(existing_file(requirements_txt, "Requirements file"))
        options = pip_options(find_links, index_url, extra_index_urls, pre, extra_options)
        return self._add(
            f"COPY {file} /.requirements.txt",
            f"RUN python -m pip install -r /.requirements.txt{options}",
        )

    def pip_install_from_pyproject(
        self,
        pyproject_toml: str | Path,
        optional_dependencies: Sequence[str],
        find_links: str | None = None,
        index_url: str | None = None,
        extra_index_url: str | None = None,
        pre: bool = False,
        extra_options: str = "",
    ) -> Image:
        """Install what a local Python project depends on.

        Args:
            pyproject_toml: Its ``pyproject.toml``.
            optional_dependencies: Its extras to install too; those that it doesn't have are left out.
            find_links, index_url, extra_index_url, pre: As pip's options.
            extra_options: More options of pip.

        Raises:
            DaytonaNotFoundError: There is no such file.
            DaytonaValidationError: It says nothing of dependencies.
        """
        file = existing_file(pyproject_toml, "pyproject.toml file")
        return self.pip_install(
            dependencies_of(file, optional_dependencies),
            find_links=[find_links] if find_links else None,
            index_url=index_url,
            extra_index_urls=[extra_index_url] if extra_index_url else None,
            pre=pre,
            extra_options=extra_options,
        )

    def add_local_file(self, local_path: str | Path, remote_path: str) -> Image:
        """Copy a local file into the image; to a folder when the path there ends with ``/``.

        Raises:
            DaytonaNotFoundError: There is no such file.
            DaytonaValidationError: It is not a file.
        """
        file = existing_file(local_path, "Local file")
        target = f"{remote_path}{file.name}" if remote_path.endswith("/") else remote_path
        return self._add(f"COPY {json_form([self._send(file), target])}")

    def add_local_dir(self, local_path: str | Path, remote_path: str) -> Image:
        """Copy what is in a local folder into a folder of the image.

        Raises:
            DaytonaNotFoundError: There is no such folder.
            DaytonaValidationError: It is not a folder.
        """
        folder = existing_folder(local_path, "Local directory")
        return self._add(f"COPY {json_form([self._send(folder), remote_path])}")

    def run_commands(self, *commands: str | list[str]) -> Image:
        """Run commands, each in a step of its own; a list is one command in parts."""
        for command in commands:
            self._add(f"RUN {command if isinstance(command, str) else shell_form(command)}")
        return self

    def env(self, env_vars: dict[str, str]) -> Image:
        """Set environment variables."""
        return self._add(*(f"ENV {name}={shlex.quote(value)}" for name, value in env_vars.items()))

    def workdir(self, path: str | Path) -> Image:
        """Set the working directory."""
        return self._add(f"WORKDIR {shlex.quote(str(path))}")

    def entrypoint(self, entrypoint_commands: Sequence[str | list[str]]) -> Image:
        """Set the entry point."""
        return self._add(f"ENTRYPOINT {json_form(entrypoint_commands)}")

    def cmd(self, cmd: Sequence[str | list[str]]) -> Image:
        """Set the default command."""
        return self._add(f"CMD {json_form(cmd)}")

    def dockerfile_commands(
        self,
        dockerfile_commands: list[str],
        context_dir: Path | str | None = None,
        *,
        strict_context: bool = False,
    ) -> Image:
        """Add lines as they are, with what they copy from a folder.

        Args:
            dockerfile_commands: The lines.
            context_dir: The folder; the working directory when left out.
            strict_context: Whether absolute sources are refused; they start at the folder otherwise. Then
                ``context_dir`` must be given.

        Raises:
            DaytonaNotFoundError: There is no such folder, or not in it what they copy.
            DaytonaValidationError: It is not a folder, or the lines copy from outside.
        """
        if strict_context and not context_dir:
            raise DaytonaValidationError("strict_context needs context_dir, so that the boundary is explicit")
        folder = existing_folder(context_dir or ".", "Context directory")
        return self._add_lines(dockerfile_commands, folder, strict_context)

    def _add(self, *lines: str) -> Image:
        self._lines.extend(lines)
        return self

    def _add_lines(self, lines: list[str], folder: Path, strict: bool) -> Image:
        for context in copied_contexts(lines, folder, strict):
            self._note(context)
        return self._add(*lines)

    def _send(self, path: Path) -> str:
        """Note what is to be sent, and return its name in the archive."""
        return self._note(context_of(path)).archive_path

    def _note(self, context: ImageContext) -> ImageContext:
        noted = self._contexts.setdefault(context.archive_path, context)
        if noted != context:
            raise DaytonaValidationError(
                f"{context.archive_path} would be copied from two places, {noted.source_path} and "
                f"{context.source_path}; take one of them with add_local_file or add_local_dir"
            )
        return context
