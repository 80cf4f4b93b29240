from django.urls import path

from juries.views import appeals, outcomes

urlpatterns = [
    path("jurys/<uuid:pk>/resultats/", outcomes.session_results, name="session_results"),
    path("jurys/lettres/<uuid:pk>/pdf/", outcomes.outcome_file, name="outcome_file"),
    path("jurys/lettres/<uuid:pk>/renvoyer/", outcomes.outcome_send_again, name="outcome_send_again"),
    path("jurys/attestations/<uuid:pk>/pdf/", outcomes.attestation_file, name="attestation_file"),
    path("jurys/candidats/<uuid:pk>/recours/", appeals.appeal_file, name="appeal_file"),
    path("recours/", appeals.appeal_list, name="appeal_list"),
    path("recours/<uuid:pk>/", appeals.appeal_detail, name="appeal_detail"),
    path("recours/<uuid:pk>/confier/", appeals.appeal_assign, name="appeal_assign"),
    path("recours/<uuid:pk>/avis/", appeals.appeal_opinion, name="appeal_opinion"),
    path("recours/<uuid:pk>/accepter/", appeals.appeal_uphold, name="appeal_uphold"),
    path("recours/<uuid:pk>/rejeter/", appeals.appeal_reject, name="appeal_reject"),
    path("recours/<uuid:pk>/ecarter/", appeals.appeal_dismiss, name="appeal_dismiss"),
    path("recours/<uuid:pk>/retirer/", appeals.appeal_withdraw, name="appeal_withdraw"),
    path("recours/<uuid:pk>/dossier.pdf", appeals.appeal_dossier, name="appeal_dossier"),
]
