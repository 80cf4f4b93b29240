from django.db import migrations

from core.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("juries", "0001_initial")]

    operations = [
        append_only("juries_minutes", except_columns=("file", "file_sha256")),
        append_only("juries_minutessignature"),
        append_only(
            "juries_decision",
            except_columns=("certificate_id", "closed_at", "closed_by_id", "closed_reason"),
        ),
        append_only("juries_decisiondomain"),
        append_only("juries_appraisal", where="OLD.submitted_at IS NOT NULL"),
        append_only(
            "juries_partialattestation",
            except_columns=("file", "file_sha256", "revoked_at", "revoked_by_id", "revoked_reason"),
        ),
        # What was contested, by whom and when never changes, nor what was answered.
        append_only(
            "juries_appeal",
            except_columns=(
                "state",
                "reviewer_id",
                "assigned_at",
                "opinion",
                "favourable",
                "reviewed_at",
                "reason",
                "decided_at",
                "decided_by_id",
            ),
        ),
    ]
