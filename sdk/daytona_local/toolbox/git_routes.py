"""The git operations of the toolbox, over HTTP."""

from __future__ import annotations

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from daytona_local.toolbox import git_requests as asked_for
from daytona_local.toolbox.bodies import body, query
from daytona_local.toolbox.git import Repository
from daytona_local.toolbox.git_remotes import Remotes, clone
from daytona_local.toolbox.git_settings import GitSettings, store_credentials
from daytona_local.toolbox.running import running


async def _repository(request: Request, path: str | None = None) -> Repository:
    """Return the repository at a path, which is in the query when it wasn't in the body."""
    return Repository(await running(request), path if path is not None else query(request, "path"))


async def get_status(request: Request) -> Response:
    """Say how a repository stands [GetStatus]."""
    return JSONResponse((await (await _repository(request)).status()).wire)


async def add_files(request: Request) -> Response:
    """Take files into the index [AddFiles]."""
    asked = await body(request, asked_for.AddRequest)
    await (await _repository(request, asked.path)).add(asked.files)
    return Response()


async def commit_changes(request: Request) -> Response:
    """Commit the index [CommitChanges]."""
    asked = await body(request, asked_for.CommitRequest)
    repository = await _repository(request, asked.path)
    made = await repository.commit(asked.message, asked.author, asked.email, bool(asked.allow_empty))
    return JSONResponse({"hash": made})


async def get_history(request: Request) -> Response:
    """List the commits [GetCommitHistory]."""
    commits = await (await _repository(request)).history()
    return JSONResponse([asdict(commit) for commit in commits])


async def list_branches(request: Request) -> Response:
    """List the branches [ListBranches]."""
    repository = await _repository(request)
    branches = await repository.branches()
    return JSONResponse({"branches": branches, "current": await repository.current_branch()})


async def create_branch(request: Request) -> Response:
    """Make a branch [CreateBranch]."""
    asked = await body(request, asked_for.BranchRequest)
    await (await _repository(request, asked.path)).create_branch(asked.name)
    return Response(status_code=201)


async def delete_branch(request: Request) -> Response:
    """Delete a branch [DeleteBranch]."""
    asked = await body(request, asked_for.BranchRequest)
    await (await _repository(request, asked.path)).delete_branch(asked.name)
    return Response(status_code=204)


async def checkout_branch(request: Request) -> Response:
    """Check out a branch or commit [CheckoutBranch]."""
    asked = await body(request, asked_for.CheckoutRequest)
    await (await _repository(request, asked.path)).checkout(asked.branch)
    return Response()


async def init_repository(request: Request) -> Response:
    """Make a repository [InitRepository]."""
    asked = await body(request, asked_for.InitRequest)
    await (await _repository(request, asked.path)).init(bool(asked.bare), asked.initial_branch)
    return Response(status_code=201)


async def reset_changes(request: Request) -> Response:
    """Move the branch, or take files of the index back [ResetChanges]."""
    asked = await body(request, asked_for.ResetRequest)
    await (await _repository(request, asked.path)).reset(asked.mode, asked.target, asked.files)
    return Response()


async def restore_files(request: Request) -> Response:
    """Take files back [RestoreFiles]."""
    asked = await body(request, asked_for.RestoreRequest)
    repository = await _repository(request, asked.path)
    await repository.restore(asked.files, asked.staged, asked.worktree, asked.source)
    return Response()


async def clone_repository(request: Request) -> Response:
    """Clone a repository [CloneRepository]."""
    asked = await body(request, asked_for.CloneRequest)
    await clone(
        await running(request),
        asked.url,
        asked.path,
        branch=asked.branch,
        commit_id=asked.commit_id,
        depth=asked.depth,
        insecure_skip_tls=bool(asked.insecure_skip_tls),
        username=asked.username,
        password=asked.password,
    )
    return Response()


async def push_changes(request: Request) -> Response:
    """Push a branch [PushChanges]."""
    asked = await body(request, asked_for.PushRequest)
    remotes = Remotes(await _repository(request, asked.path))
    await remotes.push(asked.branch, asked.remote, bool(asked.set_upstream), asked.username, asked.password)
    return Response()


async def pull_changes(request: Request) -> Response:
    """Pull a branch [PullChanges]."""
    asked = await body(request, asked_for.PullRequest)
    remotes = Remotes(await _repository(request, asked.path))
    await remotes.pull(asked.branch, asked.remote, asked.username, asked.password)
    return Response()


async def list_remotes(request: Request) -> Response:
    """List the remotes [ListRemotes]."""
    remotes = await Remotes(await _repository(request)).list()
    return JSONResponse({"remotes": [{"name": name, "url": url} for name, url in remotes]})


async def add_remote(request: Request) -> Response:
    """Add a remote [AddRemote]."""
    asked = await body(request, asked_for.RemoteRequest)
    remotes = Remotes(await _repository(request, asked.path))
    await remotes.add(asked.name, asked.url, bool(asked.fetch), bool(asked.overwrite))
    return Response(status_code=201)


async def get_config(request: Request) -> Response:
    """Say what a config key is set to, null when it isn't [GetGitConfig]."""
    scope, path = request.query_params.get("scope"), request.query_params.get("path")
    settings = GitSettings(await running(request), scope, path)
    return JSONResponse({"value": await settings.get(query(request, "key"))})


async def set_config(request: Request) -> Response:
    """Set a config key [SetGitConfig]."""
    asked = await body(request, asked_for.ConfigRequest)
    await GitSettings(await running(request), asked.scope, asked.path).set(asked.key, asked.value)
    return Response()


async def configure_user(request: Request) -> Response:
    """Say who commits [ConfigureUser]."""
    asked = await body(request, asked_for.UserRequest)
    await GitSettings(await running(request), asked.scope, asked.path).set_user(asked.name, asked.email)
    return Response()


async def authenticate(request: Request) -> Response:
    """Keep credentials in the sandbox [Authenticate]."""
    asked = await body(request, asked_for.StoreRequest)
    host, protocol = asked.host or "github.com", asked.protocol or "https"
    await store_credentials(await running(request), asked.username, asked.password, host, protocol)
    return Response()


routes: list[BaseRoute] = [
    Route("/git/status", get_status, methods=["GET"]),
    Route("/git/add", add_files, methods=["POST"]),
    Route("/git/commit", commit_changes, methods=["POST"]),
    Route("/git/history", get_history, methods=["GET"]),
    Route("/git/branches", list_branches, methods=["GET"]),
    Route("/git/branches", create_branch, methods=["POST"]),
    Route("/git/branches", delete_branch, methods=["DELETE"]),
    Route("/git/checkout", checkout_branch, methods=["POST"]),
    Route("/git/init", init_repository, methods=["POST"]),
    Route("/git/reset", reset_changes, methods=["POST"]),
    Route("/git/restore", restore_files, methods=["POST"]),
    Route("/git/clone", clone_repository, methods=["POST"]),
    Route("/git/push", push_changes, methods=["POST"]),
    Route("/git/pull", pull_changes, methods=["POST"]),
    Route("/git/remotes", list_remotes, methods=["GET"]),
    Route("/git/remotes", add_remote, methods=["POST"]),
    Route("/git/config", get_config, methods=["GET"]),
    Route("/git/config", set_config, methods=["POST"]),
    Route("/git/config/user", configure_user, methods=["POST"]),
    Route("/git/credentials", authenticate, methods=["POST"]),
]
