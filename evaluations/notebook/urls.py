"""The addresses of a phone that works without network, under /saisie/."""

from django.urls import path

from evaluations.notebook.views import offline, phone, roll_call

urlpatterns = [
    path("saisie/appel/", roll_call.roll_call, name="roll_call"),
    path("saisie/envois/", offline.sending, name="sending"),
    path("saisie/hors-reseau/", offline.shell, name="shell"),
    path("saisie/sw.js", offline.service_worker, name="service_worker"),
    path("saisie/manifest.webmanifest", offline.manifest, name="manifest"),
    path("saisie/carnet.json", phone.notebook, name="notebook"),
    path("saisie/envoi/", phone.send, name="send"),
    path("saisie/recu/", phone.receipt, name="receipt"),
]
