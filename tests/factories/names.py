"""A name server on this machine that knows what a test tells it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from dns import flags, message, rcode, rdatatype, rrset

Texts = dict[str, list[str]]


@contextmanager
def name_server(
    texts: Texts, *, silent: bool = False, exchanges: Texts | None = None
) -> Iterator[str]:
    """Answers questions for TXT and MX records; yields its address. Silent: it never answers.

    Exchanges are as in `10 mail.example.org.`
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.settimeout(0.2)
        done = threading.Event()
        thread = threading.Thread(
            target=_serve, args=(server, {"TXT": texts, "MX": exchanges or {}}, silent, done)
        )
        thread.start()
        try:
            yield f"127.0.0.1:{server.getsockname()[1]}"
        finally:
            done.set()
            thread.join()


def _serve(
    server: socket.socket, records: dict[str, Texts], silent: bool, done: threading.Event
) -> None:
    while not done.is_set():
        try:
            asked, sender = server.recvfrom(2048)
        except TimeoutError:
            continue
        if not silent:
            server.sendto(_answer(message.from_wire(asked), records), sender)


def _answer(asked: message.QueryMessage | message.Message, records: dict[str, Texts]) -> bytes:
    name = asked.question[0].name
    kind = rdatatype.to_text(asked.question[0].rdtype)
    known = {each: held.get(str(name).rstrip(".")) for each, held in records.items()}
    answer = message.make_response(asked)
    answer.flags |= flags.AA
    if not any(values is not None for values in known.values()):
        answer.set_rcode(rcode.NXDOMAIN)
    elif values := known.get(kind):
        written = [f'"{value}"' for value in values] if kind == "TXT" else values
        answer.answer.append(rrset.from_text(name, 60, "IN", kind, *written))
    return answer.to_wire()
