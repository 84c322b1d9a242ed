"""What the package exports, and what importing it costs."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import daytona_httpx
import pytest
from daytona_httpx import AsyncSandbox, Sandbox

PACKAGE = Path(daytona_httpx.__file__).parent

SEED = {
    "fs", "git", "process", "computer_use", "create_lsp_server", "refresh_data", "get_user_root_dir",
    "set_labels", "start", "stop", "delete",
    "wait_for_sandbox_start", "wait_for_sandbox_stop", "set_autostop_interval",
    "set_auto_archive_interval", "set_auto_delete_interval", "get_preview_link", "archive",
}  # fmt: skip
TODAY = {
    "get_user_home_dir", "get_work_dir", "recover", "resize", "set_public", "set_ttl",
    "set_auto_pause_interval", "update_network_settings", "refresh_activity", "update_secrets",
    "update_env", "create_signed_preview_url", "expire_signed_preview_url", "create_ssh_access",
    "revoke_ssh_access", "validate_ssh_access", "wait_for_resize_complete", "code_interpreter",
    "fork", "pause",
    "create_snapshot", "get_metrics", "get_metrics_latest", "download_url", "upload_url",
    "rotate_signing_key",
}  # fmt: skip
SEED_ATTRIBUTES = {
    "id", "organization_id", "snapshot", "user", "env", "labels", "public", "target", "cpu", "gpu",
    "memory", "disk", "state", "error_reason", "backup_state", "backup_created_at",
    "auto_stop_interval", "auto_archive_interval", "auto_delete_interval", "runner_domain", "volumes",
    "build_info", "created_at", "updated_at", "network_block_all", "network_allow_list",
}  # fmt: skip


def test_every_public_name_can_be_imported() -> None:
    for name in daytona_httpx.__all__:
        assert getattr(daytona_httpx, name) is not None
    assert sorted(daytona_httpx.__all__) == dir(daytona_httpx)


def test_a_type_checker_sees_the_same_names() -> None:
    tree = ast.parse(Path(daytona_httpx.__file__).read_text())
    guarded = next(node for node in tree.body if isinstance(node, ast.If))
    names = {alias.name for node in guarded.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert names | {"__version__"} == set(daytona_httpx.__all__)


def test_a_name_that_isn_t_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = daytona_httpx.Nothing


@pytest.mark.parametrize("kind", [AsyncSandbox, Sandbox])
def test_a_sandbox_has_all_that_the_seed_document_and_the_issue_name(kind: type[AsyncSandbox]) -> None:
    assert set(dir(kind)) >= SEED | TODAY
    assert set(kind.model_fields) >= SEED_ATTRIBUTES


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_everything_public_is_documented(path: Path) -> None:
    assert [] == [*undocumented(ast.parse(path.read_text()), path.stem)]


def undocumented(node: ast.Module | ast.ClassDef, name: str) -> Iterator[str]:
    """Yield what has no docstring: the module, its classes and functions, their methods and properties."""
    if not ast.get_docstring(node):
        yield name
    for inner in node.body:
        if getattr(inner, "name", "_").startswith("_"):
            continue
        if isinstance(inner, ast.ClassDef):
            yield from undocumented(inner, f"{name}.{inner.name}")
        elif isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef) and not ast.get_docstring(inner):
            yield f"{name}.{inner.name}"


def test_making_a_client_imports_no_model_and_no_websocket() -> None:
    program = (
        "import sys, daytona_httpx as d; "
        "d.Daytona(api_key='k', api_url='http://127.0.0.1:1/api').close(); "
        "sys.exit(not sys.modules.keys().isdisjoint({'pydantic', 'websockets'}))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_websockets_are_imported_with_the_first_stream() -> None:
    program = (
        "import sys; from daytona_httpx import Sandbox, PtyHandle; sys.exit('websockets' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
