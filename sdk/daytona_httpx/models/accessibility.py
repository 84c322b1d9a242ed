"""The wire models of the toolbox: what programs say of their windows to those who can't see them."""

from __future__ import annotations

from pydantic import Field

from daytona_httpx.models.base import WireModel
from daytona_httpx.models.listed import Listed


class AccessibilityBounds(WireModel):
    """Hold the place and size of a node, in pixels."""

    x: int = 0
    y: int = 0
    width: int = 0
    height: int = 0


class AccessibilityNode(WireModel):
    """Hold a node: a window, a button, a text; with its children in a tree, without them in a list.

    Attributes:
        id: Its id, for ``focus_node``, ``invoke_node`` and ``set_node_value``.
        role: What it is, such as ``button``.
        name: What it is called.
        description: What it is for.
        states: How it is, such as ``focused``.
        actions: What can be done with it.
        bounds: Where it is.
        children: What is in it.

    Example:
        >>> answer = {"id": "7", "role": "button", "name": "OK", "bounds": {"width": 80}}
        >>> node = AccessibilityNode.model_validate(answer)
        >>> node.role, node.bounds.width, node.children
        ('button', 80, [])
    """

    id: str = ""
    role: str = ""
    name: str = ""
    description: str = ""
    states: Listed[str] = Field(default_factory=list)
    actions: Listed[str] = Field(default_factory=list)
    bounds: AccessibilityBounds | None = None
    children: Listed[AccessibilityNode] = Field(default_factory=list)


class AccessibilityTreeResponse(WireModel):
    """Hold a tree of nodes, and whether some were left out.

    Example:
        >>> answer = {"root": {"role": "desktop", "children": [{"role": "window"}]}, "truncated": True}
        >>> tree = AccessibilityTreeResponse.model_validate(answer)
        >>> [child.role for child in tree.root.children], tree.truncated
        (['window'], True)
    """

    root: AccessibilityNode | None = None
    truncated: bool = False


class AccessibilityNodesResponse(WireModel):
    """Hold the nodes that were found, and whether some were left out.

    Example:
        >>> answer = {"matches": [{"id": "7", "role": "button"}], "truncated": False}
        >>> [node.role for node in AccessibilityNodesResponse.model_validate(answer).matches]
        ['button']
    """

    matches: Listed[AccessibilityNode] = Field(default_factory=list)
    truncated: bool = False
