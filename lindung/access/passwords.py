"""What a password may not be."""

from django.contrib.auth.password_validation import CommonPasswordValidator, MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_SCHEME_WORDS = ("bpjs", "jamsostek", "lindung", "password", "kata sandi", "katasandi")


class LongEnough(MinimumLengthValidator):
    """Says in the reader's language what the framework says in English alone here."""

    def get_error_message(self) -> str:
        return _("Kata sandi terlalu pendek. Pakai paling sedikit %(least)d huruf.") % {"least": self.min_length}


class NotCommon(CommonPasswordValidator):
    """Likewise."""

    def get_error_message(self) -> str:
        return _("Kata sandi ini dipakai banyak orang, jadi mudah ditebak. Pakai yang lain.")


class NotAboutYou:
    """Refuses the scheme's own words and the member's own name: the first things an attacker tries."""

    def validate(self, password: str, user: object | None = None) -> None:
        """Raise ``ValidationError`` with the reason and a cure."""
        lowered = password.casefold()
        own = [part for part in getattr(user, "display_name", "").casefold().split() if len(part) > 3]
        for word in [*_SCHEME_WORDS, *own]:
            if word in lowered:
                raise ValidationError(
                    _("Kata sandi memuat “%(word)s”, yang mudah ditebak. Pakai kata lain.") % {"word": word},
                    code="about_you",
                )

    def get_help_text(self) -> str:
        return _("Jangan memakai nama Anda atau nama layanan ini.")
