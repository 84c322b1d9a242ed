"""The accessibility operations of the toolbox, over HTTP: what programs tell of their windows."""

# ruff: noqa: N815 - the API's names

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from daytona_local.errors import InvalidError
from daytona_local.toolbox.bodies import body
from daytona_local.toolbox.computer_use import ComputerUse
from daytona_local.toolbox.computer_use_requests import parameters
from daytona_local.toolbox.running import running

Word = Annotated[str, Field(pattern=r"^[^\x00]*$")]


class ScopeRequest(BaseModel):
    """Say whose windows are meant: those of the program that has the focus, of a process, or all."""

    scope: Literal["", "focused", "pid", "all"] = ""
    pid: int | None = None

    @property
    def scoped(self) -> dict[str, Any]:
        """Return that in full.

        Raises:
            InvalidError: It is those of a process, and none is named.
        """
        if self.scope == "pid" and self.pid is None:
            raise InvalidError("the scope is a process, and none is named; pass its pid")
        return {"scope": self.scope or "focused", "pid": self.pid}


class TreeQuery(ScopeRequest):
    """Ask for a tree; below 0 any depth is wanted."""

    maxDepth: int = -1


class FindRequest(ScopeRequest):
    """Ask for nodes; 0 is the default limit."""

    role: str | None = None
    name: str | None = None
    nameMatch: Literal["", "exact", "substring", "regex"] | None = None
    states: list[str] | None = None
    limit: Annotated[int, Field(ge=0)] | None = None


class NodeRequest(BaseModel):
    """Name a node."""

    id: Word


class InvokeRequest(NodeRequest):
    """Name an action of a node; none is the first that it has."""

    action: Word | None = None


class ValueRequest(NodeRequest):
    """Give a node a text, or a number."""

    value: Word = ""


async def get_tree(request: Request) -> Response:
    """Return the tree of what is shown [GetAccessibilityTree]."""
    asked = parameters(request, TreeQuery)
    return await _answer(request, "tree", **asked.scoped, maxDepth=asked.maxDepth)


async def find_nodes(request: Request) -> Response:
    """Return the nodes that are as they should be [FindAccessibilityNodes]."""
    asked = await body(request, FindRequest)
    return await _answer(
        request,
        "find",
        **asked.scoped,
        role=asked.role or "",
        name=asked.name or None,
        nameMatch=asked.nameMatch or "exact",
        states=asked.states or [],
        limit=asked.limit or 0,
    )


async def focus_node(request: Request) -> Response:
    """Give a node the keyboard [FocusAccessibilityNode]."""
    return await _answer(request, "focus", **(await body(request, NodeRequest)).model_dump())


async def invoke_node(request: Request) -> Response:
    """Tell a node to act [InvokeAccessibilityNode]."""
    return await _answer(request, "invoke", **(await body(request, InvokeRequest)).model_dump())


async def set_node_value(request: Request) -> Response:
    """Set a node's text or number [SetAccessibilityNodeValue]."""
    return await _answer(request, "value", **(await body(request, ValueRequest)).model_dump())


async def _answer(request: Request, do: str, **asked: Any) -> Response:
    computer = (await running(request)).service(ComputerUse)
    return JSONResponse(await computer.bus.ask(do, computer.environment, **asked))


routes: list[BaseRoute] = [
    Route("/computeruse/a11y/tree", get_tree, methods=["GET"]),
    Route("/computeruse/a11y/find", find_nodes, methods=["POST"]),
    Route("/computeruse/a11y/node/focus", focus_node, methods=["POST"]),
    Route("/computeruse/a11y/node/invoke", invoke_node, methods=["POST"]),
    Route("/computeruse/a11y/node/value", set_node_value, methods=["POST"]),
]
