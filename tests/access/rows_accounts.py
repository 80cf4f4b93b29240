from accounts.emails import invitation_token
from tests.access.table import Row

ACCOUNT = {
    "first_name": "Ines",
    "last_name": "Neuve",
    "password": "brouette-pluie-carnet",
    "again": "brouette-pluie-carnet",
}

USERS = {"app": "accounts", "model": "user"}

ROWS = [
    Row(
        "accounts:accept_invitation",
        lambda world: {"token": invitation_token(world.invitation)},
        get="anybody",
        post="anybody",
        data=ACCOUNT,
    ),
    Row("accounts:journal", get="certifier", others=403),
    Row("admin:index", get="certifier", others=403),
    Row("admin:rows", lambda world: USERS, get="certifier", others=403),
    Row("admin:row", lambda world: USERS | {"pk": world.director.pk}, get="certifier", others=403),
]
