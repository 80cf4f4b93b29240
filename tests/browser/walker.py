"""A person walking through the site in their own browser, by what they can see and click."""

import email
import re
import time
from email.policy import default
from pathlib import Path

from playwright.sync_api import Browser, expect

PASSWORD = "un-mot-de-passe-solide"


class Walker:
    """One person, one browser: logs in, fills forms by the names of their fields, clicks what reads so."""

    def __init__(self, chromium: Browser, site: str, address: str) -> None:
        self.site, self.address = site, address
        self.context = chromium.new_context(locale="fr-FR", base_url=site, accept_downloads=True)
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)

    def accept(self, link: str, first_name: str, last_name: str) -> None:
        """Open one's account from the link of an invitation."""
        self.page.goto(link)
        names = {"first_name": first_name, "last_name": last_name}
        self.fill(**{k: v for k, v in names.items() if self.has(k)})
        for field in self.page.locator("input[type=password]").all():
            field.fill(PASSWORD)
        self.press("Ouvrir mon compte")

    def go(self, path: str) -> None:
        answer = self.page.goto(path)
        assert answer.status < 400, f"{path}: {answer.status}\n{self.page.inner_text('body')[:500]}"

    def has(self, name: str) -> bool:
        return self.page.locator(f'[name="{name}"]').count() > 0

    def fill(self, **values) -> None:
        """Fill the fields of these names: a text, an option, a box (True), or several boxes (a list)."""
        for name, value in values.items():
            fields = self.page.locator(f'main [name="{name}"]')
            kind = fields.first.evaluate("field => field.type")
            if kind == "select-one":
                self._choose(fields.first, value)
            elif kind == "radio" or isinstance(value, list):
                for one in value if isinstance(value, list) else [value]:
                    self.tick(self.page.locator(f'main [name="{name}"][value="{one}"]'))
            elif kind == "checkbox":
                if fields.first.is_checked() != value:
                    self.tick(fields.first)
            else:
                fields.first.fill(str(value))

    def tick(self, box) -> None:
        """Click the words of a box or of a radio, as a finger does."""
        words = box.locator("xpath=ancestor::label")
        if not words.count():
            words = self.page.locator(f'label[for="{box.get_attribute("id")}"]')
        words.first.click()

    def _choose(self, select, wanted: str) -> None:
        """By value, or by a part of what is read."""
        options = select.locator("option").all()
        for option in options:
            if wanted == option.get_attribute("value") or wanted in option.inner_text():
                select.select_option(option.get_attribute("value"))
                return
        raise AssertionError(f"no option {wanted!r} among {[option.inner_text() for option in options]}")

    def press(self, label: str) -> None:
        """Press the button that reads so, and wait for the page that follows."""
        button = self.page.locator("main").get_by_role("button", name=label, exact=False).first
        with self.page.expect_navigation():
            button.click()
        refused = self.page.locator(
            "main .invalid-feedback:visible, main .text-refusal:visible, .error-summary"
        ).all()
        assert self.page.locator("h1").count(), self.page.content()[:400]
        self.refusals = [row.inner_text() for row in refused]

    def must_press(self, label: str) -> None:
        """Press, and be refused nothing."""
        self.press(label)
        body = self.page.inner_text("main")
        assert not self.refusals, f"{label}: {self.refusals}\n{body[:1500]}"

    def confirm(self, label: str) -> None:
        """Open the question that this act asks once, and answer yes."""
        details = self.page.locator("details.confirm", has=self.page.locator("summary", has_text=label)).first
        details.locator("summary").click()
        with self.page.expect_navigation():
            details.locator("button[type=submit]").click()

    def follow(self, label: str) -> None:
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("link", name=label).first.click()

    def reads(self, text: str) -> None:
        expect(self.page.locator("body")).to_contain_text(text)

    def waits_for(self, text: str, *, seconds: int = 60) -> None:
        """Come back to the page until it says so, as a person who presses « Actualiser »."""
        deadline = time.monotonic() + seconds
        while text not in self.page.inner_text("body").replace("\u00a0", " "):
            assert time.monotonic() < deadline, self.page.inner_text("main")[:1500]
            time.sleep(0.5)
            self.page.reload()


def link_mailed_to(folder: Path, address: str, *, seconds: int = 60) -> str:
    """The link of the last mail that the worker sent to this address."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for path in sorted((folder / "mail").glob("*"), key=lambda path: path.stat().st_mtime, reverse=True):
            message = email.message_from_bytes(path.read_bytes(), policy=default)
            if message["To"] == address and (
                found := re.search(r"http://\S+/invitation/\S+", message.get_body(("plain",)).get_content())
            ):
                return found[0]
        time.sleep(0.3)
    raise AssertionError(f"no mail to {address} in {folder / 'mail'}")
