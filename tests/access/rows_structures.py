from tests.access.table import Row, pk

ROWS = [
    Row("structures:list", get="certifier team stranger", refused="juror trainee"),
    Row("structures:detail", pk("structure"), get="certifier team"),
]
