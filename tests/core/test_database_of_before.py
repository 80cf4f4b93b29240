"""A development database made before the first release is refused in a sentence, and left as it is."""

import os
import sqlite3
import subprocess
import sys

from django.conf import settings


def test_migrate_refuses_a_database_whose_tables_have_other_names_and_changes_nothing(tmp_path):
    file = tmp_path / "cqp.sqlite3"
    with sqlite3.connect(file) as base:
        base.execute("CREATE TABLE accounts_journalentry (id integer)")
        base.execute("INSERT INTO accounts_journalentry VALUES (7)")
    environment = {"DATABASE_URL": f"sqlite:///{file}", "VAR_DIR": str(tmp_path), "HTTPS": "0", "DEMO": "0"}

    said = subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        cwd=settings.BASE_DIR,
        env={name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        | environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert said.returncode == 1
    assert "Rien n’y a été changé" in said.stderr
    assert "Mettez-la de côté" in said.stderr
    assert "Traceback" not in said.stderr
    with sqlite3.connect(file) as base:
        assert base.execute("SELECT id FROM accounts_journalentry").fetchall() == [(7,)]
        assert base.execute("SELECT count(*) FROM sqlite_master").fetchone() == (1,)
