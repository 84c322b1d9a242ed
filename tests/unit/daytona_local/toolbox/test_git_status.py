"""What git's porcelain says, in the API's words."""

from __future__ import annotations

import pytest
from daytona_local.toolbox.git_status import parse_status

HASHES = f"{'a' * 40} {'b' * 40}"


def said(*entries: str) -> bytes:
    """Return entries as git writes them."""
    return "".join(f"{entry}\0" for entry in entries).encode()


@pytest.mark.parametrize(
    ("states", "staging", "worktree"),
    [
        (".M", "Unmodified", "Modified"),
        ("M.", "Modified", "Unmodified"),
        ("AM", "Added", "Modified"),
        ("D.", "Deleted", "Unmodified"),
        (".D", "Unmodified", "Deleted"),
        (".T", "Unmodified", "Modified"),
    ],
)
def test_a_changed_file_has_a_word_for_the_index_and_one_for_the_folder(
    states: str, staging: str, worktree: str
) -> None:
    status = parse_status(said(f"1 {states} N... 100644 100644 100644 {HASHES} a file.txt"))

    expected = {"name": "a file.txt", "extra": "", "staging": staging, "worktree": worktree}
    assert [expected] == status.files


def test_a_renamed_file_keeps_its_old_name_beside_it() -> None:
    status = parse_status(
        said(f"2 R. N... 100644 100644 100644 {HASHES} R100 new name", "old name", "? other")
    )

    assert {
        "name": "new name",
        "extra": "old name",
        "staging": "Renamed",
        "worktree": "Unmodified",
    } == status.files[0]
    assert "other" == status.files[1]["name"]


def test_a_copied_file_is_copied() -> None:
    status = parse_status(said(f"2 C. N... 100644 100644 100644 {HASHES} C90 copy", "original"))

    assert "Copied" == status.files[0]["staging"]


def test_an_untracked_file_is_so_on_both_sides() -> None:
    status = parse_status(said("? new.txt"))

    assert [{"name": "new.txt", "extra": "", "staging": "Untracked", "worktree": "Untracked"}] == status.files


@pytest.mark.parametrize("states", ["UU", "AA", "DU", "UD"])
def test_a_file_in_conflict_is_unmerged_whatever_the_conflict(states: str) -> None:
    modes = "100644 100644 100644 100644"
    status = parse_status(said(f"u {states} N... {modes} {HASHES} {'c' * 40} a file"))

    unmerged = "Updated but unmerged"
    assert [{"name": "a file", "extra": "", "staging": unmerged, "worktree": unmerged}] == status.files


def test_the_branch_says_how_it_stands_to_its_upstream() -> None:
    status = parse_status(
        said("# branch.oid abc", "# branch.head dev", "# branch.upstream origin/dev", "# branch.ab +2 -3")
    )

    assert {
        "currentBranch": "dev",
        "detached": False,
        "upstream": "origin/dev",
        "branchPublished": True,
        "ahead": 2,
        "behind": 3,
        "fileStatus": [],
    } == status.wire


def test_a_branch_without_an_upstream_is_not_published() -> None:
    status = parse_status(said("# branch.oid (initial)", "# branch.head main"))

    assert ("main", "", False) == (status.branch, status.upstream, status.wire["branchPublished"])


def test_without_a_branch_the_head_is_detached() -> None:
    status = parse_status(said("# branch.oid abc", "# branch.head (detached)"))

    assert ("HEAD", True) == (status.branch, status.detached)
