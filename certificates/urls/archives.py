from django.urls import path

from certificates.views import archives

urlpatterns = [
    path("certificats/archives/", archives.archive_list, name="archive_list"),
    path("certificats/archives/<uuid:pk>/", archives.archive_file, name="archive_file"),
    path("certificats/archives/<uuid:pk>/relancer/", archives.archive_retry, name="archive_retry"),
]
