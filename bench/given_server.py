"""A server that somebody else runs, for the tests and the benches: ``LINDUNG_GIVEN_SERVER`` is its owner's URL.

With ``LINDUNG_CITUS=1`` it is a Citus coordinator: every database is migrated with ``--distributed``. Its workers, if
it has any, are named by ``LINDUNG_CITUS_WORKERS`` (``host:port host:port``) and hold all that is spread. The owner must
be allowed to make databases, roles and the extension everywhere; the application's role comes in as the server lets it.
Databases that were made are left for whoever runs the servers.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from lindung.config.postgres import APPLICATION, DATABASE


class GivenServer:
    """Speaks of databases as ``EmbeddedServer`` does, and starts and stops nothing."""

    def __init__(self, url: str, *, distributed: bool, workers: Sequence[str] = ()) -> None:
        self._url = urlsplit(url)
        self._distributed = distributed
        self._workers = [urlsplit(f"//{worker}") for worker in workers]

    @classmethod
    def from_environment(cls) -> "GivenServer | None":
        """The server that the environment names, if it names one."""
        url = os.environ.get("LINDUNG_GIVEN_SERVER")
        if not url:
            return None
        workers = os.environ.get("LINDUNG_CITUS_WORKERS", "").split()
        return cls(url, distributed=os.environ.get("LINDUNG_CITUS") == "1", workers=workers)

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
        login = self._url.netloc.rpartition("@")[0]
        workers = [self._url._replace(netloc=f"{login}@{worker.netloc}") for worker in self._workers]
        for server in (self._url, *workers):
            with psycopg.connect(urlunsplit(server._replace(path="/postgres")), autocommit=True) as owner:
                owner.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
                owner.execute(f"CREATE DATABASE {database}")
            if workers:
                with psycopg.connect(urlunsplit(server._replace(path=f"/{database}")), autocommit=True) as owner:
                    owner.execute("CREATE EXTENSION citus")
        if workers:
            with psycopg.connect(self.owner_url(database), autocommit=True) as owner:
                owner.execute("SELECT citus_set_coordinator_host(%s, %s)", [self._url.hostname, self._url.port])
                for worker in self._workers:
                    owner.execute("SELECT citus_add_node(%s, %s)", [worker.hostname, worker.port])
        argv = [sys.executable, "-m", "lindung.config.cli", "migrate", *(["--distributed"] * self._distributed)]
        subprocess.run(argv, env={**os.environ, "DATABASE_OWNER_URL": self.owner_url(database)}, check=True)

    def copy(self, source: str, name: str) -> None:
        """Another database with the same rows: a coordinator's tables are filled anew, as they cannot be copied."""
        self.make(name)
        with psycopg.connect(self.owner_url(source)) as giver, psycopg.connect(self.owner_url(name)) as taker:
            taker.execute("SET session_replication_role = replica")  # what a key leads to may come after it
            for (table,) in giver.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall():
                told = sql.Identifier(table)
                if taker.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(told)).fetchone():
                    continue  # what migrating wrote there
                with (
                    giver.cursor().copy(sql.SQL("COPY (SELECT * FROM {}) TO STDOUT").format(told)) as rows,
                    taker.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(told)) as sink,
                ):
                    for block in rows:
                        sink.write(block)
            last = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
            for sequence, value in giver.execute(last).fetchall():
                if value is not None:
                    taker.execute("SELECT setval(%s, %s)", [sequence, value])

    def stop(self) -> None:
        """It is somebody else's."""
