from django.urls import path

from certificates.views import verification

urlpatterns = [
    path("verifier/", verification.verify, name="verify"),
    path("verifier/constat/<str:text>/", verification.statement, name="statement"),
    path("verifier/<str:code>/", verification.verify_code, name="verify_code"),
]
