"""pretix's own renderer, in the environment where pretix is: one page a line asked for on its standard input.

Run by benchmarks.drawing.pretix and never imported: neither Django's settings nor the libraries are ours. A line
is a layout as pretix's editor makes them; the answer is how long the page took, in seconds of processor.
"""

import json
import os
import sys
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from time import process_time

os.environ["DJANGO_SETTINGS_MODULE"] = "pretix.testutils.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django_scopes import scopes_disabled  # noqa: E402
from pretix.base.models import Event, Order, OrderPosition, Organizer  # noqa: E402
from pretix.base.pdf import Renderer  # noqa: E402
from reportlab.lib import pagesizes  # noqa: E402
from reportlab.pdfgen.canvas import Canvas  # noqa: E402


@transaction.atomic
def make_order() -> OrderPosition:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    organizer = Organizer.objects.create(name="Certificateur", slug="certificateur")
    event = Event.objects.create(organizer=organizer, name="Jury", slug="jury", date_from=now, currency="EUR")
    order = Order.objects.create(
        event=event,
        code="CQP01",
        total=0,
        datetime=now,
        expires=now + timedelta(days=1),
        sales_channel=organizer.sales_channels.get(identifier="web"),
    )
    item = event.items.create(name="Certificat", default_price=0)
    position = OrderPosition.objects.create(order=order, item=item, price=0)
    order.create_transactions()
    return position


def draw(position: OrderPosition, layout: list[dict], background: bytes) -> bytes:
    """What pretix's ticket plugin does for one ticket."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=pagesizes.A4)
    renderer = Renderer(position.order.event, layout, BytesIO(background))
    renderer.draw_page(canvas, position.order, position)
    canvas.save()
    return renderer.render_background(buffer, "Certificat").read()


def main() -> None:
    call_command("migrate", run_syncdb=True, verbosity=0)
    background, seen = Path(sys.argv[1]).read_bytes(), Path(sys.argv[2])
    with scopes_disabled():
        position = make_order()
        Renderer._register_fonts(position.order.event)
        print("ready", flush=True)
        for line in sys.stdin:
            layout = json.loads(line)
            started = process_time()
            content = draw(position, layout, background)
            print(process_time() - started, flush=True)
            seen.write_bytes(content)


if __name__ == "__main__":
    main()
