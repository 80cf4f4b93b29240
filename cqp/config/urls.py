from allauth.account import views as account
from django.contrib.auth.decorators import login_not_required as public
from django.urls import include, path, re_path

from accounts.admin import site
from cqp.dashboard import views
from cqp.home.views import home, my_dossier, offline, pages, trainee
from cqp.home.views.health import health

urlpatterns = [
    path("", home.home, name="home"),
    path("favicon.ico", pages.favicon, name="favicon"),
    path("hors-reseau/", offline.offline_page, name="offline_page"),
    path("hors-reseau.js", offline.offline_worker, name="offline_worker"),
    path("sante/", health, name="health"),
    path("aide/", pages.help_page, name="help"),
    path("accessibilite/", pages.accessibility, name="accessibility"),
    path("mentions-legales/", pages.legal, name="legal"),
    path("pilotage/", views.pilotage, name="pilotage"),
    path("pilotage/courbe.svg", views.pilotage_curve, name="pilotage_curve"),
    path("pilotage/objectif/", views.objective, name="objective"),
    path("mon-dossier/", my_dossier.my_dossier, name="my_dossier"),
    path("salaries/<uuid:pk>/", trainee.trainee_page, name="trainee_page"),
    path("connexion/", public(account.login), name="account_login"),
    path("deconnexion/", account.logout, name="account_logout"),
    path("inscription/", public(account.signup), name="account_signup"),
    path("compte-ferme/", public(account.account_inactive), name="account_inactive"),
    path("mot-de-passe/", account.password_change, name="account_change_password"),
    path("mot-de-passe/oublie/", public(account.password_reset), name="account_reset_password"),
    path(
        "mot-de-passe/oublie/envoye/",
        public(account.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        r"^mot-de-passe/nouveau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        public(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "mot-de-passe/nouveau/fait/",
        public(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("exploitation/", site.urls),
    path("", include("accounts.urls")),
    path("", include("structures.urls")),
    path("", include("trainees.urls")),
    path("", include("evaluations.urls")),
    path("", include("certificates.urls")),
    path("", include("juries.urls")),
]
