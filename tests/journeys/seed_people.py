"""`python -m tests.journeys.seed_people 50`: so many invented people whom the simulated civil registry knows.

Prints JSON: what stands on their identity cards. Run with the platform's own environment.
"""

import json
import sys
from datetime import date

from lindung.config.cli import django_setup

django_setup()

import polars as pl  # noqa: E402 # after the framework is ready

from lindung.partners.dukcapil.people import register_people  # noqa: E402 # likewise
from lindung.partners.dukcapil.simulator import FORCED_ENDINGS  # noqa: E402 # likewise
from tests import builders  # noqa: E402 # likewise

_FIRST = ("Siti", "Budi", "Dewi", "Agus", "Rina", "Joko", "Ayu", "Hendra", "Wati", "Eko")
_MIDDLE = ("Ayu", "Putra", "Indah", "Rizki", "Nur", "Bagus", "Kartika", "Surya", "Ratna")
_LAST = ("Lestari", "Santoso", "Pertiwi", "Wijaya", "Handayani", "Nugroho", "Maharani", "Saputra")


def identity_card(number: int) -> dict[str, str]:
    """Somebody of the fictitious province 99 whose NIK, birth date and sex agree; another one for every number."""
    sex = "LP"[number % 2]
    born = date(1975 + number % 27, number % 12 + 1, number % 28 + 1)
    serial, district = number % 8000 + 1, number // 8000 % 90 + 10
    day = born.day + (40 if sex == "P" else 0)
    name = f"{_FIRST[number % 10 // 2 * 2 + (sex == 'L')]} {_MIDDLE[number // 40 % 9]} {_LAST[number % 8]} Contoh"
    return {
        "nik": f"99{district:02d}01{day:02d}{born:%m%y}{serial:04d}",
        "name": name,
        "birth_on": born.isoformat(),
        "sex": sex,
        "mother_name": f"Ibu {_LAST[(number + 3) % 8]}",
        "birth_place": "Kota Uji",
        "email": f"baru{number}@contoh.example",
        "phone": f"0800{number:08d}",
    }


def main(count: int) -> None:
    cards = [identity_card(next(builders._numbers)) for _ in range(count)]
    assert not {card["nik"][-4:] for card in cards} & FORCED_ENDINGS
    people = pl.DataFrame(cards).with_columns(pl.col("birth_on").str.to_date())
    register_people(people)
    print(json.dumps(cards))


if __name__ == "__main__":
    main(int(sys.argv[1]))
