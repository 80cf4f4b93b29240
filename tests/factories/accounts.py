import factory
from django.contrib.auth.hashers import make_password

from accounts.models import User

PASSWORD = "chantier-ecole"
_HASHED = make_password(PASSWORD, hasher="md5")


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"personne{n}@aci.example")
    first_name = "Claude"
    last_name = factory.Sequence(lambda n: f"Nom{n}")
    password = _HASHED
