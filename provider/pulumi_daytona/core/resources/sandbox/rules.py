"""The rules over a sandbox's inputs that are known without a request."""

from __future__ import annotations

import ipaddress
import posixpath
import re
from collections import Counter
from collections.abc import Iterator

from pulumi_daytona.core.definition import Failure
from pulumi_daytona.core.images import dockerfile_rule
from pulumi_daytona.core.ownership import PREFIX
from pulumi_daytona.core.resources.sandbox.inputs import Resources, SandboxInputs, VolumeMount
from pulumi_daytona.core.unknown import UNKNOWN, has_unknown

_MAX_NETWORKS = 10
_DOMAIN = re.compile(r"(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}", re.IGNORECASE)
_FORBIDDEN_NAME = re.compile(r"<[^>]*>|https?://|[\x00-\x1f\x7f]")


def sandbox_rules(inputs: SandboxInputs) -> Iterator[Failure]:
    """Yield what contradicts in a sandbox's inputs, or what the API is known to refuse."""
    for rule in (_name, _source, _intervals, _lifetime, _state, _network, _volumes, _names_of_maps, _gpu):
        yield from rule(inputs)


def _name(inputs: SandboxInputs) -> Iterator[Failure]:
    if isinstance(inputs.name, str) and (not inputs.name or _FORBIDDEN_NAME.search(inputs.name)):
        yield Failure("name", "must not be empty, nor contain HTML tags, URLs or control characters")
    if inputs.adopt is True and inputs.name is None:
        yield Failure("adopt", "set name too: what is taken over is found by it")


def _source(inputs: SandboxInputs) -> Iterator[Failure]:
    sources = [name for name in ("snapshot", "image", "dockerfile") if getattr(inputs, name) is not None]
    if len(sources) > 1:
        yield Failure(
            sources[1], f"set only one of snapshot, image and dockerfile (now {' and '.join(sources)})"
        )
    if inputs.resources is not None and inputs.image is None and inputs.dockerfile is None:
        yield Failure("resources", "allowed only with image or dockerfile; a snapshot brings its own sizes")
    for name in ("snapshot", "image", "dockerfile"):
        if getattr(inputs, name) == "":
            yield Failure(name, "must not be empty; leave it out for the default snapshot")
    yield from dockerfile_rule(inputs.dockerfile, inputs.contexts)


def _intervals(inputs: SandboxInputs) -> Iterator[Failure]:
    if _positive(inputs.auto_stop_interval) and _positive(inputs.auto_pause_interval):
        yield Failure("auto_pause_interval", "at most one of auto_stop_interval and this may be above 0")
    if _positive(inputs.auto_pause_interval) and inputs.dies_when_stopped:
        yield Failure("auto_pause_interval", "an ephemeral sandbox can't pause; leave it out or set 0")


def _lifetime(inputs: SandboxInputs) -> Iterator[Failure]:
    if inputs.ephemeral is True and inputs.auto_delete_interval not in (None, 0, UNKNOWN):
        yield Failure(
            "auto_delete_interval", "ephemeral means 0 (deleted when stopped); leave one of them out"
        )
    known = not has_unknown([inputs.ephemeral, inputs.auto_delete_interval])
    if inputs.linked_sandbox is not None and known and not inputs.dies_when_stopped:
        yield Failure("linked_sandbox", "needs ephemeral=True (or auto_delete_interval=0)")


def _state(inputs: SandboxInputs) -> Iterator[Failure]:
    if inputs.state in ("stopped", "archived"):
        if inputs.dies_when_stopped:
            yield Failure(
                "state", f"an ephemeral sandbox is deleted when it stops, so it can't be {inputs.state}"
            )
        if inputs.wait is False:
            yield Failure("wait", f"state {inputs.state} is reached only by waiting; leave wait out")


def _network(inputs: SandboxInputs) -> Iterator[Failure]:
    for name in ("network_allow_list", "domain_allow_list"):
        if inputs.network_block_all is True and getattr(inputs, name):
            yield Failure(name, "contradicts network_block_all=True; set only one of them")
    networks = _items(inputs.network_allow_list)
    if len(networks) > _MAX_NETWORKS:
        yield Failure("network_allow_list", f"at most {_MAX_NETWORKS} networks, got {len(networks)}")
    for network in networks:
        if not _is_ipv4_network(network):
            yield Failure("network_allow_list", f"needs IPv4 networks such as 10.0.0.0/8, got {network!r}")
    for domain in _items(inputs.domain_allow_list):
        if not _DOMAIN.fullmatch(domain):
            yield Failure("domain_allow_list", f"needs domain names such as example.com, got {domain!r}")


def _volumes(inputs: SandboxInputs) -> Iterator[Failure]:
    if not isinstance(inputs.volumes, list):
        return
    mounts = [mount for mount in inputs.volumes if isinstance(mount, VolumeMount)]
    for index, mount in enumerate(mounts):
        if isinstance(mount.mount_path, str) and not mount.mount_path.startswith("/"):
            yield Failure(f"volumes[{index}].mount_path", f"needs an absolute path, got {mount.mount_path!r}")
    paths = Counter(_place(mount.mount_path) for mount in mounts if isinstance(mount.mount_path, str))
    for path, count in paths.items():
        if count > 1:
            yield Failure("volumes", f"{count} volumes are mounted at {path}; each needs a path of its own")


def _names_of_maps(inputs: SandboxInputs) -> Iterator[Failure]:
    for name in ("labels", "env", "secrets"):
        values = getattr(inputs, name)
        if isinstance(values, dict) and "" in values:
            yield Failure(name, "a name must not be empty")
    if isinstance(inputs.labels, dict):
        for key in inputs.labels:
            if key.startswith(PREFIX):
                yield Failure(f"labels.{key}", f"names that begin with {PREFIX} are the provider's own")


def _gpu(inputs: SandboxInputs) -> Iterator[Failure]:
    gpu = inputs.resources.gpu if isinstance(inputs.resources, Resources) else inputs.resources
    if inputs.spot is True and gpu in (None, 0):
        yield Failure("spot", "only for sandboxes with GPUs; set resources.gpu")
    if inputs.linked_sandbox is not None and gpu not in (None, 0, UNKNOWN):
        yield Failure("linked_sandbox", "a sandbox with GPUs can't be linked")


def _place(path: str) -> str:
    return posixpath.normpath(re.sub("/+", "/", path))


def _positive(value: object) -> bool:
    return isinstance(value, int) and value > 0


def _items(value: object) -> list[str]:
    return value.split(",") if isinstance(value, str) and value else []


def _is_ipv4_network(text: str) -> bool:
    try:
        ipaddress.IPv4Network(text, strict=False)
    except ValueError:
        return False
    return "/" in text
