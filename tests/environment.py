"""The ground every test stands on: one embedded server a run, a template database built as the owner, and for each
test process a clone of it, reached as the application's role.

A plugin rather than a conftest, because the settings read the environment before any conftest is loaded. The
process that is no xdist worker owns the server and stops it.
"""

import base64
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

from bench.given_server import GivenServer
from lindung.config.postgres import EmbeddedServer

TEMPLATE = "lindung_template"
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
DATABASE = f"test_{WORKER}"
_FOLDER = "LINDUNG_TEST_FOLDER"


def _keys() -> str:
    def key() -> str:
        return base64.b64encode(secrets.token_bytes(32)).decode()

    return json.dumps(
        {"encryption": {"current": "t1", "keys": {"t1": key()}}, "index": key(), "django": secrets.token_urlsafe(32)}
    )


def _start() -> EmbeddedServer | GivenServer:
    folder = Path(tempfile.mkdtemp(prefix="lindung-test-"))
    folder.chmod(0o711)
    os.environ[_FOLDER] = str(folder)
    keys = folder / "keys.json"
    keys.write_text(_keys())
    if given := GivenServer.from_environment():
        return given
    # Nothing here has to outlive the run, so the server need not wait for the disk.
    server = EmbeddedServer(
        folder / "data", settings={"fsync": "off", "synchronous_commit": "off", "shared_buffers": "128MB"}
    )
    server.start()
    with psycopg.connect(server.owner_url("postgres"), autocommit=True) as owner:
        owner.execute(f"CREATE DATABASE {TEMPLATE}")
    subprocess.run(
        [sys.executable, "-m", "lindung.config.cli", "migrate"],
        env={**os.environ, "DATABASE_OWNER_URL": server.owner_url(TEMPLATE), "LINDUNG_KEYS_FILE": str(keys)},
        check=True,
    )
    return server


def server_folder() -> Path:
    """The folder of this run's server."""
    return Path(os.environ[_FOLDER])


def clone(name: str, template: str = TEMPLATE) -> None:
    """A fresh database like the template, made by its owner for the application's role."""
    if given := GivenServer.from_environment():
        if template != TEMPLATE:
            raise NotImplementedError("a server that was given does not copy databases")
        os.environ["LINDUNG_KEYS_FILE"] = str(server_folder() / "keys.json")
        given.make(name)
        return
    server = EmbeddedServer(server_folder() / "data")
    with psycopg.connect(server.owner_url("postgres"), autocommit=True) as owner:
        owner.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        owner.execute(f"CREATE DATABASE {name} TEMPLATE {template}")


def app_url(name: str) -> str:
    """Where a database of this run's server is, for the application's role."""
    given = GivenServer.from_environment()
    return given.app_url(name) if given else EmbeddedServer(server_folder() / "data").app_url(name)


_server = None if _FOLDER in os.environ else _start()
os.environ["LINDUNG_DATA"] = str(server_folder())
os.environ["LINDUNG_KEYS_FILE"] = str(server_folder() / "keys.json")
os.environ["DATABASE_URL"] = app_url(DATABASE)


def pytest_unconfigure() -> None:
    """Stop what this process started."""
    if _server is not None:
        _server.stop()
        shutil.rmtree(server_folder(), ignore_errors=True)
