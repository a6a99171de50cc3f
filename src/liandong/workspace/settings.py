"""Django's settings of the store: one database and the models, no web.

`store.open_store` points the database at the workspace that is opened; the office adds its own settings.
"""

from __future__ import annotations

SECRET_KEY = "the store signs nothing"  # the office sets its own
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = "zh-hans"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "workspace.Account"
INSTALLED_APPS = ["liandong.workspace"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
