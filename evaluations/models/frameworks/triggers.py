"""Database triggers that refuse to change a version of the framework once it has been published.

They refuse what no service offers: INSERT and UPDATE of the content of a version that is no longer a
draft, and UPDATE of the fields of the version itself. DELETE is refused on PostgreSQL only, because SQLite
empties the tables of a test database by deleting their rows.

SQLite drops the triggers of a table that a later migration rebuilds, and checks those of the others: such
a migration runs `thaw_published()` first and `freeze_published()` last.
"""

from django.db.migrations import RunPython

STATE = 'SELECT f.state FROM "evaluations_framework" f'
BY_FRAMEWORK = STATE + " WHERE f.id = {row}.framework_id"
BY_DOMAIN = STATE + ' JOIN "evaluations_domain" d ON d.framework_id = f.id WHERE d.id = {row}.domain_id'
BY_ACTIVITY = STATE + ' JOIN "evaluations_activity" a ON a.framework_id = f.id WHERE a.id = {row}.activity_id'

CONTENT = {
    "evaluations_masterylevel": BY_FRAMEWORK,
    "evaluations_judgementlevel": BY_FRAMEWORK,
    "evaluations_module": BY_FRAMEWORK,
    "evaluations_domain": BY_FRAMEWORK,
    "evaluations_gridcriterion": BY_FRAMEWORK,
    "evaluations_activity": BY_FRAMEWORK,
    "evaluations_activity_competencies": BY_ACTIVITY,
    "evaluations_competency": BY_DOMAIN,
}
"""Each table of content, with the query that finds the state of the version of one of its rows."""

FRAMEWORK = "evaluations_framework"
FRAMEWORK_COLUMNS = (
    "version", "title", "certificate_title", "notice", "source", "threshold",
    "experience_sheets_required", "immersion_required",
)  # fmt: skip
REFUSAL = "a published framework never changes"


def freeze_published() -> RunPython:
    """A migration operation after which nothing of a published or retired version can be written."""
    return RunPython(_freeze, _thaw)


def thaw_published() -> RunPython:
    return RunPython(_thaw, _freeze)


def _freeze(apps, schema_editor) -> None:
    on_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in _sqlite_statements() if on_sqlite else _postgresql_statements():
        schema_editor.execute(statement)


def _thaw(apps, schema_editor) -> None:
    for table in (*CONTENT, FRAMEWORK):
        if schema_editor.connection.vendor == "sqlite":
            for event in ("insert", "update"):
                schema_editor.execute(f'DROP TRIGGER IF EXISTS "{table}_frozen_{event}"')
        else:
            schema_editor.execute(f'DROP FUNCTION IF EXISTS "{table}_frozen"() CASCADE')


def _sqlite_statements():
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for table, state in CONTENT.items():
        new, old = state.format(row="NEW"), state.format(row="OLD")
        yield (
            f'CREATE TRIGGER "{table}_frozen_insert" BEFORE INSERT ON "{table}" '
            f"WHEN ({new}) <> 'draft' {refuse}"
        )
        yield (
            f'CREATE TRIGGER "{table}_frozen_update" BEFORE UPDATE ON "{table}" '
            f"WHEN ({new}) <> 'draft' OR ({old}) <> 'draft' {refuse}"
        )
    columns = ", ".join(FRAMEWORK_COLUMNS)
    yield (
        f'CREATE TRIGGER "{FRAMEWORK}_frozen_update" BEFORE UPDATE OF {columns} ON "{FRAMEWORK}" '
        f"WHEN OLD.state <> 'draft' {refuse}"
    )


def _postgresql_statements():
    refuse = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'check_violation'"
    for table, state in CONTENT.items():
        new, old = state.format(row="NEW"), state.format(row="OLD")
        yield (
            f'CREATE FUNCTION "{table}_frozen"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
            f"IF TG_OP <> 'DELETE' THEN IF ({new}) <> 'draft' THEN {refuse}; END IF; END IF; "
            f"IF TG_OP <> 'INSERT' THEN IF ({old}) <> 'draft' THEN {refuse}; END IF; END IF; "
            f"IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
        )
        yield (
            f'CREATE TRIGGER "{table}_frozen" BEFORE INSERT OR UPDATE OR DELETE ON "{table}" '
            f'FOR EACH ROW EXECUTE FUNCTION "{table}_frozen"()'
        )
    yield (
        f'CREATE FUNCTION "{FRAMEWORK}_frozen"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
        f"IF OLD.state <> 'draft' THEN {refuse}; END IF; RETURN NEW; END $$"
    )
    columns = ", ".join(FRAMEWORK_COLUMNS)
    yield (
        f'CREATE TRIGGER "{FRAMEWORK}_frozen" BEFORE UPDATE OF {columns} ON "{FRAMEWORK}" '
        f'FOR EACH ROW EXECUTE FUNCTION "{FRAMEWORK}_frozen"()'
    )
