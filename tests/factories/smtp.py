"""A mail server of a few lines, with answers that a test chooses."""

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

from pytest_django import Settings


class MailServer(socketserver.ThreadingTCPServer):
    """`recipient` is its answer to a recipient; it `hangs_up` after the text without an answer."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.taken: list[str] = []
        self.recipient = "250 ok"
        self.hangs_up = False

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline().decode().strip():
            word = line.upper()
            if word.startswith("RCPT"):
                self._say(self.server.recipient)
            elif word.startswith("DATA"):
                self._say("354 go on")
                self.server.taken.append(self._text())
                if self.server.hangs_up:
                    return
                self._say("250 taken")
            elif word.startswith("QUIT"):
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _text(self) -> str:
        lines: list[str] = []
        while (line := self.rfile.readline().decode()) != ".\r\n":
            lines.append(line)
        return "".join(lines)

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def mail_server(settings: Settings) -> Iterator[MailServer]:
    """The installation sends to this server; it is away again after the block."""
    with MailServer() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        point_at(settings, server.port)
        yield server
        server.shutdown()


def point_at(settings: Settings, port: int) -> None:
    facts: dict[str, Any] = {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": port,
        "EMAIL_USE_TLS": False,
        "EMAIL_HOST_USER": "",
        "EMAIL_TIMEOUT": 5,
    }
    for name, value in facts.items():
        setattr(settings, name, value)
