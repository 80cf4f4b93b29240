from django.db import migrations

from core.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("trainees", "0001_initial")]

    operations = [
        # A session withdrawn by mistake takes its signatures with it; none is ever changed.
        append_only("trainees_signature", deletable=True),
        append_only("trainees_monthlysheet", except_columns=("file", "file_sha256")),
    ]
