"""Loaded before Django's settings: tests use a data folder of their own and none of the caller's
settings.
"""

import atexit
import os
import shutil
import tempfile

import bot.nlu.light  # noqa: F401

for name in [
    name for name in os.environ if name.startswith(("MAM_", "TELEGRAM_")) and "_TEST_" not in name
]:
    del os.environ[name]
os.environ.pop("DATABASE_URL", None)
if url := os.environ.get("MAM_TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = url
os.environ.pop("REDIS_URL", None)
_folder = tempfile.mkdtemp(prefix="mam-tests-")
os.environ["MAM_DATA_DIR"] = _folder
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ["RASA_TELEMETRY_ENABLED"] = "false"
# pytest-playwright's loop would otherwise make Django refuse queries in browser tests.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
