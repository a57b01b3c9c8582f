"""Sessions that somebody else chose, kept or guessed, and passwords tried by the hundred."""

from django.conf import settings
from django.test import Client

from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.models import User
from factories.accounts import PASSWORD

COOKIE = settings.SESSION_COOKIE_NAME
SIGN_IN = "/accounts/login/"


def signed_in(client: Client) -> bool:
    return client.get("/desk/").status_code == 200


def sign_in(client: Client, login: str = "an@example.org", password: str = PASSWORD) -> int:
    return client.post(SIGN_IN, {"login": login, "password": password}).status_code


def test_a_session_made_before_signing_in_is_worth_nothing_afterwards(an: User) -> None:
    attacker, victim = Client(), Client()
    attacker.get(SIGN_IN)
    planted = attacker.session
    planted["planted"] = "yes"
    planted.save()
    victim.cookies[COOKIE] = planted.session_key or ""
    attacker.cookies[COOKIE] = planted.session_key or ""
    assert sign_in(victim) == 302
    assert signed_in(victim)
    assert victim.cookies[COOKIE].value != planted.session_key
    assert not signed_in(attacker)


def test_a_made_up_session_is_not_taken_over(an: User) -> None:
    client = Client()
    client.cookies[COOKIE] = "a" * 32
    assert sign_in(client) == 302
    assert client.cookies[COOKIE].value != "a" * 32


def test_signing_out_ends_the_session_for_whoever_kept_its_cookie(an: User) -> None:
    client, thief = Client(), Client()
    sign_in(client)
    thief.cookies[COOKIE] = client.cookies[COOKIE].value
    assert signed_in(thief)
    client.post("/accounts/logout/")
    assert not signed_in(thief)


def test_a_new_password_ends_the_sessions_elsewhere(an: User) -> None:
    thief = Client()
    sign_in(thief)
    enter(NOBODY)
    account = User.objects.get(pk=an.pk)
    account.set_password("quite another evening")
    account.save()
    assert not signed_in(thief)


def test_an_account_that_was_closed_signs_in_no_more_and_its_session_ends(an: User) -> None:
    client = Client()
    sign_in(client)
    enter(NOBODY)
    User.objects.filter(pk=an.pk).update(is_active=False)
    assert not signed_in(client)
    fresh = Client()
    sign_in(fresh)
    assert not signed_in(fresh)


def test_of_200_attempts_few_are_tried_and_none_gets_in(an: User) -> None:
    """From one place, with the right password among them at the end."""
    client = Client()
    answers = [sign_in(client, password=f"guess {n}") for n in range(199)]
    answers.append(sign_in(client))
    assert answers.count(200) <= 5
    assert answers.count(429) >= 195
    assert not signed_in(client)


def test_200_attempts_on_200_accounts_from_one_place_are_slowed_down_too(an: User) -> None:
    client = Client()
    answers = [
        sign_in(client, login=f"person{n}@example.org", password="guess") for n in range(200)
    ]
    assert answers.count(200) <= 20
    assert answers.count(429) >= 180
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert sign_in(elsewhere) == 302
