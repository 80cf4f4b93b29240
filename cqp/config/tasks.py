"""The periodic tasks that concern several apps."""

from celery import shared_task

from juries.services.convocations.deadlines import write_due_letters


@shared_task(name="cqp.config.tasks.watch_juries", ignore_result=True)
def watch_juries() -> None:
    """Bring the convocations up to date and write the reminders that are due. May run twice or late."""
    write_due_letters()
