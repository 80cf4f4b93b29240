from django.http import HttpResponse


def pilotage(request, **kwargs):
    return HttpResponse("bientôt")
