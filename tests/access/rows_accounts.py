from tests.access.table import Row

ROWS = [
    Row("accounts:journal", get="certifier", refused="team juror trainee stranger"),
]
