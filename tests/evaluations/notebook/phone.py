"""What a phone sends, as the pages of /saisie/ write it."""

import hashlib
import json
from datetime import timedelta
from uuid import uuid4

from django.urls import reverse

from core import clock

STROKES = [[[100, 200, 0], [300, 150, 40], [420, 260, 90]], [[500, 240, 300], [560, 120, 350]]]


def evaluation_entry(enrollment, competency, **changes) -> dict:
    return {
        "kind": "evaluation",
        "id": str(uuid4()),
        "enrollment": str(enrollment.pk),
        "competency": str(competency.pk),
        "rank": 3,
        "own_rank": None,
        "seen_on": clock.today().isoformat(),
        "situation": "Taille de la haie du stade",
        "comment": "",
    } | changes


def session_entry(trainer, *enrollments, structure=None, **changes) -> dict:
    """A morning of yesterday, where everybody was present."""
    return {
        "kind": "session",
        "id": str(uuid4()),
        "structure": str((structure or enrollments[0].structure).pk),
        "trainer": str(trainer.pk),
        "held_on": (clock.today() - timedelta(days=1)).isoformat(),
        "starts_at": "09:00",
        "ends_at": "12:00",
        "place": "production",
        "form": "group",
        "module": "M4",
        "theme": "Tailler une haie",
        "presences": [
            {"enrollment": str(enrollment.pk), "minutes": 180, "absence": ""} for enrollment in enrollments
        ],
    } | changes


def signature_entry(session: dict, enrollment, **changes) -> dict:
    return {
        "kind": "signature",
        "id": str(uuid4()),
        "session": session["id"],
        "enrollment": str(enrollment.pk) if enrollment else None,
        "half": "morning",
        "minutes": 180,
        "signed_at": clock.now().isoformat(),
        "strokes": STROKES,
    } | changes


def post(client, name: str, body) -> tuple[int, dict]:
    """The status and the JSON of the answer to a body, given as a value or as raw text."""
    content = body if isinstance(body, str | bytes) else json.dumps(body)
    response = client.post(reverse(f"evaluations:{name}"), content, content_type="application/json")
    assert response.headers["Content-Type"] == "application/json"
    return response.status_code, response.json()


def send(client, user, entries, **envelope) -> dict:
    status, answer = post(client, "send", {"owner": str(user.pk), "entries": entries} | envelope)
    assert status == 200
    return answer


def receipt(client, user, ids) -> dict:
    status, answer = post(client, "receipt", {"owner": str(user.pk), "ids": ids})
    assert status == 200
    return answer


def expected_receipt(entries: list[dict]) -> dict:
    """The receipt as the phone computes it from what it stored, independently of the site's code."""
    lines = sorted(json.dumps(_line(entry), ensure_ascii=False, separators=(",", ":")) for entry in entries)
    return {"count": len(lines), "sha256": hashlib.sha256("\n".join(lines).encode()).hexdigest()}


def _line(entry: dict) -> list:
    if entry["kind"] == "evaluation":
        own_rank = "" if entry["own_rank"] is None else entry["own_rank"]
        about = [entry["enrollment"], entry["competency"], entry["rank"], own_rank, entry["seen_on"]]
        return ["evaluation", entry["id"], *about, entry["situation"], entry["comment"]]
    if entry["kind"] == "session":
        names = "id held_on starts_at ends_at place form module theme trainer".split()
        presences = sorted([row["enrollment"], row["minutes"], row["absence"]] for row in entry["presences"])
        return ["session", *(entry[name] for name in names), presences]
    drawn = hashlib.sha256(json.dumps(entry["strokes"], separators=(",", ":")).encode()).hexdigest()
    about = [entry["session"], entry["enrollment"] or "", entry["half"], entry["minutes"]]
    return ["signature", entry["id"], *about, drawn]
