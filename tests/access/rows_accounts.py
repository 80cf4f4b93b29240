from accounts.emails import invitation_token
from tests.access.table import Row

ACCOUNT = {
    "first_name": "Ines",
    "last_name": "Neuve",
    "password": "brouette-pluie-carnet",
    "again": "brouette-pluie-carnet",
}

ROWS = [
    Row(
        "accounts:accept_invitation",
        lambda world: {"token": invitation_token(world.invitation)},
        get="anybody",
        post="anybody",
        data=ACCOUNT,
    ),
    Row("accounts:journal", get="certifier", others=403),
]
