"""The entry of the web doors: what a visitor needs is loaded before one comes."""

import json
import subprocess
import sys

FIRST_PAGE = """
import json, sys
from lindung.config.wsgi import application
from django.test import Client
before = set(sys.modules)
status = Client(HTTP_HOST="127.0.0.1").get("/iuran/?month_0=2&month_1=2026&wage=12000000").status_code
loaded = [name for name in set(sys.modules) - before if not name.startswith("django.")]
print(json.dumps({"status": status, "loaded": loaded}))
"""


def test_the_first_page_of_a_fresh_process_waits_for_no_module_to_be_loaded() -> None:
    done = subprocess.run([sys.executable, "-c", FIRST_PAGE], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout.splitlines()[-1]) == {"status": 200, "loaded": []}
