"""The site's settings, over plain HTTP, with a folder and a Redis database for each test process."""

import os
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
FOLDER = tempfile.TemporaryDirectory(prefix="cqp-tests-", ignore_cleanup_errors=True)
os.environ |= {"HTTPS": "0", "DEMO": "0", "VAR_DIR": FOLDER.name, "SECRET_KEY": "secret" * 10}
if os.environ.get("REDIS_URL"):
    own_database = f"/{int(WORKER.removeprefix('gw')) + 1}" if WORKER else "/0"
    os.environ["REDIS_URL"] = urlsplit(os.environ["REDIS_URL"])._replace(path=own_database).geturl()

from cqp.config.settings import *

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file and not memory, so that threads, and the programs that a test starts, see it too.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(FOLDER.name, "test.sqlite3"))}
if not REDIS_URL:
    # In memory, so that tests see what is sent; the programs that they start have the site's own settings.
    CELERY_BROKER_URL, CELERY_BROKER_TRANSPORT_OPTIONS = "memory://", {"polling_interval": 0.05}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the others are slow on purpose
DEMONSTRATION_KEYS = True
STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise warns when it is not there, and a warning is an error
STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise warns of a missing one
