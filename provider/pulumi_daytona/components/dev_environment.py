"""The ``DevEnvironment`` component: a sandbox with all that a developer, or an agent, needs in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Unpack

import pulumi
from pulumi import Input, Output

from pulumi_daytona import resources
from pulumi_daytona.components.dev_environment_args import (
    EnvironmentRepository,
    EnvironmentVolume,
    File,
    Previews,
    described,
    ports,
)
from pulumi_daytona.components.sandbox_args import SandboxArgs, mounted

if TYPE_CHECKING:
    from pulumi_daytona.resources import (
        GitRepository,
        PreviewUrl,
        Sandbox,
        SandboxCommand,
        SandboxFile,
        SandboxFolder,
        Volume,
    )


class DevEnvironment(pulumi.ComponentResource):
    """Declare a development environment: a sandbox with a volume, a clone, files, set-up and previews.

    The set-up commands run one after the other, after the clone and the files. Like the steps of an image
    they run again when something before them has changed: the content of a file, the commit that is checked
    out, a command; all of them do in another sandbox. So they should bear to be run twice.

    Attributes:
        sandbox: The sandbox.
        volume: The volume, if there is one.
        repository: The clone, if there is one.
        files: The files and folders, by their paths.
        setup: The set-up commands, by their names.
        previews: The links, with their tokens, by their names.
        sandbox_id: Id of the sandbox.
        sandbox_name: The sandbox's name in Daytona.
        revision: The commit that is checked out; none without a clone.
        urls: The addresses of the previews, by their names; a private sandbox asks for the token too.
    """

    _made_of: ClassVar[Any] = resources
    sandbox_id: Output[str]
    sandbox_name: Output[str]
    revision: Output[str | None]
    urls: Output[dict[str, str]]

    def __init__(
        self,
        resource_name: str,
        *,
        name: Input[str] | None = None,
        volume: EnvironmentVolume | None = None,
        repository: EnvironmentRepository | None = None,
        files: Mapping[str, File] | None = None,
        setup: Mapping[str, Input[str]] | None = None,
        setup_dir: Input[str] | None = None,
        setup_timeout: Input[float] | None = None,
        previews: Previews = (),
        opts: pulumi.ResourceOptions | None = None,
        **sandbox: Unpack[SandboxArgs],
    ) -> None:
        """Declare a development environment.

        Args:
            resource_name: The logical name in the program; those of its parts start with it.
            name: The sandbox's name in Daytona, unique in the organization; by default it follows from who
                the sandbox is. A change replaces the sandbox, and provisions the new one.
            volume: A volume, which stays when the sandbox is replaced. Another path replaces the sandbox.
            repository: A repository to clone. Another branch or commit is checked out in place.
            files: What to put where, by the paths in the sandbox: a text, an asset, an ``EnvironmentFile``,
                or an archive for a folder. They come after the clone, so they may be in it.
            setup: The command lines that set it up, by names of their own, in the order of the mapping.
            setup_dir: The folder that they run in; by default the clone's, else the working directory.
            setup_timeout: Seconds that each of them may run, 0 for no limit. Default 1800.
            previews: The ports to link to, by names of their own, or a list of ports.
            opts: Pulumi's resource options.
            sandbox: The inputs of ``Sandbox``. ``state`` is ``started`` by default: only a sandbox that runs
                can be provisioned.

        Raises:
            ValueError: A port is there twice.
        """
        super().__init__("daytona:components:DevEnvironment", resource_name, None, opts)
        links = ports(resource_name, previews)
        self.volume: Volume | None = self._volume(volume)
        self.sandbox: Sandbox = self._sandbox(name, sandbox, volume)
        self.repository: GitRepository | None = self._repository(repository)
        self.files: Mapping[str, SandboxFile | SandboxFolder] = {
            path: self._file(path, file) for path, file in (files or {}).items()
        }
        folder = repository["path"] if repository is not None and setup_dir is None else setup_dir
        causes = [repository["url"], self.repository.revision] if repository and self.repository else []
        self.setup: Mapping[str, SandboxCommand] = self._setup(setup or {}, causes, folder, setup_timeout)
        self.previews: Mapping[str, PreviewUrl] = {key: self._preview(key, links[key]) for key in links}
        self.sandbox_id, self.sandbox_name = self.sandbox.id, self.sandbox.name
        self.revision = self.repository.revision if self.repository else Output.from_input(None)
        self.urls = Output.all(**{key: link.url for key, link in self.previews.items()})
        told = ("sandbox_id", "sandbox_name", "revision", "urls")
        self.register_outputs({output: getattr(self, output) for output in told})

    def _options(self, after: Sequence[pulumi.Resource] = ()) -> pulumi.ResourceOptions:
        return pulumi.ResourceOptions(parent=self, depends_on=[*after])

    def _volume(self, volume: EnvironmentVolume | None) -> Any:
        if volume is None:
            return None
        return self._made_of.Volume(self.pulumi_resource_name, name=volume.get("name"), opts=self._options())

    def _sandbox(self, name: Input[str] | None, given: SandboxArgs, volume: EnvironmentVolume | None) -> Any:
        args: SandboxArgs = {"state": "started", **given}
        if self.volume is not None and volume is not None:
            args = mounted(args, {"volume_id": self.volume.id, "mount_path": volume["mount_path"]})
        return self._made_of.Sandbox(self.pulumi_resource_name, name=name, opts=self._options(), **args)

    def _repository(self, repository: EnvironmentRepository | None) -> Any:
        if repository is None:
            return None
        return self._made_of.GitRepository(
            self.pulumi_resource_name, sandbox_id=self.sandbox.id, opts=self._options(), **repository
        )

    def _file(self, path: str, file: File) -> Any:
        kind = "SandboxFolder" if isinstance(file, pulumi.Archive) else "SandboxFile"
        given = {"source": file} if isinstance(file, pulumi.Archive) else described(file)
        return getattr(self._made_of, kind)(
            f"{self.pulumi_resource_name}-{path}",
            sandbox_id=self.sandbox.id,
            path=self._place(path),
            opts=self._options(),
            **given,
        )

    def _place(self, path: str) -> Input[str]:
        """Return a path that waits for the clone; what is in a clone that is replaced is put there again."""
        return path if self.repository is None else self.repository.id.apply(lambda _: path)

    def _setup(
        self,
        commands: Mapping[str, Input[str]],
        causes: Sequence[Input[Any]],
        folder: Input[str] | None,
        timeout: Input[float] | None,
    ) -> dict[str, SandboxCommand]:
        """Declare the commands, each after the one before it; a change of that makes it run again too."""
        triggers = [*causes, *(file.sha256 for file in self.files.values())]
        done: dict[str, SandboxCommand] = {}
        for name, command in commands.items():
            done[name] = self._made_of.SandboxCommand(
                f"{self.pulumi_resource_name}-{name}",
                sandbox_id=self.sandbox.id,
                create=command,
                dir=folder,
                timeout=timeout,
                triggers=[*triggers],
                opts=self._options([*done.values()][-1:]),
            )
            triggers.append(command)
        return done

    def _preview(self, name: str, port: Input[int]) -> Any:
        return self._made_of.PreviewUrl(
            f"{self.pulumi_resource_name}-{name}",
            sandbox_id=self.sandbox.id,
            port=port,
            opts=self._options(),
        )
