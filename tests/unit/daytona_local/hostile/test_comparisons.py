"""What is secret is compared in constant time, and nowhere in another way: read from the source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import daytona_local
import pytest

PACKAGE = Path(daytona_local.__file__).parent
SECRET = re.compile(r"(token|secret|signature|password|api_?key|digest|signing_key|cookie)s?$", re.IGNORECASE)
PUBLIC = {
    # Whether git's own credentials, which the caller has just sent, can be told to git at all.
    ("toolbox/git_program.py", "character in f'{name}{secret}'"),
    # A context is known by the hash of what is in it: that lets nobody in.
    ("multipart.py", "upload.digest != digest"),
    ("api/s3.py", "digest.hexdigest() != expected"),
}
COMPARED = {
    "api/preview.py",
    "api_keys.py",
    "preview_head.py",
    "preview_proxy.py",
    "ssh_access.py",
    "toolbox/signed.py",
    "upload_keys.py",
}
"""The files that compare secrets."""


def parsed() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(PACKAGE.rglob("*.py")):
        yield file.relative_to(PACKAGE).as_posix(), ast.parse(file.read_text())


def values_in(node: ast.AST) -> Iterator[str]:
    """Yield the names of the values that an expression is made of: of ``a.b`` it is the last."""
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.Call):
        parts = [*node.args, *([node.func.value] if isinstance(node.func, ast.Attribute) else [])]
        yield from (name for part in parts for name in values_in(part))
    else:
        yield from (name for part in ast.iter_child_nodes(node) for name in values_in(part))


def is_comparison(node: ast.AST) -> bool:
    """Tell whether it compares values by what is in them, not whether there are any."""
    if not isinstance(node, ast.Compare):
        return False
    kinds = (ast.Eq, ast.NotEq, ast.In, ast.NotIn, ast.Lt, ast.LtE, ast.Gt, ast.GtE)
    return any(isinstance(operator, kinds) for operator in node.ops)


def suspicious(tree: ast.Module) -> list[str]:
    """Return the comparisons in which a name says that it is secret."""
    found = []
    for node in ast.walk(tree):
        if is_comparison(node) and any(map(SECRET.search, values_in(node))):
            found.append(ast.unparse(node))
    return found


def test_secrets_are_compared_in_constant_time_only() -> None:
    found = {(name, text) for name, tree in parsed() for text in suspicious(tree)}
    assert set() == found - PUBLIC


def test_every_file_that_compares_secrets_is_known() -> None:
    found = {name for name, tree in parsed() if "compare_digest" in ast.unparse(tree)}
    assert found == COMPARED


@pytest.mark.parametrize(
    "line",
    [
        "token == given",
        "a.auth_token != b",
        "key in api_keys",
        "f(signature) == g",
        "token.encode() == given",
    ],
)
def test_a_comparison_of_another_kind_would_be_seen(line: str) -> None:
    assert [line] == suspicious(ast.parse(line))


@pytest.mark.parametrize("line", ["token is None", "compare_digest(token, given)", "secret.name == other"])
def test_other_lines_are_left_alone(line: str) -> None:
    assert [] == suspicious(ast.parse(line))
