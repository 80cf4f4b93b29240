from django.urls import path

from juries.views.results import appeals, certificate_checks, certificates, deliberation, follow_up, minutes

urlpatterns = [
    path("jurys/candidats/<uuid:pk>/decision/", deliberation.decide_page, name="decide"),
    path("jurys/<uuid:pk>/deliberation/", deliberation.deliberation, name="deliberation"),
    path("jurys/<uuid:pk>/avis-unanime/", deliberation.follow_unanimous, name="follow_unanimous"),
    path("jurys/<uuid:pk>/cloturer/", deliberation.session_close, name="session_close"),
    path("jurys/<uuid:pk>/proces-verbal/", minutes.minutes_page, name="minutes"),
    path("jurys/<uuid:pk>/proces-verbal/apercu/", minutes.minutes_preview, name="minutes_preview"),
    path("jurys/<uuid:pk>/proces-verbal/signer/", minutes.minutes_sign, name="minutes_sign"),
    path("jurys/<uuid:pk>/proces-verbal/pdf/", minutes.minutes_file, name="minutes_file"),
    path("jurys/<uuid:pk>/publier/", minutes.session_release, name="session_release"),
    path(
        "jurys/<uuid:pk>/certificats-a-venir/",
        certificate_checks.certificate_checks,
        name="certificate_checks",
    ),
    path(
        "jurys/candidats/<uuid:pk>/certificat/",
        certificate_checks.certificate_preview,
        name="certificate_preview",
    ),
    path(
        "jurys/candidats/<uuid:pk>/identite/",
        certificate_checks.candidate_identity,
        name="candidate_identity",
    ),
    path("jurys/<uuid:pk>/resultats/", follow_up.session_results, name="session_results"),
    path("jurys/lettres/<uuid:pk>/pdf/", follow_up.result_letter_file, name="result_letter_file"),
    path(
        "jurys/lettres/<uuid:pk>/renvoyer/",
        follow_up.result_letter_send_again,
        name="result_letter_send_again",
    ),
    path("jurys/attestations/<uuid:pk>/pdf/", follow_up.attestation_file, name="attestation_file"),
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
    path("jurys/<uuid:pk>/certificats/", certificates.session_certificates, name="session_certificates"),
]
