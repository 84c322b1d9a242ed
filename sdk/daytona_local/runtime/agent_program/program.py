"""Serve the server's requests: each in a thread of its own, so that a slow one holds up no other."""

from __future__ import annotations

import errno
import os
import socket
import sys
import threading
from collections.abc import Callable

from .channel import Answer, Message, receive, send

Operation = Callable[[Message, list[int]], Answer]


class Program:
    """Answer requests on a channel until the server is gone.

    What answers them is imported with the first one: a sandbox that nobody uses takes less memory, and starts
    sooner.
    """

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._operations: dict[str, Operation] = {}

    def serve(self) -> None:
        """Answer until the server is gone, then end what is still running."""
        received = receive(self._channel)
        if received is None:
            return
        from . import copies, files, measures, ports, search, uploads
        from .processes import Processes

        processes = Processes(lambda exit_: send(self._channel, exit_))
        self._operations |= processes.operations
        for module in (files, uploads, search, ports, measures, copies):
            self._operations |= module.OPERATIONS
        try:
            while received is not None:
                self._begin(*received)
                received = receive(self._channel)
        finally:
            processes.close()

    def _begin(self, message: Message, fds: list[int]) -> None:
        try:
            threading.Thread(target=self._answer, args=(message, fds), daemon=True).start()
        except RuntimeError:  # the sandbox has as many processes as it may have; to end some must be possible
            self._answer(message, fds)

    def _answer(self, message: Message, fds: list[int]) -> None:
        sent: tuple[int, ...] = ()
        try:
            if "errno" in message:  # its descriptors found no place here
                raise OSError(message["errno"], message["error"])
            answer, sent = self._operations[message["do"]](message, fds)
        except OSError as error:
            answer = {"errno": error.errno, "error": error.strerror or str(error), "path": error.filename}
        except MemoryError:
            answer = {"errno": errno.ENOMEM, "error": os.strerror(errno.ENOMEM)}
        except Exception as error:  # whatever it is: the server waits for an answer
            answer = {"errno": errno.EINVAL, "error": str(error) or type(error).__name__}
        self._finish(message, fds, answer, sent)

    def _finish(self, message: Message, fds: list[int], answer: Message, sent: tuple[int, ...] = ()) -> None:
        try:
            send(self._channel, {"id": message["id"], **answer}, sent)
        except ValueError as error:
            send(self._channel, {"id": message["id"], "errno": errno.EMSGSIZE, "error": str(error)})
        finally:
            for fd in (*fds, *sent):
                os.close(fd)


def _hide() -> None:
    """Let no process of the sandbox trace the agent or reach into its descriptors."""
    import ctypes

    ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)  # PR_SET_DUMPABLE


def main() -> None:
    """Serve on a descriptor, from a folder: the last arguments name it, the home, and the folder."""
    descriptor, home, folder = sys.argv[-3:]
    channel = socket.socket(fileno=int(descriptor))
    channel.set_inheritable(False)
    os.umask(0o022)
    for needed in (home, folder):
        os.makedirs(needed, exist_ok=True)
    os.chdir(folder)
    _hide()
    program = Program(channel)
    send(channel, {"ready": os.getpid()})
    program.serve()  # in a namespace of its own the rest ends with this process
