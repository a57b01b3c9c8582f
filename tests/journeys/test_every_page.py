"""Every page that a person of the demo can reach by links, looked at once; a test for each person.

The walk begins at the front page and the desk and follows the links of each page; of addresses of
one shape (view and keys of the query) each person opens one. At 390 pixels every page must answer,
fit its width, name its language and have one heading of the first level; at the first visit to its
shape axe looks too, then at the colours of the dark theme and at the width of a desk. Every second
person reads English. What links do not reach is named in `ELSEWHERE`, so that a page cannot be
forgotten.
"""

import itertools
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.mail import EmailMessage
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import Browser, ConsoleMessage, Page, Response
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from clusterwerk.config.demo.people import DEMO_PEOPLE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("demo")]
SignIn = Callable[[Page, str], None]
Shape = tuple[str, tuple[str, ...]]

NARROW, WIDE = 390, 1440
NOBODY = ""
PEOPLE = (NOBODY, *(person.key for person in DEMO_PEOPLE))
LANGUAGES = dict(zip(PEOPLE, itertools.cycle(("nl", "en")), strict=False))
OWN = {"desk:home"}  # another page for each person
SAME = ("portal:", "ui:", "mail:", "embeds:")  # the same for everybody who is signed in
STARTS = ("/", "/desk/", "/accounts/login/", "/mail/")
SEARCHES = {"manager": "/directory/?find=li", "steward": "/directory/?find=li"}  # typed, no link
LEAVES = {"account_logout"}
# Activities are not of one form: a matchmaking day or a meeting has pages that others lack.
FORMS = {
    ("manager", "activities:activity_detail"): 12,
    ("manager", "activities:handouts"): 12,
    ("manager", "agenda:agenda_detail"): 4,
}
# Looked at by test_sign_in.py and test_frame.py, or no page of ours, or only after a step that a
# link does not take.
ELSEWHERE = {
    "account_confirm_login_code": "after asking for a link",
    "account_email_verification_sent": "after adding an address",
    "account_inactive": "closed account",
    "account_logout": "a button",
    "account_reset_password_done": "after asking",
    "account_reset_password_from_key": "from the mail",
    "account_reset_password_from_key_done": "after the new password",
    "account_set_password": "of an account without password",
    "account_signup": "closed",
    "accounts:sign_in_link": "from the mail",
    "activities:activity_drop": "a button",
    "activities:activity_held": "a button",
    "activities:activity_publish": "a button",
    "activities:door_arrive": "a button",
    "activities:group_invite": "a button",
    "activities:group_meeting_drop": "a button",
    "activities:group_present": "a button",
    "activities:mandate_drop": "a button",
    "activities:minutes_fix": "a button",
    "activities:minutes_send": "a button",
    "activities:point_drop": "a button",
    "activities:point_move": "a button",
    "activities:door_leave": "a button",
    "agenda:cluster_calendar": "a download, of tests/activities/test_calendars.py",
    "activities:question_change": "the demo asks nothing besides",
    "activities:question_remove": "a button",
    "activities:part_decline": "a button",
    "activities:part_end": "a button",
    "activities:part_leave": "a button",
    "activities:handout_remove": "a button",
    "activities:handouts_mail": "a button",
    "agenda:own_handout": "from the mail",
    "agenda:own_handouts": "from the mail",
    "activities:registration_approve": "a button",
    "activities:registration_cancel": "a button",
    "agenda:feedback": "from the mail",
    "agenda:own_calendar_renew": "a button",
    "agenda:personal_calendar": "a download, of tests/activities/test_personal_calendars.py",
    "activities:matchmaking_fix": "a button",
    "activities:matchmaking_note": "a button",
    "activities:matchmaking_plan": "a button",
    "activities:matchmaking_publish": "a button",
    "activities:matchmaking_took_place": "a button",
    "activities:mailing_again": "a button",
    "activities:mailing_copy": "a button",
    "activities:mailing_drop": "a button",
    "activities:mailing_pause": "a button",
    "activities:mailing_resume": "a button",
    "activities:mailing_stop": "a button",
    "activities:mailing_test": "a button",
    "activities:mailing_unpublish": "a button",
    "agenda:unsubscribe": "from the mail",
    "members:contact_data": "a button",
    "clusters:hand_over_detail": "in test_trust.py, because the demo has no hand-over",
    "clusters:saved_view_keep": "a button",
    "clusters:saved_view_remove": "a button",
    "desk:record": "a button",
    "directory:duplicate_compare": "in test_duplicates.py, because the demo has no duplicates",
    "directory:merge_undo": "a button",
    "directory:organisation_match": "the demo has no organisation typed in by hand",
    "directory:organisation_publish": "the demo has no organisation typed in by hand",
    "directory:picker": "results under a search box",
    "files:file_download": "a download, of test_jobs.py",
    "jobs:effect_settle": "a button",
    "jobs:job_again": "a button",
    "jobs:job_cancel": "a button",
    "jobs:job_detail": "in test_jobs.py, because the demo has no job",
    "legal:breach_amend": "the demo has no breach",
    "legal:breach_detail": "the demo has no breach",
    "legal:breach_download": "the demo has no breach",
    "members:contact_archive": "a button",
    "members:contact_bulk": "a button",
    "members:contact_compare": "in test_duplicates.py, because the demo has no duplicates",
    "members:contact_separate": "a button",
    "members:mail_drop": "a button",
    "members:membership_bulk": "a button",
    "members:membership_renew": "no membership of the demo's first cluster is about to end",
    "members:move_detail": "in test_move_in.py, because the demo has no move",
    "members:move_figure": "in test_move_in.py, because the demo has no move",
    "members:move_file": "in test_move_in.py, because the demo has no move",
    "members:move_left_over": "a download, after an import",
    "members:move_row": "in test_move_in.py, because the demo has no move",
    "members:move_rows": "in test_move_in.py, because the demo has no move",
    "members:note_shell": "kept by the browser, in test_quick_note.py",
    "members:note_worker": "a script of the browser",
    "members:organisation_tag": "a button",
    "members:own_consent_say": "a button",
    "members:own_offer_close": "a button",
    "members:own_offer_withdraw": "a button",
    "members:own_profile_withdraw": "a button",
    "members:position_end": "a button",
    "members:prospect_note": "a button",
    "members:related_add": "a button",
    "members:related_change": "the demo has no partner or linked enterprise",
    "members:related_drop": "a button",
    "members:rule_set": "a button",
    "members:service_drop": "a button",
    "members:service_keep": "a button",
    "members:target_group_change": "the demo has no target group",
    "members:target_group_count": "a button",
    "members:target_group_detail": "the demo has no target group",
    "members:target_group_missing": "the demo has no target group",
    "members:target_group_remove": "a button",
    "members:task_finish": "a button",
    "members:team_post_add": "a button",
    "members:team_post_end": "a button",
    "mfa_authenticate": "second step",
    "mfa_deactivate_totp": "with a second step",
    "mfa_download_recovery_codes": "with a second step",
    "mfa_generate_recovery_codes": "with a second step",
    "mfa_reauthenticate": "with a second step",
    "mfa_view_recovery_codes": "with a second step",
    "observing:healthz": "for monitors",
    "observing:metrics": "for monitors",
    "observing:readyz": "for monitors",
    "openid_connect_callback": "of a provider",
    "openid_connect_login": "of a provider",
    "portal:robots": "for programs",
    "portal:sitemap": "for programs",
    "socialaccount_connections": "with a provider",
    "socialaccount_login_cancelled": "of a provider",
    "socialaccount_login_error": "of a provider",
    "socialaccount_signup": "of a provider",
    "ui:language": "a button",
    "ui:theme": "a button",
    "people:invitation_accept": "from the mail, in test_invitation.py",
    "people:invitation_settle": "a button",
    "people:request_settle": "the demo has no request",
}


@pytest.fixture
def address(demo_site: LiveServer) -> str:
    return demo_site.url


@pytest.fixture(autouse=True)
def _one_caught_mail(settings: Settings, tmp_path: Any) -> None:
    settings.EMAIL_BACKEND = "clusterwerk.platform.mail.catcher.CatcherBackend"
    settings.MAIL_CATCHER_FOLDER = tmp_path
    EmailMessage("Een link", "https://example.org/" + "x" * 90, to=["an@example.org"]).send()


@dataclass
class Walk:
    """What was seen, over all people, and what was found as the last of them."""

    walked: set[str] = field(default_factory=set)
    findings: list[str] = field(default_factory=list)
    views: set[str] = field(default_factory=set)
    looked_at: set[tuple[object, ...]] = field(default_factory=set)
    person: str = NOBODY
    language: str = "nl"
    where: str = ""

    @property
    def is_repeated(self) -> bool:
        """Whether somebody who is signed in walked before."""
        return self.person not in PEOPLE[:2]

    def found(self, what: str) -> None:
        self.findings.append(f"{self.where}: {what}")


@pytest.fixture(scope="module")
def walk() -> Walk:
    """One for all people, so that a shape is looked at closely once."""
    return Walk()


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person or "nobody")
def test_every_page_that_a_person_reaches_is_whole(
    browser: Browser, address: str, sign_in: SignIn, walk: Walk, person: str
) -> None:
    walk.person, walk.language, walk.findings = person, LANGUAGES[person], []
    context = browser.new_context(
        base_url=address,
        locale=walk.language,
        viewport={"width": NARROW, "height": 844},
        reduced_motion="reduce",
    )
    context.set_default_timeout(10_000)
    try:
        page = context.new_page()
        listen(page, walk)
        if person:
            page.goto("/accounts/login/?next=/desk/")
            sign_in(page, person)
        visit_all(page, walk)
    finally:
        context.close()
    walk.walked.add(person)
    assert not walk.findings, "\n".join(["", *walk.findings])


def test_no_page_is_forgotten(browser: Browser, walk: Walk) -> None:
    """A view that nobody came to, or that stands in `ELSEWHERE` without need."""
    if walk.walked != set(PEOPLE):
        pytest.skip("Not everybody walked: what was forgotten cannot be told.")
    assert forgotten(walk.views) == []


def listen(page: Page, walk: Walk) -> None:
    """What a script or the security policy complains of is a finding of the page that is open."""

    def hear(line: ConsoleMessage) -> None:
        if line.type == "error":
            walk.found(f"console: {line.text[:200]}")

    page.on("console", hear)
    page.on("pageerror", lambda error: walk.found(f"script: {error}"))


# Pages that answer with a file, whatever their address looks like.
DOWNLOADS = {"members:mail_file", "activities:handout_file", "agenda:open_handout"}


def visit_all(page: Page, walk: Walk) -> None:
    waiting, seen = deque(STARTS), Counter[Shape]()
    been = set[str]()
    if walk.person in SEARCHES:
        waiting.append(SEARCHES[walk.person])
    while waiting:
        asked = waiting.popleft()
        shape = shape_of(asked)
        most = FORMS.get((walk.person, shape[0]), 1)
        if asked in been or seen[shape] >= most:
            continue
        if walk.is_repeated and shape[0].startswith(SAME):
            continue
        been.add(asked)
        seen[shape] += 1
        walk.where = f"{walk.person or 'nobody'}, {walk.language}, {asked}"
        if is_file(asked):
            fetch(page, walk, asked)
        else:
            visit(page, walk, asked)
            waiting.extend(links(page))


def shape_of(asked: str) -> Shape:
    """View and keys of the query: pages of one shape differ in their rows only."""
    parts = urlsplit(asked)
    return resolve(parts.path).view_name, tuple(sorted(key for key, _ in parse_qsl(parts.query)))


def fetch(page: Page, walk: Walk, asked: str) -> None:
    walk.views.add(shape_of(asked)[0])
    answer = page.request.get(asked)
    if answer.status != 200:
        walk.found(f"answers {answer.status}")


def visit(page: Page, walk: Walk, asked: str) -> None:
    came = page.goto(asked)
    shape = shape_of(page.url)  # it may have led on
    walk.views |= {shape_of(asked)[0], shape[0]}
    look(page, came, walk)
    key = (shape, walk.person if shape[0] in OWN else NOBODY)
    if key not in walk.looked_at:
        walk.looked_at.add(key)
        look_closely(page, walk)


def is_file(asked: str) -> bool:
    parts = urlsplit(asked)
    is_download = resolve(parts.path).view_name in DOWNLOADS
    return is_download or "file" in dict(parse_qsl(parts.query)) or "." in asked.rsplit("/", 1)[-1]


def look(page: Page, came: Response | None, walk: Walk) -> None:
    if came is None or came.status != 200:
        walk.found(f"answers {came.status if came else 'nothing'}")
    width = page.evaluate("document.scrollingElement.scrollWidth")
    if width > NARROW:
        walk.found(f"{width} pixels wide on a telephone: {too_wide(page)}")
    if page.locator("h1").count() != 1:
        walk.found(f"{page.locator('h1').count()} headings of the first level")
    language = page.locator("html").get_attribute("lang")
    if language != spoken_at(page.url, walk):
        walk.found(f"says that its language is {language}")


def spoken_at(address: str, walk: Walk) -> str:
    """A frame speaks the language of the website it stands in, which its address names."""
    found = resolve(urlsplit(address).path)
    return str(found.kwargs["language"]) if found.app_name == "embeds" else walk.language


def too_wide(page: Page) -> list[str]:
    """The elements that reach furthest to the right, as a hint where to look."""
    found: list[str] = page.evaluate("""() => [...document.querySelectorAll("body *")]
      .filter(one => one.getBoundingClientRect().right > innerWidth + 1
        && !one.closest(".table-scroll, .sidebar, .visually-hidden"))
      .slice(0, 3).map(one => one.outerHTML.slice(0, 90))""")
    return found


def look_closely(page: Page, walk: Walk) -> None:
    """All rules of axe, the colours of the dark theme, and the width of a desk."""
    complain(page, walk, "axe", None)
    page.emulate_media(color_scheme="dark")
    complain(page, walk, "axe, dark", ["color-contrast", "link-in-text-block"])
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": WIDE, "height": 900})
    width = page.evaluate("document.scrollingElement.scrollWidth")
    if width > WIDE:
        walk.found(f"{width} pixels wide on a desk: {too_wide(page)}")
    page.set_viewport_size({"width": NARROW, "height": 844})


def complain(page: Page, walk: Walk, said: str, rules: list[str] | None) -> None:
    options: dict[str, object] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = rules
    for one in Axe().run(page, options=options).response["violations"]:
        nodes = [node["html"][:120] for node in one["nodes"][:3]]
        walk.found(f"{said}: {one['id']} ({len(one['nodes'])} times) {nodes}")


def links(page: Page) -> Iterator[str]:
    """Addresses of this site, without those that sign out."""
    here = urlsplit(page.url).netloc
    # In a drawing the address of a link is an object of its own.
    found = page.evaluate("[...document.links].map(one => one.href.baseVal ?? one.href)")
    for link in found:
        target = urlsplit(urljoin(page.url, link))
        if target.netloc != here or target.path.startswith("/static/"):
            continue
        asked = target.path + (f"?{target.query}" if target.query else "")
        if shape_of(asked)[0] not in LEAVES:
            yield asked


def forgotten(seen: set[str]) -> list[str]:
    """Views that were neither seen nor are named; and those that are named without need."""
    every = set(_views(get_resolver().url_patterns, ""))
    return sorted((every - seen) ^ set(ELSEWHERE))


def _views(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _views(one.url_patterns, f"{one.namespace}:" if one.namespace else space)
        elif one.name:
            yield f"{space}{one.name}"
