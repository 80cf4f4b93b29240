"""Settings of every environment: one file, safe when nothing is set, refusing to start on a wrong value.

Variables: SECRET_KEY, DEBUG, DEMO, HTTPS, ALLOWED_HOSTS, DATABASE_URL, REDIS_URL, EMAIL_URL, DEFAULT_FROM_EMAIL,
SITE_URL, VAR_DIR, TRUSTED_PROXIES, CERTIFIER_NAME, CERTIFICATE_KEY, CERTIFICATE_KEY_SECRET, PROOF_KEY,
RETIRED_PROOF_KEYS, TIMESTAMP_URL, RENDERING_SECONDS. docs/production.md tells what each is for.
"""

import os
import secrets
from datetime import timedelta
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from cqp.config.broker import broker_settings

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

# --- What this installation is

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
HTTPS = env.bool("HTTPS", default=True)
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
CERTIFIER_NAME = env.str("CERTIFIER_NAME", default="CHANTIER école")
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
os.umask(0o077)  # sealed files, the database, mails with links: for the account of the site alone
VAR_DIR.mkdir(parents=True, exist_ok=True)


def own_secret_key() -> str:
    """The key of this installation, made on its first start and readable by its owner alone."""
    path = VAR_DIR / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    key = path.read_text().strip()
    if len(key) < 50:
        raise ImproperlyConfigured(f"{path} ne contient pas une clé : supprimez-le ou donnez SECRET_KEY.")
    return key


SECRET_KEY = env.str("SECRET_KEY", default="") or own_secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []

# --- Applications

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "lucide",
    "template_partials",
    "core",
    "accounts",
    "structures",
    "trainees",
    "evaluations",
    "certificates",
    "juries",
    "cqp.config",
    "cqp.home",
    "cqp.dashboard",
    "cqp.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.ResponseHeadersMiddleware",
    "core.middleware.BodySizeMiddleware",
    "cqp.config.compression.PageCompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.ReadOnlyMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "juries.middleware.JuryDayMiddleware",
    "core.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "cqp.config.urls"
WSGI_APPLICATION = "cqp.config.wsgi.application"
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
                "cqp.home.context.site_context",
            ],
            "builtins": ["core.templatetags.french", "core.templatetags.components"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Database

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'cqp.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE takes the write lock at the start, so that two writers queue instead of failing.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# --- Cache, broker and background work

REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "cqp.config.cache.RedisOrLocalCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

globals().update(broker_settings(REDIS_URL, VAR_DIR))
RENDERING_SECONDS = env.int("RENDERING_SECONDS", default=30)  # what the file of one certificate may take
CELERY_TIMEZONE = "Europe/Paris"
CELERY_BEAT_SCHEDULE = {
    "sweep-work": {"task": "core.tasks.sweep_work", "schedule": timedelta(seconds=20)},
    "sweep-archives": {"task": "certificates.tasks.sweep_archives", "schedule": timedelta(hours=6)},
    "watch-juries": {"task": "cqp.config.tasks.watch_juries", "schedule": timedelta(minutes=10)},
}

# --- People, passwords and sessions

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "cqp.config.adapter.AccountAdapter"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {  # by network address alone: a limit by e-mail address would let anybody lock its owner out
    "login_failed": "10/m/ip,30/10m/ip",
    "reset_password": "10/10m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
SESSION_COOKIE_AGE = 14 * 24 * 3600

# --- Mail

EMAIL_CONFIG = env.email("EMAIL_URL", default="filemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10  # seconds that a silent mail server may hold who sends
EMAIL_FILE_PATH = str(VAR_DIR / "mail")
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", default="CQP Salarié polyvalent <ne-pas-repondre@cqp.example>"
)

# --- Language, dates

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "français")]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

# --- Files

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "cqp.config.finders.PackagedAssetsFinder",
]
WHITENOISE_USE_FINDERS = not HTTPS
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "core.storage.PrivateStorage", "OPTIONS": {"location": VAR_DIR / "private"}},
    "staticfiles": {
        "BACKEND": "cqp.config.assets.HashedModulesStorage"
        if HTTPS
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
PRIVATE_ROOT = VAR_DIR / "private"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# --- Keys of the certifier

CERTIFICATE_KEY = env.str("CERTIFICATE_KEY", default="")
CERTIFICATE_KEY_SECRET = env.str("CERTIFICATE_KEY_SECRET", default="")
PROOF_KEY = env.str("PROOF_KEY", default="")
RETIRED_PROOF_KEYS = env.list("RETIRED_PROOF_KEYS", default=[])
TIMESTAMP_URL = env.str("TIMESTAMP_URL", default="")
DEMONSTRATION_KEYS = DEMO  # those that are not given are made in VAR_DIR/keys, and the pages say so

# --- Security

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^sante/$"]
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_FAILURE_VIEW = "cqp.home.views.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# --- Logs

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
