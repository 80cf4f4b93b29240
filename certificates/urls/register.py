from django.urls import path

from certificates.views import register

urlpatterns = [
    path("certificats/", register.certificate_list, name="certificate_list"),
    path("certificats/registre.csv", register.register_csv, name="register_csv"),
    path("certificats/<uuid:pk>/", register.certificate_detail, name="certificate_detail"),
    path("certificats/<uuid:pk>/pdf/", register.certificate_file, name="certificate_file"),
    path("certificats/<uuid:pk>/revoquer/", register.certificate_revoke, name="certificate_revoke"),
    path("certificats/<uuid:pk>/remplacer/", register.certificate_replace, name="certificate_replace"),
    path("certificats/<uuid:pk>/duplicata/", register.certificate_duplicate, name="certificate_duplicate"),
    path("certificats/<uuid:pk>/relancer/", register.certificate_retry, name="certificate_retry"),
]
