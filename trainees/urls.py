from django.urls import path

from trainees.views import imports, sessions
from trainees.views.enrollments import changes, crew, opening, states
from trainees.views.hours import plans, progress
from trainees.views.immersions import planning, tutors
from trainees.views.months import closing, sheets

app_name = "trainees"
urlpatterns = [
    path("salaries/", crew.crew_list, name="list"),
    path("salaries/inscrire/", opening.enrol_trainee, name="enrol"),
    path("salaries/importer/", imports.import_trainees, name="import"),
    path("salaries/importer/modele.csv", imports.import_model, name="import_model"),
    path("salaries/<uuid:pk>/identite/", changes.identity, name="identity"),
    path("salaries/<uuid:pk>/contrat/", changes.contract, name="contract"),
    path("salaries/<uuid:pk>/referent/", changes.referent, name="referent"),
    path("salaries/<uuid:pk>/compte/", changes.account, name="account"),
    path("salaries/<uuid:pk>/plan/", plans.plan, name="plan"),
    path("salaries/<uuid:pk>/heures/", progress.hours, name="hours"),
    path("salaries/<uuid:pk>/mois/<str:month>/signer/", closing.month_close, name="month_close"),
    path("salaries/<uuid:pk>/mois/<str:month>/rouvrir/", closing.month_reopen, name="month_reopen"),
    path(
        "salaries/<uuid:pk>/mois/<str:month>/feuille/<uuid:structure_pk>/",
        closing.month_sheet,
        name="month_sheet",
    ),
    path("feuilles/", sheets.month_list, name="month_list"),
    path("feuilles/<uuid:pk>/", sheets.sheet_progress, name="sheet_progress"),
    path("feuilles/<uuid:pk>/pdf/", sheets.sheet_file, name="sheet_file"),
    path("feuilles/<uuid:pk>/relancer/", sheets.sheet_retry, name="sheet_retry"),
    path("salaries/<uuid:pk>/pause/", states.pause_enrollment, name="pause"),
    path("salaries/<uuid:pk>/reprise/", states.resume_enrollment, name="resume"),
    path("salaries/<uuid:pk>/sortie/", states.leave_enrollment, name="leave"),
    path("salaries/<uuid:pk>/retirer/", states.withdraw, name="withdraw"),
    path("salaries/<uuid:pk>/transfert/", states.transfer_enrollment, name="transfer"),
    path("salaries/<uuid:pk>/immersions/ajouter/", planning.immersion_add, name="immersion_add"),
    path("immersions/<uuid:pk>/", planning.immersion_detail, name="immersion_detail"),
    path("immersions/<uuid:pk>/modifier/", planning.immersion_edit, name="immersion_edit"),
    path("immersions/<uuid:pk>/annuler/", planning.immersion_cancel, name="immersion_cancel"),
    path("immersions/<uuid:pk>/confirmer/", planning.immersion_confirm, name="immersion_confirm"),
    path(
        "immersions/<uuid:pk>/convention.pdf",
        planning.immersion_convention,
        name="immersion_convention",
    ),
    path("immersions/<uuid:pk>/tuteur/", planning.tutor_ask, name="tutor_ask"),
    path("immersions/avis/<str:token>/", tutors.tutor_appraise, name="tutor_appraise"),
    path("seances/", sessions.session_list, name="session_list"),
    path("seances/nouvelle/", sessions.session_log, name="session_log"),
    path("seances/prevoir/", sessions.session_plan, name="session_plan"),
    path("seances/<uuid:pk>/", sessions.session_detail, name="session_detail"),
    path("seances/<uuid:pk>/appel/", sessions.session_hold, name="session_hold"),
    path("seances/<uuid:pk>/modifier/", sessions.session_change, name="session_change"),
    path("seances/<uuid:pk>/annuler/", sessions.session_cancel, name="session_cancel"),
    path("seances/<uuid:pk>/retirer/", sessions.session_withdraw, name="session_withdraw"),
    path(
        "seances/<uuid:pk>/presences/<uuid:enrollment_pk>/",
        sessions.attendance_correct,
        name="attendance_correct",
    ),
]
