"""`lindung demo` and `lindung invite`."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from lindung.config import env
from lindung.config.processes import PROJECT

_LEAST_MEMBERS = 300
_SIZES = ["micro", "small", "medium", "large"]
_JKK_CLASSES = ["I", "II", "III", "IV", "V"]


def add_parsers(subparsers: Any) -> None:
    """Declare the two subcommands."""
    demo = subparsers.add_parser("demo", help="invent people, firms and two years of months, once")
    demo.add_argument("--members", type=_members, default=_LEAST_MEMBERS, help="how many people, 300 or more")
    invite = subparsers.add_parser("invite", help="print a link by which somebody sets a first password")
    invite.add_argument("--role", choices=["hr", "officer"], required=True)
    invite.add_argument("--name", required=True, help="as shown in the header")
    invite.add_argument("--email", required=True, help="the name to sign in with")
    invite.add_argument("--employer", metavar="NPP", help="hr: a firm that is registered")
    invite.add_argument("--new-employer", metavar="FIRM", help="hr: the name of a firm to register first")
    invite.add_argument("--npp", help="of the new firm: its number, up to 16 letters and digits")
    invite.add_argument("--size", choices=_SIZES, help="of the new firm")
    invite.add_argument("--jkk-class", choices=_JKK_CLASSES, help="of the new firm: its risk class")
    for parser in (demo, invite):
        parser.add_argument("--data", type=Path, help="data folder of `lindung run`")


def _members(text: str) -> int:
    if not text.isdigit() or int(text) < _LEAST_MEMBERS:
        raise argparse.ArgumentTypeError(f"must be a whole number from {_LEAST_MEMBERS}")
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Run one of them; 1 when it cannot be done and 2 when the words given are wrong: then nothing was changed."""
    if args.command == "invite" and (wrong := _wrong_words(args)):
        print(f"lindung invite: {wrong}", file=sys.stderr)
        return 2
    if args.command == "demo" and env.production():
        print("lindung demo: invented people are refused in production.", file=sys.stderr)
        return 1
    reach_database(args.data)
    from lindung.config.cli import django_setup

    django_setup()
    return _demo(args.members) if args.command == "demo" else _invite(args)


def reach_database(folder: Path | None) -> None:
    """Without ``DATABASE_URL``, the database that `lindung run` keeps in its data folder."""
    if folder is not None:
        os.environ["LINDUNG_DATA"] = str(folder.resolve())
    if "DATABASE_URL" in os.environ:
        return
    from lindung.config.postgres import EmbeddedServer

    folder = Path(os.environ.get("LINDUNG_DATA") or PROJECT / "var").resolve()
    os.environ["DATABASE_URL"] = EmbeddedServer(folder).app_url()
    os.environ["LINDUNG_DATA"] = str(folder)
    os.environ.setdefault("LINDUNG_KEYS_FILE", str(folder / "keys.json"))


def _demo(members: int) -> int:
    from django.db import connection, transaction

    from lindung.config.datadir import NEWCOMERS_FILE, write_atomically
    from lindung.lib import clock
    from lindung.nation.accounts import make_accounts
    from lindung.nation.bank import register_simulated_bank
    from lindung.nation.demo import is_loaded, load_demo
    from lindung.nation.newcomers import newcomers_file, register_demonstration

    folder = Path(env.text("LINDUNG_DATA"))
    now = clock.now()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('lindung demo', 0))")
        if is_loaded():
            print("The invented people are here already.")
            return 0
        firms = load_demo(now=now, partner_id=register_simulated_bank(folder=folder, now=now), members=members)
        people = make_accounts(firms, now=now)
        register_demonstration(today=clock.wib_date(now))
        write_atomically(folder / NEWCOMERS_FILE, newcomers_file(today=clock.wib_date(now)), mode=0o644)
        # The last act before the commit: a kill in between leaves words for nobody, and the next try new ones.
        _write_sign_ins(folder, people)
    for firm in firms:
        workers = firm.workers["person_id"].n_unique()
        print(f"{firm.firm.name}: {workers} people in {len(firm.bills)} months")
    return 0


def _write_sign_ins(folder: Path, people: list[Any]) -> None:
    from django.conf import settings

    from lindung.config.datadir import write_atomically

    addresses = {
        "member": f"{settings.PUBLIC_ADDRESS}/member/",
        "employer": f"{settings.PUBLIC_ADDRESS}/employer/",
        "staff": f"{settings.STAFF_ADDRESS}/",
    }
    rows = [
        {
            "door": person.door,
            "address": addresses[person.door],
            "who": person.who,
            "name": person.name,
            "password": person.password,
        }
        for person in people
    ]
    write_atomically(folder / "signins.json", json.dumps(rows, ensure_ascii=False, indent=1) + "\n")


def _wrong_words(args: argparse.Namespace) -> str:
    """What is wrong with the words of an invitation, or nothing."""
    new = {"--npp": args.npp, "--size": args.size, "--jkk-class": args.jkk_class}
    named = [word for word, value in new.items() if value]
    if args.role == "officer" and (args.employer or args.new_employer or named):
        return "an officer belongs to no firm; leave the firm's words out"
    if args.role == "hr" and bool(args.employer) == bool(args.new_employer):
        return "hr needs a firm: either --employer NPP or --new-employer FIRM"
    if args.new_employer and len(named) < len(new):
        return f"a new firm needs {', '.join(word for word in new if word not in named)} too"
    if named and not args.new_employer:
        return f"{named[0]} belongs to --new-employer"
    return ""


def _invite(args: argparse.Namespace) -> int:
    from django.conf import settings
    from django.db import transaction

    from lindung.access.services import LINK_HOURS, invite
    from lindung.access.trail import SYSTEM
    from lindung.contact.addressees import of_account
    from lindung.contact.services import BadAddress, save_addresses
    from lindung.lib import clock
    from lindung.registry.models import Employer
    from lindung.registry.services import EmployerRefused, NppTaken, register_employer

    now = clock.now()
    try:
        with transaction.atomic():
            scope_id = 0
            if args.new_employer:
                scope_id = register_employer(
                    actor=SYSTEM,
                    npp=args.npp,
                    name=args.new_employer,
                    size=args.size,
                    jkk_class=args.jkk_class,
                    now=now,
                    since_on=clock.wib_date(now),
                )
            elif args.employer:
                scope_id = Employer.objects.get(npp=args.employer.upper()).pk
            link = invite(
                actor=SYSTEM,
                display_name=args.name,
                names={"email": args.email},
                role=args.role,
                scope_id=scope_id,
                now=now,
            )
            save_addresses(
                actor=SYSTEM,
                person_ids=[of_account(link.account_id)],
                kind="email",
                values=[args.email],
                cause=f"employer:{scope_id}" if scope_id else "agency:0",
                now=now,
            )
    except BadAddress:
        print("lindung invite: --email is no e-mail address.", file=sys.stderr)
        return 1
    except Employer.DoesNotExist:
        print(f"lindung invite: no firm has the NPP {args.employer}.", file=sys.stderr)
        return 1
    except NppTaken:
        print(f"lindung invite: another firm has the NPP {args.npp}; use --employer.", file=sys.stderr)
        return 1
    except EmployerRefused as error:
        print(f"lindung invite: {error}.", file=sys.stderr)
        return 1
    print(f"{settings.PUBLIC_ADDRESS}/start/{link.token}/")
    print(f"Good once, for {LINK_HOURS} hours.", file=sys.stderr)
    return 0
