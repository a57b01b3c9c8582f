"""Pages beside the raw SQL each needs and an empty view of the same server."""

import threading
import time
from pathlib import Path

from bench.large.comparing import looking_at
from bench.large.lists import beside
from bench.server import Platform
from bench.table import Row

LEAST_RATE = 0.5  # of the request rate of an empty view
THREADS = 4
SECONDS = 3.0

# name, address, who looks
PAGES = (
    ("oversight", "/programme/", "programme"),
    ("desk", "/desk/", "manager"),
    ("portal home", "/", ""),
    ("cluster page", "/clusters/euka/", ""),
    ("list of members", "/members/", "manager"),
    ("list of contacts", "/members/own/contacts/", "manager"),
    ("tasks", "/members/own/tasks/", "manager"),
    ("target groups", "/members/own/target-groups/", "manager"),
    ("reach", "/members/own/reach/", "manager"),
    ("reach of the programme", "/programme/reach/", "programme"),
    ("team", "/members/own/team/", "manager"),
    ("search for organisations", "/directory/?find=air", "manager"),
    ("picker", "/directory/picker/?name=one&one_find=air", "manager"),
    ("duplicates", "/directory/duplicates/", "manager"),
    ("the register", "/directory/register/", "steward"),
    ("quick search", "/desk/search/?q=air", "manager"),
    ("activities", "/activities/", "manager"),
    ("participation", "/activities/own/participation/", "manager"),
    ("calendar of all clusters", "/agenda/", ""),
    ("calendar to follow", "/agenda/calendar.ics", ""),
    ("calendar in a frame", "/embed/nl/air-cargo-belgium/agenda/", ""),
)
ACTIVITY = "activities:activity_detail"
# name, the page that links to it, the views on the way, who looks
LINKED = (
    ("a member's file", "/members/", ("members:membership_detail",), "manager"),
    ("a contact", "/members/own/contacts/", ("members:contact_detail",), "manager"),
    ("an activity", "/activities/", (ACTIVITY,), "manager"),
    ("its registrations", "/activities/", (ACTIVITY, "activities:registration_list"), "manager"),
    ("its list at the door", "/activities/", (ACTIVITY, "activities:door"), "manager"),
    ("an activity on the calendar", "/agenda/", ("agenda:agenda_detail",), ""),
    ("the form to register", "/agenda/", ("agenda:agenda_detail", "agenda:register"), ""),
)


def page_rows(var: Path) -> list[Row]:
    """In seconds of processor, inside a process: no network is measured."""
    with looking_at(var, "") as looker:
        pages = [(name, looker.ask(person=who, where=at), who) for name, at, who in PAGES]
        for name, at, views, who in LINKED:
            page = looker.ask(person=who, where=at)
            for view in views:
                page = looker.ask(person=who, link=page, view=view)
            pages.append((name, page, who))
        return [beside(name, looker.ask(person=who, weigh=at)) for name, at, who in pages]


def rate_row(platform: Platform) -> Row:
    """Requests a second of the front page against the empty view, four visitors at once."""
    rates = {path: _rate(platform, path) for path in ("/empty/", "/", "/empty/", "/")}
    ratio = LEAST_RATE * rates["/empty/"] / rates["/"]
    return Row(
        "portal home, rate",
        f"{rates['/']:.0f}/s",
        f"{LEAST_RATE * rates['/empty/']:.0f}/s",
        ratio,
        f"half of the empty view's {rates['/empty/']:.0f}/s, {THREADS} visitors",
    )


def _rate(platform: Platform, path: str) -> float:
    done = [0] * THREADS
    until = time.perf_counter() + SECONDS

    def visit(number: int) -> None:
        visitor = platform.visitor()
        while time.perf_counter() < until:
            visitor.get(path)
            done[number] += 1

    threads = [threading.Thread(target=visit, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / SECONDS
