"""Git in a sandbox, with a remote repository that is a folder of the same sandbox."""

from __future__ import annotations

from typing import Any

from .outcome import fields, is_id, refused
from .use import Use


async def init(use: Use) -> Any:
    """Make a repository for a remote, and one to work in."""
    home = await use.sandbox.get_user_home_dir()
    use.kept["remote"] = f"file://{home}/remote.git"
    await use.sandbox.git.init("remote.git", bare=True, initial_branch="main")
    await use.sandbox.git.init("work", initial_branch="main")
    return fields(await use.sandbox.git.status("work"), "current_branch file_status ahead behind detached")


async def configure(use: Use) -> Any:
    """Say who commits."""
    git = use.sandbox.git
    await git.configure_user("A Name", "a@example.com", scope="local", path="work")
    await git.set_config("core.editor", "true", scope="local", path="work")
    return [
        await git.get_config("user.name", scope="local", path="work"),
        await git.get_config("user.email", scope="local", path="work"),
        await git.get_config("core.editor", scope="local", path="work"),
        await git.get_config("core.nothing", scope="local", path="work"),
    ]


async def status(use: Use) -> Any:
    """See a new file, before and after it is added."""
    await use.sandbox.fs.upload_file(b"one\n", "work/a.txt")
    before = await use.sandbox.git.status("work")
    await use.sandbox.git.add("work", ["a.txt"])
    after = await use.sandbox.git.status("work")
    return [[fields(file, "name staging worktree") for file in seen.file_status] for seen in (before, after)]


async def commit(use: Use) -> Any:
    """Commit it, and once more with nothing in it."""
    first = await use.sandbox.git.commit("work", "A first one", "A Name", "a@example.com")
    second = await use.sandbox.git.commit("work", "Empty", "B Name", "b@example.com", allow_empty=True)
    log = await use.sh("git -C work log --format='%an %ae %s'")
    return [is_id(first.sha), first.sha != second.sha, log]


async def nothing_to_commit(use: Use) -> Any:
    """What has no changes can't be committed."""
    return await refused(use.sandbox.git.commit, "work", "Nothing", "A Name", "a@example.com")


async def remotes(use: Use) -> Any:
    """Name a remote."""
    git = use.sandbox.git
    await git.remote_add("work", "origin", use.kept["remote"])
    found = await git.remotes("work")
    again = await refused(git.remote_add, "work", "origin", use.kept["remote"])
    await git.remote_add("work", "origin", use.kept["remote"], overwrite=True)
    same = await git.remote_get("work", "origin") == use.kept["remote"]
    return [[remote.name for remote in found.remotes], again, same, await git.remote_get("work", "nobody")]


async def push(use: Use) -> Any:
    """Push to it."""
    await use.sandbox.git.push("work", branch="main", remote="origin", set_upstream=True)
    seen = fields(await use.sandbox.git.status("work"), "current_branch ahead behind branch_published")
    return [seen, await use.sh("git -C remote.git log --oneline main | wc -l")]


async def clone(use: Use) -> Any:
    """Clone it: all of it, the newest commit, one branch."""
    git, remote = use.sandbox.git, use.kept["remote"]
    await git.clone(remote, "cloned")
    await git.clone(remote, "shallow", branch="main", depth=1)
    counts = [await use.sh(f"git -C {name} log --oneline | wc -l") for name in ("cloned", "shallow")]
    return [counts, await refused(git.clone, remote + "-nothing", "never")]


async def pull(use: Use) -> Any:
    """Pull what another one pushed."""
    git = use.sandbox.git
    await use.sandbox.fs.upload_file(b"two\n", "work/b.txt")
    await git.add("work", ["."])
    await git.commit("work", "A second", "A Name", "a@example.com")
    await git.push("work")
    await git.pull("cloned")
    return [sorted((await use.sh("ls cloned")).split()), (await git.status("cloned")).behind]


async def branches(use: Use) -> Any:
    """Make a branch, check it out, and delete another."""
    git = use.sandbox.git
    await git.create_branch("work", "topic")
    await git.create_branch("work", "passing")
    await git.checkout_branch("work", "topic")
    await git.delete_branch("work", "passing")
    found = await git.branches("work")
    return [
        sorted(found.branches),
        (await git.status("work")).current_branch,
        await refused(git.create_branch, "work", "topic"),
        await refused(git.checkout_branch, "work", "nowhere"),
        await refused(git.delete_branch, "work", "nowhere"),
    ]


async def dirty(use: Use) -> Any:
    """Changes are not lost by a checkout."""
    git = use.sandbox.git
    await use.sandbox.fs.upload_file(b"other\n", "work/a.txt")
    await git.add("work", ["a.txt"])
    await git.commit("work", "On the topic", "A Name", "a@example.com")
    await use.sandbox.fs.upload_file(b"not committed\n", "work/a.txt")
    found = await refused(git.checkout_branch, "work", "main")
    return [found, await use.sh("cat work/a.txt")]


async def restore(use: Use) -> Any:
    """Take back what was changed, in the index and in the files."""
    git = use.sandbox.git
    await git.add("work", ["a.txt"])
    await git.restore("work", ["a.txt"], staged=True)
    staged = (await git.status("work")).file_status[0].staging.value
    await git.restore("work", ["a.txt"], worktree=True)
    return [staged, await use.sh("cat work/a.txt")]


async def reset(use: Use) -> Any:
    """Go back by a commit."""
    await use.sandbox.git.reset("work", mode="hard", target="HEAD~1")
    return [await use.sh("cat work/a.txt"), await use.sh("git -C work log -1 --format=%s")]


async def authenticate(use: Use) -> Any:
    """Keep credentials for a host, readable by everyone in the sandbox."""
    await use.sandbox.git.dangerously_authenticate("a-user", "a-password", host="git.example.com")
    return await use.sh("printf 'protocol=https\nhost=git.example.com\n' | git credential fill | sort")


async def not_a_repository(use: Use) -> Any:
    """What is no repository says so."""
    git = use.sandbox.git
    return [await refused(git.status, "inbox"), await refused(git.branches, "nothing")]


CASES = [
    init, configure, status, commit, nothing_to_commit, remotes, push, clone, pull, branches, dirty, restore,
    reset, authenticate, not_a_repository,
]  # fmt: skip
