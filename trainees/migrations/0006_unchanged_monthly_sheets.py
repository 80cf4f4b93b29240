from django.db import migrations

from accounts.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("trainees", "0005_monthly_sheets")]

    operations = [append_only("trainees_monthlysheet", except_columns=("file", "file_sha256"))]
