from tests.access.table import Row

ROWS = [
    Row("trainees:list", get="certifier team stranger", refused="juror trainee"),
]
