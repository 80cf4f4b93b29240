from django.db import migrations

from accounts.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("trainees", "0002_planned_sessions_signatures_and_tutors")]

    # A session withdrawn by mistake takes its signatures with it; none is ever changed.
    operations = [append_only("trainees_signature", deletable=True)]
