"""The errors of what runs in a sandbox: files, git, processes, language servers, desktops."""

from __future__ import annotations

from daytona_httpx.errors.api import (
    DaytonaAuthenticationError,
    DaytonaBadGatewayError,
    DaytonaBadRequestError,
    DaytonaConflictError,
    DaytonaForbiddenError,
    DaytonaGoneError,
    DaytonaInternalServerError,
    DaytonaNotFoundError,
    DaytonaServiceUnavailableError,
    DaytonaTimeoutError,
    DaytonaUnprocessableEntityError,
)


class DaytonaInvalidFilePathError(DaytonaBadRequestError):
    """Say that a path in the sandbox can't be one.

    Example:
        >>> sandbox.fs.delete_file("repo")
        Traceback (most recent call last):
        daytona_httpx.errors.DaytonaInvalidFilePathError: Failed to delete file: ...
    """


class DaytonaLspServerNotInitializedError(DaytonaBadRequestError):
    """Say that the language server has not been started.

    Example:
        >>> sandbox.create_lsp_server("python", "elsewhere").document_symbols("/a.py")
        Traceback (most recent call last):
        daytona_httpx.errors.DaytonaLspServerNotInitializedError: Failed to get symbols from document: ...
    """


class DaytonaGitRemoteRejectedError(DaytonaUnprocessableEntityError):
    """Say that the remote repository refused.

    Example:
        >>> sandbox.git.push("guarded")
        Traceback (most recent call last):
        daytona_httpx.errors.DaytonaGitRemoteRejectedError: Failed to push changes: ...
    """


class DaytonaGitAuthFailedError(DaytonaAuthenticationError):
    """Say that the remote repository doesn't know the credentials.

    Example:
        >>> sandbox.git.clone("http://127.0.0.1:8401/private.git", "private")
        Traceback (most recent call last):
        daytona_httpx.errors.DaytonaGitAuthFailedError: Failed to clone repository: ...
    """


class DaytonaFileAccessDeniedError(DaytonaForbiddenError):
    """Say that a file in the sandbox may not be touched.

    Example:
        >>> sandbox.fs.download_file("locked.txt")
        Traceback (most recent call last):
        daytona_httpx.errors.DaytonaFileAccessDeniedError: Failed to download file: ...
    """


class DaytonaFileNotFoundError(DaytonaNotFoundError):
    """Say that there is no such file.

    Example:
        >>> sandbox.fs.download_file("nothing.txt")
        Traceback (most recent call last):
        daytona_httpx.errors.DaytonaFileNotFoundError: Failed to download file: ...
    """


class DaytonaProcessNotFoundError(DaytonaNotFoundError):
    """Say that there is no such process.

    Example:
        >>> sandbox.process.get_session("nothing")
        Traceback (most recent call last):
        daytona_httpx.errors.DaytonaProcessNotFoundError: Failed to get session: ...
    """


class DaytonaGitRepoNotFoundError(DaytonaNotFoundError):
    """Say that there is no such repository.

    Example:
        >>> sandbox.git.status("project")
        Traceback (most recent call last):
        daytona_httpx.errors.DaytonaGitRepoNotFoundError: Failed to get status: ...
    """


class DaytonaGitBranchNotFoundError(DaytonaNotFoundError):
    """Say that there is no such branch.

    Example:
        >>> sandbox.git.checkout_branch("repo", "nowhere")
        Traceback (most recent call last):
        daytona_httpx.errors.DaytonaGitBranchNotFoundError: Failed to checkout branch: ...
    """


class DaytonaSessionEndedError(DaytonaGoneError):
    """Say that the session has ended.

    Example:
        >>> sandbox.process.create_session("ended")
        >>> answer = sandbox.process.execute_session_command("ended", SessionExecuteRequest("exit 3"))
        >>> try:
        ...     sandbox.process.execute_session_command("ended", SessionExecuteRequest("true"))
        ... except DaytonaSessionEndedError:
        ...     sandbox.process.delete_session("ended")
    """


class DaytonaCommandAlreadyCompletedError(DaytonaGoneError):
    r"""Say that the command has ended.

    Example:
        >>> sandbox.process.create_session("done")
        >>> done = sandbox.process.execute_session_command("done", SessionExecuteRequest("true"))
        >>> try:
        ...     sandbox.process.send_session_command_input("done", done.cmd_id, "too late\n")
        ... except DaytonaCommandAlreadyCompletedError:
        ...     sandbox.process.delete_session("done")
    """


class DaytonaGitBranchExistsError(DaytonaConflictError):
    """Say that the branch exists already.

    Example:
        >>> sandbox.git.create_branch("repo", "main")
        Traceback (most recent call last):
        daytona_httpx.errors.DaytonaGitBranchExistsError: Failed to create branch: ...
    """


class DaytonaGitPushRejectedError(DaytonaConflictError):
    """Say that the remote branch has moved on.

    Example:
        >>> sandbox.git.push("late")
        Traceback (most recent call last):
        daytona_httpx.errors.DaytonaGitPushRejectedError: Failed to push changes: ...
    """


class DaytonaGitDirtyWorktreeError(DaytonaConflictError):
    """Say that there are changes that would be lost.

    Example:
        >>> sandbox.git.checkout_branch("dirty", "topic")
        Traceback (most recent call last):
        daytona_httpx.errors.DaytonaGitDirtyWorktreeError: Failed to checkout branch: ...
    """


class DaytonaGitMergeConflictError(DaytonaConflictError):
    """Say that changes contradict each other.

    Example:
        >>> sandbox.git.pull("contrary")
        Traceback (most recent call last):
        daytona_httpx.errors.DaytonaGitMergeConflictError: Failed to pull changes: ...
    """


class DaytonaRecordingStillActiveError(DaytonaConflictError):
    """Say that the recording has not been stopped.

    Example:
        >>> status = sandbox.computer_use.start().status
        >>> begun = sandbox.computer_use.recording.start("film")
        >>> try:
        ...     sandbox.computer_use.recording.delete(begun.id)
        ... except DaytonaRecordingStillActiveError:
        ...     stopped = sandbox.computer_use.recording.stop(begun.id)
        >>> sandbox.computer_use.recording.delete(begun.id)
    """


class DaytonaFileReadFailedError(DaytonaInternalServerError):
    r"""Say that a file in the sandbox can't be read.

    Example:
        >>> try:
        ...     content = sandbox.fs.download_file("notes.txt")
        ... except DaytonaFileReadFailedError:
        ...     content = b""  # it is there, and can't be read
        >>> content
        b'one\ntwo\n'
    """


class DaytonaGitTransportFailedError(DaytonaBadGatewayError):
    """Say that the remote repository can't be reached.

    Example:
        >>> sandbox.git.clone("http://127.0.0.1:9/nobody.git", "nobody")
        Traceback (most recent call last):
        daytona_httpx.errors.DaytonaGitTransportFailedError: Failed to clone repository: ...
    """


class DaytonaA11yUnavailableError(DaytonaServiceUnavailableError):
    """Say that the sandbox has no accessibility bus.

    Example:
        >>> status = sandbox.computer_use.start().status
        >>> try:
        ...     tree = sandbox.computer_use.accessibility.get_tree("all")
        ... except DaytonaA11yUnavailableError:
        ...     picture = sandbox.computer_use.screenshot.take_full_screen()  # look at it instead
    """


class DaytonaRecordingFfmpegNotFoundError(DaytonaServiceUnavailableError):
    """Say that the sandbox has no ffmpeg to record with.

    Example:
        >>> status = sandbox.computer_use.start().status
        >>> try:
        ...     film = sandbox.computer_use.recording.start("film")
        ... except DaytonaRecordingFfmpegNotFoundError:
        ...     print("take screenshots instead")
        ... else:
        ...     sandbox.computer_use.recording.stop(film.id).status
        'completed'
        >>> sandbox.computer_use.recording.delete(film.id)
    """


class DaytonaProcessExecutionTimeoutError(DaytonaTimeoutError):
    """Say that a command in a sandbox ran longer than it was allowed to.

    Example:
        >>> sandbox.process.exec("sleep 9", timeout=1)
        Traceback (most recent call last):
        daytona_httpx.errors.DaytonaProcessExecutionTimeoutError: Failed to execute command: ...
    """
