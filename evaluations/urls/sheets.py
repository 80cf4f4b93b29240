from django.urls import path

from evaluations.views import sheets

urlpatterns = [
    path("salaries/<uuid:pk>/fiches/", sheets.sheet_list, name="sheet_list"),
    path("salaries/<uuid:pk>/fiches/nouvelle/", sheets.sheet_create, name="sheet_create"),
    path("fiches/<uuid:pk>/", sheets.sheet_detail, name="sheet_detail"),
    path("fiches/<uuid:pk>/modifier/", sheets.sheet_edit, name="sheet_edit"),
    path("fiches/<uuid:pk>/proposer/", sheets.sheet_submit, name="sheet_submit"),
    path("fiches/<uuid:pk>/valider/", sheets.sheet_validate, name="sheet_validate"),
    path("fiches/<uuid:pk>/rendre/", sheets.sheet_return, name="sheet_return"),
    path("fiches/<uuid:pk>/photos/", sheets.photo_add, name="photo_add"),
    path("photos/<uuid:pk>/", sheets.photo, name="photo"),
    path("photos/<uuid:pk>/retirer/", sheets.photo_remove, name="photo_remove"),
]
