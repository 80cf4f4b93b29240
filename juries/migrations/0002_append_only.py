from django.db import migrations

from accounts.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("juries", "0001_initial")]

    operations = [
        append_only(
            "juries_certificate",
            except_columns=(
                "state",
                "file",
                "file_sha256",
                "issued_at",
                "revoked_at",
                "revoked_by_id",
                "revoked_reason",
                "replaced_by_id",
            ),
        ),
        append_only("juries_minutes", except_columns=("file", "file_sha256")),
        append_only("juries_minutessignature"),
    ]
