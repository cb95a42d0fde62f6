"""Invented people, firms and months, for demonstrations, tests and measurements. Never in production."""

import os

if os.environ.get("LINDUNG_ENV") == "production":
    raise ImportError("lindung.nation invents people and is refused in production")
