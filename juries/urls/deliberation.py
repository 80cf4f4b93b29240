from django.urls import path

from juries.urls import converters  # noqa: F401 – teaches the addresses of the two tests
from juries.views import appraisals, deliberation, minutes

urlpatterns = [
    path("jurys/candidats/<uuid:pk>/", appraisals.candidate_detail, name="candidate_detail"),
    path("jurys/candidats/<uuid:pk>/dossier.pdf", appraisals.candidate_dossier, name="candidate_dossier"),
    path("jurys/candidats/<uuid:pk>/decision/", deliberation.decide_page, name="decide"),
    path("jurys/candidats/<uuid:pk>/decision/changer/", deliberation.reverse_page, name="decision_reverse"),
    path("jurys/candidats/<uuid:pk>/<test:test>/", appraisals.appraise, name="appraise"),
    path("jurys/<uuid:pk>/deliberation/", deliberation.deliberation, name="deliberation"),
    path("jurys/<uuid:pk>/cloturer/", deliberation.session_close, name="session_close"),
    path("jurys/<uuid:pk>/proces-verbal/", minutes.minutes_page, name="minutes"),
    path("jurys/<uuid:pk>/proces-verbal/apercu/", minutes.minutes_preview, name="minutes_preview"),
    path("jurys/<uuid:pk>/proces-verbal/signer/", minutes.minutes_sign, name="minutes_sign"),
    path("jurys/<uuid:pk>/proces-verbal/pdf/", minutes.minutes_file, name="minutes_file"),
    path("jurys/<uuid:pk>/publier/", minutes.session_release, name="session_release"),
]
