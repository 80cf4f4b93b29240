from . import dossiers, evaluations, frameworks, sheets, teams

app_name = "evaluations"
urlpatterns = [
    *frameworks.urlpatterns,
    *evaluations.urlpatterns,
    *sheets.urlpatterns,
    *dossiers.urlpatterns,
    *teams.urlpatterns,
]
