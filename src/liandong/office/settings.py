"""Django's settings of the office: the store's, and the web on top.

What differs from one installation to the next comes from the environment, which `liandong serve` sets:
LIANDONG_WORKSPACE (the folder), LIANDONG_ORIGIN (the address people type, if not this machine),
LIANDONG_SECRET_KEY (else a key kept in the folder), LIANDONG_PROXY (1: a proxy in front ends TLS).
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from liandong.office import secrets
from liandong.workspace.settings import (  # noqa: F401 - settings are what this module is
    AUTH_USER_MODEL,
    DATABASES,
    DEFAULT_AUTO_FIELD,
    LANGUAGE_CODE,
    TIME_ZONE,
    USE_TZ,
)

WORKSPACE = os.environ.get("LIANDONG_WORKSPACE")
ORIGIN = urlsplit(os.environ.get("LIANDONG_ORIGIN", ""))
HTTPS = ORIGIN.scheme == "https"

SECRET_KEY = os.environ.get("LIANDONG_SECRET_KEY") or secrets.key(Path(WORKSPACE) if WORKSPACE else None)
DEBUG = False
ALLOWED_HOSTS = [
    host
    for host in (
        "127.0.0.1",
        "localhost",
        "[::1]",
        os.environ.get("LIANDONG_HOST", ""),
        ORIGIN.hostname or "",
    )
    if host
]
CSRF_TRUSTED_ORIGINS = [f"{ORIGIN.scheme}://{ORIGIN.netloc}"] if ORIGIN.netloc else []

INSTALLED_APPS = [
    "liandong.workspace",
    "liandong.office",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    "ninja",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "liandong.office.shell.middleware.Language",
    "liandong.office.shell.middleware.Characters",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "liandong.office.shell.middleware.Visit",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "liandong.office.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "liandong.office.shell.context.shell",
            ],
            "builtins": ["liandong.office.templatetags.office"],
        },
    }
]
STATIC_URL = "/static/"
STATIC_ROOT = None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# The files lie in the installation: nothing needs to be collected before the office can be opened.
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

# ---- language
USE_I18N = True
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]

# ---- who comes in
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "liandong.office.accounts.adapter.OfficeAccounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_LOGOUT_ON_GET = False
# A bureau sits behind one address: who guesses a password is stopped per name (axes), not per address.
# Six wrong codes of a second factor stop it for the account (for passwords axes stops at five).
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "login_failed": "600/m/ip,6/15m/key"}
MFA_ADAPTER = "liandong.office.accounts.adapter.OfficeSecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Liandong"
MFA_TOTP_TOLERANCE = 1
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "liandong.office.accounts.lockout.locked"
AXES_VERBOSE = False
AXES_IPWARE_PROXY_COUNT = 1 if os.environ.get("LIANDONG_PROXY") else 0
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "liandong.office.accounts.passwords.MixedValidator"},
]
PASSWORD_DAYS = 180
"""After so many days a password is to be changed."""

# ---- sessions: a working day at most, an hour without a click
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 10 * 3600
SESSION_IDLE = 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "liandong.office.shell.problems.csrf_failure"

# ---- the browser may load nothing from elsewhere, and run nothing that stands in a page
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if os.environ.get("LIANDONG_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# ---- what may be sent
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

NINJA_PAGINATION_CLASS = "liandong.office.shell.rest.Pages"
NINJA_PAGINATION_MAX_LIMIT = 1000
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING"}, "axes": {"level": "ERROR"}},
}
