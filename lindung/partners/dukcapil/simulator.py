"""A civil registry of invented people, in the ministry's wire format.

The last four digits of a NIK force an answer, whoever has it:

8003..8010, 8011..8017   the code 03..17
8900                     the answer comes when nobody waits any more
8901                     HTTP 502
8902                     the answer is not JSON
8903                     the old form, a text without a code
8904                     the name is 85 per cent alike, all else agrees

``_control`` orders faults for the next calls, whoever they are about: ``http_500``, ``bad_json``, ``html``, ``drop``
(an empty answer), ``timeout``, ``slow:<ms>``.
"""

import hmac
import json
import time
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from lindung.lib import clock
from lindung.lib.doors import open_door
from lindung.partners.dukcapil import people
from lindung.partners.dukcapil.answers import Element
from lindung.partners.dukcapil.client import BIRTH_FORMATS, METHOD
from lindung.partners.dukcapil.people import Citizen
from lindung.partners.dukcapil.similarity import similarity
from lindung.partners.simulated import Faults, slowness_seconds

FAULTS = Faults("dukcapil", frozenset({"http_500", "bad_json", "html", "drop", "timeout"}))
_FORCED_CODES: Final = {f"80{code:02}": f"{code:02}" for code in range(3, 18)}
_TIMEOUT, _BAD_GATEWAY, _BAD_JSON, _OLD_FORM, _NAME_NEAR = "8900", "8901", "8902", "8903", "8904"
FORCED_ENDINGS: Final = frozenset({*_FORCED_CODES, _TIMEOUT, _BAD_GATEWAY, _BAD_JSON, _OLD_FORM, _NAME_NEAR})
"""Last four digits that invented people whom the registry should know must not have."""
_MEANINGS: Final = {
    "03": "Login gagal",
    "04": "IP address tidak sesuai",
    "05": "Kuota akses hari ini telah habis",
    "06": "Di luar jam akses",
    "07": "Parameter tidak lengkap",
    "08": "NIK tidak dapat diproses",
    "09": "USER_ID, PASSWORD, atau IP_USER kosong",
    "10": "IP client tidak terdaftar",
    "11": "Data ditemukan, meninggal dunia",
    "12": "Data ditemukan, data ganda",
    "13": "Data tidak ditemukan",
    "14": "Data ditemukan, tidak aktif",
    "15": "NIK tidak sesuai format",
    "16": "Lembaga tidak aktif",
    "17": "User ID tidak aktif",
}
_CODE_OF_STATE: Final = {"deceased": "11", "duplicate": "12", "inactive": "14"}
_NO_ELEMENTS: Final = frozenset({"USER_ID", "PASSWORD", "IP_USER", "TRESHOLD", "NIK"})
_NEAR_SCORE: Final = 85
_LONGER_THAN_ANYBODY_WAITS_SECONDS: Final = 15.0

Row = dict[str, str]


@open_door
@require_POST
def verify(request: HttpRequest, customer_id: str, method: str) -> HttpResponse:
    """``POST /dukcapil/get_json/<customer>/CALL_VERIFY_BY_ELEMEN``: a page with one row, also for a refusal."""
    now = clock.now()
    habits = people.habits(clock.wib_date(now))
    if habits.delay_ms:
        time.sleep(habits.delay_ms / 1000)
    if habits.outage:
        return HttpResponse("<html><body>Service Unavailable</body></html>", status=503)
    if (broken := _broken(FAULTS.take())) is not None:
        return broken
    if method != METHOD:
        return HttpResponse("<html><body>Not Found</body></html>", status=404)
    try:
        question: Any = json.loads(request.body)
    except ValueError:
        question = None
    if not isinstance(question, dict):
        return HttpResponse("<html><body>Bad Request</body></html>", status=400)
    if code := _refused(question, customer_id, habits, now):
        return _page(_row(code))
    left = people.use_quota(clock.wib_date(now))
    if left is None:
        return _page(_row("05"), 0)
    nik = str(question.get("NIK", ""))
    if (broken := _broken(_FAULT_OF_ENDING.get(nik[-4:], ""))) is not None:
        return broken
    return _page(_answered(nik, question, other_nik=habits.other_nik), left)


_FAULT_OF_ENDING: Final = {_TIMEOUT: "timeout", _BAD_GATEWAY: "bad_gateway", _BAD_JSON: "bad_json"}


def _broken(fault: str) -> HttpResponse | None:
    """The answer that a fault makes of any question; None when it makes none."""
    if fault == "timeout":
        time.sleep(_LONGER_THAN_ANYBODY_WAITS_SECONDS)
    elif late := slowness_seconds(fault):
        time.sleep(late)
    made: Callable[[], HttpResponse] | None = {
        "http_500": lambda: HttpResponse("internal error", status=500),
        "bad_gateway": lambda: HttpResponse("<html><body>Bad Gateway</body></html>", status=502),
        "html": lambda: HttpResponse("<html><body>Portal</body></html>"),
        "bad_json": lambda: HttpResponse('{"content":[{"NAMA_LGKP":"Sesuai (1', content_type="application/json"),
        "drop": HttpResponse,
    }.get(fault)
    return None if made is None else made()


def _refused(question: Mapping[str, Any], customer_id: str, habits: people.Habits, now: datetime) -> str:
    """The code by which a caller is sent away before anything is looked up; empty when he may pass."""
    user, password, address = (str(question.get(name, "")) for name in ("USER_ID", "PASSWORD", "IP_USER"))
    if not (user and password and address):
        return "09"
    if customer_id != settings.DUKCAPIL_CUSTOMER_ID:
        return "16"
    good = hmac.compare_digest(password.encode(), settings.DUKCAPIL_PASSWORD.encode())
    if user != settings.DUKCAPIL_USER_ID or not good:
        return "03"
    if address != settings.DUKCAPIL_IP_USER:
        return "04"
    at = f"{now.astimezone(clock.WIB):%H:%M}"
    return "" if habits.opens <= at < habits.closes else "06"


def _answered(nik: str, question: Mapping[str, Any], *, other_nik: bool) -> Row:
    elements = {name: str(text) for name, text in question.items() if name not in _NO_ELEMENTS and str(text).strip()}
    threshold = str(question.get("TRESHOLD", ""))
    if not (nik and elements and threshold.isdecimal() and 1 <= int(threshold) <= 100):
        return _row("07")
    ending = nik[-4:]
    if ending in _FORCED_CODES:
        return _row(_FORCED_CODES[ending])
    if ending == _OLD_FORM:
        return {"RESPON": "Data Tidak Ditemukan"}
    if not (len(nik) == 16 and nik.isascii() and nik.isdigit()):
        return _row("15")
    echo = nik[:-1] + str((int(nik[-1]) + 1) % 10) if other_nik else nik
    if ending == _NAME_NEAR:
        agreed = dict.fromkeys(elements, "Sesuai")
        return {"NIK": echo, **agreed, str(Element.NAME): _scored(_NEAR_SCORE, int(threshold))}
    citizen = people.find(nik)
    if citizen is None or citizen.state in _CODE_OF_STATE:
        return _row("13" if citizen is None else _CODE_OF_STATE[citizen.state])
    compared = {name: _compared(name, text, citizen, int(threshold)) for name, text in elements.items()}
    return {"NIK": echo, **compared}


def _compared(name: str, text: str, citizen: Citizen, threshold: int) -> str:
    texts = {
        Element.NAME: citizen.name,
        Element.MOTHER_NAME: citizen.mother_name,
        Element.BIRTH_PLACE: citizen.birth_place,
        Element.ADDRESS: citizen.address,
    }
    if name in texts:
        return _scored(similarity(text, texts[Element(name)]), threshold)
    birth_on = date.fromisoformat(citizen.birth_on)
    known = {
        Element.BIRTH_ON: {birth_on.strftime(form) for form in BIRTH_FORMATS.values()},
        Element.SEX: {"LAKI-LAKI"} if citizen.sex == "L" else {"PEREMPUAN"},
        Element.MARITAL: {citizen.marital},
    }
    return "Sesuai" if name in known and text.strip().upper() in known[Element(name)] else "Tidak Sesuai"


def _scored(score: int, threshold: int) -> str:
    return f"{'Sesuai' if score >= threshold else 'Tidak Sesuai'} ({score})"


def _row(code: str) -> Row:
    meaning = _MEANINGS[code]
    return {"RESPONSE_CODE": code, "RESPONSE_DESC": meaning, "RESPONSE": meaning}


def _page(row: Row, quota_left: int | None = None) -> JsonResponse:
    page: dict[str, Any] = {
        "content": [row],
        "lastPage": True,
        "numberOfElements": 1,
        "sort": None,
        "totalElements": 1,
        "firstPage": True,
        "number": 0,
        "size": 1,
    }
    return JsonResponse(page if quota_left is None else {**page, "quotaLimiter": quota_left})
