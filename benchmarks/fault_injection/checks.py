"""What must be true after the faults, whichever came."""

import hashlib
from pathlib import Path

from benchmarks.fault_injection.injection import FaultRun
from benchmarks.harness.figures import Figure
from certificates.models import Certificate
from certificates.tasks.rendering import render_certificate
from core.enums import WorkState
from core.models import JournalEntry, Work
from core.services.journal import broken_links


def check(run: FaultRun) -> list[Figure]:
    plan = run.plan
    certificates = list(Certificate.objects.order_by("sequence"))
    sequences = [certificate.sequence for certificate in certificates]
    sound = {certificate.file.name for certificate in certificates if _is_sound(certificate, plan.private)}
    folder = plan.private / "certificates"
    unknown = {str(path.relative_to(plan.private)) for path in folder.rglob("*.pdf")} - sound
    issued = JournalEntry.objects.filter(action="certificates.certificate.issued")
    once = set(issued.values_list("subject_id", flat=True))
    works = Work.objects.filter(task=render_certificate.name)
    return [
        Figure("certificates in the register", len(certificates), "≥", plan.count),
        Figure("numbers missing or doubled", len(set(range(1, plan.count + 1)) ^ set(sequences)), "=", 0),
        Figure("files that are there and as the row says", len(sound), "≥", plan.count),
        Figure("certificates missing", plan.count - len(sound), "=", 0),
        Figure("certificates issued twice", issued.count() - len(once), "=", 0),
        Figure("files that no row knows", len(unknown), "≤", run.kills),
        Figure("pieces of work set aside", works.filter(state=WorkState.SET_ASIDE).count(), "=", 0),
        Figure("broken links of the journal", len(list(broken_links())), "=", 0),
        Figure("releases that failed", len(run.failures), "=", 0),
        Figure("workers killed", run.kills, "≥", 2),
        Figure("times the broker was emptied", run.emptied, "≥", len(plan.emptied_at)),
        Figure("writes that the full disk refused", run.refused_writes, "≥", 1),
        Figure("seconds", round(run.took, 1), "≤", plan.longest),
    ]


def _is_sound(certificate: Certificate, private: Path) -> bool:
    """Its file is on the disk, byte for byte what was issued."""
    path = private / certificate.file.name
    return (
        bool(certificate.file)
        and path.is_file()
        and hashlib.sha256(path.read_bytes()).hexdigest() == certificate.file_sha256
    )
