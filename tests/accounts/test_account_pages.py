import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.urls import reverse

PASSWORD = "trois mots au hasard"


@pytest.fixture
def person(director):
    director.first_name = "Nadia"
    director.set_password(PASSWORD)
    director.save()
    return director


def test_one_logs_in_with_an_address_and_a_password(client, person):
    response = client.post(reverse("account_login"), {"login": person.email.upper(), "password": PASSWORD})

    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_wrong_password_says_how_to_go_on(client, person):
    response = client.post(reverse("account_login"), {"login": person.email, "password": "autre chose"})

    assert "ne vont pas ensemble" in response.text
    assert "Un point à corriger" in response.text
    assert "_auth_user_id" not in client.session


def test_an_unknown_address_is_answered_like_a_wrong_password(client, person):
    wrong = client.post(reverse("account_login"), {"login": person.email, "password": "x"}).text
    unknown = client.post(
        reverse("account_login"), {"login": "personne@ailleurs.example", "password": "x"}
    ).text

    def summary(page):
        return re.search(r'class="error-summary".*?</ul>', page, re.DOTALL)[0]

    assert summary(wrong) == summary(unknown)


def test_the_demo_shows_its_six_accounts_and_nothing_else_does(client, db, settings):
    settings.DEMO = True
    demo = client.get(reverse("account_login")).text
    settings.DEMO = False
    plain = client.get(reverse("account_login")).text

    assert len(set(re.findall(r"\w+@cqp\.example", demo))) == 6
    assert "chantier-ecole" in demo
    assert "Site de démonstration" in demo
    assert "@cqp.example" not in plain
    assert "Site de démonstration" not in plain


def test_nobody_opens_an_account_alone(client, db):
    response = client.post(
        reverse("account_signup"),
        {"email": "moi@ailleurs.example", "password1": PASSWORD, "password2": PASSWORD},
    )

    assert "sur invitation" in response.text
    assert "_auth_user_id" not in client.session


def test_a_closed_account_cannot_log_in(client, person):
    person.is_active = False
    person.save()

    response = client.post(
        reverse("account_login"), {"login": person.email, "password": PASSWORD}, follow=True
    )

    assert "_auth_user_id" not in client.session
    assert "Se connecter" in response.text


def test_a_forgotten_password_is_replaced_by_a_link(client, person, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": person.email})
    [mail] = mailoutbox
    link = re.search(r"http://\S+", mail.body)[0]
    form = client.get(link, follow=True)
    client.post(
        form.redirect_chain[-1][0],
        {"password1": "quatre autres mots ici", "password2": "quatre autres mots ici"},
    )

    person.refresh_from_db()
    assert person.check_password("quatre autres mots ici")
    assert mail.subject == "CQP Salarié polyvalent – Choisir un nouveau mot de passe"
    assert mail.body.startswith("Bonjour,")
    assert client.get(link, follow=True).text.count("Ce lien ne sert plus") >= 1


def test_asking_a_password_for_an_unknown_address_looks_the_same(client, person, mailoutbox):
    known = client.post(reverse("account_reset_password"), {"email": person.email}, follow=True)
    unknown = client.post(
        reverse("account_reset_password"), {"email": "personne@ailleurs.example"}, follow=True
    )

    assert known.redirect_chain == unknown.redirect_chain
    assert "Aucun compte n’existe" in mailoutbox[1].body


def test_one_changes_a_password_knowing_the_present_one(client, person):
    client.force_login(person)
    fields = {
        "oldpassword": "faux",
        "password1": "quatre autres mots ici",
        "password2": "quatre autres mots ici",
    }
    refused = client.post(reverse("account_change_password"), fields)
    client.post(reverse("account_change_password"), {**fields, "oldpassword": PASSWORD})

    person.refresh_from_db()
    assert "Ce n’est pas votre mot de passe actuel" in refused.text
    assert person.check_password("quatre autres mots ici")


def test_leaving_asks_once_and_then_says_so(client, person):
    client.force_login(person)
    asked = client.get(reverse("account_logout"))
    left = client.post(reverse("account_logout"), follow=True)

    assert "Rester connecté" in asked.text
    assert "Votre session est fermée" in left.text
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "name", ["account_login", "account_reset_password", "account_signup", "account_inactive"]
)
def test_public_account_pages_speak_french_alone(client, db, name):
    page = client.get(reverse(name)).text

    assert not re.search(r"\b(Sign|Password|Email|Log in|Your|account is)\b", page)


STRANGER = "203.0.113.9"


def test_a_stranger_does_not_lock_a_known_address(client, person):
    wrong = {"login": person.email, "password": "x"}
    for _ in range(12):
        refused = client.post(reverse("account_login"), wrong, REMOTE_ADDR=STRANGER)

    response = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})

    assert "Trop d’essais manqués depuis cet endroit" in refused.text
    assert response.status_code == 302


def test_a_stranger_does_not_use_up_the_mails_of_a_known_address(client, person):
    asked = {"email": person.email}
    strangers = [
        client.post(reverse("account_reset_password"), asked, REMOTE_ADDR=STRANGER) for _ in range(11)
    ]

    response = client.post(reverse("account_reset_password"), asked)

    assert strangers[-1].status_code == 429
    assert response.status_code == 302


class CountingHasher(MD5PasswordHasher):
    """A hash takes nearly all the time of a login: who counts them measures it on a busy machine too."""

    algorithm = "counting"
    count = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).count += 1
        return super().encode(password, salt)


@pytest.mark.parametrize("account", ["known", "unknown", "closed", "invited"])
def test_a_login_costs_one_hash_whoever_is_named(client, person, account, settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    person.set_password(PASSWORD)
    if account == "closed":
        person.is_active = False
    elif account == "invited":
        person.set_unusable_password()
    person.save()
    email = "personne@ailleurs.example" if account == "unknown" else person.email

    CountingHasher.count = 0
    client.post(reverse("account_login"), {"login": email, "password": "x"})

    assert CountingHasher.count == 1
