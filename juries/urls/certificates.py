from django.urls import path

from juries.views import certificates

urlpatterns = [
    path("certificats/", certificates.certificate_list, name="certificate_list"),
    path("certificats/registre.csv", certificates.register_csv, name="register_csv"),
    path("certificats/<uuid:pk>/", certificates.certificate_detail, name="certificate_detail"),
    path("certificats/<uuid:pk>/pdf/", certificates.certificate_file, name="certificate_file"),
    path("certificats/<uuid:pk>/revoquer/", certificates.certificate_revoke, name="certificate_revoke"),
    path("certificats/<uuid:pk>/remplacer/", certificates.certificate_replace, name="certificate_replace"),
    path("certificats/<uuid:pk>/relancer/", certificates.certificate_retry, name="certificate_retry"),
    path("jurys/<uuid:pk>/certificats/", certificates.session_certificates, name="session_certificates"),
]
