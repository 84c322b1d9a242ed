# Generated from _async by `make generate`; do not edit.
"""The settings of a sandbox: labels, intervals, network, secrets, environment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from daytona_httpx._sync.record import SandboxRecord
from daytona_httpx.answers import object_of
from daytona_httpx.errors import DaytonaValidationError, prefixed


class SandboxSettings(SandboxRecord):
    """Change the settings of a sandbox.

    The ``request_timeout`` of every method is the seconds for its request; 0 is no limit, None the
    default of 90. A change that is refused because another is in progress is repeated within it.
    """

    def set_labels(self, labels: Mapping[str, str], request_timeout: float | None = None) -> dict[str, str]:
        """Replace all labels, and return them (replace labels)."""
        with prefixed("Failed to set labels: "):
            deadline = self._transport.request_deadline(request_timeout)
            answer = object_of(self._call("PUT", "/labels", deadline, json={"labels": dict(labels)}))
            self.labels = dict(answer.get("labels") or {})
        return dict(self.labels)

    def set_autostop_interval(self, interval: int, request_timeout: float | None = None) -> None:
        """Set the minutes without activity until it stops; 0 is never (set autostop interval).

        Raises:
            DaytonaValidationError: The interval is negative; nothing was sent.
        """
        with prefixed("Failed to set auto-stop interval: "):
            self._set("autostop", "Auto-stop interval", interval, request_timeout)

    def set_auto_pause_interval(self, interval: int, request_timeout: float | None = None) -> None:
        """Set the minutes without activity until it pauses; 0 is never (set auto pause interval).

        Raises:
            DaytonaValidationError: The interval is negative; nothing was sent.
        """
        with prefixed("Failed to set auto-pause interval: "):
            self._set("autopause", "Auto-pause interval", interval, request_timeout)

    def set_auto_archive_interval(self, interval: int, request_timeout: float | None = None) -> None:
        """Set the minutes stopped until it is archived; 0 is the maximum (set auto archive interval).

        Raises:
            DaytonaValidationError: The interval is negative; nothing was sent.
        """
        with prefixed("Failed to set auto-archive interval: "):
            self._set("autoarchive", "Auto-archive interval", interval, request_timeout)

    def set_auto_delete_interval(self, interval: int, request_timeout: float | None = None) -> None:
        """Set the minutes stopped until it is deleted: 0 at once, negative never."""
        with prefixed("Failed to set auto-delete interval: "):
            self._change("POST", f"/autodelete/{_whole(interval)}", request_timeout)

    def set_ttl(self, ttl_minutes: int, request_timeout: float | None = None) -> None:
        """Set the minutes from now until it is destroyed, whatever its state; 0 is never (set ttl).

        Raises:
            DaytonaValidationError: The minutes are negative; nothing was sent.
        """
        with prefixed("Failed to set TTL: "):
            self._set("ttl", "TTL", ttl_minutes, request_timeout)

    def set_public(self, public: bool, request_timeout: float | None = None) -> None:
        """Set whether preview links need no token (update public status)."""
        with prefixed("Failed to set public status: "):
            self._change("POST", f"/public/{'true' if public else 'false'}", request_timeout)

    def update_network_settings(
        self,
        *,
        network_block_all: bool | None = None,
        network_allow_list: str | None = None,
        domain_allow_list: str | None = None,
        request_timeout: float | None = None,
    ) -> None:
        """Set what the sandbox may reach (update network settings).

        Args:
            network_block_all: Whether it reaches nothing; False also clears the allow list.
            network_allow_list: IPv4 networks with commas between, at most 10; "" clears it.
            domain_allow_list: Domains with commas between; "" clears it.
            request_timeout: Seconds for the request.

        Raises:
            DaytonaValidationError: Nothing is to be set.
        """
        settings = {
            "networkBlockAll": network_block_all,
            "networkAllowList": network_allow_list,
            "domainAllowList": domain_allow_list,
        }
        with prefixed("Failed to update network settings: "):
            body = {name: value for name, value in settings.items() if value is not None}
            if not body:
                raise DaytonaValidationError("give at least one setting")
            self._change("POST", "/network-settings", request_timeout, json=body)

    def update_secrets(self, secrets: Mapping[str, str]) -> None:
        """Replace which vault secrets it has, by environment variable (update sandbox secrets)."""
        with prefixed("Failed to update secrets: "):
            body = {"secrets": [{name: secret} for name, secret in secrets.items()]}
            self._change("PUT", "/secrets", json=body)

    def update_env(self, env: Mapping[str, str], *, unset: Sequence[str] | None = None) -> None:
        """Set and unset variables for what the running sandbox starts from now on (update env)."""
        with prefixed("Failed to update environment: "):
            self._toolbox.call("POST", "/env", json={"set": dict(env), "unset": list(unset or ())})

    def refresh_activity(self, request_timeout: float | None = None) -> None:
        """Count as activity, so that auto-stop starts anew (update last activity)."""
        with prefixed("Failed to refresh sandbox activity: "):
            self._call("POST", "/last-activity", self._transport.request_deadline(request_timeout))

    def _set(self, operation: str, name: str, minutes: int, request_timeout: float | None) -> None:
        if _whole(minutes) < 0:
            raise DaytonaValidationError(f"{name} must be a non-negative integer")
        self._change("POST", f"/{operation}/{minutes}", request_timeout)


def _whole(minutes: int) -> int:
    """Refuse what is not a whole number: it would end up in the path of the request."""
    if not isinstance(minutes, int) or isinstance(minutes, bool):
        raise DaytonaValidationError(f"minutes must be an integer, not {minutes!r}")
    return minutes
