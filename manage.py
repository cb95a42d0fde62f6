"""Django's own commands, for developers; the product's are under `lindung`."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lindung.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
