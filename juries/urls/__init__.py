from . import certificates, day, deliberation, jurors, proofs, sessions, verification

app_name = "juries"
urlpatterns = [
    *jurors.urlpatterns,
    *sessions.urlpatterns,
    *day.urlpatterns,
    *deliberation.urlpatterns,
    *certificates.urlpatterns,
    *proofs.urlpatterns,
    *verification.urlpatterns,
]
