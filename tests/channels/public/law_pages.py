"""How the tests of the law's pages ask and read them, as a browser without scripts does."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.test import Client

FORMS = (
    "/iuran/",
    "/iuran/pekerja-mandiri/",
    "/iuran/jasa-konstruksi/",
    "/iuran/pekerja-migran/",
    "/simulasi-jht/",
)
ASKED = {
    "/iuran/": {"month_0": "2", "month_1": "2026", "wage": "12.000.000", "jkk_class": "II"},
    "/iuran/pekerja-mandiri/": {
        "month_0": "2",
        "month_1": "2026",
        "income": "3.000.000",
        "programmes": "JKK,JKM,JHT",
        "months": "3",
    },
    "/iuran/jasa-konstruksi/": {"month_0": "2", "month_1": "2026", "basis": "net", "amount": "2 miliar"},
    "/iuran/pekerja-migran/": {
        "paid_on_0": "2",
        "paid_on_1": "3",
        "paid_on_2": "2026",
        "contract_months": "24",
        "route": "placement agency",
    },
    "/simulasi-jht/": {
        "month_0": "1",
        "month_1": "2025",
        "wage": "5.000.000",
        "years": "5",
        "annual_rate_percent": "5",
    },
}
"""For each form an address that has an answer."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A page: its status, its markup, and what can be read in its main part."""

    status: int
    markup: str

    @property
    def text(self) -> str:
        main = re.sub(r"<svg.*?</svg>", " ", self.markup.partition("<main")[2].partition("</main>")[0], flags=re.S)
        return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main)))

    @property
    def result(self) -> str:
        """The answer alone, or nothing where there is none."""
        part = self.markup.partition('id="result"')[2].partition("</section>")[0]
        return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", part)))

    @property
    def shared(self) -> str:
        """The address of this very answer, as the page offers it."""
        found = re.search(r"dibagikan:|share:", self.markup)
        assert found, self.text
        address = re.search(r'href="([^"]+)"', self.markup[found.end() :])
        assert address
        return html.unescape(address[1])

    def error_of(self, field: str) -> str:
        """What stands beside a field; empty when nothing is wrong with it."""
        found = re.search(rf'id="id_{field}_error">(.*?)</div>', self.markup, re.S)
        return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", found[1]))).strip() if found else ""


def read(address: str, facts: Mapping[str, object] | None = None, *, english: bool = False) -> Shown:
    client = Client(headers={"accept-language": "en" if english else "id"})
    answer = client.get(f"{address}?{urlencode(facts, doseq=True)}" if facts else address)
    return Shown(answer.status_code, answer.content.decode())


def asked(address: str, **changed: object) -> Shown:
    """The answer to the usual facts of a form with some of them changed; None leaves one out."""
    facts = {name: value for name, value in {**ASKED[address], **changed}.items() if value is not None}
    return read(address, facts)
