"""Git's own words stand for the API's codes, and show no secret."""

from __future__ import annotations

import pytest
from daytona_local import errors
from daytona_local.toolbox.git_errors import refusal

SAID = [
    ("fatal: Authentication failed for 'https://h/r/'", errors.UnauthorizedError, "GIT_AUTH_FAILED"),
    (
        "fatal: could not read Username for 'https://h': terminal prompts disabled",
        errors.UnauthorizedError,
        "GIT_AUTH_FAILED",
    ),
    (
        "git@h: Permission denied (publickey).\nfatal: Could not read from remote repository.",
        errors.UnauthorizedError,
        "GIT_AUTH_FAILED",
    ),
    (
        "fatal: unable to access 'https://h/r/': The requested URL returned error: 403",
        errors.ForbiddenError,
        "GIT_AUTH_FAILED",
    ),
    ("fatal: not a git repository (or any parent): .git", errors.NotFoundError, "GIT_REPO_NOT_FOUND"),
    ("fatal: repository 'https://h/r/' not found", errors.NotFoundError, "GIT_REPO_NOT_FOUND"),
    (
        "fatal: Remote branch zz not found in upstream origin",
        errors.NotFoundError,
        "GIT_BRANCH_NOT_FOUND",
    ),
    ("fatal: couldn't find remote ref nope", errors.NotFoundError, "GIT_BRANCH_NOT_FOUND"),
    ("fatal: a branch named 'dev' already exists", errors.ConflictError, "GIT_BRANCH_EXISTS"),
    (
        " ! [rejected]        main -> main (fetch first)\nerror: failed to push some refs to 'x'",
        errors.ConflictError,
        "GIT_PUSH_REJECTED",
    ),
    (
        " ! [remote rejected] main -> main (pre-receive hook declined)\nerror: failed to push some refs",
        errors.UnprocessableError,
        "GIT_REMOTE_REJECTED",
    ),
    (
        "error: Your local changes to the following files would be overwritten by merge:",
        errors.ConflictError,
        "GIT_DIRTY_WORKTREE",
    ),
    (
        "CONFLICT (content): Merge conflict in f\nAutomatic merge failed; fix conflicts",
        errors.ConflictError,
        "GIT_MERGE_CONFLICT",
    ),
    (
        "fatal: unable to access 'https://h/': Could not resolve host: h",
        errors.UnreachableError,
        "GIT_TRANSPORT_FAILED",
    ),
    ("fatal: transport 'ext' not allowed", errors.InvalidError, None),
    ("fatal: pathspec 'x' did not match any files", errors.InvalidError, None),
    ("fatal: something nobody has seen yet", errors.FailedError, None),
]


@pytest.mark.parametrize(("words", "kind", "code"), SAID)
def test_each_failure_has_its_class_and_code(
    words: str, kind: type[errors.RefusedError], code: str | None
) -> None:
    refused = refusal("do it", 128, words)

    assert (kind, code) == (type(refused), refused.code)


def test_the_message_is_one_line_with_what_was_done_what_happened_and_what_to_do() -> None:
    refused = refusal("push", 1, " ! [rejected] main -> main (fetch first)\nhint: a long story\nhint: more")

    assert "push: ! [rejected] main -> main (fetch first); pull first, then push again" == refused.message


def test_a_remote_can_not_pass_its_own_words_for_those_of_git() -> None:
    refused = refusal("pull", 1, "remote: CONFLICT (content)\nfatal: not a git repository")

    assert "GIT_REPO_NOT_FOUND" == refused.code


def test_what_a_remote_says_is_told() -> None:
    said = "remote: the branch is protected\nremote: more\n ! [remote rejected] main -> main (declined)"

    assert "the branch is protected" in refusal("push", 1, said).message


def test_without_any_words_there_is_the_exit_code() -> None:
    assert "push: git ended with exit code 137" == refusal("push", 137, "").message


def test_no_message_shows_a_password() -> None:
    said = "fatal: unable to access 'https://user:s3cret@h/r/': s3cret is wrong"

    assert "s3cret" not in refusal("clone", 128, said, "s3cret").message
    assert "s3cret@" not in refusal("clone", 128, "fatal: could not read https://s3cret@h/").message


def test_a_message_is_never_long() -> None:
    assert 600 > len(refusal("clone", 128, "fatal: " + "x" * 5000).message)
