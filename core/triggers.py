"""Database triggers that keep append-only tables append-only, on SQLite and on PostgreSQL."""

from django.db.migrations import RunPython


def append_only(
    table: str, *, except_columns: tuple[str, ...] = (), deletable: bool = False, where: str = ""
) -> RunPython:
    """A migration operation after which no row of `table` can be changed.

    Columns of `except_columns` may still change. On PostgreSQL a single row cannot be deleted either,
    unless `deletable` (TRUNCATE, which empties a test or demo database, remains). With `where`, SQL about
    the row as it was (« OLD.state = 'published' »), only such rows are protected.
    """
    condition = f"WHEN ({where}) " if where else ""

    def forwards(apps, schema_editor) -> None:
        vendor = schema_editor.connection.vendor
        columns = _guarded(schema_editor, table, except_columns)
        if vendor == "sqlite":
            schema_editor.execute(
                f'CREATE TRIGGER "{table}_append_only" BEFORE UPDATE OF {columns} ON "{table}" '
                f"{condition}BEGIN SELECT RAISE(ABORT, '{table}: append only'); END"
            )
        else:
            schema_editor.execute(
                f'CREATE FUNCTION "{table}_append_only"() RETURNS trigger LANGUAGE plpgsql AS '
                f"$$ BEGIN RAISE EXCEPTION '{table}: append only' USING ERRCODE = 'check_violation'; END $$"
            )
            for event in (f"UPDATE OF {columns}", *(() if deletable else ("DELETE",))):
                name = f"{table}_no_{event.split()[0].lower()}"
                schema_editor.execute(
                    f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" '
                    f'FOR EACH ROW {condition}EXECUTE FUNCTION "{table}_append_only"()'
                )

    def backwards(apps, schema_editor) -> None:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f'DROP TRIGGER "{table}_append_only"')
        else:
            schema_editor.execute(f'DROP FUNCTION "{table}_append_only"() CASCADE')

    return RunPython(forwards, backwards)


def _guarded(schema_editor, table: str, except_columns: tuple[str, ...]) -> str:
    with schema_editor.connection.cursor() as cursor:
        description = schema_editor.connection.introspection.get_table_description(cursor, table)
    return ", ".join(f'"{column.name}"' for column in description if column.name not in except_columns)
