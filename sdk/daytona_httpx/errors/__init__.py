"""The errors, by what a caller can do about them.

DaytonaError                                             one line: what was being done, what happened
├── change the request
│   ├── DaytonaBadRequestError = DaytonaValidationError      400, or refused here before any request
│   │   ├── DaytonaInvalidFilePathError
│   │   └── DaytonaLspServerNotInitializedError
│   └── DaytonaUnprocessableEntityError                      422
│       └── DaytonaGitRemoteRejectedError
├── change the key, or what it may do
│   ├── DaytonaAuthenticationError                           401, or no key at all
│   │   └── DaytonaGitAuthFailedError
│   └── DaytonaForbiddenError = DaytonaAuthorizationError    403
│       └── DaytonaFileAccessDeniedError
├── take it as absent
│   ├── DaytonaNotFoundError                                 404
│   │   └── ...FileNotFound, ProcessNotFound, GitRepoNotFound, GitBranchNotFound
│   └── DaytonaGoneError                                     410
│       └── ...SessionEnded, CommandAlreadyCompleted
├── look at what is there (a state change in progress was waited for already)
│   └── DaytonaConflictError                                 409
│       └── ...GitBranchExists, GitPushRejected, GitDirtyWorktree, GitMergeConflict, RecordingStillActive
├── try again later
│   ├── DaytonaRateLimitError                                429, for longer than the deadline
│   ├── DaytonaInternalServerError                           500
│   │   └── DaytonaFileReadFailedError
│   ├── DaytonaBadGatewayError                               502
│   │   └── DaytonaGitTransportFailedError
│   ├── DaytonaServiceUnavailableError                       503
│   │   └── ...A11yUnavailable, RecordingFfmpegNotFound
│   ├── DaytonaSpotEvictedError                              the spot sandbox was taken away
│   └── DaytonaConnectionError                               no answer; check the URL and the network
│       └── DaytonaConnectionTimeoutError                    (a DaytonaTimeoutError too)
└── give it more time
    └── DaytonaTimeoutError                                  408, 504, or the caller's own deadline
        ├── DaytonaProcessExecutionTimeoutError
        └── DaytonaQueueTimeoutError                         no place for the sandbox in time

Names and bases are those of the official client.
"""

from __future__ import annotations

from daytona_httpx.errors.api import (
    DaytonaAuthenticationError,
    DaytonaAuthorizationError,
    DaytonaBadGatewayError,
    DaytonaBadRequestError,
    DaytonaConflictError,
    DaytonaConnectionError,
    DaytonaConnectionTimeoutError,
    DaytonaError,
    DaytonaForbiddenError,
    DaytonaGoneError,
    DaytonaInternalServerError,
    DaytonaNotFoundError,
    DaytonaQueueTimeoutError,
    DaytonaRateLimitError,
    DaytonaServiceUnavailableError,
    DaytonaSpotEvictedError,
    DaytonaTimeoutError,
    DaytonaUnprocessableEntityError,
    DaytonaValidationError,
    prefixed,
)
from daytona_httpx.errors.toolbox import (
    DaytonaA11yUnavailableError,
    DaytonaCommandAlreadyCompletedError,
    DaytonaFileAccessDeniedError,
    DaytonaFileNotFoundError,
    DaytonaFileReadFailedError,
    DaytonaGitAuthFailedError,
    DaytonaGitBranchExistsError,
    DaytonaGitBranchNotFoundError,
    DaytonaGitDirtyWorktreeError,
    DaytonaGitMergeConflictError,
    DaytonaGitPushRejectedError,
    DaytonaGitRemoteRejectedError,
    DaytonaGitRepoNotFoundError,
    DaytonaGitTransportFailedError,
    DaytonaInvalidFilePathError,
    DaytonaLspServerNotInitializedError,
    DaytonaProcessExecutionTimeoutError,
    DaytonaProcessNotFoundError,
    DaytonaRecordingFfmpegNotFoundError,
    DaytonaRecordingStillActiveError,
    DaytonaSessionEndedError,
)

__all__ = [
    "DaytonaA11yUnavailableError",
    "DaytonaAuthenticationError",
    "DaytonaAuthorizationError",
    "DaytonaBadGatewayError",
    "DaytonaBadRequestError",
    "DaytonaCommandAlreadyCompletedError",
    "DaytonaConflictError",
    "DaytonaConnectionError",
    "DaytonaConnectionTimeoutError",
    "DaytonaError",
    "DaytonaFileAccessDeniedError",
    "DaytonaFileNotFoundError",
    "DaytonaFileReadFailedError",
    "DaytonaForbiddenError",
    "DaytonaGitAuthFailedError",
    "DaytonaGitBranchExistsError",
    "DaytonaGitBranchNotFoundError",
    "DaytonaGitDirtyWorktreeError",
    "DaytonaGitMergeConflictError",
    "DaytonaGitPushRejectedError",
    "DaytonaGitRemoteRejectedError",
    "DaytonaGitRepoNotFoundError",
    "DaytonaGitTransportFailedError",
    "DaytonaGoneError",
    "DaytonaInternalServerError",
    "DaytonaInvalidFilePathError",
    "DaytonaLspServerNotInitializedError",
    "DaytonaNotFoundError",
    "DaytonaProcessExecutionTimeoutError",
    "DaytonaProcessNotFoundError",
    "DaytonaQueueTimeoutError",
    "DaytonaRateLimitError",
    "DaytonaRecordingFfmpegNotFoundError",
    "DaytonaRecordingStillActiveError",
    "DaytonaServiceUnavailableError",
    "DaytonaSessionEndedError",
    "DaytonaSpotEvictedError",
    "DaytonaTimeoutError",
    "DaytonaUnprocessableEntityError",
    "DaytonaValidationError",
    "prefixed",
]

for _name in __all__:
    globals()[_name].__module__ = __name__  # tracebacks name the place to import them from
del _name
