"""Django's settings, made of the typed environment (`environment.py`). Safe on loopback by default."""  # noqa: E501

from __future__ import annotations

from urllib.parse import urlsplit

import environ
from csp.constants import NONCE, NONE, SELF

from bot.site.environment import LOOPBACK, ROOT, read_environment

MAM = read_environment()

BASE_DIR = ROOT
SECRET_KEY = MAM.secret_key
DEBUG = False
PUBLIC_HOST = urlsplit(MAM.public_url).hostname if MAM.public_url else None
ALLOWED_HOSTS = sorted({*LOOPBACK, "[::1]", MAM.host} | ({PUBLIC_HOST} if PUBLIC_HOST else set()))
CSRF_TRUSTED_ORIGINS = [MAM.public_url] if MAM.public_url else []

INSTALLED_APPS = [
    "bot.site.apps.SiteConfig",
    "bot.programme",
    "bot.families",
    "bot.staff",
    "bot.messaging",
    "bot.counselling",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.users",
    "wagtail.admin",
    "wagtail.search",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "axes",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "bot.site.urls"
ASGI_APPLICATION = "bot.site.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "bot/site/templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

_database = environ.Env.db_url_config(MAM.database_url)
if _database["ENGINE"].endswith("sqlite3"):
    # A read that turns into a write fails at once on SQLite: every transaction takes the write
    # lock first.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON",  # noqa: E501
    }
else:
    _database["CONN_HEALTH_CHECKS"] = True
_database["CONN_MAX_AGE"] = None
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": MAM.redis_url}
    if MAM.redis_url
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "site/locked_out.html"
LOGIN_URL = "/dang-nhap/"
LOGIN_REDIRECT_URL = "/console/"
WAGTAILADMIN_LOGIN_URL = LOGIN_URL

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
TIME_ZONE = MAM.time_zone
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = ROOT / ".venv/share/mam-static"
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = MAM.data_dir / "uploads"
MEDIA_URL = "/uploads/"

WAGTAIL_SITE_NAME = "Mầm"
WAGTAILADMIN_BASE_URL = MAM.public_url or f"http://{MAM.host}:{MAM.port}"
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = MAM.is_public_https
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if MAM.is_public_https else None
SECURE_HSTS_SECONDS = 31_536_000 if MAM.is_public_https else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
# Wagtail's admin has inline scripts, so its paths are left out here and get the looser policy of
# `bot.site.csp`.
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/library/"],
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    },
}

# Everything is logged through bot.site.logs: events with fields, our row ids only.
LOGGING_CONFIG = None
