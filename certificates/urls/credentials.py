from django.urls import path

from certificates.views import credentials

urlpatterns = [
    path(".well-known/jwks.json", credentials.jwks, name="jwks"),
    path(".well-known/jwks/<str:kid>.json", credentials.jwk_of, name="jwk"),
    path("verifier/badges/<int:year>.jwt", credentials.badge_status, name="badge_status"),
    path("verifier/<str:code>/badge.jwt", credentials.badge, name="badge"),
]
