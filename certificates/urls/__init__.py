from . import certificates, credentials, layouts, verification

app_name = "certificates"
urlpatterns = [
    *certificates.urlpatterns,
    *layouts.urlpatterns,
    *credentials.urlpatterns,
    *verification.urlpatterns,
]
