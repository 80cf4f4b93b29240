from tests.access.table import Row

ROWS = [
    Row("home", get="people", but={"GET trainee": 302}),
    Row("health", get="anybody"),
    Row("pilotage", get="certifier", refused="team juror trainee stranger"),
    Row("account_login", get="anybody", post="anybody", got=302, posted=302, but={"GET anonymous": 200, "POST anonymous": 200}),
]
