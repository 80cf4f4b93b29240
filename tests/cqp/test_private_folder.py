"""What the site writes under VAR_DIR is for its own account of the machine alone."""

import os
import stat
import subprocess
import sys

WRITES = """
import django
django.setup()
from celery import current_app
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.mail import send_mail
from django.db import connection
from core.storage import private_storage

private_storage().save("dossiers/one.pdf", ContentFile(b"sealed"))
send_mail("Mot de passe", "lien", None, ["samira@essai.example"])
connection.cursor().execute("CREATE TABLE people (name)")
open(settings.CELERY_BEAT_SCHEDULE_FILENAME, "w").close()
"""


def test_nobody_else_on_the_machine_reads_what_the_site_writes(tmp_path):
    folder = tmp_path / "var"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cqp.config.settings",
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/cqp.sqlite3",
        "SECRET_KEY": "",
        "EMAIL_URL": "filemail://",
    }

    subprocess.run([sys.executable, "-c", WRITES], env=environment, umask=0o022, check=True)

    written = [folder, *folder.rglob("*")]
    names = {path.name for path in written}
    assert {"one.pdf", "mail", "cqp.sqlite3", "secret-key", "beat-schedule"} <= names
    modes = {str(path): oct(stat.S_IMODE(path.stat().st_mode)) for path in written}
    assert {path for path, mode in modes.items() if int(mode, 8) & 0o077} == set(), modes
