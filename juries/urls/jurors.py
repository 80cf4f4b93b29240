from django.urls import path

from juries.views import calibration, jurors

urlpatterns = [
    path("jures/etalonnage/", calibration.calibration, name="calibration"),
    path("jures/", jurors.juror_list, name="juror_list"),
    path("jures/nouveau/", jurors.juror_create, name="juror_create"),
    path("jures/<uuid:pk>/", jurors.juror_detail, name="juror_detail"),
    path("jures/<uuid:pk>/modifier/", jurors.juror_edit, name="juror_edit"),
    path("jures/<uuid:pk>/liens/", jurors.juror_link_add, name="juror_link_add"),
]
