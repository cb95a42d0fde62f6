"""Who may sign in to the demonstration, and with what."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
from django.core.exceptions import ValidationError

from lindung.access.queries import firm_accounts
from lindung.access.services import invite, set_first_password
from lindung.access.trail import SYSTEM
from lindung.contact.addressees import of_account
from lindung.contact.services import save_addresses
from lindung.nation.credited import OFFICERS
from lindung.nation.demo import LivedFirm
from lindung.nation.firms import LARGE, MEDIUM
from lindung.nation.names import words

_WORDS = words(
    "ambang anyam arloji awan badai bambu batik benang beras bintang biola botol bukit cangkir celah cempedak cincin "
    "danau delima duku durian embun engsel fajar gading gamelan garam gerbong gitar gunung halaman hujan ikan jahe "
    "jambu jembatan jeruk kabut kaca kapal karang kayu kelapa kenari kerang kincir kolam kopi kunyit kursi ladang "
    "lampu langit layang lentera lesung mangga manggis menara meja mutiara nanas nenas ombak oncom padi pantai pasir "
    "payung pelangi pena perahu pinang piring pisang pondok pulau rakit rambutan roti rotan sabut salak sampan sawah "
    "sirsak sungai tangga tebing teluk tembikar tikar timun topi ubi ulos wajan warung wayang"
)
_WORDS_IN_A_PASSWORD = 4
_PAYERS = ("membayar sendiri", "berhenti membayar", "bekerja di luar negeri")


@dataclass(frozen=True, slots=True)
class SignIn:
    """One person of the demonstration; ``password`` is empty for who has no account yet."""

    door: str
    who: str
    name: str
    password: str


def make_accounts(firms: list[LivedFirm], *, now: datetime) -> list[SignIn]:
    """Accounts for an HR officer of every firm, with his address, two officers of the agency and five members.

    Three of the members left their firm and paid for themselves since, stopped, or went abroad. The last one named is
    a worker who has none yet.
    """
    made = []
    for firm in firms:
        name, mail = firm.firm.name, f"hr@{firm.firm.mail}"
        made.append(_account("employer", f"HR, {name}", f"HR {name}", {"email": mail}, "hr", firm.id, now))
        reachable = [of_account(account_id) for account_id in firm_accounts([firm.id])[firm.id]]
        save_addresses(
            actor=SYSTEM,
            person_ids=reachable,
            kind="email",
            values=[mail] * len(reachable),
            cause=f"employer:{firm.id}",
            now=now,
        )
    for who, (mail, name) in zip(("petugas", "petugas kedua"), OFFICERS, strict=True):
        made.append(_account("staff", who, name, {"email": mail}, "officer", 0, now))
    by_npp = {firm.firm.npp: firm for firm in firms}
    large, medium = by_npp[LARGE.npp].workers, by_npp[MEDIUM.npp].workers
    start: date = large["from_on"].min()  # type: ignore[assignment] # a column of dates
    oldest = _reachable(large).filter(pl.col("from_on") == start).row(0, named=True)
    newest = _reachable(pl.concat([large, medium])).sort("from_on").row(-1, named=True)
    for worker, what in ((oldest, "pekerja, dua tahun"), (newest, "pekerja baru")):
        names = {"kpj": worker["kpj"], "email": worker["email"]}
        made.append(
            _account("member", f"{what}: {worker['name']}", worker["name"], names, "member", worker["person_id"], now)
        )
    for payer, what in zip(by_npp[MEDIUM.npp].payers, _PAYERS, strict=True):
        left = medium.filter(pl.col("person_id") == payer.person_id).row(0, named=True)
        made.append(
            _account(
                "member", f"{what}: {left['name']}", left["name"], {"kpj": payer.kpj}, "member", payer.person_id, now
            )
        )
    first = _reachable(medium).filter(pl.col("from_on") == start).row(0, named=True)
    made.append(SignIn("member", f"first-timer: {first['name']}", first["kpj"], ""))
    return made


def _reachable(workers: pl.DataFrame) -> pl.DataFrame:
    """Those who still work there, and whom both kinds of message reach."""
    return workers.filter(pl.col("until_on").is_null() & pl.col("email").is_not_null() & pl.col("phone").is_not_null())


def _account(
    door: str, who: str, display_name: str, names: dict[str, str], role: str, scope_id: int, now: datetime
) -> SignIn:
    link = invite(actor=SYSTEM, display_name=display_name, names=names, role=role, scope_id=scope_id, now=now)
    while True:
        password = "-".join(secrets.choice(_WORDS) for _ in range(_WORDS_IN_A_PASSWORD))
        try:
            set_first_password(token=link.token, password=password, now=now)
        except ValidationError:
            continue  # a part of the own name among the words: draw again
        return SignIn(door, who, names.get("kpj") or names["email"], password)
