from django.urls import path

from juries.views.sessions import composer, composition, sessions, timetable
from juries.views.sessions.settings import settings_page

urlpatterns = [
    path("jurys/", sessions.session_list, name="session_list"),
    path("jurys/composer/", composer.composer, name="composer"),
    path("jurys/nouvelle/", sessions.session_plan, name="session_plan"),
    path("jurys/reglages/", settings_page, name="settings"),
    path("jurys/<uuid:pk>/", sessions.session_detail, name="session_detail"),
    path("jurys/<uuid:pk>/convoquer/", sessions.session_convene, name="session_convene"),
    path("jurys/<uuid:pk>/annuler/", sessions.session_cancel, name="session_cancel"),
    path("jurys/<uuid:pk>/ouvrir/", sessions.session_open, name="session_open"),
    path("jurys/<uuid:pk>/horaires/", timetable.timetable, name="timetable"),
    path("jurys/<uuid:pk>/horaires/modifier/", timetable.timetable_edit, name="timetable_edit"),
    path("jurys/<uuid:pk>/horaires/proposer/", timetable.timetable_propose, name="timetable_propose"),
    path("jurys/<uuid:pk>/binomes/", timetable.panels_edit, name="panels_edit"),
    path("jurys/<uuid:pk>/pauses/ajouter/", timetable.pause_add, name="pause_add"),
    path("jurys/pauses/<uuid:pk>/retirer/", timetable.pause_remove, name="pause_remove"),
    path("jurys/<uuid:pk>/presences/", sessions.presence, name="presence"),
    path("jurys/<uuid:pk>/jures/ajouter/", composition.seat_add, name="seat_add"),
    path("jurys/places/<uuid:pk>/retirer/", composition.seat_withdraw, name="seat_withdraw"),
    path("jurys/places/<uuid:pk>/presider/", composition.seat_preside, name="seat_preside"),
    path("jurys/<uuid:pk>/candidats/ajouter/", composition.candidate_add, name="candidate_add"),
    path("jurys/candidats/<uuid:pk>/horaires/", composition.candidate_times, name="candidate_times"),
    path("jurys/candidats/<uuid:pk>/retirer/", composition.candidate_remove, name="candidate_remove"),
]
