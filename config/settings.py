"""The only settings. Every value that differs between machines comes from the environment (.env.example lists them)."""

from datetime import date
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from web.logs import log_lines
from web.object_storage import bucket_address

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.smart_cast = False
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", False)
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)


def required(name, why, while_debugging):
    """Return the variable, or say what it is for when it is missing in production."""
    if value := env.str(name, while_debugging if DEBUG else ""):
        return value
    raise ImproperlyConfigured(f"Set {name}: {why} (.env.example lists every variable; DEBUG=1 needs none.)")


def listed(name, default=""):
    """Return the items of a list with commas, without the spaces around them: "a, b," -> ["a", "b"]."""
    return [item.strip() for item in env.str(name, default).split(",") if item.strip()]


SECRET_KEY = required("SECRET_KEY", "a long random text that signs sessions.", "only-for-development-" + "x" * 40)
# Earlier ones, for as long as what they signed or encrypted is still to count.
SECRET_KEY_FALLBACKS = listed("SECRET_KEY_FALLBACKS")
required("ALLOWED_HOSTS", "the host names that this site answers to, with commas.", "for development")
ALLOWED_HOSTS = listed("ALLOWED_HOSTS", "127.0.0.1,localhost,testserver")
CSRF_TRUSTED_ORIGINS = listed("CSRF_TRUSTED_ORIGINS")
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)  # what ends TLS, and tells who asked for what, and under which number
SITE_CONTACT = env.str("SITE_CONTACT", "editors@example.org")
# Files cite the address of their release; without this they cite its path alone.
SITE_URL = env.str("SITE_URL", "")

INSTALLED_APPS = [
    "trade",
    "faq",
    "sanctions",
    "drafts",
    "site_texts",
    "search",
    "backups",
    "tables",
    "web",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "accounts.apps.SecondFactorConfig",  # allauth.mfa, in the words of this site
    "accounts",  # after allauth and Django's accounts, whose pages of the admin it replaces
    "csp",
    "django_tasks",
    "django_tasks_db",
    "import_export",
    "simple_history",
]

MIDDLEWARE = [
    "web.security_headers.SecurityHeaders",
    "web.unavailable.PartAway",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "accounts.session_end.KeptForms",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "libraries": {"desk": "trade.admin.desk.first_page"},
        },
    }
]

DATABASES = {"default": env.db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'yalu.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE takes the write lock when a transaction begins, so a writer waits instead of failing half-way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A server that has vanished without a word is given up after seconds, not when TCP gives it up.
    DATABASES["default"]["OPTIONS"] = {"connect_timeout": 5, "tcp_user_timeout": 10_000} | DATABASES["default"].get(
        "OPTIONS", {}
    )
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", 60)
# Where a pooler such as pgbouncer hands out connections, a cursor on the server may not find its own again.
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = DATABASES["default"]["CONN_MAX_AGE"] == 0

# Each process keeps what web.page_cache renders, 20 to 200 kB a page; Redis, as "pages", keeps it for all of them.
KEEP_PAGES = env.bool("KEEP_PAGES", True)
KEEP_PAGES_MOST = env.int("KEEP_PAGES_MOST", 500)
# Views that are not kept yet are computed in a process of their own, so many for one address.
RENDERER = env.bool("RENDERER", True)
UNSEEN_VIEWS_A_MINUTE = env.int("UNSEEN_VIEWS_A_MINUTE", 600)
if REDIS_URL := env.str("REDIS_URL", ""):
    answers_soon = {"SOCKET_CONNECT_TIMEOUT": 1, "SOCKET_TIMEOUT": 1, "IGNORE_EXCEPTIONS": True}  # or is done without
    answers_soon["REDIS_CLIENT_CLASS"] = "web.redis_client.Client"
    redis = {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": REDIS_URL, "OPTIONS": answers_soon}
    DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = True
    CACHES = {"default": redis, "pages": redis | {"KEY_PREFIX": "pages"}}
    SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
else:
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    CACHES = {
        "default": memory | {"LOCATION": "default", "OPTIONS": {"MAX_ENTRIES": 10_000}},
        "pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
    }

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Where uploads and bundles lie: in VAR_DIR, or in a bucket (web.object_storage) that several servers share.
STORAGE_URL = env.str("STORAGE_URL", "")
STORAGE_KEEP_BYTES = env.int("STORAGE_KEEP_BYTES", 4 * 2**30)  # of a bucket's bundles, on this machine


def stored(folder, **of_a_bucket):
    """Return the entry of a folder in STORAGES."""
    if STORAGE_URL:
        return bucket_address.storage(STORAGE_URL, folder, **of_a_bucket)
    return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR_DIR / folder}}


STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "uploads": stored("uploads"),  # what editors upload: random names, never served
    # What readers download: one folder a release, built once.
    "bundles": stored("bundles", kept_in=str(VAR_DIR / "kept-bundles"), keep_bytes=STORAGE_KEEP_BYTES),
    "staticfiles": {"BACKEND": "web.static_files.CollectedFiles"},
}
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    BASE_DIR / "node_modules" / ".bundle",  # scripts and stylesheets, made by `npm run build`
]
STATICFILES_FINDERS = [
    "web.static_files.FilesThatPagesLoad",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]

# The typefaces of the pictures that the server draws.
FONTS_DIR = BASE_DIR / "node_modules" / "@expo-google-fonts"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
USE_I18N = len(LANGUAGES) > 1  # all words go through gettext; with one language there is nothing to look up
TIME_ZONE = "UTC"
USE_TZ = True
FORMAT_MODULE_PATH = "tables.formats"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Login, by allauth: a user name and a password, then an authenticator app, a passkey or a recovery code.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "account_login", "admin:index", "account_login"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # of no use, for nobody signs up; but allauth compares the two
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True  # without a box to tick; accounts.session_end says until when
ACCOUNT_FORMS = {"login": "accounts.forms.LoginForm"}
ACCOUNT_RATE_LIMITS = {"login": "", "login_failed": ""}  # accounts.guessing counts both
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an administrator made the account, so that nobody took it by its address
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG  # http://localhost
MFA_TOTP_TOLERANCE = 1  # a code of the half minute before or after counts: clocks differ
MFA_FORMS = {
    "authenticate": "accounts.forms.CodeForm",
    "reauthenticate": "accounts.forms.ConfirmingCodeForm",
    "activate_totp": "accounts.forms.AppForm",
    "add_webauthn": "accounts.forms.KeyForm",
}
# Who on the staff must have a second factor: everybody, nobody, or the groups named.
SECOND_FACTOR = listed("SECOND_FACTOR", "0" if DEBUG else "1")
if len(SECOND_FACTOR) == 1 and SECOND_FACTOR[0].lower() in ("0", "1", "false", "true", "no", "yes", "off", "on"):
    SECOND_FACTOR = env.bool("SECOND_FACTOR", not DEBUG)

CSRF_FAILURE_VIEW = "accounts.session_end.csrf_failure"
# A session ends so long after its login, at logout, and when the password is changed.
SESSION_COOKIE_AGE = env.int("SESSION_HOURS", 12) * 3600

# Mail: for passwords that were forgotten, and to tell of changes of an account.
EMAIL_URL = env.str("EMAIL_URL", "consolemail://" if DEBUG else "")
vars().update(env.email_url_config(EMAIL_URL or "dummymail://"))
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("EMAIL_FROM", SITE_CONTACT)

# What `manage.py alerts` tells, and to whom.
ALERTS_TO = listed("ALERTS_TO")
ALERT_DISK_FREE = env.int("ALERT_DISK_FREE", 2 * 2**30)  # bytes

# Signatures of releases, in minisign's form. Without SIGNING_KEY the operator signs elsewhere (manage.py sign).
SIGNING_PUBLIC_KEYS = listed("SIGNING_PUBLIC_KEY")
SIGNING_KEY = env.str("SIGNING_KEY", "")
SIGNING_KEY_PASSWORD = env.str("SIGNING_KEY_PASSWORD", "")
SIGNED_SINCE = date.fromisoformat(env.str("SIGNED_SINCE")) if env.str("SIGNED_SINCE", "") else None

# The gpg key to which `manage.py backup` encrypts; without one it does not.
BACKUP_GPG_RECIPIENT = env.str("BACKUP_GPG_RECIPIENT", "")

# What the apps show of each other, by the modules that provide it (trade/providers.py, faq/provided.py).
PROVIDERS = {"sanctions": "sanctions.provider", "questions": "faq.provider", "figures": "trade.pages.live_figures"}

PROVIDERS["search"] = "search.provider"
PROVIDERS["views"] = "trade.pages.searched.composed_views"
# Whose entries the app `search` finds (search/index.py).
SEARCHED = ["faq.searched", "sanctions.pages.search_entries"]
SEARCHED += ["trade.pages.searched.datasets_and_pages", "trade.pages.searched.goods_and_provinces"]
PROVIDERS["goods"] = "trade.pages.for_others.goods_pages"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Whose requests the API counts: the address that the proxy saw, or that of the connection.
NINJA_NUM_PROXIES = 1 if BEHIND_PROXY else 0
if not DEBUG:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", True)
    SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", True)
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# What one upload may cost, at the most. docs/operators.md says what each is for; a test crosses each.
UPLOAD_LIMITS = {
    "bytes": env.int("UPLOAD_MAX_BYTES", 64 * 2**20),  # of one file
    "files": env.int("UPLOAD_MAX_FILES", 50),  # in one upload, members of a .zip included
    "archive_members": env.int("UPLOAD_MAX_ARCHIVE_MEMBERS", 2_000),  # parts of an .xlsx, .ods or .zip
    "archive_bytes": env.int("UPLOAD_MAX_ARCHIVE_BYTES", 1024 * 2**20),  # its parts unpacked
    "archive_ratio": env.int("UPLOAD_MAX_ARCHIVE_RATIO", 200),  # unpacked to packed, for parts over 1 MiB
    "rows": env.int("UPLOAD_MAX_ROWS", 1_100_000),  # read from one file
    "memory_bytes": env.int("UPLOAD_MAX_MEMORY", 2 * 2**30),  # address space of the reading process
    "cpu_seconds": env.int("UPLOAD_MAX_CPU_SECONDS", 60),
    "wall_seconds": env.int("UPLOAD_MAX_WALL_SECONDS", 90),
    "output_bytes": env.int("UPLOAD_MAX_OUTPUT_BYTES", 512 * 2**20),  # what the reading process may write
}
UPLOAD_KEEP_DAYS = env.int("UPLOAD_KEEP_DAYS", 30)  # after which `manage.py sweep` discards what was not published
PREVIEW_HOURS = env.int("PREVIEW_HOURS", 72)  # for which the link to a preview of what is not published works
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20  # of a form without its files

# What the program says of itself (web/logs, web/observed).
LOG_FORMAT = env.str("LOG_FORMAT", "text" if DEBUG else "json")
LOGGING = log_lines.configured(LOG_FORMAT, env.str("LOG_LEVEL", "WARNING"))
ACCESS_LOG = env.bool("ACCESS_LOG", not DEBUG)
METRICS_TOKEN = env.str("METRICS_TOKEN", "")
SENTRY_DSN, SENTRY_ENVIRONMENT = env.str("SENTRY_DSN", ""), env.str("SENTRY_ENVIRONMENT", "production")
