"""What `manage.py migrate` says of a database that this version cannot take over."""

from collections.abc import Sequence

from django.core.checks import CheckMessage, Error
from django.db import connections

OF_BEFORE, OF_NOW = "accounts_journalentry", "core_journalentry"


def no_database_of_before(databases: Sequence[str] | None = None, **kwargs: object) -> list[CheckMessage]:
    """Refuse a development database made before the first release, whose tables have other names.

    Nothing is changed in it: it is put aside by hand, or read with the version that made it.
    """
    return [
        Error(
            f"La base « {connections[alias].settings_dict['NAME']} » date d’une version de développement "
            "que celle-ci ne sait pas reprendre. Rien n’y a été changé.",
            hint="Mettez-la de côté (pour SQLite : renommez le fichier), puis recommencez : une base neuve sera "
            "faite. Pour garder ses données, exportez-les avec la version qui l’a faite.",
            id="core.E001",
        )
        for alias in databases or ()
        if _has_only_tables_of_before(alias)
    ]


def _has_only_tables_of_before(alias: str) -> bool:
    tables = connections[alias].introspection.table_names()
    return OF_BEFORE in tables and OF_NOW not in tables
