"""The plan of the house, held by tests. The arrows between its modules are those of pyproject.toml (import-linter)."""

import ast
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = ("core", "accounts", "structures", "trainees", "evaluations", "certificates", "juries", "cqp")
NOUNS = {
    "evaluations": {"frameworks", "evaluations", "entry", "sheets", "dossiers", "teams", "notebook"},
    "certificates": {"register", "rendering", "layouts", "archives", "verification", "credentials"},
    "juries": {"jurors", "sessions", "convocations", "jury_day", "results"},
    "trainees": {"enrollments", "hours", "sessions", "months", "immersions", "imports"},
}
"""What a large app is about: the packages of each of its floors, of its templates and of its tests are named so."""

OF_EVERY_NOUN = {
    "evaluations/management/commands",
    "evaluations/notebook/queries",
    "evaluations/notebook/services",
    "evaluations/notebook/urls.py",
    "evaluations/notebook/views",
    "certificates/management/commands",
    "juries/rules/access_codes.py",
    "juries/rules/agreement.py",
    "juries/services/locks.py",
    "templates/juries/emails",
    "templates/trainees/emails",
    "trainees/forms/fields.py",
    "trainees/management/commands",
    "trainees/services/locks.py",
    "trainees/views/access.py",
}

ANSWERS_A_REFUSAL_ITSELF = {
    "certificates/views/layouts.py": "a picture answers 503 in plain text, and a preview shows its faults",
    "juries/views/jury_day/entry.py": "a link that no longer opens has its own page, 410",
    "trainees/views/imports.py": "the refusal of a file stands on its field",
    "trainees/views/months/closing.py": "the sheet of a month without presence does not exist, 404",
    "trainees/views/months/sheets.py": "several people at once: each refusal names whom it concerns",
}
"""The views that do not leave a refusal to `core/views/form_actions.py`, with the reason."""

LIBRARY = re.compile(rf"'(?!({'|'.join(APPS)})\b)[a-z]")
"""The name of a module of somebody else, written out."""

MOST_LINES = 300
JUNK_DRAWERS = {"utils", "util", "helpers", "helper", "mixins", "common", "misc", "tools"}
LATE = "# late: "


@dataclass(frozen=True)
class Import:
    module: str
    line: int
    inside_function: bool
    for_types: bool


@cache
def sources() -> tuple[Path, ...]:
    """Our modules, without migrations."""
    found = (path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)
    return tuple(sorted(found))


@cache
def text_of(path: Path) -> str:
    with tokenize.open(path) as file:
        return file.read()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(text_of(path))


def parts_of(path: Path) -> tuple[str, ...]:
    return path.relative_to(ROOT).with_suffix("").parts


def place(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


@cache
def imports_of(path: Path) -> tuple[Import, ...]:
    """Every import of a module, absolute, with where it stands."""
    package = parts_of(path)[:-1]

    def walk(node: ast.AST, inside: bool, typing: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                for alias in child.names:
                    yield Import(alias.name, child.lineno, inside, typing)
            elif isinstance(child, ast.ImportFrom):
                yield from from_import(child, inside, typing)
            else:
                function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
                types = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test)
                yield from walk(child, inside or function, typing or types)

    def from_import(node: ast.ImportFrom, inside: bool, typing: bool) -> Iterator[Import]:
        base = package[: len(package) - node.level + 1] if node.level else ()
        start = ".".join([*base, *([node.module] if node.module else [])])
        for alias in node.names:
            yield Import(f"{start}.{alias.name}", node.lineno, inside, typing)

    return tuple(walk(tree_of(path), False, False))


def test_no_import_hides_inside_a_function():
    hidden = []
    for path in sources():
        lines = text_of(path).splitlines()
        late = (line for line in imports_of(path) if line.inside_function and not line.for_types)
        hidden += [place(path, line.line) for line in late if LATE not in lines[line.line - 1]]

    assert hidden == []


def test_no_module_of_ours_is_imported_by_a_name_made_of_text():
    """A dynamic import is an arrow that nobody sees."""
    hidden = [
        place(path, node.lineno)
        for path in sources()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).rpartition(".")[2] in {"import_module", "__import__", "import_string"}
        and not LIBRARY.match(ast.unparse(node.args[0]))
    ]

    assert hidden == []


def test_a_private_name_stays_in_its_package():
    taken = [
        f"{place(path, line.line)} imports {line.module}"
        for path in sources()
        for line in imports_of(path)
        if line.module.split(".")[0] in APPS
        and re.match(r"_[^_]", line.module.rpartition(".")[2])
        and line.module.split(".")[:-2] != list(parts_of(path)[:-1])
    ]

    assert taken == []


@pytest.mark.parametrize("app", NOUNS)
def test_the_same_nouns_stand_on_every_floor(app):
    """Whoever knows the noun finds the file by its name, in the code, the templates and the tests."""
    modules = (path for path in (ROOT / app).glob("*/*") if path.suffix == ".py" or any(path.glob("*.py")))
    folders = (path for room in ("templates", "tests") for path in (ROOT / room / app).glob("*/"))
    found = {path.relative_to(ROOT) for path in (*modules, *folders) if not path.name.startswith("__")}

    others = {path.as_posix() for path in found if path.stem not in NOUNS[app]}

    assert others - OF_EVERY_NOUN - {path for path in others if "/migrations/" in path} == set()


def test_no_module_passes_300_lines():
    tests = (path for path in (ROOT / "tests").rglob("*.py"))
    long = {
        str(path.relative_to(ROOT)): length
        for path in (*sources(), *tests)
        if (length := len(text_of(path).splitlines())) > MOST_LINES
    }

    assert long == {}


def test_no_module_is_a_junk_drawer():
    assert [place(path, 1) for path in sources() if set(parts_of(path)[1:]) & JUNK_DRAWERS] == []


def test_no_test_borrows_from_another():
    borrowed = [
        f"{place(path, line.line)} imports {line.module}"
        for path in (ROOT / "tests").rglob("*.py")
        for line in imports_of(path)
        if re.match(r"tests\.(.*\.)?test_\w+\.", line.module)
    ]

    assert borrowed == []


def test_nothing_happens_behind_a_signal():
    listeners = [
        place(path, line.line)
        for path in sources()
        for line in imports_of(path)
        if re.match(r"django\.(dispatch|.*\bsignals)\b", line.module)
    ]

    assert listeners == []


@pytest.mark.parametrize("words", ["timezone.now", "date.today", "datetime.now", "auto_now", "auto_now_add"])
def test_only_the_clock_of_the_house_tells_the_time(words):
    found = [
        place(path, number)
        for path in sources()
        if path != ROOT / "core" / "clock.py"
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if re.search(rf"\b{re.escape(words)}\b", line)
    ]

    assert found == []


def test_a_row_that_is_locked_may_still_be_named_by_others():
    """A full lock holds back, until its commit, whoever wrote a row that points here: two such acts deadlock."""
    allowed = {"no_key", "skip_locked"}

    found = [
        place(path, node.lineno)
        for path in sources()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "select_for_update"
        and not allowed & {keyword.arg for keyword in node.keywords}
    ]

    assert found == []


def test_the_access_log_of_reading_requests_is_opened_in_one_place():
    opened = {str(path.relative_to(ROOT)) for path in sources() if "access_log()" in text_of(path)}

    assert opened == {"core/readonly.py", "core/services/journal.py"}


def test_a_refusal_reaches_a_page_through_one_room():
    catching = {
        str(path.relative_to(ROOT))
        for path in views()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler) and node.type and "DomainError" in ast.unparse(node.type)
    }

    assert catching == ANSWERS_A_REFUSAL_ITSELF.keys()


def test_a_form_is_told_in_one_way_what_it_was_sent_with():
    """`request.POST or None` would take a form sent empty for a page that is only read."""
    own_way = re.compile(r"request\.POST\s+(or|if [^,()]+ else) None")

    assert [place(path, 1) for path in views() if own_way.search(text_of(path))] == []


def views() -> list[Path]:
    """The modules of views, but those of the core that they share."""
    found = (path for path in sources() if "views" in parts_of(path))
    return [path for path in found if parts_of(path)[:2] != ("core", "views")]


def test_models_write_no_mail():
    senders = [
        place(path, line.line)
        for path in sources()
        if "models" in parts_of(path)
        for line in imports_of(path)
        if line.module.startswith("django.core.mail")
    ]

    assert senders == []


def test_french_is_written_with_its_own_apostrophe():
    straight = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|aujourd)'[a-zà-ÿœ]", re.IGNORECASE)
    found = [
        place(path, node.lineno)
        for path in sources()
        for node in texts_in(tree_of(path))
        if straight.search(node.value)
    ]

    assert found == []


def texts_in(tree: ast.Module) -> Iterator[ast.Constant]:
    """The strings of a module that are no docstring and no code (SQL, HTML)."""
    prose = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node
