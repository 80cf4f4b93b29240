from . import certificates, deliberation, jurors, sessions, verification

app_name = "juries"
urlpatterns = [
    *jurors.urlpatterns,
    *sessions.urlpatterns,
    *deliberation.urlpatterns,
    *certificates.urlpatterns,
    *verification.urlpatterns,
]
