"""One mail in, something a person can look at out; whatever the mail."""

import base64
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from clusterwerk.members.correspondence.moments import written_moment
from clusterwerk.members.correspondence.parsing import (
    LONGEST_TEXT,
    MOST_BYTES,
    ReadMail,
    TooLargeError,
    read_mail,
)

NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)


def read(text: str | bytes) -> ReadMail:
    raw = text if isinstance(text, bytes) else text.encode()
    return read_mail(raw.replace(b"\n", b"\r\n"), NOW)


def mail(body: str, subject: str = "Visit", extra: str = "") -> str:
    return (
        "From: Mieke Maes <mieke@alpha.example>\nTo: jan@works.example\n"
        f"Date: Mon, 3 Feb 2025 14:05:00 +0100\nSubject: {subject}\nMessage-ID: <one@alpha>\n"
        f"Content-Type: text/plain; charset=utf-8\n{extra}\n{body}"
    )


def test_headers_in_encoded_words_and_raw_bytes_become_text() -> None:
    found = read(
        b"From: =?iso-8859-1?Q?Ren=E9?= =?utf-8?B?IE1hw6tz?= <Rene@Works.example>\n"
        b'To: "Maes, An" <an@works.example>, broken\nSubject: Caf\xe9 =?nonsense?Q?x=E9?=\n\nHi'
    )
    assert found.sender.name == "René Maës"
    assert found.sender.email == "rene@works.example"
    assert [(each.name, each.email) for each in found.recipients] == [
        ("Maes, An", "an@works.example"),
        ("", ""),
    ]
    assert found.subject == "Café xé"


def test_the_plain_text_of_two_forms_is_taken_and_an_attachment_kept() -> None:
    made = EmailMessage()
    made["From"], made["Message-ID"] = "jan@works.example", "<two@works>"
    made.set_content("Plain words")
    made.add_alternative("<p>Rich words</p>", subtype="html")
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="../plan é.pdf")
    found = read_mail(made.as_bytes(), NOW)
    assert found.text == "Plain words"
    assert [(file.name, file.media_type, file.content) for file in found.files] == [
        ("plan é.pdf", "application/pdf", b"%PDF")
    ]
    assert found.message_id == "two@works"


def test_html_becomes_text_without_scripts_styles_and_pictures() -> None:
    found = read(
        "From: jan@works.example\nContent-Type: text/html; charset=utf-8\n\n"
        "<html><head><title>T</title><style>p{}</style></head><body><p>Dear&nbsp;Mieke,</p>"
        '<script>steal()</script><ul><li>one</li><li>two</li></ul><img src="https://x.example/p">'
        "<blockquote>earlier<br>words</blockquote><div>Jan &lt;b&gt;</div></body></html>"
    )
    assert found.text == "Dear Mieke,\n\n- one\n- two\n\n> earlier\n> words\n\nJan <b>"


@pytest.mark.parametrize(
    "block",
    [
        (
            "---------- Forwarded message ---------\nFrom: Jan Peeters <jan@works.example>\n"
            "Date: Mon, Feb 3, 2025 at 2:05 PM\nSubject: Offer\nTo: Mieke <mieke@alpha.example>\n"
        ),
        (
            "---------- Forwarded message ---------\nVan: Jan Peeters <jan@works.example>\n"
            "Date: ma 3 feb 2025 om 14:05\nSubject: Offer\nTo: Mieke <mieke@alpha.example>\n"
        ),
        (
            "Begin doorgestuurd bericht:\n\n> Van: Jan Peeters <jan@works.example>\n"
            "> Onderwerp: Offer\n> Datum: 3 februari 2025 om 14:05:00 CET\n"
            "> Aan: Mieke <mieke@alpha.example>\n> \n"
        ),
        (
            "-------- Doorgestuurd bericht --------\nOnderwerp: Offer\n"
            "Datum: Mon, 3 Feb 2025 14:05:00 +0100\nVan: Jan Peeters <jan@works.example>\n"
            "Aan: Mieke <mieke@alpha.example>\n"
        ),
        (
            "-------- Message transféré --------\nSujet : Offer\n"
            "Date : Mon, 3 Feb 2025 14:05:00 +0100\nDe : Jan Peeters <jan@works.example>\n"
            "Pour : Mieke <mieke@alpha.example>\n"
        ),
        (
            "________________________________\nDe : Jan Peeters <jan@works.example>\n"
            "Envoyé : lundi 3 février 2025 14:05\nÀ : Mieke <mieke@alpha.example>\nObjet : Offer\n"
        ),
        (
            "*Van:* Jan Peeters [mailto:jan@works.example]\n"
            "*Verzonden:* maandag 3 februari 2025 14:05\n"
            "*Aan:* Mieke <mieke@alpha.example>\n*Onderwerp:* Offer\n"
        ),
    ],
)
def test_a_forwarded_mail_counts_from_who_wrote_it_and_when(block: str) -> None:
    found = read(mail(f"Look at this.\n\n{block}\nWe can deliver in March.", "FW: Offer"))
    assert (found.sender.name, found.sender.email) == ("Jan Peeters", "jan@works.example")
    assert found.sent_at == datetime(2025, 2, 3, 13, 5, tzinfo=UTC)
    assert found.subject == "Offer"
    assert found.recipients[0].email == "mieke@alpha.example"
    assert found.brought_by.email == "mieke@alpha.example"
    assert found.text.startswith("Look at this.")
    assert found.text.endswith("We can deliver in March.")
    assert "Offer" not in found.text


def test_a_reply_that_quotes_a_head_is_not_forwarded() -> None:
    quoted = (
        "Yes.\n\nVan: Jan <jan@works.example>\nVerzonden: maandag 3 februari 2025 14:05\n\nCan you?"
    )
    found = read(mail(quoted, "RE: Offer"))
    assert found.sender.email == "mieke@alpha.example"


def test_a_mail_that_hangs_on_another_counts_under_its_own_number() -> None:
    inner = EmailMessage()
    inner["From"], inner["Date"] = "Jan <jan@works.example>", "Mon, 20 Jan 2025 08:00:00 +0100"
    inner["Subject"], inner["Message-ID"] = "First words", "<inner@works>"
    inner.set_content("What I meant")
    outer = EmailMessage()
    outer["From"], outer["Subject"] = "mieke@alpha.example", "Fwd: First words"
    outer["Message-ID"] = "<outer@alpha>"
    outer.set_content("For the file")
    outer.add_attachment(inner)
    found = read_mail(outer.as_bytes(), NOW)
    assert found.message_id == "inner@works"
    assert found.sender.email == "jan@works.example"
    assert found.brought_by.email == "mieke@alpha.example"
    assert found.text == "For the file\n\nWhat I meant\n"[:-1]
    assert found.sent_at == datetime(2025, 1, 20, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    "date", ["", "Date: nonsense\n", "Date: Mon, 3 Feb 2031 14:05:00 +0100\n",
             "Date: Thu, 1 Jan 1970 00:00:00 +0000\n", "Date: Mon, 3 Feb 2025 25:99:00 +9999\n"]
)  # fmt: skip
def test_no_date_and_one_that_cannot_be_is_no_date(date: str) -> None:
    assert read(f"From: jan@works.example\n{date}\nHello").sent_at is None


def test_a_mail_without_text_and_one_without_anything_are_mails() -> None:
    assert read("From: jan@works.example\nSubject: Hello\n\n").text == ""
    empty = read(b"")
    assert (empty.sender.email, empty.subject, empty.text) == ("", "", "")
    assert empty.message_id.startswith("sha256:")


def test_bytes_that_are_no_mail_are_shown_as_they_can() -> None:
    found = read(bytes(range(256)) * 40)
    assert "\x00" not in found.text + found.subject + found.message_id


def test_a_wrong_charset_and_broken_base64_lose_nothing_else() -> None:
    found = read(
        b"From: jan@works.example\nContent-Type: text/plain; charset=klingon\n\nCaf\xe9 in Gent"
    )
    assert found.text == "Café in Gent"
    broken = read(
        "From: jan@works.example\nContent-Type: text/plain; charset=utf-8\n"
        f"Content-Transfer-Encoding: base64\n\n{base64.b64encode(b'Hello there').decode()[:-1]}*"
    )
    assert broken.text.startswith("Hello the")


def nested(levels: int) -> str:
    head = "From: jan@works.example\nSubject: Deep\n"
    for level in range(levels):
        head += f'Content-Type: multipart/mixed; boundary="b{level}"\n\n--b{level}\n'
    return head + "Content-Type: text/plain\n\nAt the bottom\n"


def test_text_up_to_twenty_levels_deep_is_found_and_deeper_is_left() -> None:
    assert read(nested(19)).text.strip() == "At the bottom"
    assert read(nested(40)).text == ""
    assert read(nested(40)).subject == "Deep"


def test_thousands_of_levels_are_read_as_one_text() -> None:
    found = read(nested(5000))
    assert found.subject == "Deep"
    assert found.sender.email == "jan@works.example"
    assert len(found.text) <= LONGEST_TEXT


def test_ten_thousand_recipients_are_counted_and_two_hundred_kept() -> None:
    many = ",\n ".join(f"Name {n} <n{n}@works.example>" for n in range(10_000))
    found = read(f"From: jan@works.example\nTo: {many}\n\nHello")
    assert found.recipient_count == 10_000
    assert len(found.recipients) == 200
    assert found.recipients[199].email == "n199@works.example"


def test_a_mail_of_more_than_25_mb_is_refused_and_one_of_25_is_not() -> None:
    head = b"From: jan@works.example\nSubject: Large\n\n"
    with pytest.raises(TooLargeError):
        read_mail(head + b"x" * MOST_BYTES, NOW)
    found = read_mail(head + (b"x" * 99 + b"\n") * ((MOST_BYTES - len(head)) // 100), NOW)
    assert len(found.text) == LONGEST_TEXT
    assert found.text.endswith("[…]")


def test_two_copies_without_a_number_have_the_same_one() -> None:
    one = read("From: jan@works.example\nReceived: a\nSubject: Hi\n\nText")
    two = read("From: jan@works.example\nReceived: b\nSubject: Hi\n\nText")
    other = read("From: jan@works.example\nSubject: Hi\n\nText two")
    assert one.message_id == two.message_id != other.message_id


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2025-02-03 14:05", "2025-02-03T13:05"),
        ("03/02/2025 14:05", "2025-02-03T13:05"),
        ("February 3, 2025 2:05 PM", "2025-02-03T13:05"),
        ("3. Februar 2025 14:05", "2025-02-03T13:05"),
        ("le 3 août 2024 à 14h05", "2024-08-03T12:05"),
        ("3 maart 2025", "2025-03-03T11:00"),
        ("31 februari 2025", ""),
        ("soon", ""),
    ],
)
def test_dates_are_read_as_mail_programs_write_them(written: str, moment: str) -> None:
    found = written_moment(written)
    assert (found.strftime("%Y-%m-%dT%H:%M") if found else "") == moment
