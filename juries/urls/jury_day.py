from django.urls import path, register_converter

from evaluations.enums import TestKind
from juries.views.jury_day import access, appraisal_autosave, appraisals, entry, jury_day

SLUGS = {TestKind.PRODUCTION: "epreuve", TestKind.INTERVIEW: "entretien"}
KINDS = {slug: kind for kind, slug in SLUGS.items()}


class TestConverter:
    """The two tests of a jury as an address names them."""

    __test__ = False
    regex = "|".join(KINDS)

    def to_python(self, value: str) -> TestKind:
        return KINDS[value]

    def to_url(self, value: str) -> str:
        return SLUGS[TestKind(value)]


register_converter(TestConverter, "test")


urlpatterns = [
    path("jury-du-jour/", entry.day_ask, name="day_ask"),
    path("jury-du-jour/code/", entry.day_code, name="day_code"),
    path("jury-du-jour/<str:secret>/", entry.day_link, name="day_link"),
    path("jurys/<uuid:pk>/journee/", jury_day.jury_day, name="jury_day"),
    path("jurys/<uuid:pk>/faits/", jury_day.incidents, name="incidents"),
    path("jurys/faits/<uuid:pk>/rayer/", jury_day.incident_strike, name="incident_strike"),
    path("jurys/<uuid:pk>/entrees/", access.access_list, name="access_list"),
    path("jurys/<uuid:pk>/entrees/donner/", access.access_make, name="access_make"),
    path("jurys/entrees/<uuid:pk>/retirer/", access.access_revoke, name="access_revoke"),
    path(
        "jurys/candidats/<uuid:pk>/<test:test>/garder/",
        appraisal_autosave.appraisal_autosave,
        name="appraisal_autosave",
    ),
    path("jurys/candidats/<uuid:pk>/", appraisals.candidate_detail, name="candidate_detail"),
    path("jurys/candidats/<uuid:pk>/dossier.pdf", appraisals.candidate_dossier, name="candidate_dossier"),
    path("jurys/candidats/<uuid:pk>/<test:test>/", appraisals.appraise, name="appraise"),
]
