from django.db import migrations

from core.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("certificates", "0001_initial")]

    operations = [
        append_only(
            "certificates_certificate",
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
        append_only("certificates_certificatelayout", where="OLD.state = 'published'"),
    ]
