from . import (
    certificates,
    day,
    deliberation,
    jurors,
    layouts,
    letters,
    outcomes,
    proofs,
    sessions,
    verification,
)

app_name = "juries"
urlpatterns = [
    *jurors.urlpatterns,
    *sessions.urlpatterns,
    *letters.urlpatterns,
    *day.urlpatterns,
    *deliberation.urlpatterns,
    *outcomes.urlpatterns,
    *certificates.urlpatterns,
    *layouts.urlpatterns,
    *proofs.urlpatterns,
    *verification.urlpatterns,
]
