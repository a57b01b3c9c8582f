"""A provider of OpenID Connect on this machine: discovery, keys, tokens, facts about a person."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT = "clusterwerk"


@dataclass
class Provider:
    """What it says about whoever signs in, and what it was asked."""

    issuer: str = ""
    person: dict[str, Any] = field(default_factory=dict)
    is_away: bool = False
    asked: list[dict[str, list[str]]] = field(default_factory=list)
    key: rsa.RSAPrivateKey = field(
        default_factory=lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        to_jwk: Callable[..., dict[str, str]] = RSAAlgorithm.to_jwk
        public = to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [public | {"kid": "1", "use": "sig", "alg": "RS256"}]}

    def token(self) -> dict[str, Any]:
        now = int(time.time())
        facts = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 60} | self.person
        signed = jwt.encode(facts, self.key, algorithm="RS256", headers={"kid": "1"})
        return {"access_token": "access", "token_type": "Bearer", "id_token": signed}


@contextmanager
def running_provider() -> Iterator[Provider]:
    provider = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider))
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers: dict[str, Callable[[], dict[str, Any]]] = {
                "/.well-known/openid-configuration": provider.discovery,
                "/jwks": provider.keys,
                "/userinfo": lambda: provider.person,
            }
            self._answer(answers[self.path]())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            provider.asked.append(parse_qs(body))
            self._answer(provider.token())

        def _answer(self, facts: dict[str, Any]) -> None:
            self.send_response(503 if provider.is_away else 200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(facts).encode())

        def log_message(self, *_words: object) -> None:
            """Silent."""

    return Handler
