"""Run the quickstart from nothing: a local server, the real `pulumi up`, work in the sandbox, and destroy.

`make demo` calls it. It uses nothing of the user's own Pulumi, and leaves nothing behind.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.table import Table

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from daytona_httpx import Daytona, DaytonaConfig, DaytonaError  # noqa: E402

from tests.toolchain.engine import Engine, find_engine  # noqa: E402
from tests.toolchain.environment import engine_environment  # noqa: E402

console = Console(highlight=False, soft_wrap=True)
SERVE = [sys.executable, "-m", "daytona_local", "serve", "--port", "0", "--json"]


class DemoError(Exception):
    """Say in one line why the demo can't go on."""


class Demo:
    """Hold what the steps of the demo share.

    Args:
        engine: The Pulumi engine.
        server: What `daytona-local serve --json` printed.
        folder: A private folder for the program, Pulumi's home and the state.
    """

    def __init__(self, engine: Engine, server: dict[str, Any], folder: Path) -> None:
        self.engine = engine
        self.program = folder / "quickstart"
        shutil.copytree(HERE, self.program, ignore=shutil.ignore_patterns("__pycache__", "Pulumi.*.yaml"))
        self.environment = engine_environment(engine, folder / "pulumi", passphrase="demo")
        self.environment |= {"DAYTONA_API_URL": server["url"], "DAYTONA_API_KEY": server["api_key"]}
        self.client = Daytona(DaytonaConfig(api_url=server["url"], api_key=server["api_key"]))
        self.times: list[tuple[str, float]] = []

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Print a title, do the step, and keep its time."""
        console.print(f"\n[bold cyan]{len(self.times) + 1}. {title}[/]")
        started = time.monotonic()
        yield
        self.times.append((title, time.monotonic() - started))

    def pulumi(self, *arguments: str, quiet: bool = False) -> str:
        """Run a pulumi command, show its output, and return it."""
        if not quiet:
            console.print(f"[dim]$ pulumi {' '.join(arguments)}[/]")
        done = subprocess.run(
            [str(self.engine.pulumi), *arguments, "--non-interactive", "--color", "never"],
            cwd=self.program, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode != 0:
            console.print(done.stdout + done.stderr, markup=False)
            raise DemoError(f"pulumi {arguments[0]} failed with exit status {done.returncode}")
        if not quiet:
            lines = [line for line in done.stdout.splitlines() if line.strip()]
            console.print("\n".join(f"  {line}" for line in lines), markup=False)
        return done.stdout

    def outputs(self) -> dict[str, Any]:
        """Return the stack's outputs, secrets included."""
        outputs: dict[str, Any] = json.loads(
            self.pulumi("stack", "output", "--json", "--show-secrets", quiet=True)
        )
        return outputs

    def run(self) -> None:
        """Do every step."""
        with self.step("pulumi up: a volume, and a sandbox that mounts it"):
            self.pulumi("stack", "init", "demo", quiet=True)
            self.pulumi("config", "set", "--secret", "greeting", "hello from a secret", quiet=True)
            self.pulumi("up", "--yes", "--skip-preview")
        with self.step("Work in it: write a file, run a command, open the preview"):
            self._work()
        with self.step("pulumi up with another label and interval: changed in place, nothing is replaced"):
            self._change()
        with self.step("Stopped behind Pulumi's back: pulumi refresh sees it, pulumi up puts it right"):
            self._refresh()
        with self.step("pulumi destroy: nothing is left"):
            self._destroy()
        self._summary()

    def _work(self) -> None:
        outputs = self.outputs()
        sandbox = self.client.get(outputs["sandbox_id"])
        sandbox.fs.upload_file(b"print('Hello from a file in a volume')\n", "/data/hello.py")
        ran = sandbox.process.exec('echo "$GREETING, $(whoami)@$(hostname)"; python3 /data/hello.py')
        console.print(f"  the command printed (exit code {ran.exit_code}):", markup=False)
        console.print("\n".join(f"    {line}" for line in ran.result.splitlines()), markup=False)
        sandbox.process.exec("cd /data && nohup python3 -m http.server 8000 >/tmp/http.log 2>&1 &")
        page = self._get(outputs["preview_url"] + "/hello.py", outputs["preview_token"])
        console.print(
            f"  GET {outputs['preview_url']}/hello.py -> {page.status_code}: {page.text.strip()}",
            markup=False,
        )

    def _get(self, url: str, token: str) -> httpx.Response:
        deadline = time.monotonic() + 15
        while True:
            page = httpx.get(url, headers={"x-daytona-preview-token": token})
            if page.status_code == 200 or time.monotonic() > deadline:
                page.raise_for_status()
                return page
            time.sleep(0.1)  # the web server in the sandbox is still starting

    def _change(self) -> None:
        before = self.outputs()["sandbox_id"]
        self.pulumi("config", "set", "purpose", "demo", quiet=True)
        self.pulumi("config", "set", "autoStopMinutes", "60", quiet=True)
        self.pulumi("up", "--yes", "--skip-preview", "--diff")
        sandbox = self.client.get(before)
        if self.outputs()["sandbox_id"] != before or sandbox.auto_stop_interval != 60:
            raise DemoError("the sandbox was replaced, or its interval was not changed")
        console.print(f"  the same sandbox {before}, now with auto-stop after 60 minutes", markup=False)

    def _refresh(self) -> None:
        self.client.get(self.outputs()["sandbox_id"]).stop()
        self.pulumi("refresh", "--yes", "--skip-preview", "--diff")
        deployed = json.loads(self.pulumi("stack", "export", quiet=True))["deployment"]["resources"]
        states = [item["outputs"]["state"] for item in deployed if item["type"].endswith("daytona:Sandbox")]
        if states != ["stopped"]:
            raise DemoError("refresh did not see that the sandbox stopped")
        self.pulumi("up", "--yes", "--skip-preview")
        found = self.client.get(self.outputs()["sandbox_id"]).state
        if found != "started":
            raise DemoError(f"up left the sandbox {found}")
        console.print("  refresh saw: stopped; after up it is: started", markup=False)

    def _destroy(self) -> None:
        self.pulumi("destroy", "--yes", "--skip-preview")
        left = [sandbox.name for sandbox in self.client.list()] + [
            volume.name for volume in self.client.volume.list()
        ]
        if left:
            raise DemoError(f"still there after destroy: {', '.join(left)}")
        console.print("  sandboxes: none, volumes: none", markup=False)

    def _summary(self) -> None:
        table = Table(title="What it took", title_justify="left")
        table.add_column("step")
        table.add_column("seconds", justify="right")
        for title, seconds in self.times:
            table.add_row(title, f"{seconds:.1f}")
        console.print()
        console.print(table)


@contextmanager
def local_server(folder: Path) -> Iterator[dict[str, Any]]:
    """Start `daytona-local serve` on a free port with a new key, and end it afterwards."""
    command = [*SERVE, "--data-dir", str(folder / "server"), "--runtime", runtime()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            if not line:
                raise DemoError("the local server did not start; its own words are above")
            yield json.loads(line)
        finally:
            process.terminate()


def runtime() -> str:
    """Return how sandboxes run here: isolated where that is possible, else plainly, and say so."""
    from daytona_local.runtime import RuntimeFailedError, choose_runtime

    with tempfile.TemporaryDirectory() as folder:
        try:
            return choose_runtime("auto", Path(folder)).name
        except RuntimeFailedError as reason:
            console.print(f"{reason}", style="yellow", markup=False)
            console.print("Going on with --runtime process: what runs in a sandbox runs as you, not isolated")
            return "process"


def main() -> int:
    """Run the demo and return the exit status."""
    engine = find_engine()
    if engine is None:
        console.print("demo: no Pulumi engine is in place; run `make engine`", style="red")
        return 1
    try:
        with tempfile.TemporaryDirectory(prefix="pulumi-daytona-demo-") as name:
            folder = Path(name)
            with local_server(folder) as server:
                console.print(
                    f"Pulumi {engine.version}, and a local server at {server['url']} "
                    f"(sandboxes run under {server['runtime']}); no account, nothing leaves this machine",
                    markup=False,
                )
                Demo(engine, server, folder).run()
    except (DemoError, DaytonaError, httpx.HTTPError) as error:
        console.print(f"demo: {error}", style="red", markup=False)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
