"""Every template of every door: nothing the security policy forbids, no text in one language only."""

import re
from pathlib import Path

import pytest
from django.template import Engine
from django.template.base import Lexer, TokenType
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import translation

import lindung

PACKAGE = Path(lindung.__file__).parent
TEMPLATES = sorted(PACKAGE.glob("**/templates/**/*.html"))
SHARED = PACKAGE / "channels" / "shared" / "templates"
# Names and signs that are the same in every language.
SAME_EVERYWHERE = {"Lindung"}
ERROR_PAGES = ("400.html", "403.html", "404.html", "429.html", "500.html")


def names(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


each_template = pytest.mark.parametrize("path", TEMPLATES, ids=names)


def text_outside_translation(source: str) -> list[str]:
    """Return the words that a reader would see or hear and that no translation tag holds."""
    kept, inside = [], False
    for token in Lexer(source).tokenize():
        if token.token_type is TokenType.BLOCK:
            word = token.contents.split()[0]
            if word in ("blocktranslate", "blocktrans", "comment", "endblocktranslate", "endblocktrans", "endcomment"):
                inside = not word.startswith("end")
        elif token.token_type is TokenType.TEXT and not inside:
            kept.append(token.contents)
    markup = "\N{OBJECT REPLACEMENT CHARACTER}".join(kept)
    spoken = re.findall(r'\b(?:alt|title|placeholder|aria-label)="([^"]*)"', markup)
    text = re.sub(r"<[^>]*>", " ", re.sub(r"<!DOCTYPE[^>]*>", "", markup))
    words = re.findall(r"[^\W\d_]{2,}", " ".join([text, *spoken]))
    return [word for word in words if word not in SAME_EVERYWHERE]


@each_template
def test_nothing_inline_that_the_policy_would_block(path: Path) -> None:
    source = path.read_text()
    assert not re.search(r"\sstyle\s*=|<style|<script|javascript:", source, re.I)
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", source, re.I)


@each_template
def test_nothing_comes_from_another_host(path: Path) -> None:
    assert not re.search(r"""(?:src|href|action)\s*=\s*["']?(?:https?:)?//""", path.read_text())


@each_template
def test_every_text_can_be_translated(path: Path) -> None:
    assert text_outside_translation(path.read_text()) == []


@each_template
def test_no_placeholder_stands_in_for_a_label(path: Path) -> None:
    assert "placeholder=" not in path.read_text()


@each_template
def test_every_template_compiles(path: Path) -> None:
    assert Engine.get_default().from_string(path.read_text())


def test_the_rule_on_texts_can_fail() -> None:
    assert text_outside_translation('<p>Halo {{ name }}</p><img alt="Foto">') == ["Halo", "Foto"]
    assert text_outside_translation('{% translate "Halo" %}<a href="/iuran/">{{ x }}</a>') == []


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_an_error_page_says_what_happened_what_to_do_and_whom_to_ask(name: str) -> None:
    request = RequestFactory().get("/nowhere/")
    page = get_template(name).render({"reference": "GL-26-000123"}, request)
    assert page.count("<h1>") == 1
    assert "Yang bisa Anda lakukan" in page
    assert "175" in page
    assert "GL-26-000123" in page
    assert "‹" not in page


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_an_error_page_needs_no_request_and_no_reference(name: str) -> None:
    page = get_template(name).render()
    assert "Sebutkan nomor acuan ini" not in page
    assert 'data-door="public"' in page
    assert "‹" not in page


def test_a_stale_form_is_told_apart_from_a_missing_permission() -> None:
    assert "terlalu lama terbuka" in get_template("403.html").render({"stale_form": True})
    assert "tidak punya izin" in get_template("403.html").render({})


def test_the_base_page_has_a_skip_link_a_main_part_and_its_language() -> None:
    with translation.override("id"):
        page = get_template("shared/base.html").render({}, RequestFactory().get("/"))
    assert '<html lang="id">' in page
    assert page.index('href="#content"') < page.index("<header")
    assert '<main id="content"' in page


def test_the_title_says_that_something_is_wrong_before_anything_else() -> None:
    page = get_template("shared/base.html").render({"form": {"errors": {"nik": ["salah"]}}}, RequestFactory().get("/"))
    assert "<title>Galat: " in page


def test_a_door_shows_its_name_its_density_and_who_is_signed_in() -> None:
    class Account:
        display_name = "Siti Contoh"

    request = RequestFactory().get("/")
    request.door, request.account, request.sign_out_url = "member", Account(), "/keluar/"  # type: ignore[attr-defined] # set by middleware
    page = get_template("shared/base.html").render({}, request)
    assert '<body data-door="member">' in page
    assert "Akun peserta" in page
    assert "Siti Contoh" in page
    assert 'action="/keluar/"' in page
