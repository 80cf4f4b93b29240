from . import convocations, jurors, jury_day, results, sessions

app_name = "juries"
urlpatterns = [
    *jurors.urlpatterns,
    *sessions.urlpatterns,
    *convocations.urlpatterns,
    *jury_day.urlpatterns,
    *results.urlpatterns,
]
