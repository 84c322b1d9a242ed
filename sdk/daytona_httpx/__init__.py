"""A lean client for Daytona: async (``AsyncDaytona``) and sync (``Daytona``).

Every name is imported when it is first used: a program pays for what it needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from daytona_httpx._version import __version__

if TYPE_CHECKING:
    from daytona_httpx._async.callbacks import OutputHandler
    from daytona_httpx._async.client import AsyncDaytona
    from daytona_httpx._async.code_interpreter import AsyncCodeInterpreter
    from daytona_httpx._async.computer_use import AsyncComputerUse
    from daytona_httpx._async.display import AsyncDisplay
    from daytona_httpx._async.keyboard import AsyncKeyboard
    from daytona_httpx._async.lsp import AsyncLspServer
    from daytona_httpx._async.mouse import AsyncMouse
    from daytona_httpx._async.sandbox import AsyncSandbox
    from daytona_httpx._async.screenshot import AsyncScreenshot
    from daytona_httpx._async.terminals import AsyncPtyHandle
    from daytona_httpx._sync.client import Daytona
    from daytona_httpx._sync.code_interpreter import CodeInterpreter
    from daytona_httpx._sync.computer_use import ComputerUse
    from daytona_httpx._sync.display import Display
    from daytona_httpx._sync.keyboard import Keyboard
    from daytona_httpx._sync.lsp import LspServer
    from daytona_httpx._sync.mouse import Mouse
    from daytona_httpx._sync.sandbox import Sandbox
    from daytona_httpx._sync.screenshot import Screenshot
    from daytona_httpx._sync.terminals import PtyHandle
    from daytona_httpx.audit_query import AuditQuery
    from daytona_httpx.charts import (
        BarChart,
        BoxAndWhiskerChart,
        Chart,
        ChartType,
        CompositeChart,
        LineChart,
        PieChart,
        ScatterChart,
    )
    from daytona_httpx.config import DaytonaConfig
    from daytona_httpx.errors import (
        DaytonaA11yUnavailableError,
        DaytonaAuthenticationError,
        DaytonaAuthorizationError,
        DaytonaBadGatewayError,
        DaytonaBadRequestError,
        DaytonaCommandAlreadyCompletedError,
        DaytonaConflictError,
        DaytonaConnectionError,
        DaytonaConnectionTimeoutError,
        DaytonaError,
        DaytonaFileAccessDeniedError,
        DaytonaFileNotFoundError,
        DaytonaFileReadFailedError,
        DaytonaForbiddenError,
        DaytonaGitAuthFailedError,
        DaytonaGitBranchExistsError,
        DaytonaGitBranchNotFoundError,
        DaytonaGitDirtyWorktreeError,
        DaytonaGitMergeConflictError,
        DaytonaGitPushRejectedError,
        DaytonaGitRemoteRejectedError,
        DaytonaGitRepoNotFoundError,
        DaytonaGitTransportFailedError,
        DaytonaGoneError,
        DaytonaInternalServerError,
        DaytonaInvalidFilePathError,
        DaytonaLspServerNotInitializedError,
        DaytonaNotFoundError,
        DaytonaProcessExecutionTimeoutError,
        DaytonaProcessNotFoundError,
        DaytonaQueueTimeoutError,
        DaytonaRateLimitError,
        DaytonaRecordingFfmpegNotFoundError,
        DaytonaRecordingStillActiveError,
        DaytonaServiceUnavailableError,
        DaytonaSessionEndedError,
        DaytonaSpotEvictedError,
        DaytonaTimeoutError,
        DaytonaUnprocessableEntityError,
        DaytonaValidationError,
    )
    from daytona_httpx.image import Image
    from daytona_httpx.language_servers import LspCompletionPosition, LspLanguageId
    from daytona_httpx.models.access import (
        PortPreviewUrl,
        SignedPortPreviewUrl,
        SshAccessDto,
        SshAccessValidationDto,
    )
    from daytona_httpx.models.accessibility import (
        AccessibilityNode,
        AccessibilityNodesResponse,
        AccessibilityTreeResponse,
    )
    from daytona_httpx.models.api_key import ApiKeyList, ApiKeyResponse
    from daytona_httpx.models.audit import AuditLog
    from daytona_httpx.models.code_interpreter import (
        ExecutionError,
        ExecutionResult,
        InterpreterContext,
        OutputMessage,
    )
    from daytona_httpx.models.computer_use import (
        ComputerUseStartResponse,
        ComputerUseStatusResponse,
        ComputerUseStopResponse,
        DisplayInfoResponse,
        MouseClickResponse,
        MouseDragResponse,
        MousePositionResponse,
        ProcessErrorsResponse,
        ProcessLogsResponse,
        ProcessRestartResponse,
        ProcessStatusResponse,
        ScreenshotResponse,
        WindowsResponse,
    )
    from daytona_httpx.models.docker_registry import DockerRegistry
    from daytona_httpx.models.filesystem import FileInfo, Match, ReplaceResult, SearchFilesResponse
    from daytona_httpx.models.git import (
        FileStatus,
        GitCommitResponse,
        GitFileState,
        GitRemote,
        GitStatus,
        ListBranchResponse,
        ListRemotesResponse,
    )
    from daytona_httpx.models.identity_provider import IdentityProvider
    from daytona_httpx.models.invitation import OrganizationInvitation
    from daytona_httpx.models.job import Job
    from daytona_httpx.models.lsp import CompletionItem, CompletionList, LspSymbol
    from daytona_httpx.models.member import OrganizationUser
    from daytona_httpx.models.metrics import SandboxMetrics
    from daytona_httpx.models.organization import Organization
    from daytona_httpx.models.otel_config import OtelConfig
    from daytona_httpx.models.process import (
        Command,
        ExecuteResponse,
        ExecutionArtifacts,
        PtySessionInfo,
        Session,
        SessionCommandLogsResponse,
        SessionExecuteResponse,
    )
    from daytona_httpx.models.recording import ListRecordingsResponse, Recording
    from daytona_httpx.models.region import CreateRegionResponse, Region
    from daytona_httpx.models.role import OrganizationRole
    from daytona_httpx.models.runner import CreateRunnerResponse, Runner
    from daytona_httpx.models.sandbox import BuildInfo, SandboxDto, SandboxState, SandboxVolume
    from daytona_httpx.models.secret import ListSecretsResponse, Secret
    from daytona_httpx.models.snapshot import PaginatedSnapshots, Snapshot
    from daytona_httpx.models.system import DaytonaConfiguration
    from daytona_httpx.models.usage import OrganizationUsageOverview, RegionQuota
    from daytona_httpx.models.user import User
    from daytona_httpx.models.volume import Volume
    from daytona_httpx.models.warm_pool import WarmPool
    from daytona_httpx.params import (
        CodeLanguage,
        CreateSandboxBaseParams,
        CreateSandboxFromImageParams,
        CreateSandboxFromSnapshotParams,
        GpuType,
        Resources,
        SandboxClass,
        VolumeMount,
    )
    from daytona_httpx.query import ListSandboxesQuery, SandboxListSortDirection, SandboxListSortField
    from daytona_httpx.screenshots import ScreenshotOptions, ScreenshotRegion
    from daytona_httpx.secret_params import CreateSecretParams, UpdateSecretParams
    from daytona_httpx.sessions import PtyResult, PtySize, SessionExecuteRequest
    from daytona_httpx.snapshot_params import CreateSnapshotParams
    from daytona_httpx.transfers import (
        CancelEvent,
        CodeRunParams,
        DownloadProgress,
        FileDownloadErrorDetails,
        FileDownloadRequest,
        FileDownloadResponse,
        FileUpload,
        UploadProgress,
    )

_NAMES = {
    "_async.callbacks": ("OutputHandler",),
    "_async.client": ("AsyncDaytona",),
    "_async.code_interpreter": ("AsyncCodeInterpreter",),
    "_async.computer_use": ("AsyncComputerUse",),
    "_async.display": ("AsyncDisplay",),
    "_async.keyboard": ("AsyncKeyboard",),
    "_async.lsp": ("AsyncLspServer",),
    "_async.mouse": ("AsyncMouse",),
    "_async.sandbox": ("AsyncSandbox",),
    "_async.screenshot": ("AsyncScreenshot",),
    "_async.terminals": ("AsyncPtyHandle",),
    "_sync.client": ("Daytona",),
    "_sync.code_interpreter": ("CodeInterpreter",),
    "_sync.computer_use": ("ComputerUse",),
    "_sync.display": ("Display",),
    "_sync.keyboard": ("Keyboard",),
    "_sync.lsp": ("LspServer",),
    "_sync.mouse": ("Mouse",),
    "_sync.sandbox": ("Sandbox",),
    "_sync.screenshot": ("Screenshot",),
    "_sync.terminals": ("PtyHandle",),
    "audit_query": ("AuditQuery",),
    "charts": (
        "BarChart",
        "BoxAndWhiskerChart",
        "Chart",
        "ChartType",
        "CompositeChart",
        "LineChart",
        "PieChart",
        "ScatterChart",
    ),
    "config": ("DaytonaConfig",),
    "image": ("Image",),
    "language_servers": (
        "LspCompletionPosition",
        "LspLanguageId",
    ),
    "models.access": (
        "PortPreviewUrl",
        "SignedPortPreviewUrl",
        "SshAccessDto",
        "SshAccessValidationDto",
    ),
    "models.accessibility": (
        "AccessibilityNode",
        "AccessibilityNodesResponse",
        "AccessibilityTreeResponse",
    ),
    "models.api_key": (
        "ApiKeyList",
        "ApiKeyResponse",
    ),
    "models.audit": ("AuditLog",),
    "models.code_interpreter": (
        "ExecutionError",
        "ExecutionResult",
        "InterpreterContext",
        "OutputMessage",
    ),
    "models.computer_use": (
        "ComputerUseStartResponse",
        "ComputerUseStatusResponse",
        "ComputerUseStopResponse",
        "DisplayInfoResponse",
        "MouseClickResponse",
        "MouseDragResponse",
        "MousePositionResponse",
        "ProcessErrorsResponse",
        "ProcessLogsResponse",
        "ProcessRestartResponse",
        "ProcessStatusResponse",
        "ScreenshotResponse",
        "WindowsResponse",
    ),
    "models.docker_registry": ("DockerRegistry",),
    "models.filesystem": (
        "FileInfo",
        "Match",
        "ReplaceResult",
        "SearchFilesResponse",
    ),
    "models.git": (
        "FileStatus",
        "GitCommitResponse",
        "GitFileState",
        "GitRemote",
        "GitStatus",
        "ListBranchResponse",
        "ListRemotesResponse",
    ),
    "models.identity_provider": ("IdentityProvider",),
    "models.invitation": ("OrganizationInvitation",),
    "models.job": ("Job",),
    "models.lsp": (
        "CompletionItem",
        "CompletionList",
        "LspSymbol",
    ),
    "models.member": ("OrganizationUser",),
    "models.metrics": ("SandboxMetrics",),
    "models.organization": ("Organization",),
    "models.otel_config": ("OtelConfig",),
    "models.process": (
        "Command",
        "ExecuteResponse",
        "ExecutionArtifacts",
        "PtySessionInfo",
        "Session",
        "SessionCommandLogsResponse",
        "SessionExecuteResponse",
    ),
    "models.recording": (
        "ListRecordingsResponse",
        "Recording",
    ),
    "models.region": (
        "CreateRegionResponse",
        "Region",
    ),
    "models.role": ("OrganizationRole",),
    "models.runner": (
        "CreateRunnerResponse",
        "Runner",
    ),
    "models.sandbox": (
        "BuildInfo",
        "SandboxDto",
        "SandboxState",
        "SandboxVolume",
    ),
    "models.secret": (
        "ListSecretsResponse",
        "Secret",
    ),
    "models.snapshot": (
        "PaginatedSnapshots",
        "Snapshot",
    ),
    "models.system": ("DaytonaConfiguration",),
    "models.usage": (
        "OrganizationUsageOverview",
        "RegionQuota",
    ),
    "models.user": ("User",),
    "models.volume": ("Volume",),
    "models.warm_pool": ("WarmPool",),
    "params": (
        "CodeLanguage",
        "CreateSandboxBaseParams",
        "CreateSandboxFromImageParams",
        "CreateSandboxFromSnapshotParams",
        "GpuType",
        "Resources",
        "SandboxClass",
        "VolumeMount",
    ),
    "query": (
        "ListSandboxesQuery",
        "SandboxListSortDirection",
        "SandboxListSortField",
    ),
    "screenshots": (
        "ScreenshotOptions",
        "ScreenshotRegion",
    ),
    "secret_params": (
        "CreateSecretParams",
        "UpdateSecretParams",
    ),
    "sessions": (
        "PtyResult",
        "PtySize",
        "SessionExecuteRequest",
    ),
    "snapshot_params": ("CreateSnapshotParams",),
    "transfers": (
        "CancelEvent",
        "CodeRunParams",
        "DownloadProgress",
        "FileDownloadErrorDetails",
        "FileDownloadRequest",
        "FileDownloadResponse",
        "FileUpload",
        "UploadProgress",
    ),
}
_MODULES = {name: module for module, names in _NAMES.items() for name in names}

__all__ = [
    "AccessibilityNode",
    "AccessibilityNodesResponse",
    "AccessibilityTreeResponse",
    "ApiKeyList",
    "ApiKeyResponse",
    "AsyncCodeInterpreter",
    "AsyncComputerUse",
    "AsyncDaytona",
    "AsyncDisplay",
    "AsyncKeyboard",
    "AsyncLspServer",
    "AsyncMouse",
    "AsyncPtyHandle",
    "AsyncSandbox",
    "AsyncScreenshot",
    "AuditLog",
    "AuditQuery",
    "BarChart",
    "BoxAndWhiskerChart",
    "BuildInfo",
    "CancelEvent",
    "Chart",
    "ChartType",
    "CodeInterpreter",
    "CodeLanguage",
    "CodeRunParams",
    "Command",
    "CompletionItem",
    "CompletionList",
    "CompositeChart",
    "ComputerUse",
    "ComputerUseStartResponse",
    "ComputerUseStatusResponse",
    "ComputerUseStopResponse",
    "CreateRegionResponse",
    "CreateRunnerResponse",
    "CreateSandboxBaseParams",
    "CreateSandboxFromImageParams",
    "CreateSandboxFromSnapshotParams",
    "CreateSecretParams",
    "CreateSnapshotParams",
    "Daytona",
    "DaytonaA11yUnavailableError",
    "DaytonaAuthenticationError",
    "DaytonaAuthorizationError",
    "DaytonaBadGatewayError",
    "DaytonaBadRequestError",
    "DaytonaCommandAlreadyCompletedError",
    "DaytonaConfig",
    "DaytonaConfiguration",
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
    "Display",
    "DisplayInfoResponse",
    "DockerRegistry",
    "DownloadProgress",
    "ExecuteResponse",
    "ExecutionArtifacts",
    "ExecutionError",
    "ExecutionResult",
    "FileDownloadErrorDetails",
    "FileDownloadRequest",
    "FileDownloadResponse",
    "FileInfo",
    "FileStatus",
    "FileUpload",
    "GitCommitResponse",
    "GitFileState",
    "GitRemote",
    "GitStatus",
    "GpuType",
    "IdentityProvider",
    "Image",
    "InterpreterContext",
    "Job",
    "Keyboard",
    "LineChart",
    "ListBranchResponse",
    "ListRecordingsResponse",
    "ListRemotesResponse",
    "ListSandboxesQuery",
    "ListSecretsResponse",
    "LspCompletionPosition",
    "LspLanguageId",
    "LspServer",
    "LspSymbol",
    "Match",
    "Mouse",
    "MouseClickResponse",
    "MouseDragResponse",
    "MousePositionResponse",
    "Organization",
    "OrganizationInvitation",
    "OrganizationRole",
    "OrganizationUsageOverview",
    "OrganizationUser",
    "OtelConfig",
    "OutputHandler",
    "OutputMessage",
    "PaginatedSnapshots",
    "PieChart",
    "PortPreviewUrl",
    "ProcessErrorsResponse",
    "ProcessLogsResponse",
    "ProcessRestartResponse",
    "ProcessStatusResponse",
    "PtyHandle",
    "PtyResult",
    "PtySessionInfo",
    "PtySize",
    "Recording",
    "Region",
    "RegionQuota",
    "ReplaceResult",
    "Resources",
    "Runner",
    "Sandbox",
    "SandboxClass",
    "SandboxDto",
    "SandboxListSortDirection",
    "SandboxListSortField",
    "SandboxMetrics",
    "SandboxState",
    "SandboxVolume",
    "ScatterChart",
    "Screenshot",
    "ScreenshotOptions",
    "ScreenshotRegion",
    "ScreenshotResponse",
    "SearchFilesResponse",
    "Secret",
    "Session",
    "SessionCommandLogsResponse",
    "SessionExecuteRequest",
    "SessionExecuteResponse",
    "SignedPortPreviewUrl",
    "Snapshot",
    "SshAccessDto",
    "SshAccessValidationDto",
    "UpdateSecretParams",
    "UploadProgress",
    "User",
    "Volume",
    "VolumeMount",
    "WarmPool",
    "WindowsResponse",
    "__version__",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_MODULES.get(name, 'errors')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
