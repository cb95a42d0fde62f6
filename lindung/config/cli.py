"""The `lindung` command. Each subcommand loads only what it needs: the law answers without a framework."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

# subcommand -> the module that declares and runs it; a module may declare several
_MODULES = {
    "law": "law_cli",
    "run": "run_cli",
    "migrate": "database_cli",
    "self-check": "database_cli",
    "invite": "people_cli",
    "demo": "people_cli",
    "nation": "nation_cli",
    "credit": "crediting_cli",
    "translations": "translations",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand and give its exit code; 2 means that the words given are wrong."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(prog="lindung", description="An open platform for employment social security.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    named = next((word for word in given if not word.startswith("-")), None)
    wanted = [_MODULES[named]] if named in _MODULES else sorted(set(_MODULES.values()))
    modules = [import_module(f"lindung.config.{name}") for name in wanted]
    for module in modules:
        module.add_parsers(subparsers)
    args = parser.parse_args(given)
    return int(import_module(f"lindung.config.{_MODULES[args.command]}").run(args))


def django_setup(door: str = "command") -> None:
    """Load the framework for a command that needs the database."""
    os.environ.setdefault("LINDUNG_DOOR", door)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lindung.config.settings")
    import django

    django.setup()


if __name__ == "__main__":
    sys.exit(main())
