"""The ASGI application that `mam run web` serves."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bot.site.settings")
application = get_asgi_application()
