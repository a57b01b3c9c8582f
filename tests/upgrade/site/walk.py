"""Walks the pages of an upgraded database as every person of the demo, and does the main actions.

Run as a process of its own with DATABASE_URL set; answers in JSON: the status of each page by
person, and what came of the actions.
"""

import json
import re
from collections import deque
from typing import Any

import django

django.setup()

from allauth.mfa.models import Authenticator  # noqa: E402 - needs the line before
from allauth.mfa.totp.internal.auth import (  # noqa: E402
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt  # noqa: E402
from django.test import Client  # noqa: E402

from clusterwerk.config.demo.people import DEMO_PASSWORD, DEMO_PEOPLE, MANAGED  # noqa: E402
from clusterwerk.platform.access.commands import seats_of_command  # noqa: E402
from clusterwerk.platform.access.session import acting  # noqa: E402

OK = 200

LINK = re.compile(r'href="(/[^"#]*)"')
MOST = 25  # pages of a person
LEFT_OUT = ("/static/", "/accounts/logout", "/sign-in/")
STARTS = ("/", "/desk/", "/account/")
SECOND_STEP = "/accounts/2fa/authenticate/"


def visitor() -> Client:
    """Somebody with a browser; an error of a page is its status, so that the test names it."""
    headers = {"Accept-Language": "en"}
    return Client(SERVER_NAME="localhost", headers=headers, raise_request_exception=False)


def signed_in(email: str) -> Client:
    """By password, and by the code of the app where the account asks for it."""
    client = visitor()
    answer = client.post("/accounts/login/", {"login": email, "password": DEMO_PASSWORD})
    if answer.headers.get("Location", "").startswith(SECOND_STEP):
        client.post(SECOND_STEP, {"code": code_of(email)})
    assert client.get("/account/").status_code == OK, email
    return client


def code_of(email: str) -> str:
    with acting(seats_of_command()):
        kept = Authenticator.objects.get(user__email=email, type=Authenticator.Type.TOTP)
    secret = decrypt(kept.data["secret"])
    return str(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))


def pages(client: Client) -> dict[str, int]:
    """Status of each page that links reach, the first of each kind first."""
    found: dict[str, int] = {}
    waiting = deque(STARTS)
    kinds: dict[str, int] = {}
    while waiting and len(found) < MOST:
        address = waiting.popleft()
        kind = re.sub(r"\d+|(?<=clusters/)[^/]+|\?.*", "*", address)
        if address in found or address.startswith(LEFT_OUT) or kinds.get(kind, 0) >= 2:
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = client.get(address, follow=True)
        found[address] = answer.status_code
        if not answer.streaming and "html" in answer.headers.get("Content-Type", ""):
            waiting.extend(LINK.findall(answer.content.decode()))
    return found


def actions(client: Client) -> dict[str, Any]:
    """A profile is changed; the desk of the manager records a count."""
    profile = client.post("/account/", {"name": "Mira Opgewaardeerd", "language": "en"})
    count = client.post("/desk/record/", {"cluster": MANAGED}, follow=True)
    return {
        "profile": profile.status_code,
        "name": "Mira Opgewaardeerd" in client.get("/account/").content.decode(),
        "count": count.status_code,
    }


def main() -> None:
    walked = {"nobody": pages(visitor())}
    for person in DEMO_PEOPLE:
        walked[person.key] = pages(signed_in(person.email))
    done = actions(signed_in(DEMO_PEOPLE[0].email))
    print(json.dumps({"pages": walked, "actions": done}))  # noqa: T201 - read by the test


if __name__ == "__main__":
    main()
