from tests.access.table import Row, pk

CLOSED = {"GET anonymous": 200, "POST anonymous": 200, "DELETE anonymous": 200}
"""Nobody signs up on their own: a page says so before it looks at the method, and those who are in go home."""


FALSE_KEY = {"DELETE anonymous": 200}


def _false_key(world) -> dict:
    return {"uidb36": "1", "key": "faux"}


ROWS = [
    Row("home", get="people", but={"GET trainee": 302}),
    Row("favicon", get="anybody", got=302),
    Row("health", get="anybody"),
    Row("offline_page", get="anybody"),
    Row("offline_worker", get="anybody"),
    Row("help", get="anybody"),
    Row("accessibility", get="anybody"),
    Row("legal", get="anybody"),
    Row("pilotage", get="certifier", refused="team juror trainee stranger"),
    Row("pilotage_curve", get="certifier", refused="team juror trainee stranger"),
    Row(
        "objective",
        get="certifier",
        post="certifier",
        refused="team juror trainee stranger",
        data={"target": 4000, "starts_on": "2026-01-01", "ends_on": "2028-12-31", "source": "Essai"},
    ),
    Row("my_dossier", get="trainee"),
    Row("trainee_page", pk("enrollment"), get="certifier team trainee", but={"GET trainee": 302}),
    Row(
        "account_login",
        get="anybody",
        post="anybody",
        got=302,
        posted=302,
        but={"GET anonymous": 200, "POST anonymous": 200},
    ),
    Row("account_logout", get="people", post="people"),
    Row("account_change_password", get="people", post="people", posted=200),
    Row("account_inactive", get="anybody"),
    Row("account_signup", get="anybody", post="anybody", got=302, posted=302, but=CLOSED),
    Row("account_reset_password", get="anybody", post="anybody", data={"email": "rien@essai.example"}),
    Row("account_reset_password_done", get="anybody"),
    Row(
        "account_reset_password_from_key",
        _false_key,
        get="anybody",
        post="anybody",
        posted=200,
        but=FALSE_KEY,
    ),
    Row("account_reset_password_from_key_done", get="anybody"),
]
