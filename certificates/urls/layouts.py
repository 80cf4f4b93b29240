from django.urls import path

from certificates.views import layouts

urlpatterns = [
    path("certificats/maquettes/", layouts.layout_list, name="layout_list"),
    path("certificats/maquettes/nouvelle/", layouts.layout_start, name="layout_start"),
    path("certificats/maquettes/<slug:version>/", layouts.layout_detail, name="layout_detail"),
    path("certificats/maquettes/<slug:version>/modifier/", layouts.layout_edit, name="layout_edit"),
    path("certificats/maquettes/<slug:version>/apercu/", layouts.layout_preview, name="layout_preview"),
    path("certificats/maquettes/<slug:version>/image/", layouts.layout_picture, name="layout_picture"),
    path("certificats/maquettes/<slug:version>/publier/", layouts.layout_publish, name="layout_publish"),
    path("certificats/maquettes/<slug:version>/supprimer/", layouts.layout_delete, name="layout_delete"),
]
