"""`python -m tests.journeys.queue`: every job there ever was, with its arguments; and the trail. Prints JSON lines."""

from lindung.config.cli import django_setup

django_setup()

from django.db import connection  # noqa: E402 # after the framework is ready

if __name__ == "__main__":
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(j)::text FROM procrastinate_jobs j")
        for (row,) in cursor.fetchall():
            print(row)
        cursor.execute("SELECT to_jsonb(t)::text FROM access_trailevent t")
        for (row,) in cursor.fetchall():
            print(row)
