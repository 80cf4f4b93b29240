from django.urls import path

from evaluations.views.dossiers import gateway, sealed

urlpatterns = [
    path("salaries/<uuid:pk>/dossier/", gateway.gateway, name="gateway"),
    path("salaries/<uuid:pk>/dossier/signer/", gateway.sign, name="sign"),
    path("salaries/<uuid:pk>/dossier/sceller/", gateway.seal, name="seal"),
    path("dossiers/", sealed.dossier_list, name="dossier_list"),
    path("dossiers/<uuid:pk>/", sealed.dossier_detail, name="dossier_detail"),
    path("dossiers/<uuid:pk>/pdf/", sealed.dossier_file, name="dossier_file"),
    path("dossiers/<uuid:pk>/preparation/", sealed.dossier_progress, name="dossier_progress"),
    path("dossiers/<uuid:pk>/relancer/", sealed.dossier_retry, name="dossier_retry"),
    path("dossiers/<uuid:pk>/examiner/", sealed.dossier_examine, name="dossier_examine"),
]
