from django.urls import path

from juries.views import proofs

urlpatterns = [
    path(".well-known/jwks.json", proofs.jwks, name="jwks"),
    path(".well-known/jwks/<str:kid>.json", proofs.jwk_of, name="jwk"),
    path("verifier/hors-ligne/", proofs.offline, name="offline"),
    path("verifier/hors-ligne/fichier/", proofs.offline_download, name="offline_download"),
    path("verifier/badges/<int:year>.jwt", proofs.badge_status, name="badge_status"),
    path("verifier/<str:code>/badge.jwt", proofs.badge, name="badge"),
]
