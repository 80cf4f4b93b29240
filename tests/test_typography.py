"""French spaces: nothing that a person reads breaks before « : ; ! ? » » or after « « »."""

import io
import re
import tokenize
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = ("accounts", "structures", "trainees", "evaluations", "juries", "cqp")
MODULES = [
    path for app in APPS for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts
]
TEMPLATES = [
    path for path in sorted((ROOT / "templates").rglob("*")) if path.suffix in {".html", ".txt", ".css"}
]
BREAKS = re.compile(r"(?<=[\w»)}\]]) [:;!?](?=[ \"'<\n]|$)|« | »")
TEMPLATE_CODE = re.compile(r"\{%.*?%\}|\{#.*?#\}|\{\{.*?\}\}", re.DOTALL)
QUOTED = re.compile(r'"[^"\n]*"')


def strings_of(source: str) -> list[str]:
    """The string literals of a module, without its docstrings, patterns and bytes."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    strings = [
        token.string for token in tokens if token.type == tokenize.STRING and token.start[0] == token.end[0]
    ]
    return [text for text in strings if not text.startswith(('"""', "r", "b"))]


def words_of(path: Path) -> list[str]:
    """What a template says: its text, where a variable counts as a word, and what its tags are given to say."""
    source = path.read_text()
    said = [quoted for tag in TEMPLATE_CODE.findall(source) for quoted in QUOTED.findall(tag)]
    if path.suffix == ".css":
        return said + QUOTED.findall(source)
    return [*said, *TEMPLATE_CODE.sub("x", source).splitlines()]


def faults_in(texts: dict[Path, list[str]]) -> dict[str, list[str]]:
    found = {path: [text for text in said if BREAKS.search(text)] for path, said in texts.items()}
    return {path.relative_to(ROOT).as_posix(): faults for path, faults in found.items() if faults}


def test_the_sentences_of_the_modules_have_spaces_that_do_not_break():
    assert faults_in({path: strings_of(path.read_text()) for path in MODULES}) == {}


def test_the_words_of_the_templates_have_spaces_that_do_not_break():
    assert faults_in({path: words_of(path) for path in TEMPLATES}) == {}
