from django.http import HttpResponse


def my_dossier(request, **kwargs):
    return HttpResponse("bientôt")
