"""`lindung translations`: what is gathered, kept, named as a fault, and compiled."""

import argparse
import gettext
from pathlib import Path

import pytest

from lindung.config import cli, translations

TEMPLATE = """{% load i18n %}
    <p title="{% translate "Tarif 57%" %}">{% blocktranslate trimmed with name=who %}
        Halo {{ name }}, it's fine.
    {% endblocktranslate %}</p>
  {% blocktranslate count n=months %}{{ n }} bulan{% plural %}{{ n }} bulan{% endblocktranslate %}
{% button _("Kirim") %}{{ nothing|default:_("Kosong") }}{# 'a quote of its own #}
"""
PYTHON = '''
from django.utils.translation import gettext as _, pgettext
def f(count):
    """Not a text."""
    return _("Isi %(label)s."), pgettext("juta", "jt"), "not this"
'''


@pytest.fixture
def package(tmp_path: Path) -> Path:
    room = tmp_path / "house"
    (room / "templates" / "house").mkdir(parents=True)
    (room / "templates" / "house" / "page.html").write_text(TEMPLATE)
    (room / "views.py").write_text(PYTHON)
    return room


@pytest.fixture
def catalogue(package: Path) -> Path:
    path = package / "locale" / "django.po"
    translations.update(package, path)
    return path


def say(catalogue: Path, source: str, english: str) -> None:
    text = catalogue.read_text()
    assert f'msgid "{source}"\nmsgstr ""' in text
    catalogue.write_text(text.replace(f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{english}"'))


def test_texts_of_python_and_of_every_sort_of_template_tag_are_gathered(package: Path) -> None:
    found = {text.id for text in translations.gather(package) if text.id}
    assert found == {
        "Tarif 57%%",
        "Halo %(name)s, it's fine.",
        ("%(n)s bulan", "%(n)s bulan"),
        "Kirim",
        "Kosong",
        "Isi %(label)s.",
        "jt",
    }


def test_a_file_that_cannot_be_read_is_named(package: Path) -> None:
    (package / "templates" / "broken.html").write_text("{% blocktranslate %}{% if x %}{% endblocktranslate %}")
    with pytest.raises(SyntaxError, match=r"house/templates/broken\.html"):
        translations.gather(package)


def test_every_text_without_english_is_named(package: Path, catalogue: Path) -> None:
    say(catalogue, "Kirim", "Send")
    faults = translations.find_faults(package, catalogue)
    assert len(faults) == 6
    assert "no English: 'Kosong' (house/templates/house/page.html)" in faults
    assert not [fault for fault in faults if "Kirim" in fault]


def test_english_that_is_there_survives_an_update_and_gone_texts_leave(package: Path, catalogue: Path) -> None:
    say(catalogue, "Kirim", "Send")
    page = package / "templates" / "house" / "page.html"
    page.write_text(page.read_text().replace("Kosong", "Hampa"))
    assert "obsolete: 'Kosong'" in " ".join(translations.find_faults(package, catalogue))
    translations.update(package, catalogue)
    text = catalogue.read_text()
    assert 'msgstr "Send"' in text
    assert "Kosong" not in text
    assert 'msgid "Hampa"' in text


def test_an_update_without_changes_changes_nothing(package: Path, catalogue: Path) -> None:
    before = catalogue.read_bytes()
    translations.update(package, catalogue)
    assert catalogue.read_bytes() == before


def test_a_fuzzy_text_is_a_fault(package: Path, catalogue: Path) -> None:
    say(catalogue, "Kirim", "Send")
    catalogue.write_text(catalogue.read_text().replace('msgid "Kirim"', '#, fuzzy\nmsgid "Kirim"'))
    assert "fuzzy: 'Kirim' (house/templates/house/page.html)" in translations.find_faults(package, catalogue)


def test_a_placeholder_lost_in_translation_is_a_fault(package: Path, catalogue: Path) -> None:
    say(catalogue, "Isi %(label)s.", "Enter %(name)s.")
    assert "other placeholders: 'Isi %(label)s.' (house/views.py)" in translations.find_faults(package, catalogue)


def test_the_compiled_file_speaks_english(package: Path, catalogue: Path) -> None:
    say(catalogue, "Kirim", "Send")
    translations.compile_catalogue(catalogue)
    with catalogue.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Kirim") == "Send"


def test_check_fails_until_every_text_has_its_english(
    package: Path, catalogue: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(translations, "PACKAGE", package)
    monkeypatch.setattr(translations, "CATALOGUE", catalogue)
    assert translations.run(argparse.Namespace(act="check")) == 1
    assert "7 faults" in capsys.readouterr().out
    text = catalogue.read_text().replace(
        'msgstr[0] ""\nmsgstr[1] ""', 'msgstr[0] "%(n)s month"\nmsgstr[1] "%(n)s months"'
    )
    catalogue.write_text(text)
    for source, english in {
        "Tarif 57%%": "Rate 57%%",
        "Halo %(name)s, it's fine.": "Hello %(name)s",
        "Kirim": "Send",
        "Kosong": "Empty",
        "Isi %(label)s.": "Enter %(label)s.",
        "jt": "m",
    }.items():
        say(catalogue, source, english)
    assert translations.run(argparse.Namespace(act="check")) == 0


def test_every_text_of_the_house_has_its_english(capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.main(["translations", "check"])
    assert code == 0, capsys.readouterr().out
