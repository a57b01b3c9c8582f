"""Accounts are opened with their address, once."""

import pytest
from allauth.account.models import EmailAddress

from clusterwerk.platform.accounts import actions, queries
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.models import User


def test_an_account_is_opened_with_its_main_address_and_without_a_password(nobody: None) -> None:
    account = actions.open_account(email=" An@Example.org ", name=" An ", language="nl")
    assert (account.email, account.name, account.language) == ("an@example.org", "An", "nl")
    assert not account.has_usable_password()
    (address,) = EmailAddress.objects.filter(user=account)
    assert (address.email, address.primary, address.verified) == ("an@example.org", True, False)


def test_two_who_open_one_address_at_once_get_one_account(
    nobody: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both asked before either wrote, so that the database is the one that refuses."""
    User.objects.create_user("an@example.org", name="An")
    monkeypatch.setattr(actions, "_taken", lambda _email: False)
    with pytest.raises(DomainError, match="already has an account"):
        actions.open_account(email="an@example.org", name="An")
    assert User.objects.filter(email="an@example.org").count() == 1


@pytest.mark.parametrize("email", ["AN@example.org", "second@example.org"])
def test_an_address_has_one_account(nobody: None, email: str) -> None:
    an = actions.open_account(email="an@example.org", name="An", confirmed=True)
    EmailAddress.objects.create(user=an, email="second@example.org", verified=True)
    with pytest.raises(DomainError, match="already has an account"):
        actions.open_account(email=email, name="Another")
    assert User.objects.count() == 1


def test_what_is_no_address_opens_no_account(nobody: None) -> None:
    with pytest.raises(DomainError, match="“an@” is not an e-mail address"):
        actions.open_account(email="an@", name="An")
    assert User.objects.count() == 0


def test_using_the_mail_confirms_its_address(nobody: None) -> None:
    an = actions.open_account(email="an@example.org", name="An")
    actions.confirm_address(account=an, email="an@example.org")
    address = EmailAddress.objects.get(user=an)
    assert (address.verified, address.primary) == (True, True)


def test_a_language_that_is_not_here_is_refused_and_changes_nothing(nobody: None) -> None:
    an = actions.open_account(email="an@example.org", name="An", language="nl")
    with pytest.raises(DomainError, match="“xx” is not a language here"):
        actions.change_profile(account=an, name="Bo", language="xx")
    an.refresh_from_db()
    assert (an.name, an.language) == ("An", "nl")


def test_an_address_that_is_not_confirmed_does_not_lead_to_somebody_elses_account(
    nobody: None,
) -> None:
    an = actions.open_account(email="an@example.org", name="An", confirmed=True)
    EmailAddress.objects.create(user=an, email="victim@example.org", verified=False)
    assert queries.account_of_address("victim@example.org") is None
    assert queries.account_of_address("AN@example.org") == an
