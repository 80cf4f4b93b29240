from django.urls import path

from evaluations.views import dossiers, gateway

urlpatterns = [
    path("salaries/<uuid:pk>/dossier/", gateway.gateway, name="gateway"),
    path("salaries/<uuid:pk>/dossier/signer/", gateway.sign, name="sign"),
    path("salaries/<uuid:pk>/dossier/sceller/", gateway.seal, name="seal"),
    path("dossiers/", dossiers.dossier_list, name="dossier_list"),
    path("dossiers/<uuid:pk>/", dossiers.dossier_detail, name="dossier_detail"),
    path("dossiers/<uuid:pk>/pdf/", dossiers.dossier_file, name="dossier_file"),
    path("dossiers/<uuid:pk>/preparation/", dossiers.dossier_progress, name="dossier_progress"),
    path("dossiers/<uuid:pk>/relancer/", dossiers.dossier_retry, name="dossier_retry"),
    path("dossiers/<uuid:pk>/examiner/", dossiers.dossier_examine, name="dossier_examine"),
]
