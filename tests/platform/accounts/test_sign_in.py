"""Signing in over HTTP: by password, by the link and the code in a mail, and what is refused."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client
from pytest_django import Settings

from clusterwerk.platform.accounts import actions
from clusterwerk.platform.models import User
from factories.accounts import PASSWORD

LOGIN = "/accounts/login/"
BY_MAIL = "/accounts/login/code/"


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def link_in_mail(number: int = -1) -> str:
    found = re.search(r"http://testserver(/account/link/\S+)", str(mail.outbox[number].body))
    assert found
    return found[1]


def code_in_mail(number: int = -1) -> str:
    found = re.search(r"^([A-Z]{4}-[A-Z]{4})$", str(mail.outbox[number].body), re.MULTILINE)
    assert found
    return found[1]


def test_address_and_password_sign_in_and_lead_to_the_desk(client: Client, an: User) -> None:
    response = client.post(LOGIN, {"login": "AN@example.org", "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/desk/")
    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("wanted", "place"),
    [("/members/", "/members/"), ("https://evil.example/", "/desk/"), ("//evil.example", "/desk/")],
)
def test_after_signing_in_only_a_page_of_this_site_follows(
    client: Client, an: User, wanted: str, place: str
) -> None:
    facts = {"login": "an@example.org", "password": PASSWORD, "next": wanted}
    assert client.post(LOGIN, facts)["Location"] == place


def test_the_session_cookie_is_out_of_reach_of_scripts_and_lasts_a_fortnight(
    client: Client, an: User
) -> None:
    client.post(LOGIN, {"login": "an@example.org", "password": PASSWORD})
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 14 * 24 * 60 * 60


@pytest.mark.parametrize("login", ["an@example.org", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    client: Client, an: User, login: str
) -> None:
    response = client.post(LOGIN, {"login": login, "password": "wrong"})
    assert response.status_code == 200
    content = response.content.decode()
    assert "The e-mail address and the password do not belong together." in content
    assert f'value="{login}"' in content
    assert not is_signed_in(client)


@pytest.mark.parametrize("login", ["an@example.org", "nobody@example.org"])
def test_the_sixth_attempt_is_refused_and_what_was_typed_stays(
    client: Client, an: User, login: str
) -> None:
    for _ in range(5):
        assert client.post(LOGIN, {"login": login, "password": "wrong"}).status_code == 200
    response = client.post(LOGIN, {"login": login, "password": PASSWORD, "next": "/members/"})
    assert response.status_code == 429
    assert response["Retry-After"] == "300"
    content = response.content.decode()
    assert "Too many attempts. Wait five minutes" in content
    assert f'value="{login}"' in content
    assert 'value="/members/"' in content
    assert PASSWORD not in content
    assert not is_signed_in(client)


def test_too_many_requests_from_one_place_get_a_page_that_keeps_what_was_typed(
    client: Client, an: User, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    client.post(LOGIN, {"login": "an@example.org", "password": "wrong"})
    facts = {"login": "an@example.org", "password": PASSWORD, "next": "/members/"}
    response = client.post(LOGIN, facts)
    assert response.status_code == 429
    content = response.content.decode()
    assert "Too many attempts" in content
    assert '<input type="hidden" name="login" value="an@example.org">' in content
    assert '<input type="hidden" name="next" value="/members/">' in content
    assert PASSWORD not in content


def test_opening_the_link_changes_nothing_and_its_button_signs_in(client: Client, an: User) -> None:
    client.post(BY_MAIL, {"email": "an@example.org", "next": "/members/"})
    assert mail.outbox[0].to == ["an@example.org"]
    link = link_in_mail()
    scanner, telephone = Client(), Client()
    for _ in range(3):
        opened = scanner.get(link)
        assert opened.status_code == 200
        assert "An Peeters" in opened.content.decode()
        assert not is_signed_in(scanner)
    response = telephone.post(link)
    assert (response.status_code, response["Location"]) == (302, "/members/")
    assert is_signed_in(telephone)
    assert not is_signed_in(client)


def test_the_link_is_used_once(client: Client, an: User) -> None:
    client.post(BY_MAIL, {"email": "an@example.org"})
    link = link_in_mail()
    Client().post(link)
    second = Client()
    response = second.post(link)
    assert response.status_code == 404
    assert "This link has ended" in response.content.decode()
    assert not is_signed_in(second)


def test_the_button_of_a_link_needs_the_token_against_forged_requests(an: User) -> None:
    Client().post(BY_MAIL, {"email": "an@example.org"})
    careful = Client(enforce_csrf_checks=True)
    assert careful.post(link_in_mail()).status_code == 403
    assert not is_signed_in(careful)


def test_the_code_signs_in_where_it_was_asked_for_and_ends_the_link(
    client: Client, an: User
) -> None:
    response = client.post(BY_MAIL, {"email": "an@example.org"})
    assert response["Location"] == "/accounts/login/code/confirm/"
    response = client.post("/accounts/login/code/confirm/", {"code": code_in_mail()})
    assert (response.status_code, response["Location"]) == (302, "/desk/")
    assert is_signed_in(client)
    assert Client().get(link_in_mail()).status_code == 404


def test_the_button_of_the_sign_in_page_takes_over_the_address_that_was_typed(
    client: Client, an: User
) -> None:
    client.post(BY_MAIL, {"login": "an@example.org", "password": ""})
    assert mail.outbox[0].to == ["an@example.org"]


def test_the_link_confirms_an_address_that_was_only_invited(client: Client, nobody: None) -> None:
    bo = actions.open_account(email="bo@example.org", name="Bo")
    client.post(BY_MAIL, {"email": "bo@example.org"})
    client.post(link_in_mail())
    assert is_signed_in(client)
    assert EmailAddress.objects.get(user=bo).verified


def test_an_account_made_without_a_row_of_address_can_sign_in_by_code(
    client: Client, nobody: None
) -> None:
    User.objects.create_user("cas@example.org", name="Cas")
    client.post(BY_MAIL, {"email": "cas@example.org"})
    client.post("/accounts/login/code/confirm/", {"code": code_in_mail()})
    assert is_signed_in(client)


def test_a_password_of_an_address_that_is_not_confirmed_asks_for_the_code_in_a_mail_first(
    client: Client, nobody: None
) -> None:
    actions.open_account(email="bo@example.org", name="Bo", password=PASSWORD)
    response = client.post(LOGIN, {"login": "bo@example.org", "password": PASSWORD})
    assert response["Location"] == "/accounts/confirm-email/"
    assert not is_signed_in(client)
    client.post("/accounts/confirm-email/", {"code": code_in_mail()})
    assert is_signed_in(client)


@pytest.mark.parametrize("page", [BY_MAIL, "/accounts/password/reset/"])
def test_an_unknown_address_gets_the_same_page_and_a_mail_that_says_so(
    client: Client, an: User, page: str
) -> None:
    answers = []
    for email in ("an@example.org", "nobody@example.org"):
        other = Client()
        response = other.post(page, {"email": email})
        following = other.get(response["Location"]).content.decode().replace(email, "X")
        answers.append((response.status_code, response["Location"], without_tokens(following)))
    assert answers[0] == answers[1]
    assert [message.to for message in mail.outbox] == [["an@example.org"], ["nobody@example.org"]]
    assert "/account/link/" not in mail.outbox[1].body
    assert "no account" in mail.outbox[1].subject


def without_tokens(content: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", content)


def test_the_fourth_mail_within_a_minute_is_refused_and_the_address_stays(
    client: Client, an: User
) -> None:
    for _ in range(3):
        Client().post(BY_MAIL, {"email": "an@example.org"})
    response = client.post(BY_MAIL, {"email": "an@example.org"})
    assert response.status_code == 429
    assert 'value="an@example.org"' in response.content.decode()
    assert len(mail.outbox) == 3


def test_a_closed_account_gets_no_link(client: Client, an: User) -> None:
    an.is_active = False
    an.save()
    client.post(BY_MAIL, {"email": "an@example.org"})
    assert "/account/link/" not in mail.outbox[0].body
    client.post(LOGIN, {"login": "an@example.org", "password": PASSWORD})
    assert not is_signed_in(client)


@pytest.mark.parametrize("email", ["an@example.org", "nobody@example.org"])
def test_a_mail_server_that_is_away_is_said_on_the_page(
    client: Client, an: User, settings: Settings, email: str
) -> None:
    settings.EMAIL_BACKEND = "factories.accounts.AwayBackend"
    response = client.post(BY_MAIL, {"email": email}, follow=True)
    assert response.status_code == 200
    assert "could not be sent just now" in response.content.decode()


def test_mails_are_in_the_language_of_the_person(client: Client, an: User) -> None:
    client.post(BY_MAIL, {"email": "an@example.org"}, headers={"Accept-Language": "nl"})
    assert mail.outbox[0].subject == "Sign in to Clusterwerk"


def test_nobody_signs_up(client: Client, nobody: None) -> None:
    facts = {"email": "new@example.org", "password1": PASSWORD}
    for response in (client.get("/accounts/signup/"), client.post("/accounts/signup/", facts)):
        assert response.status_code == 200
        assert "Accounts come by invitation" in response.content.decode()
    assert User.objects.count() == 0


def test_a_new_password_comes_through_a_link_that_works_once(client: Client, an: User) -> None:
    client.post("/accounts/password/reset/", {"email": "an@example.org"})
    found = re.search(
        r"http://testserver(/accounts/password/reset/key/\S+)", str(mail.outbox[0].body)
    )
    assert found
    form = client.get(found[1])["Location"]
    new = "another long quiet evening"
    client.post(form, {"password1": new, "password2": new})
    an.refresh_from_db()
    assert an.check_password(new)
    assert not is_signed_in(client)
    assert "This link has ended" in Client().get(found[1]).content.decode()
    assert mail.outbox[-1].subject == "Clusterwerk: your password was replaced"


def test_signing_out_takes_a_post(client: Client, an: User) -> None:
    client.post(LOGIN, {"login": "an@example.org", "password": PASSWORD})
    assert client.get("/accounts/logout/").status_code == 200
    assert is_signed_in(client)
    assert client.post("/accounts/logout/")["Location"] == "/"
    assert not is_signed_in(client)


def test_other_sessions_are_listed_and_ended_but_not_this_one(client: Client, an: User) -> None:
    elsewhere = Client(headers={"User-Agent": "Firefox/140 (Android)"})
    for browser in (client, elsewhere):
        browser.post(LOGIN, {"login": "an@example.org", "password": PASSWORD})
    assert "Firefox, Android" in client.get("/accounts/sessions/").content.decode()
    client.post("/accounts/sessions/")
    assert client.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302
    assert UserSession.objects.filter(user=an).count() == 1


def test_the_overview_changes_name_and_language(client: Client, an: User) -> None:
    client.force_login(an)
    assert client.post("/account/", {"name": "An P.", "language": "nl"}).status_code == 302
    an.refresh_from_db()
    assert (an.name, an.language) == ("An P.", "nl")


def test_an_empty_name_is_refused_and_changes_nothing(client: Client, an: User) -> None:
    client.force_login(an)
    response = client.post("/account/", {"name": " ", "language": "nl"})
    assert response.status_code == 422
    an.refresh_from_db()
    assert (an.name, an.language) == ("An Peeters", "en")


def test_an_address_is_added_only_with_the_code_that_was_sent_to_it(
    client: Client, an: User
) -> None:
    client.force_login(an)
    an.set_unusable_password()
    an.save()
    client.force_login(an)
    client.post("/accounts/email/", {"email": "an@work.example", "action_add": ""})
    assert mail.outbox[-1].to == ["an@work.example"]
    assert EmailAddress.objects.filter(user=an).count() == 1
    client.post("/accounts/confirm-email/", {"code": code_in_mail()})
    added = EmailAddress.objects.get(user=an, email="an@work.example")
    assert (added.verified, added.primary) == (True, False)


def test_a_change_of_addresses_asks_for_the_password_once_more(client: Client, an: User) -> None:
    client.force_login(an)
    response = client.post("/accounts/email/", {"email": "an@work.example", "action_add": ""})
    assert response["Location"] == "/accounts/reauthenticate/?next=%2Faccounts%2Femail%2F"
    assert mail.outbox == []
