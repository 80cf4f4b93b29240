from . import certificates, day, deliberation, jurors, sessions, verification

app_name = "juries"
urlpatterns = [
    *jurors.urlpatterns,
    *sessions.urlpatterns,
    *day.urlpatterns,
    *deliberation.urlpatterns,
    *certificates.urlpatterns,
    *verification.urlpatterns,
]
