"""Passkeys through Chromium's own virtual authenticator: made, used, good once, hers alone."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from ivr.console import passkeys
from ivr.console.passkeys import Site
from ivr.store import factors
from tests.console.screen import Screen
from tests.console.staffed import NOW, PASSWORD, invite

NEW = "a lamp beside the harbour"
SITE = Site("line.example.org", "https://line.example.org", (b"k" * 32,))


def authenticator(page: Page) -> Any:
    """Give the window a device that makes and keeps passkeys."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }  # fmt: skip
    found = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, found["authenticatorId"]


def kept(screen: Screen, name: str) -> list[factors.Factor]:
    with screen.house.store.reading() as connection:
        return factors.of(connection, screen.house.person(name).id)


def sign_in(page: Page, screen: Screen, name: str, password: str) -> None:
    page.goto(f"{screen.base}/sign-in")
    page.fill("#name", name)
    page.fill("#password", password)
    page.click("text=Sign in with a passkey")


def add_one(page: Page, name: str = "this laptop") -> None:
    page.click("summary:has-text('Add a passkey')")
    page.fill("#passkey-called", name)
    page.fill("#passkey-password", PASSWORD)
    page.click(".passkey button")
    expect(page.locator(".note.live")).to_contain_text("It is added")


def test_an_invited_one_sets_up_with_a_passkey_and_comes_back_with_it(screen: Screen) -> None:
    page = screen.window()
    authenticator(page)
    invitation = invite(screen.house, "ann")
    page.goto(f"{screen.base}/sign-in")
    page.fill("#name", "ann")
    page.fill("#password", invitation)
    page.keyboard.press("Enter")
    page.fill("#new", NEW)
    page.fill("#again", NEW)
    page.click("text=Use a passkey instead")
    expect(page.locator(".codes li")).to_have_count(10)
    assert [one.kind for one in kept(screen, "ann")][0] == "passkey"
    page.click("text=I have kept them")
    page.click(".sign-out button")
    sign_in(page, screen, "ann", "not her password")
    expect(page.locator('.note[role="alert"]')).to_contain_text("That did not fit")
    sign_in(page, screen, "ann", NEW)
    expect(page.locator(".tools")).to_contain_text("Ann")


def test_she_adds_one_and_takes_it_away(screen: Screen) -> None:
    page = screen.signed_in("operator")
    authenticator(page)
    add_one(page)
    expect(page.locator(".rows")).to_contain_text("this laptop")
    row = page.locator(".rows li", has_text="this laptop")
    row.locator("summary").click()
    row.locator("input[type=password]").fill(PASSWORD)
    row.locator(".button.danger").click()
    expect(page.locator(".rows")).not_to_contain_text("this laptop")


def test_one_device_keeps_one_of_hers(screen: Screen) -> None:
    page = screen.signed_in("operator")
    authenticator(page)
    add_one(page)
    page.click("summary:has-text('Add a passkey')")
    page.fill("#passkey-password", PASSWORD)
    page.click(".passkey button")
    expect(page.locator("[data-problem]")).to_be_visible()
    assert len(kept(screen, "operator")) == 2


def test_an_answer_is_good_once_and_for_its_owner_alone(screen: Screen) -> None:
    page = screen.signed_in("operator")
    authenticator(page)
    add_one(page)
    page.click(".sign-out button")
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.post_data or "") if one.method == "POST" else 0)
    sign_in(page, screen, "supervisor", PASSWORD)
    expect(page.locator('.note[role="alert"]')).to_contain_text("That did not fit")
    sign_in(page, screen, "operator", PASSWORD)
    expect(page.locator(".tools")).to_contain_text("Operator")
    page.click(".sign-out button")
    expect(page.locator("h1")).to_have_text("Sign in")
    page.evaluate(
        """body => { const form = document.createElement("form");
        form.method = "post"; form.action = "/console/sign-in";
        for (const [name, value] of new URLSearchParams(body)) {
          const field = document.createElement("input");
          field.name = name; field.value = value; form.append(field);
        } document.body.append(form); form.submit(); }""",
        [one for one in sent if "passkey=%7B" in one][-1],
    )
    expect(page.locator('.note[role="alert"]')).to_contain_text("That did not fit")


def test_a_device_that_refuses_says_so_and_the_code_is_left(screen: Screen) -> None:
    page = screen.signed_in("operator")
    session, device = authenticator(page)
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    session.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": device})
    page.route("**/account/passkey", lambda route: route.abort())
    page.click("summary:has-text('Add a passkey')")
    page.fill("#passkey-password", PASSWORD)
    page.click(".passkey button")
    expect(page.locator("[data-problem]")).to_contain_text("use a code")
    expect(page.locator(".passkey button")).to_be_enabled()


@pytest.mark.parametrize(
    ("browser", "later", "good"),
    [("a", 0, True), ("a", 599, True), ("a", 601, False), ("a", -1, False), ("b", 0, False)],
)
def test_a_challenge_is_for_one_browser_and_ten_minutes(
    browser: str, later: int, good: bool
) -> None:
    from datetime import timedelta

    made = passkeys.challenge(SITE, "a", NOW)
    at = NOW + timedelta(seconds=later)
    assert bool(passkeys.moment_of(SITE, browser, made, at)) is good


@pytest.mark.parametrize("answer", ["", "{", "[]", "1", "null", "{}", '{"response": 1}',
    '{"response": {"clientDataJSON": "!"}}', '{"response": {"clientDataJSON": "e30"}}',
    json.dumps({"id": "x", "response": {"clientDataJSON": "eyJjaGFsbGVuZ2UiOiJ4In0"}}),
    "x" * 9000])  # fmt: skip
def test_what_is_no_answer_is_no_passkey(answer: str) -> None:
    assert passkeys.made(SITE, "a", answer, NOW) is None
    known = factors.Passkey("x", "x", 0)
    assert passkeys.used(SITE, "a", known, answer, NOW) is None


def test_what_a_browser_is_asked_names_nobody() -> None:
    asked = json.loads(passkeys.asking(SITE, "a", NOW))
    assert asked.get("allowCredentials", []) == []
    assert asked["rpId"] == "line.example.org"
    assert asked["challenge"] != json.loads(passkeys.asking(SITE, "a", NOW))["challenge"]
