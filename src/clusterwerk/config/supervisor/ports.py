"""A port of our own: free when chosen, and kept from others for as long as we live."""

import errno
import socket
import sys
from dataclasses import dataclass

TRIES = 50


@dataclass(frozen=True)
class Port:
    """A reserved port; the reservation ends with `release` or with the process."""

    number: int
    reservation: socket.socket | None

    def release(self) -> None:
        if self.reservation:
            self.reservation.close()


LAST = 65_535


def reserve(host: str, first: int, *, or_another: bool = True) -> Port:
    """The first free port from `first` on; OSError when host cannot be used or all are taken.

    or_another: whether another one than `first` is of any use.

    On Linux a bound socket that does not listen keeps the port for the web server, which binds
    with SO_REUSEPORT as the same user, while other programs and other starts are refused.
    """
    last = min(first + TRIES - 1, LAST) if or_another else first
    for number in range(first, last + 1):
        try:
            holder = _bind(host, number)
        except OSError as error:
            if not _is_taken(error):
                raise
            continue
        return _kept(holder, number)
    taken = f"The ports {first} to {last} are all" if or_another else f"Port {first} is"
    message = f"{taken} taken."
    raise OSError(message)


def require(host: str, number: int) -> None:
    """OSError when a web server cannot listen there; beside another web server of ours it can."""
    _bind(host, number, is_shared=True).close()


def _bind(host: str, number: int, *, is_shared: bool = False) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    holder = socket.socket(family, socket.SOCK_STREAM)
    # Connections of an earlier server that are still closing are no reason to move on.
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if is_shared and hasattr(socket, "SO_REUSEPORT"):
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    try:
        holder.bind((host, number))
    except OSError:
        holder.close()
        raise
    return holder


def _kept(holder: socket.socket, number: int) -> Port:
    if sys.platform != "linux":
        holder.close()
        return Port(number, None)
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    return Port(number, holder)


def _is_taken(error: OSError) -> bool:
    return error.errno == errno.EADDRINUSE
