"""What the tables of the rehearsal let people do, through the pages they would use."""

import urllib.parse
import urllib.request
from pathlib import Path

from newcomer import READY, TOKEN, BrokenPromise, Visitor
from rehearsed.page import Act


class Person(Visitor):
    """A visitor who reads English and may change the password."""

    def enter(self, who: str, password: str) -> None:
        self.post("/preferences/language/", {"language": "en", "next": "/"})
        self.sign_in(who, password)

    def post(self, path: str, fields: dict[str, str]) -> str:
        request = urllib.request.Request(
            self.address + path, urllib.parse.urlencode(fields).encode()
        )
        request.add_header("Referer", self.address + path)
        with self.open(request, timeout=30) as answer:
            return str(answer.read().decode())

    def set_password(self, path: str, old: str, new: str) -> str:
        token = TOKEN.search(self.get(path))
        if not token:
            raise BrokenPromise(f"{path} has no form")
        fields = {"oldpassword": old, "password1": new, "password2": new}
        return self.post(path, fields | {"csrfmiddlewaretoken": token[1]})


def do(act: Act, place: Path) -> None:
    """One row of a table; BrokenPromise when what must be seen is not."""
    person = Person(address_in(place))
    if act.is_refused:
        expect_refusal(person, act)
        return
    person.enter(act.who, act.password)
    if act.sets:
        page = person.set_password(act.opens, act.password, act.sets)
        Person(person.address).enter(act.who, act.sets)
    else:
        page = person.get(act.opens)
    missing = [text for text in act.sees if text not in page]
    if missing:
        raise BrokenPromise(f"{act.who} does not see {', '.join(missing)} at {act.opens}")
    if act.keeps:
        (place / "elsewhere" / act.keeps).write_bytes(page.encode())


def expect_refusal(person: Person, act: Act) -> None:
    try:
        person.enter(act.who, act.password)
    except BrokenPromise as refusal:
        if "cannot sign in" in str(refusal):
            return
        raise
    raise BrokenPromise(f"{act.who} can still sign in")


def address_in(place: Path) -> str:
    """Where the program said it answers."""
    log = place / "serve.log"
    found = READY.search(log.read_text("utf-8")) if log.exists() else None
    if not found:
        raise BrokenPromise("a table comes before `start`")
    return found[1]
