"""Tells systemd what it waits for (`Type=notify`): that pages are served, that we are stopping.

A datagram to the socket named in NOTIFY_SOCKET, as sd_notify(3) describes; nothing without one.
"""

import os
import socket


def ready(address: str) -> None:
    """Pages are answered: `systemctl start` may return."""
    _say(f"READY=1\nSTATUS=Serving at {address}")


def stopping() -> None:
    _say("STOPPING=1\nSTATUS=Stopping")


def _say(text: str) -> None:
    name = os.environ.get("NOTIFY_SOCKET", "")
    if not name:
        return
    address = "\0" + name[1:] if name.startswith("@") else name
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
            sender.connect(address)
            sender.send(text.encode())
    except OSError:
        return  # whoever waits learns from its own limit of time
