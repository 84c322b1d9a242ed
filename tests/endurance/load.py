"""Clients that make, use, change and delete sandboxes, each on its own, while the server comes and goes."""

from __future__ import annotations

import asyncio
from random import Random
from typing import Any

import httpx

from tests.endurance.generations import LIMIT_S, Generations
from tests.endurance.ledger import Box, Known

MOST_BOXES = 3
CONFLICT = 409


class RefusedError(Exception):
    """Say that the server has answered no."""


class Client:
    """Send orders, and take note of what is answered.

    Args:
        number: Which client it is; its names and choices follow from that.
        generations: The server.
        http: What it is reached by.

    Attributes:
        boxes: Every sandbox that it has ever ordered.
        answered: How many answers have come, counted by all clients together.
        surprises: Refusals that nothing explains.
    """

    answered = 0

    def __init__(self, number: int, generations: Generations, http: httpx.AsyncClient) -> None:
        self.boxes: list[Box] = []
        self.surprises: list[str] = []
        self._number = number
        self._generations = generations
        self._http = http
        self._random = Random(number)

    @property
    def _base(self) -> str:
        return str(self._generations.said["url"]).removesuffix("/api")

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._generations.said['api_key']}"}

    async def work(self) -> None:
        """Send orders for ever; one whose answer never comes is over."""
        while True:
            await self._generations.up.wait()
            try:
                await self._one_order()
            except httpx.TransportError:
                await asyncio.sleep(0)  # killed, or not yet there again
            except RefusedError:
                continue

    async def _one_order(self) -> None:
        for box in self.boxes:
            if not box.id and box.gone.values == [False]:
                await self._look(box)
                return
        mine = [box for box in self.boxes if box.must_exist]
        if not mine or (len(mine) < MOST_BOXES and self._random.random() < 0.4):
            await self._create()
        else:
            orders = (self._write, self._write, self._label, self._stop, self._start, self._delete)
            await self._random.choice(orders)(self._random.choice(mine))

    async def _create(self) -> None:
        labels = {"n": str(len(self.boxes))}
        box = Box(f"box-{self._number}-{len(self.boxes)}", Known(labels))
        self.boxes.append(box)
        body = {"name": box.name, "labels": labels, "autoStopInterval": 0}
        box.id = (await self.send("POST", "/api/sandbox", json=body))["id"]

    async def _look(self, box: Box) -> None:
        """Find out what has become of a create whose answer was lost."""
        found = await self.send("GET", "/api/sandbox", params={"name": box.name})
        ids = [item["id"] for item in found["items"] if item["name"] == box.name]
        box.id, box.gone = (ids[0], box.gone) if ids else ("", Known(True))

    async def _write(self, box: Box) -> None:
        if box.state.values != ["started"]:
            await self._start(box)
            return
        name, content = self._random.choice("ab"), self._random.randbytes(2000)
        with box.files.setdefault(name, Known(None)).becoming(content):
            path = f"/toolbox/{box.id}/files/upload-v2"
            await self.send("POST", path, box.files[name], params={"path": name}, content=content)

    async def _label(self, box: Box) -> None:
        labels = {"n": str(self._random.random())}
        with box.labels.becoming(labels):
            await self.send("PUT", f"/api/sandbox/{box.id}/labels", box.labels, json={"labels": labels})

    async def _stop(self, box: Box) -> None:
        if box.state.values == ["stopped"]:
            return
        with box.state.becoming("stopped"):
            await self.send("POST", f"/api/sandbox/{box.id}/stop", box.state)

    async def _start(self, box: Box) -> None:
        with box.state.becoming("started"):
            await self.send("POST", f"/api/sandbox/{box.id}/start", box.state)

    async def _delete(self, box: Box) -> None:
        with box.gone.becoming(True):
            await self.send("DELETE", f"/api/sandbox/{box.id}", box.gone)

    async def read(self, box: Box, name: str) -> bytes | None:
        """Return what a file has in it, None where it isn't there."""
        answer = await self._http.get(
            f"{self._base}/toolbox/{box.id}/files/download",
            params={"path": name}, headers=self._headers, timeout=LIMIT_S,
        )  # fmt: skip
        assert answer.status_code in (200, 400, 404), answer.text
        return answer.content if answer.is_success else None

    async def is_stopped(self, sandbox_id: str) -> bool:
        """Tell whether a sandbox is stopped."""
        state: str = (await self.send("GET", f"/api/sandbox/{sandbox_id}"))["state"]
        return state == "stopped"

    async def send(self, method: str, path: str, known: Known[Any] | None = None, **sent: Any) -> Any:
        """Send an order, and return its answer.

        Raises:
            RefusedError: It was refused; then what it would have changed is as it was.
            httpx.TransportError: No answer has come.
        """
        url = f"{self._base}{path}"
        answer = await self._http.request(method, url, headers=self._headers, timeout=LIMIT_S, **sent)
        Client.answered += 1
        if answer.is_success:
            return answer.json()
        if known is not None:
            known.refused()
        if answer.status_code != CONFLICT and not _explained(answer):
            self.surprises.append(f"{method} {path}: {answer.status_code} {answer.text}")
        raise RefusedError


def _explained(answer: httpx.Response) -> bool:
    """Tell whether a refusal follows from an order before it whose answer was lost, or that goes on still."""
    return "stoppable state" in answer.text or "its toolbox needs it started" in answer.text
