from django.urls import path

from certificates.views import archives, certificates, rendering

urlpatterns = [
    path("certificats/", certificates.certificate_list, name="certificate_list"),
    path("certificats/fabrication/", rendering.drawing, name="drawing"),
    path("certificats/fabrication/suspendre/", rendering.drawing_hold, name="drawing_hold"),
    path("certificats/fabrication/reprendre/", rendering.drawing_resume, name="drawing_resume"),
    path("certificats/fabrication/relancer/", rendering.drawing_retry, name="drawing_retry"),
    path("certificats/archives/", archives.archive_list, name="archive_list"),
    path("certificats/archives/<uuid:pk>/", archives.archive_file, name="archive_file"),
    path("certificats/archives/<uuid:pk>/relancer/", archives.archive_retry, name="archive_retry"),
    path("certificats/registre.csv", certificates.register_csv, name="register_csv"),
    path("certificats/<uuid:pk>/", certificates.certificate_detail, name="certificate_detail"),
    path("certificats/<uuid:pk>/pdf/", certificates.certificate_file, name="certificate_file"),
    path("certificats/<uuid:pk>/revoquer/", certificates.certificate_revoke, name="certificate_revoke"),
    path("certificats/<uuid:pk>/remplacer/", certificates.certificate_replace, name="certificate_replace"),
    path(
        "certificats/<uuid:pk>/duplicata/", certificates.certificate_duplicate, name="certificate_duplicate"
    ),
    path("certificats/<uuid:pk>/relancer/", certificates.certificate_retry, name="certificate_retry"),
]
