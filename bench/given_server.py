"""A server that somebody else runs, for the tests and the benches: ``LINDUNG_GIVEN_SERVER`` is its owner's URL.

With ``LINDUNG_CITUS=1`` it is a Citus coordinator: every database is migrated with ``--distributed``. The owner must be
allowed to make databases and roles; the application's role comes in as the server lets it. Databases that were made are
left for whoever runs the server.
"""

import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import psycopg

from lindung.config.postgres import APPLICATION, DATABASE


class GivenServer:
    """Speaks of databases as ``EmbeddedServer`` does, and starts and stops nothing."""

    def __init__(self, url: str, *, distributed: bool) -> None:
        self._url = urlsplit(url)
        self._distributed = distributed

    @classmethod
    def from_environment(cls) -> "GivenServer | None":
        """The server that the environment names, if it names one."""
        url = os.environ.get("LINDUNG_GIVEN_SERVER")
        return cls(url, distributed=os.environ.get("LINDUNG_CITUS") == "1") if url else None

    def owner_url(self, database: str = DATABASE) -> str:
        """For making databases and tables."""
        return urlunsplit(self._url._replace(path=f"/{database}"))

    def app_url(self, database: str = DATABASE) -> str:
        """For everything else: the application's role, without a password."""
        place = self._url.netloc.rpartition("@")[2]
        return urlunsplit(self._url._replace(netloc=f"{APPLICATION}@{place}", path=f"/{database}"))

    def make(self, database: str) -> None:
        """A new, empty, migrated database in place of one of this name. A coordinator's cannot be copied, so each is
        migrated by itself."""
        with psycopg.connect(self.owner_url("postgres"), autocommit=True) as owner:
            owner.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
            owner.execute(f"CREATE DATABASE {database}")
        argv = [sys.executable, "-m", "lindung.config.cli", "migrate", *(["--distributed"] * self._distributed)]
        subprocess.run(argv, env={**os.environ, "DATABASE_OWNER_URL": self.owner_url(database)}, check=True)

    def stop(self) -> None:
        """It is somebody else's."""
