"""A grid of the production test, as a page of the day sends it."""

import json
from uuid import uuid4

from django.urls import reverse

from evaluations.enums import TestKind
from evaluations.models import GridCriterion

PRODUCTION = TestKind.PRODUCTION


def criterion() -> GridCriterion:
    return GridCriterion.objects.get(framework__version="2026-1", test=PRODUCTION)


def address(candidate, name: str = "appraisal_autosave") -> str:
    return reverse(f"juries:{name}", args=[candidate.pk, PRODUCTION])


def grid(juror, **changes) -> dict:
    body = {
        "owner": str(juror.user_id),
        "page": str(uuid4()),
        "revision": 0,
        "marks": {},
        "validated": None,
        "comment": "Gestes sûrs",
    }
    return body | changes


def keep(client, candidate, body):
    return client.post(address(candidate), json.dumps(body), content_type="application/json")
