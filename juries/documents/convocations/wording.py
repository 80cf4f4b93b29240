"""The content of a convocation, read from its row and put into French."""

from datetime import date, time

from core.formats import NBSP, longdate, timeofday
from evaluations.enums import TestKind
from juries.enums import LetterKind

TESTS = {
    TestKind.PRODUCTION: ("épreuve en situation de production", "Je travaille devant le jury"),
    TestKind.INTERVIEW: ("entretien", "Je parle avec le jury"),
}
"""The name of each test, and what the candidate does there in their own words."""


def displayed(content: dict) -> dict:
    """The content of a letter with its dates, hours and durations ready to be written."""
    return content | {
        "day": date.fromisoformat(content["day"]),
        "place": place(content),
        "tests": [_test(line) for line in content.get("tests", [])],
        "candidates": [
            row | {"tests": [_test(line) for line in row["tests"]]} for row in content.get("candidates", [])
        ],
        "starts_at": _hour(content.get("starts_at", "")),
        "ends_at": _hour(content.get("ends_at", "")),
    }


def place(content: dict) -> str:
    """On one line: « Maison des associations, 2 rue du Port, 34200 Sète »."""
    return ", ".join(
        part
        for part in (content["venue"], content["address"], f"{content['postcode']} {content['city']}")
        if part
    )


def changes_between(kind: str, before: dict, after: dict) -> list[str]:
    """What is new since the letter before, one sentence each."""
    old, new = displayed(before), displayed(after)
    sentences = []
    if old["day"] != new["day"]:
        sentences.append(f"Le jury a lieu le {longdate(new['day'])}, et non le {longdate(old['day'])}.")
    if old["place"] != new["place"]:
        sentences.append(f"Le lieu change{NBSP}: {new['place']}.")
    if old.get("directions") != new.get("directions") and new["directions"]:
        sentences.append(f"Pour venir{NBSP}: {new['directions']}")
    return [*sentences, *_changes_of(kind, old, new)]


def _changes_of(kind: str, old: dict, new: dict) -> list[str]:
    if kind == LetterKind.CANDIDATE:
        return _changes_of_hours(old["tests"], new["tests"])
    if kind == LetterKind.JUROR:
        return _changes_of_a_seat(old, new)
    return _changes_of_a_list(old["candidates"], new["candidates"])


def _changes_of_hours(old: list[dict], new: list[dict]) -> list[str]:
    before = {line["test"]: line for line in old}
    common = [(before[line["test"]], line) for line in new if line["test"] in before]
    hours = [
        f"{line['name'].capitalize()}{NBSP}: {timeofday(line['at'])}, et non {timeofday(was['at'])}."
        for was, line in common
        if was["at"] != line["at"]
    ]
    places = [
        f"{line['name'].capitalize()}{NBSP}: {line['where'] or 'même lieu que le jury'}."
        for was, line in common
        if was["where"] != line["where"]
    ]
    return hours + places


def _changes_of_a_seat(old: dict, new: dict) -> list[str]:
    sentences = []
    if (old["starts_at"], old["ends_at"]) != (new["starts_at"], new["ends_at"]):
        sentences.append(f"La journée va de {timeofday(new['starts_at'])} à {timeofday(new['ends_at'])}.")
    if old["president"] != new["president"]:
        sentences.append(
            "Vous présidez ce jury." if new["president"] else "Une autre personne préside ce jury."
        )
    return sentences


def _changes_of_a_list(old: list[dict], new: list[dict]) -> list[str]:
    before, after = ({row["enrollment"]: row for row in rows} for rows in (old, new))
    come = [
        f"{row['name']} s’ajoute à la liste." for enrollment, row in after.items() if enrollment not in before
    ]
    gone = [
        f"{row['name']} n’est plus sur la liste."
        for enrollment, row in before.items()
        if enrollment not in after
    ]
    moved = [
        f"Les heures de {row['name']} changent."
        for enrollment, row in after.items()
        if enrollment in before and before[enrollment]["tests"] != row["tests"]
    ]
    return [*come, *gone, *moved]


def _test(line: dict) -> dict:
    name, own_words = TESTS[TestKind(line["test"])]
    starts, ends = time.fromisoformat(line["at"]), time.fromisoformat(line["until"])
    minutes = (ends.hour - starts.hour) * 60 + ends.minute - starts.minute
    return {
        "test": line["test"],
        "name": name,
        "own_words": own_words,
        "at": starts,
        "until": ends,
        "minutes": minutes,
        "where": line.get("where", ""),
    }


def _hour(text: str) -> time | None:
    return time.fromisoformat(text) if text else None
