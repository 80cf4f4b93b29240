from django.urls import path

from juries.views.jurors import calibration, juror_declarations, jurors

urlpatterns = [
    path("jures/etalonnage/", calibration.calibration, name="calibration"),
    path("jures/", jurors.juror_list, name="juror_list"),
    path("jures/nouveau/", jurors.juror_create, name="juror_create"),
    path("jures/<uuid:pk>/", jurors.juror_detail, name="juror_detail"),
    path("jures/<uuid:pk>/modifier/", jurors.juror_edit, name="juror_edit"),
    path("jures/<uuid:pk>/inviter/", jurors.juror_invite, name="juror_invite"),
    path("jures/<uuid:pk>/liens/", jurors.juror_link_add, name="juror_link_add"),
    path("jures/<uuid:pk>/disponibilites/", juror_declarations.juror_availability, name="juror_availability"),
    path("jures/<uuid:pk>/employeurs/", juror_declarations.juror_employers, name="juror_employers"),
    path(
        "jures/indisponibilites/<uuid:pk>/retirer/",
        juror_declarations.unavailability_remove,
        name="unavailability_remove",
    ),
    path("jures/employeurs/<uuid:pk>/retirer/", juror_declarations.employer_remove, name="employer_remove"),
]
