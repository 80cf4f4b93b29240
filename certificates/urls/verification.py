from django.urls import path

from certificates.views.verification import offline, pages

urlpatterns = [
    path("verifier/", pages.verify, name="verify"),
    path("verifier/constat/<str:text>/", pages.statement, name="statement"),
    path("verifier/hors-ligne/", offline.offline, name="offline"),
    path("verifier/hors-ligne/fichier/", offline.offline_download, name="offline_download"),
    path("verifier/<str:code>/", pages.verify_code, name="verify_code"),
]
