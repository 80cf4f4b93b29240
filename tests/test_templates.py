"""What every template and style sheet of the house must hold, whoever writes it."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import engines
from lucide import IconDoesNotExist, _render_icon

ROOT = Path(settings.BASE_DIR)
FOLDER = ROOT / "templates"
APPS = ("accounts", "structures", "trainees", "evaluations", "juries", "cqp")
PAGES = {path.relative_to(FOLDER).as_posix(): path.read_text() for path in sorted(FOLDER.rglob("*.html"))}
STYLES = sorted((ROOT / "static/css").glob("*.css"))
SCRIPTS = sorted((ROOT / "static/js").rglob("*.js"))

CALLED_BY_FRAMEWORKS = re.compile(r"^(\d{3}(_csrf)?\.html|account/.*|bootstrap5/.*)$")
"""Django asks for the error pages by number, allauth and crispy for their templates by name."""

EXTENDS = re.compile(r"\{% extends \"([^\"]+)\" %\}")
TEMPLATE_TAG = re.compile(r"\{%.*?%\}|\{#.*?#\}|\{\{.*?\}\}", re.DOTALL)
INCLUDES = re.compile(r"\{% include \"([^\"]+)\"")


def documents() -> set[str]:
    """The templates of PDF files: those that carry their own style, and the parts that only they include."""
    found = {name for name, source in PAGES.items() if "<style" in source}
    for _ in range(3):
        found |= {part for name in found for part in INCLUDES.findall(PAGES.get(name, ""))}
    return {name for name in found if not name.startswith("components/")}


DOCUMENTS = documents()
SCREENS = {name: source for name, source in PAGES.items() if name not in DOCUMENTS}
LAYOUTS = {layout for source in SCREENS.values() for layout in EXTENDS.findall(source)}
OWN_PAGES = [name for name, source in SCREENS.items() if EXTENDS.search(source) and name not in LAYOUTS]


def text_of(source: str) -> str:
    """What people read of a template: comments, scripts, tags and variables out of the way."""
    source = re.sub(r"\{% comment %\}.*?\{% endcomment %\}", "", source, flags=re.DOTALL)
    source = TEMPLATE_TAG.sub("\u2060", source)
    return re.sub(r"<(script|style).*?</\1>|<[^>]*>", "\u2060", source, flags=re.DOTALL)


@pytest.mark.parametrize("name", PAGES)
def test_every_template_is_well_formed(name):
    engines["django"].get_template(name)


@pytest.mark.parametrize("name", SCREENS)
def test_no_style_script_or_handler_stands_in_a_page(name):
    source = SCREENS[name]

    assert not re.search(r"\sstyle\s*=", source), "la politique de sécurité refuse les styles dans la page"
    assert not re.search(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)", source)
    assert not re.search(r"<[^>]*\son\w+\s*=", TEMPLATE_TAG.sub("", source))
    assert "javascript:" not in source
    assert "hx-on" not in source
    assert "hx-vals='js:" not in source


@pytest.mark.parametrize("name", SCREENS)
def test_every_table_has_a_caption(name):
    source = SCREENS[name]

    assert source.count("<table") == source.count("<caption")


@pytest.mark.parametrize("name", PAGES)
def test_templates_stay_short(name):
    assert len(PAGES[name].splitlines()) <= 120


@pytest.mark.parametrize("name", SCREENS)
def test_every_page_extends_the_one_base(name):
    source = SCREENS[name]
    whole_page = "<main" in source or "<h1" in source or "{% block content %}" in source

    if whole_page and "<!DOCTYPE html>" not in source:
        assert EXTENDS.search(source)


def test_only_the_base_the_page_of_breakdowns_and_the_file_to_keep_open_a_document():
    openers = {name for name, source in SCREENS.items() if "<!DOCTYPE html>" in source}

    assert openers == {"base.html", "components/plain_page.html", "juries/offline_file.html"}


@pytest.mark.parametrize("name", OWN_PAGES)
def test_every_page_has_a_title_and_a_heading(name):
    source = SCREENS[name]

    assert re.search(r"\{% block title %\}\s*\S", source)
    assert re.search(r"\{% block heading %\}\s*\S", source) or "<h1" in source


def test_no_two_pages_have_the_same_title():
    places = defaultdict(list)
    for name, source in SCREENS.items():
        title = re.search(r"\{% block title %\}(.*?)\{% endblock", source, re.DOTALL)
        if title and title[1].strip():
            places[" ".join(title[1].split())].append(name)

    assert {title: names for title, names in places.items() if len(names) > 1} == {}


def test_no_template_is_left_unused():
    code = "".join(path.read_text() for app in APPS for path in (ROOT / app).rglob("*.py"))
    texts = "".join(path.read_text() for path in FOLDER.rglob("*") if path.is_file())

    unused = [
        name
        for name in PAGES
        if not CALLED_BY_FRAMEWORKS.match(name) and f'"{name}' not in code and f'"{name}' not in texts
    ]

    assert unused == []


@pytest.mark.parametrize("name", PAGES)
def test_every_static_file_named_by_a_template_exists(name):
    for asset in re.findall(r"\{% static \"([^\"]+)\" %\}", PAGES[name]):
        assert finders.find(asset), f"{asset} est demandé par {name} et n’est servi par rien"


@pytest.mark.parametrize("sheet", STYLES, ids=lambda path: path.name)
def test_every_file_named_by_a_style_sheet_exists(sheet):
    for address in re.findall(r"url\([\"']?(?!data:|#)([^\"')]+)", sheet.read_text()):
        asset = (Path("/css") / address).as_posix()
        name = re.sub(r"[^/]+/\.\./", "", asset).lstrip("/")
        assert finders.find(name), f"{name} est demandé par {sheet.name} et n’est servi par rien"


@pytest.mark.parametrize("path", [*STYLES, *SCRIPTS], ids=lambda path: path.name)
def test_styles_and_scripts_stay_short_and_at_home(path):
    source = path.read_text()

    assert len(source.splitlines()) <= 300
    assert "http://" not in source.replace("http://www.w3.org/", "")
    assert "https://" not in source


@pytest.mark.parametrize("name", PAGES)
def test_every_icon_exists(name):
    for icon in re.findall(
        r"\{% lucide \"([^\"]+)\"|\{% empty (?:icon=)?\"([^\"]+)\"|icon=\"([^\"]+)\"", PAGES[name]
    ):
        try:
            _render_icon("".join(icon), 16)
        except IconDoesNotExist:
            pytest.fail(f"{name} demande l’icône {''.join(icon)}, qui n’existe pas")


@pytest.mark.parametrize("name", PAGES)
def test_apostrophes_are_curved(name):
    assert re.findall(r"\w'\w", text_of(PAGES[name])) == [], "l’apostrophe est ’"


@pytest.mark.parametrize("name", SCREENS)
def test_every_class_is_known_to_a_style_sheet(name):
    bootstrap = Path(finders.find("bootstrap/css/bootstrap.min.css"))
    known = set()
    for sheet in (*STYLES, bootstrap):
        known |= set(re.findall(r"\.(-?[_a-zA-Z][\w-]*)", sheet.read_text()))

    used = set()
    for value in re.findall(r'class="((?:[^"{]|\{%.*?%\}|\{\{.*?\}\})*)"', SCREENS[name]):
        whole = re.sub(r"[\w-]*\{\{.*?\}\}[\w-]*", " ", value)
        used |= set(TEMPLATE_TAG.sub(" ", whole).split())
    assert used - known == set()
