"""The entry of every web door. A granian worker imports this, so this is where it ties its life to its parent."""

import os

from lindung.config.processes import die_with_parent

die_with_parent()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lindung.config.settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402 # the parent-death signal must come first

application = get_wsgi_application()
