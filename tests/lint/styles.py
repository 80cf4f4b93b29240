"""What every style sheet and script must hold."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.contrib.staticfiles import finders

from tests.lint.files import SCRIPTS, STYLES, Fault, place

MOST_LINES = 300


def every_file_named_by_a_style_sheet_exists() -> Iterator[Fault]:
    for sheet in STYLES:
        for address in re.findall(r"url\([\"']?(?!data:|#)([^\"')]+)", sheet.read_text()):
            asset = (Path("/css") / address).as_posix()
            name = re.sub(r"[^/]+/\.\./", "", asset).lstrip("/")
            if not finders.find(name):
                yield place(sheet), f"nothing serves {name}"


def styles_and_scripts_stay_short_and_load_nothing_from_elsewhere() -> Iterator[Fault]:
    for path in (*STYLES, *SCRIPTS):
        source = path.read_text()
        if len(source.splitlines()) > MOST_LINES:
            yield place(path), f"more than {MOST_LINES} lines"
        if "http://" in source.replace("http://www.w3.org/", "") or "https://" in source:
            yield place(path), "names an address of another site"


RULES = (
    every_file_named_by_a_style_sheet_exists,
    styles_and_scripts_stay_short_and_load_nothing_from_elsewhere,
)
