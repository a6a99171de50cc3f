"""Django's settings of the store: one database, no web."""

SECRET_KEY = "not-used-by-the-store"
USE_TZ = True
INSTALLED_APPS: list[str] = []
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
