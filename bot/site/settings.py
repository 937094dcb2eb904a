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
CSRF_FAILURE_VIEW = "bot.site.views.old_form"
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
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "bot.site.headers.HeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "bot.staff.middleware.OriginMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "bot.staff.middleware.SignedInMiddleware",
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
                "bot.staff.context.signed_in",
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
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
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
OTP_TOTP_ISSUER = "Mầm"
# Signed in for a week at most, and no longer than this without a sign of a person.
SESSION_COOKIE_AGE = 7 * 24 * 3600
MAM_IDLE_S = 12 * 3600

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
# Accounts have pages of their own (bot.staff), whose changes are in the audit trail.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False

# What one request may bring; a file of the web chat and of the library is checked where it is read.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_PERMISSIONS = 0o640
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 8 * 1024 * 1024
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "md", "pdf", "txt", "xlsx"]

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = MAM.is_public_https
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = MAM.is_public_https
# Machines ask these on the loopback address, past the proxy that speaks https.
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if MAM.is_public_https else None
SECURE_HSTS_SECONDS = 31_536_000 if MAM.is_public_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = MAM.is_public_https
SECURE_REFERRER_POLICY = "same-origin"
# Wagtail says itself which of its pages stand in a frame of its own (the preview).
X_FRAME_OPTIONS = "DENY"
# Wagtail's admin has inline scripts, so its paths are left out here and get the looser policy of
# `bot.site.headers`.
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
        "frame-ancestors": [NONE],
    },
}

# Everything is logged through bot.site.logs: events with fields, our row ids only.
LOGGING_CONFIG = None
