from tests.access.table import Row, pk

ROWS = [
    Row("home", get="people", but={"GET trainee": 302}),
    Row("health", get="anybody"),
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
]
