"""What every template must hold, whoever writes it."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template import TemplateSyntaxError, engines
from lucide import IconDoesNotExist, _render_icon

from tests.lint.files import FOLDER, MODULES, STYLES, TEMPLATE_TAG, Fault

PAGES = {path.relative_to(FOLDER).as_posix(): path.read_text() for path in sorted(FOLDER.rglob("*.html"))}
MOST_LINES = 120

CALLED_BY_FRAMEWORKS = re.compile(r"^(\d{3}(_csrf)?\.html|account/.*|bootstrap5/.*)$")
"""Django asks for the error pages by number, allauth and crispy for their templates by name."""

OPENERS = {"base.html", "components/plain_page.html", "certificates/verification/offline_file.html"}
"""The base, the page of breakdowns and the file that a juror keeps: nothing else opens a document."""

EXTENDS = re.compile(r"\{% extends \"([^\"]+)\" %\}")
INCLUDES = re.compile(r"\{% include \"([^\"]+)\"")
ICON = re.compile(r"\{% lucide \"([^\"]+)\"|\{% empty_state (?:icon=)?\"([^\"]+)\"|icon=\"([^\"]+)\"")
CLASSES = re.compile(r'class="((?:[^"{]|\{%.*?%\}|\{\{.*?\}\})*)"')

REFUSED_BY_THE_POLICY = {
    "a style in the page": re.compile(r"\sstyle\s*="),
    "a script in the page": re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)"),
    "javascript:": re.compile(r"javascript:"),
    "hx-on": re.compile(r"hx-on"),
    "hx-vals in JavaScript": re.compile(r"hx-vals='js:"),
}
HANDLER = re.compile(r"<[^>]*\son\w+\s*=")


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


def every_template_is_well_formed() -> Iterator[Fault]:
    for name in PAGES:
        try:
            engines["django"].get_template(name)
        except TemplateSyntaxError as error:
            yield name, str(error)


def no_style_script_or_handler_stands_in_a_page() -> Iterator[Fault]:
    for name, source in SCREENS.items():
        for what, pattern in REFUSED_BY_THE_POLICY.items():
            if pattern.search(source):
                yield name, f"{what}, which the content security policy refuses"
        if HANDLER.search(TEMPLATE_TAG.sub("", source)):
            yield name, "an event handler, which the content security policy refuses"


def every_table_has_a_caption() -> Iterator[Fault]:
    for name, source in SCREENS.items():
        if source.count("<table") != source.count("<caption"):
            yield name, "a table without a caption"


def templates_stay_short() -> Iterator[Fault]:
    for name, source in PAGES.items():
        if len(source.splitlines()) > MOST_LINES:
            yield name, f"more than {MOST_LINES} lines"


def every_page_extends_the_one_base() -> Iterator[Fault]:
    for name, source in SCREENS.items():
        whole_page = "<main" in source or "<h1" in source or "{% block content %}" in source
        if whole_page and "<!DOCTYPE html>" not in source and not EXTENDS.search(source):
            yield name, "a page that extends nothing"


def nothing_else_opens_a_document() -> Iterator[Fault]:
    found = {name for name, source in SCREENS.items() if "<!DOCTYPE html>" in source}
    for name in found ^ OPENERS:
        yield name, "opens a document" if name in found else "opens no document"


def every_page_has_a_title_and_a_heading() -> Iterator[Fault]:
    for name in OWN_PAGES:
        source = SCREENS[name]
        if not re.search(r"\{% block title %\}\s*\S", source):
            yield name, "no title"
        if not re.search(r"\{% block heading %\}\s*\S", source) and "<h1" not in source:
            yield name, "no heading"


def no_two_pages_have_the_same_title() -> Iterator[Fault]:
    places = defaultdict(list)
    for name, source in SCREENS.items():
        title = re.search(r"\{% block title %\}(.*?)\{% endblock", source, re.DOTALL)
        if title and title[1].strip():
            places[" ".join(title[1].split())].append(name)
    for title, names in places.items():
        if len(names) > 1:
            yield names[0], f"the title “{title}” is also the one of {', '.join(names[1:])}"


def no_template_is_left_unused() -> Iterator[Fault]:
    code = "".join(path.read_text() for path in MODULES)
    texts = "".join(path.read_text() for path in FOLDER.rglob("*") if path.is_file())
    for name in PAGES:
        if not CALLED_BY_FRAMEWORKS.match(name) and f'"{name}' not in code and f'"{name}' not in texts:
            yield name, "nothing uses it"


def every_static_file_named_by_a_template_exists() -> Iterator[Fault]:
    for name, source in PAGES.items():
        for asset in re.findall(r"\{% static \"([^\"]+)\" %\}", source):
            if not finders.find(asset):
                yield name, f"nothing serves {asset}"


def every_icon_exists() -> Iterator[Fault]:
    for name, source in PAGES.items():
        for icon in map("".join, ICON.findall(source)):
            try:
                _render_icon(icon, 16)
            except IconDoesNotExist:
                yield name, f"no icon is called {icon}"


def apostrophes_are_curved() -> Iterator[Fault]:
    for name, source in PAGES.items():
        for letters in re.findall(r"\w'\w", text_of(source)):
            yield name, f"the apostrophe is ’ in {letters}"


def every_class_is_known_to_a_style_sheet() -> Iterator[Fault]:
    bootstrap = Path(finders.find("bootstrap/css/bootstrap.min.css"))
    known = set()
    for sheet in (*STYLES, bootstrap):
        known |= set(re.findall(r"\.(-?[_a-zA-Z][\w-]*)", sheet.read_text()))
    for name, source in SCREENS.items():
        for value in CLASSES.findall(source):
            whole = re.sub(r"[\w-]*\{\{.*?\}\}[\w-]*", " ", value)
            for unknown in set(TEMPLATE_TAG.sub(" ", whole).split()) - known:
                yield name, f"no style sheet knows the class {unknown}"


RULES = (
    every_template_is_well_formed,
    no_style_script_or_handler_stands_in_a_page,
    every_table_has_a_caption,
    templates_stay_short,
    every_page_extends_the_one_base,
    nothing_else_opens_a_document,
    every_page_has_a_title_and_a_heading,
    no_two_pages_have_the_same_title,
    no_template_is_left_unused,
    every_static_file_named_by_a_template_exists,
    every_icon_exists,
    apostrophes_are_curved,
    every_class_is_known_to_a_style_sheet,
)
