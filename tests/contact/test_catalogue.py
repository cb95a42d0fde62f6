"""Every message in both languages and by both ways; short messages stay short."""

import re

import pytest

from lindung.contact import catalogue
from lindung.partners.sms import gsm7

PARAMS = {
    "kpj": "26000000123",
    "period": "2026-09",
    "last_period": "2026-12",
    "months": 3,
    "employer": "PT Contoh <Satu> & Co",
    "jht_rupiah": 999_999_999,
    "rupiah": 999_999_999,
    "left_rupiah": 999_999_999,
    "paid_on": "2026-11-14",
    "until_on": "2027-10-31",
    "from_on": "2026-11-02",
    "due_on": "2026-10-15",
    "npp": "240100033",
    "late": True,
    "billed": True,
    "amount_rupiah": 12_345_678,
    "account": "8808 1234567890123",
    "rate": "2%",
    "article": "PP 44/2015 Pasal 22",
    "number": "AD-26-000123",
    "bank": "Bank Contoh <Satu> & Co",
    "last_on": "2026-09-30",
}
LINK = "https://lindung.example/start/" + "a_B-" * 8 + "/"
HOME = "https://lindung.example"


def letter(kind: str = "contribution_received", *, link: str = LINK, language: str = "id") -> catalogue.MailText:
    return catalogue.mail_text(kind, PARAMS, link=link, home=HOME, language=language)


def text(kind: str = "contribution_received", *, link: str = "", in_mail: bool = False, language: str = "id") -> str:
    return catalogue.sms_text(kind, PARAMS, link=link, link_is_in_mail=in_mail, language=language)


def test_a_first_timer_reads_what_came_from_whom_and_how_to_start() -> None:
    words = letter()
    assert words.subject == "Iuran September 2026 sudah masuk"
    assert "PT Contoh <Satu> & Co sudah membayar iuran Anda untuk September 2026." in words.text
    assert "bertambah Rp999.999.999." in words.text
    assert "26000000123" in words.text
    assert LINK in words.text
    assert "berlaku 24 jam" in words.text


def test_several_months_are_one_letter_and_a_single_one_of_them_is_told_as_ever() -> None:
    words = letter("contributions_received")
    assert words.subject == "Iuran 3 bulan sudah masuk"
    assert "sudah membayar iuran Anda untuk 3 bulan, dari September 2026 sampai Desember 2026." in words.text
    assert text("contributions_received") == "Lindung: iuran 3 bulan masuk, JHT +Rp999.999.999."
    alone = {**PARAMS, "months": 1, "last_period": PARAMS["period"]}
    assert catalogue.mail_text("contributions_received", alone, link=LINK, home=HOME, language="id") == letter()


def test_the_html_says_the_same_as_the_text_and_lets_no_markup_through() -> None:
    words = letter()
    assert "PT Contoh &lt;Satu&gt; &amp; Co sudah membayar" in words.html
    assert f'<a href="{LINK}">Buat kata sandi</a>' in words.html
    shown = re.sub(r"<title>.*?</title>|<[^>]+>", " ", words.html).replace("&lt;", "<").replace("&gt;", ">")
    shown = shown.replace("&amp;", "&")
    assert shown.split() == words.text.replace(f":\n{LINK}", "").split()


def test_who_has_an_account_gets_the_front_page_and_no_link() -> None:
    words = letter(link="")
    assert "/start/" not in words.text + words.html
    assert f"Lihat saldo Anda:\n{HOME}" in words.text
    assert "kata sandi" not in words.text


@pytest.mark.parametrize("kind", sorted(catalogue.KINDS))
@pytest.mark.parametrize("link", ["", LINK])
def test_every_letter_is_there_in_english(kind: str, link: str) -> None:
    indonesian, english = letter(kind, link=link), letter(kind, link=link, language="en")
    assert english.subject != indonesian.subject
    alike = set(indonesian.text.split("\n\n")) & set(english.text.split("\n\n"))
    assert not alike
    assert '<html lang="en">' in english.html


def test_english_writes_months_and_amounts_in_its_own_way() -> None:
    words = letter(language="en")
    assert "PT Contoh <Satu> & Co has paid your contribution for September 2026." in words.text
    assert "Rp999,999,999" in words.text


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(("link", "in_mail"), [("", False), ("", True), (LINK, False)])
@pytest.mark.parametrize("kind", sorted(catalogue.KINDS))
def test_every_short_message_is_one_part_in_the_phones_alphabet(
    kind: str, link: str, in_mail: bool, language: str
) -> None:
    words = text(kind, link=link, in_mail=in_mail, language=language)
    assert gsm7.septets(words) <= gsm7.ONE_PART
    assert words.startswith("Lindung: ")


def test_a_short_message_says_amount_and_month_and_where_the_link_is() -> None:
    assert text() == "Lindung: iuran September 2026 masuk, JHT +Rp999.999.999."
    assert text(in_mail=True).endswith("Tautan untuk membuat akun ada di e-mail Anda.")
    assert text(link=LINK).endswith(f"Buat akun (24 jam): {LINK}")
    assert text(language="en") != text()


@pytest.mark.parametrize("kind", sorted(catalogue.KINDS))
@pytest.mark.parametrize("link", ["", LINK])
def test_no_sentence_is_longer_than_twenty_words(kind: str, link: str) -> None:
    for sentence in re.split(r"[.?:]\s", letter(kind, link=link).text):
        assert len(sentence.split()) <= 20, sentence


@pytest.mark.parametrize(
    "params",
    [{}, {**PARAMS, "period": "Oktober"}, {**PARAMS, "jht_rupiah": "banyak"}, {**PARAMS, "jht_rupiah": 1.5}],
)
def test_params_that_are_not_as_declared_are_refused(params: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        catalogue.mail_text("contribution_received", params, link="", home=HOME, language="id")
