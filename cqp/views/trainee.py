from django.http import HttpResponse


def trainee_page(request, **kwargs):
    return HttpResponse("bientôt")
