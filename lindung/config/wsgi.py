"""The entry of every web door. A granian worker imports this, so this is where it ties its life to its parent."""

import os
from importlib import import_module

from lindung.config.processes import die_with_parent

die_with_parent()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lindung.config.settings")

from django.conf import settings  # noqa: E402 # the parent-death signal must come first
from django.core.wsgi import get_wsgi_application  # noqa: E402 # as above
from django.template import Engine  # noqa: E402 # as above

application = get_wsgi_application()
# Loaded before the first visitor comes, not while one waits: the tags of the templates, the views of this door, what
# every page says of itself, and the calendar, of which one country cannot be loaded alone.
Engine.get_default()
for _late in (settings.ROOT_URLCONF, "lindung.channels.shared.context", "holidays.countries"):
    import_module(_late)
