"""The application of a web door, whole: nothing that a visitor needs is loaded while he waits."""

import os
from importlib import import_module

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lindung.config.settings")

from django.conf import settings  # must know where its settings are
from django.core.wsgi import get_wsgi_application  # as above
from django.template import Engine  # as above

application = get_wsgi_application()
# The tags of the templates, the views of this door, what every page says of itself, and the calendar, of which one
# country cannot be loaded alone.
Engine.get_default()
for _late in (settings.ROOT_URLCONF, "lindung.channels.shared.context", "holidays.countries"):
    import_module(_late)
