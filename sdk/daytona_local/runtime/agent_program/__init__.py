"""The program that runs as a sandbox's own daemon: it starts processes and opens files for the server.

It uses the standard library only, since it runs with whatever Python is inside. Server and agent exchange
JSON messages over a socket pair; file contents, pipes and connections travel as file descriptors. A path
is thereby resolved inside the sandbox, by the kernel: no link or dot-dot leads out.
"""

from .channel import Message, receive, send

__all__ = ["Message", "receive", "send"]
