"""The letter to a candidate about the decision, as a tagged PDF in plain words."""

from datetime import date
from typing import Any

from django.template.loader import render_to_string

from core.pdf import render_pdf
from core.pdf.pictograms import pictogram
from juries.enums import LetterKind, Outcome
from juries.models import Letter

PICTOGRAMS = (
    "award",
    "check",
    "file-text",
    "hourglass",
    "lightbulb",
    "message-square",
    "phone",
    "refresh-cw",
    "route",
    "target",
)
HEADINGS = {
    Outcome.CERTIFIED: "Bravo, vous avez le CQP !",
    Outcome.PARTIAL: "Vous avez réussi une partie du CQP",
    Outcome.NOT_CERTIFIED: "Vous n’avez pas encore le CQP",
    Outcome.ADJOURNED: "Le jury n’a pas pris sa décision",
    Outcome.ABSENT: "Vous n’étiez pas au jury ce jour-là",
}
ANSWER = "La réponse à votre recours"
DAYS = ("jury_on", "told_on", "appeal_until", "filed_on", "answered_on")


def render(letter: Letter) -> bytes:
    """The letter of one candidate, made from its row alone: the same row gives the same bytes."""
    context = {
        "letter": letter,
        "content": shown(letter.content),
        "heading": ANSWER if letter.kind == LetterKind.APPEAL else HEADINGS[letter.content["outcome"]],
        "icons": {name.replace("-", "_"): pictogram(name) for name in PICTOGRAMS},
    }
    return render_pdf(render_to_string("juries/results/result_sheet.html", context))


def shown(content: dict[str, Any]) -> dict[str, Any]:
    """The content of a letter with its days read back; a domain in the candidate's words where it has some."""
    days = {name: date.fromisoformat(content[name]) for name in DAYS if content.get(name)}
    return (
        content
        | days
        | {
            "acquired": [_acquired(line, content["jury_on"]) for line in content.get("acquired", ())],
            "remaining": [_named(line) for line in content.get("remaining", ())],
            "limited": any(line["until"] for line in content.get("acquired", ())),
        }
    )


def _named(line: dict) -> dict:
    return line | {"words": line["plain"] or line["name"]}


def _acquired(line: dict, jury_on: str) -> dict:
    return _named(line) | {
        "before": date.fromisoformat(line["since"]) if line["since"] != jury_on else None,
        "until": date.fromisoformat(line["until"]) if line["until"] else None,
    }
