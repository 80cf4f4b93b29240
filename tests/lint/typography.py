"""French spaces: nothing that a person reads breaks before « : ; ! ? » » or after « « »."""

import io
import re
import tokenize
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.lint.files import FOLDER, MODULES, TEMPLATE_TAG, Fault, place

TEMPLATES = [path for path in sorted(FOLDER.rglob("*")) if path.suffix in {".html", ".txt", ".css"}]
BREAKS = re.compile(r"(?<=[\w»)}\]]) [:;!?](?=[ \"'<\n]|$)|« | »")
QUOTED = re.compile(r'"[^"\n]*"')


def strings_of(path: Path) -> list[str]:
    """The string literals of a module, without its docstrings, patterns and bytes."""
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text()).readline)
    strings = [
        token.string for token in tokens if token.type == tokenize.STRING and token.start[0] == token.end[0]
    ]
    return [text for text in strings if not text.startswith(('"""', "r", "b"))]


def words_of(path: Path) -> list[str]:
    """What a template says: its text, where a variable counts as a word, and what its tags are given to say."""
    source = path.read_text()
    said = [quoted for tag in TEMPLATE_TAG.findall(source) for quoted in QUOTED.findall(tag)]
    if path.suffix == ".css":
        return said + QUOTED.findall(source)
    return [*said, *TEMPLATE_TAG.sub("x", source).splitlines()]


def breaking_spaces(paths: list[Path], said_by: Callable[[Path], list[str]]) -> Iterator[Fault]:
    for path in paths:
        for text in said_by(path):
            if BREAKS.search(text):
                yield place(path), f"a space that may break in {text.strip()}"


def the_sentences_of_the_modules_have_spaces_that_do_not_break() -> Iterator[Fault]:
    return breaking_spaces(MODULES, strings_of)


def the_words_of_the_templates_have_spaces_that_do_not_break() -> Iterator[Fault]:
    return breaking_spaces(TEMPLATES, words_of)


RULES = (
    the_sentences_of_the_modules_have_spaces_that_do_not_break,
    the_words_of_the_templates_have_spaces_that_do_not_break,
)
