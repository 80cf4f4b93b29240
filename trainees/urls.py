from django.urls import path

from trainees.views import crew, enrolling, hours, identity, immersions, months, moves, plans, sessions

app_name = "trainees"
urlpatterns = [
    path("salaries/", crew.crew_list, name="list"),
    path("salaries/inscrire/", enrolling.enrol_trainee, name="enrol"),
    path("salaries/importer/", enrolling.import_trainees, name="import"),
    path("salaries/importer/modele.csv", enrolling.import_model, name="import_model"),
    path("salaries/<uuid:pk>/identite/", identity.identity, name="identity"),
    path("salaries/<uuid:pk>/contrat/", identity.contract, name="contract"),
    path("salaries/<uuid:pk>/referent/", identity.referent, name="referent"),
    path("salaries/<uuid:pk>/compte/", identity.account, name="account"),
    path("salaries/<uuid:pk>/plan/", plans.plan, name="plan"),
    path("salaries/<uuid:pk>/heures/", hours.hours, name="hours"),
    path("salaries/<uuid:pk>/mois/<str:month>/signer/", months.month_close, name="month_close"),
    path("salaries/<uuid:pk>/mois/<str:month>/rouvrir/", months.month_reopen, name="month_reopen"),
    path("salaries/<uuid:pk>/pause/", moves.pause_path, name="pause"),
    path("salaries/<uuid:pk>/reprise/", moves.resume_path, name="resume"),
    path("salaries/<uuid:pk>/sortie/", moves.leave_path, name="leave"),
    path("salaries/<uuid:pk>/transfert/", moves.transfer_path, name="transfer"),
    path("salaries/<uuid:pk>/immersions/ajouter/", immersions.immersion_add, name="immersion_add"),
    path("immersions/<uuid:pk>/confirmer/", immersions.immersion_confirm, name="immersion_confirm"),
    path("seances/", sessions.session_list, name="session_list"),
    path("seances/nouvelle/", sessions.session_log, name="session_log"),
    path("seances/<uuid:pk>/", sessions.session_detail, name="session_detail"),
    path("seances/<uuid:pk>/retirer/", sessions.session_withdraw, name="session_withdraw"),
    path(
        "seances/<uuid:pk>/presences/<uuid:path_pk>/",
        sessions.attendance_correct,
        name="attendance_correct",
    ),
]
