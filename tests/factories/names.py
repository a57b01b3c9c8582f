"""A name server on this machine that knows what a test tells it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from dns import flags, message, rcode, rdatatype, rrset

Texts = dict[str, list[str]]


@contextmanager
def name_server(texts: Texts, *, silent: bool = False) -> Iterator[str]:
    """Answers questions for TXT records; yields its address. Silent: it never answers."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.settimeout(0.2)
        done = threading.Event()
        thread = threading.Thread(target=_serve, args=(server, texts, silent, done))
        thread.start()
        try:
            yield f"127.0.0.1:{server.getsockname()[1]}"
        finally:
            done.set()
            thread.join()


def _serve(server: socket.socket, texts: Texts, silent: bool, done: threading.Event) -> None:
    while not done.is_set():
        try:
            asked, sender = server.recvfrom(2048)
        except TimeoutError:
            continue
        if not silent:
            server.sendto(_answer(message.from_wire(asked), texts), sender)


def _answer(asked: message.QueryMessage | message.Message, texts: Texts) -> bytes:
    name = asked.question[0].name
    known = texts.get(str(name).rstrip("."))
    answer = message.make_response(asked)
    answer.flags |= flags.AA
    if known is None:
        answer.set_rcode(rcode.NXDOMAIN)
    elif asked.question[0].rdtype == rdatatype.TXT:
        quoted = [f'"{text}"' for text in known]
        answer.answer.append(rrset.from_text(name, 60, "IN", "TXT", *quoted))
    return answer.to_wire()
