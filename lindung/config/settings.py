"""Django's settings: one file; what differs between processes is the door, what differs in production is refused."""

import json
import os
import sys
from pathlib import Path

from lindung.config import env

PRODUCTION = env.production()
DOOR = env.door()
PACKAGE = Path(__file__).resolve().parent.parent
TESTING = "pytest" in sys.modules

if PRODUCTION and os.environ.get("LINDUNG_NOW"):
    raise env.BadEnvironment("LINDUNG_NOW moves the clock and is refused in production. Unset it.")


def _secret_key() -> str:
    keys_file = os.environ.get("LINDUNG_KEYS_FILE")
    if keys_file:
        return str(json.loads(Path(keys_file).read_text())["django"])
    if PRODUCTION:
        raise env.BadEnvironment("LINDUNG_KEYS_FILE is not set. Production needs its keys file.")
    return "only for commands that open no door and no database"


SECRET_KEY = _secret_key()
DEBUG = False
ALLOWED_HOSTS = env.text("LINDUNG_HOSTS", "127.0.0.1,localhost").split(",")

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django.forms",
    "procrastinate.contrib.django",
    "lindung.access",
    "lindung.contact",
    "lindung.evidence",
    "lindung.registry",
    "lindung.ledger",
    "lindung.contributions",
    "lindung.compliance",
    "lindung.uploads",
    "lindung.channels.shared",
    "lindung.channels.public",
    "lindung.channels.member",
    "lindung.channels.employer",
    "lindung.channels.branch",
]
if not PRODUCTION:
    INSTALLED_APPS.append("lindung.partners")  # the simulators' pages

MIDDLEWARE = [
    "lindung.channels.shared.middleware.SafeHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lindung.channels.shared.middleware.Door",
    "lindung.channels.shared.middleware.DoorSession",
    "lindung.channels.shared.preferences.Preferences",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "lindung.channels.shared.middleware.ClosedByDefault",
]
if DOOR in ("machines", "simulators"):
    # Machines carry no cookies and no forms; what lets them in is their signature. Simulators are nobody's account.
    MIDDLEWARE = [
        "lindung.channels.shared.middleware.SafeHeaders",
        "whitenoise.middleware.WhiteNoiseMiddleware",
        "lindung.channels.shared.middleware.Door",
        "lindung.channels.shared.preferences.Preferences",
        "django.middleware.locale.LocaleMiddleware",
        "lindung.channels.shared.middleware.ClosedByDefault",
    ]

ROOT_URLCONF = {
    "staff": "lindung.config.urls_staff",
    "machines": "lindung.config.urls_machines",
    "simulators": "lindung.config.urls_simulators",
}.get(DOOR, "lindung.config.urls_public")
WSGI_APPLICATION = "lindung.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "lindung.channels.shared.context.door",
            ],
            "string_if_invalid": "‹%s?›" if TESTING else "",
        },
    }
]
FORM_RENDERER = "lindung.channels.shared.forms.HouseRenderer"

# A command that needs no database (the law) must run without one; a first query without it says so.
DATABASES = {"default": env.database(os.environ["DATABASE_URL"])} if "DATABASE_URL" in os.environ else {}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.Account"
SESSION_ENGINE = "lindung.access.sessions"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_NAME = f"__Host-csrf-{DOOR}"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "lindung.channels.shared.refusals.stale_form"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "lindung.access.passwords.LongEnough",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "lindung.access.passwords.NotCommon"},
    {"NAME": "lindung.access.passwords.NotAboutYou"},
]
SECURE_CONTENT_TYPE_NOSNIFF = True

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "lindung-language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

STATIC_URL = "/static/"
# Production collects its static files once; everywhere else they are served from where they lie.
STATIC_ROOT = Path(env.text("LINDUNG_DATA")) / "static" if PRODUCTION else None
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = False

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
FILE_UPLOAD_MAX_MEMORY_SIZE = 26_000_000
# An uploaded file stays in memory until it is encrypted: nothing of it may lie in a temporary folder.
FILE_UPLOAD_HANDLERS = ["lindung.channels.shared.files.BoundedMemoryUpload"]

PORT = env.whole_number("LINDUNG_PORT", 8400)
PUBLIC_ADDRESS = env.text("LINDUNG_PUBLIC_ADDRESS", f"http://127.0.0.1:{PORT}")
STAFF_ADDRESS = env.text("LINDUNG_STAFF_ADDRESS", f"http://127.0.0.1:{PORT + 1}")
MACHINES_ADDRESS = env.text("LINDUNG_MACHINES_ADDRESS", f"http://127.0.0.1:{PORT + 2}")
MAIL_ADDRESS = env.text("LINDUNG_MAIL_ADDRESS", f"127.0.0.1:{PORT + 4}")
DEFAULT_FROM_EMAIL = env.text("LINDUNG_MAIL_SENDER", "Lindung <pesan@lindung.example>")
SMS_ADDRESS = env.text("LINDUNG_SMS_ADDRESS", f"http://127.0.0.1:{PORT + 3}/sms")
# The agreement with the civil registry. Outside production it is one with the simulator, whose words are no secret.
DUKCAPIL_ADDRESS = env.text("LINDUNG_DUKCAPIL_ADDRESS", f"http://127.0.0.1:{PORT + 3}/dukcapil")
DUKCAPIL_CUSTOMER_ID = env.text("LINDUNG_DUKCAPIL_CUSTOMER_ID", None if PRODUCTION else "LINDUNG")
DUKCAPIL_USER_ID = env.text("LINDUNG_DUKCAPIL_USER_ID", None if PRODUCTION else "lindung")
DUKCAPIL_PASSWORD = env.secret("LINDUNG_DUKCAPIL_PASSWORD_FILE", None if PRODUCTION else "simulasi")
DUKCAPIL_IP_USER = env.text("LINDUNG_DUKCAPIL_IP_USER", None if PRODUCTION else "127.0.0.1")
DUKCAPIL_BIRTH_FORMAT = env.one_of("LINDUNG_DUKCAPIL_BIRTH_FORMAT", ("DD-MM-YYYY", "YYYY-MM-DD"))
DUKCAPIL_CA_FILE = env.file("LINDUNG_DUKCAPIL_CA_FILE", required=PRODUCTION)
# What we sign with when we ask a bank, PEM. Without it none is asked; outside production one is made when it is needed.
SNAP_KEY_FILE = env.file("LINDUNG_SNAP_KEY_FILE", required=False)
SNAP_CLIENT_ID = env.text("LINDUNG_SNAP_CLIENT_ID", "lindung")
SIMULATOR_ADDRESS = "" if PRODUCTION else f"http://127.0.0.1:{PORT + 3}"
if PRODUCTION:
    for name in ("PUBLIC", "STAFF", "MACHINES", "MAIL", "SMS", "DUKCAPIL"):
        address = env.text(f"LINDUNG_{name}_ADDRESS")
        if "127.0.0.1" in address or "localhost" in address:
            raise env.BadEnvironment(
                f"LINDUNG_{name}_ADDRESS points to this machine. Production needs the partner's own address."
            )
    if not DUKCAPIL_ADDRESS.startswith("https://"):
        raise env.BadEnvironment("LINDUNG_DUKCAPIL_ADDRESS must begin with https://: a NIK never travels in clear.")

PROCRASTINATE_ON_APP_READY = None
PROCRASTINATE_IMPORT_PATHS = [
    "lindung.uploads.tasks",
    "lindung.contributions.tasks",
    "lindung.compliance.tasks",
    "lindung.registry.tasks",
    "lindung.contact.tasks",
    "lindung.config.tasks",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "lindung": {"level": "INFO"},
        "django.request": {"level": "ERROR"},
    },
}
