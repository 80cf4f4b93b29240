from . import dossiers, evaluations, frameworks, sheets

app_name = "evaluations"
urlpatterns = [
    *frameworks.urlpatterns,
    *evaluations.urlpatterns,
    *sheets.urlpatterns,
    *dossiers.urlpatterns,
]
