"""The office as a WSGI application of the workspace that `LIANDONG_WORKSPACE` names.

For `liandong serve`, and for any other server (gunicorn, uWSGI): `liandong.office.wsgi:application`.
"""

from __future__ import annotations

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "liandong.office.settings"

from django.core.wsgi import get_wsgi_application  # the settings must be named first

from liandong.workspace import Workspace

Workspace(os.environ["LIANDONG_WORKSPACE"])
application = get_wsgi_application()
