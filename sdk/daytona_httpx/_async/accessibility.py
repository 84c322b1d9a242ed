"""The accessibility tree of a sandbox's desktop: what programs say of their windows."""

from __future__ import annotations

from daytona_httpx._async.desktop import AsyncDesktop
from daytona_httpx.errors import prefixed
from daytona_httpx.models.accessibility import AccessibilityNodesResponse, AccessibilityTreeResponse


class AsyncAccessibility(AsyncDesktop):
    """Find and use buttons, texts and the like by what they are, not by where they are.

    Every method raises DaytonaA11yUnavailableError where the sandbox has no accessibility bus. The
    ``request_timeout`` is the seconds for the request; 0 is no limit, None the default of 90.
    """

    async def get_tree(
        self,
        scope: str | None = None,
        pid: int | None = None,
        max_depth: int | None = None,
        request_timeout: float | None = None,
    ) -> AccessibilityTreeResponse:
        """Return a tree of nodes (get accessibility tree).

        Args:
            scope: Of which programs: focused (the default), pid or all.
            pid: The process, when the scope is pid.
            max_depth: How many levels below the root; -1 (the default) is all.
            request_timeout: Seconds for the request.
        """
        with prefixed("Failed to get accessibility tree: "):
            return await self._get(
                AccessibilityTreeResponse,
                "/a11y/tree",
                request_timeout,
                scope=scope,
                pid=pid,
                max_depth=max_depth,
            )

    async def find_nodes(
        self,
        scope: str | None = None,
        pid: int | None = None,
        role: str | None = None,
        name: str | None = None,
        name_match: str | None = None,
        states: list[str] | None = None,
        limit: int | None = None,
        request_timeout: float | None = None,
    ) -> AccessibilityNodesResponse:
        """Return the nodes that are as described, without their children (find accessibility nodes).

        Args:
            scope: Of which programs: focused (the default), pid or all.
            pid: The process, when the scope is pid.
            role: What they are, such as ``button``.
            name: What they are called.
            name_match: How the name is compared: exact, substring or regex.
            states: How they are; all of these.
            limit: How many at most.
            request_timeout: Seconds for the request.
        """
        with prefixed("Failed to find accessibility nodes: "):
            return await self._post(
                AccessibilityNodesResponse,
                "/a11y/find",
                request_timeout,
                scope=scope,
                pid=pid,
                role=role,
                name=name,
                name_match=name_match,
                states=states,
                limit=limit,
            )

    async def focus_node(self, node_id: str, request_timeout: float | None = None) -> None:
        """Move the keyboard to a node (focus accessibility node)."""
        with prefixed("Failed to focus accessibility node: "):
            await self._act("/a11y/node/focus", request_timeout, id=node_id)

    async def invoke_node(
        self, node_id: str, action: str | None = None, request_timeout: float | None = None
    ) -> None:
        """Do an action of a node, its first one when none is named (invoke accessibility node)."""
        with prefixed("Failed to invoke accessibility node: "):
            await self._act("/a11y/node/invoke", request_timeout, id=node_id, action=action)

    async def set_node_value(self, node_id: str, value: str, request_timeout: float | None = None) -> None:
        """Set the text or the number of a node (set accessibility node value)."""
        with prefixed("Failed to set accessibility node value: "):
            await self._act("/a11y/node/value", request_timeout, id=node_id, value=value)
