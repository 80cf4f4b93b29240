from django.urls import path

from juries.urls import converters  # noqa: F401 – teaches the addresses of the two tests
from juries.views import day_access, day_entry, keeping, room

urlpatterns = [
    path("jury-du-jour/", day_entry.day_ask, name="day_ask"),
    path("jury-du-jour/code/", day_entry.day_code, name="day_code"),
    path("jury-du-jour/<str:secret>/", day_entry.day_link, name="day_link"),
    path("jurys/<uuid:pk>/journee/", room.room, name="room"),
    path("jurys/<uuid:pk>/faits/", room.incidents, name="incidents"),
    path("jurys/faits/<uuid:pk>/rayer/", room.incident_strike, name="incident_strike"),
    path("jurys/<uuid:pk>/entrees/", day_access.access_list, name="access_list"),
    path("jurys/<uuid:pk>/entrees/donner/", day_access.access_make, name="access_make"),
    path("jurys/entrees/<uuid:pk>/retirer/", day_access.access_revoke, name="access_revoke"),
    path("jurys/candidats/<uuid:pk>/<test:test>/garder/", keeping.appraisal_keep, name="appraisal_keep"),
]
