from django.db import migrations

from accounts.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("juries", "0004_rules_of_the_day")]

    operations = [
        append_only("juries_certificatelayout", where="OLD.state = 'published'"),
    ]
