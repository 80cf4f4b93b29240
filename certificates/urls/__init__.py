from . import archives, credentials, layouts, register, rendering, verification

app_name = "certificates"
urlpatterns = [
    *register.urlpatterns,
    *archives.urlpatterns,
    *layouts.urlpatterns,
    *rendering.urlpatterns,
    *credentials.urlpatterns,
    *verification.urlpatterns,
]
