"""Every route, method and role: one table says who may, and what is not in it nobody may."""

import pytest

from ivr.console.access import ACCESS, LIVE, NAV, may
from ivr.console.guard import CSP, ROOT
from tests.console.staffed import ROLES, Browser, House, invite

EVERYBODY = (*ROLES, "invited", "nobody")


def routes(house: House) -> set[tuple[str, str]]:
    """Every route and method that the application knows, as the table has them."""
    return {
        (rule.rule.removeprefix(ROOT), method)
        for rule in house.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def path(rule: str) -> str:
    return rule.replace("<int:number>", "2").replace("<path:filename>", "console.css")


def entered(house: House, role: str) -> Browser:
    """A browser with somebody of this role, or nobody."""
    if role == "nobody":
        browser = house.browser()
        browser.get("/sign-in")
        return browser
    if role == "invited":
        browser = house.browser()
        browser.sign_in("guest", password=invite(house, "guest"), code="")
        return browser
    return house.signed_in(role)


def test_the_table_has_every_route_and_no_other(house: House) -> None:
    assert routes(house) == set(ACCESS)
    assert {rule for rule, _ in NAV} <= {rule for rule, method in ACCESS if method == "GET"}
    assert {rule for rule, _ in ACCESS} >= LIVE


@pytest.mark.parametrize("role", EVERYBODY)
def test_nobody_gets_further_than_the_table_says(house: House, role: str) -> None:
    browser = entered(house, role)
    allowed = {key for key in ACCESS if may(role, *key)}
    for rule, method in sorted(set(ACCESS) - allowed):
        reply = browser.web.open(
            ROOT + path(rule), method=method, base_url=browser.base,
            data={"csrf": browser.page.forms[0].fields["csrf"]} if method == "POST" else None,
        )  # fmt: skip
        if role in ROLES:
            assert reply.status_code == 403, (rule, method)
        else:
            assert reply.status_code in {303, 401}, (rule, method)
            to = reply.location or ""
            assert reply.status_code == 401 or "/sign-in" in to or "/set-up" in to
    assert house.person("supervisor").disabled_at is None


@pytest.mark.parametrize("role", EVERYBODY)
def test_who_may_look_gets_a_page(house: House, role: str) -> None:
    browser = entered(house, role)
    for rule, method in sorted(ACCESS):
        if method == "GET" and may(role, rule, method):
            reply = browser.web.get(ROOT + path(rule), base_url=browser.base, buffered=True)
            gone = {404} if "<int" in rule else set()
            assert reply.status_code in {200, 204, 303} | gone, rule
            assert reply.headers["Content-Security-Policy"] == CSP


@pytest.mark.parametrize("role", EVERYBODY)
def test_looking_writes_nothing(house: House, role: str) -> None:
    browser = entered(house, role)
    before = house.rows()
    for rule, method in sorted(ACCESS):
        if method == "GET":
            for verb in ("GET", "HEAD"):
                browser.web.open(
                    ROOT + path(rule), method=verb, base_url=browser.base, buffered=True
                )
    assert house.rows() == before


@pytest.mark.parametrize("role", EVERYBODY)
@pytest.mark.parametrize("token", ["", "x", "é", None])
def test_without_the_token_of_its_page_nothing_changes(
    house: House, role: str, token: str | None
) -> None:
    browser = entered(house, role)
    before = house.rows()
    for rule, method in sorted(ACCESS):
        if method == "POST":
            data = {"name": "operator", "reason": "x", "answer": "agree"}
            reply = browser.web.post(
                ROOT + path(rule), base_url=browser.base,
                data=data if token is None else {**data, "csrf": token},
            )  # fmt: skip
            assert reply.status_code in {303, 403}, rule
    assert house.rows() == before


def test_another_browsers_token_does_not_fit(house: House) -> None:
    mine, other = house.signed_in("operator"), house.signed_in("operator")
    token = other.page.forms[0].fields["csrf"]
    mine.post("/account/phone", 403, csrf=token, phone="+3220000007")
    assert "open too long" in mine.page.text
    mine.post("/account/phone", csrf=mine.page.forms[0].fields["csrf"], phone="+3220000007")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://line.example.org"},
        {"Origin": "https://line.example.org.evil.example"},
    ],
)
def test_another_site_changes_nothing_even_with_the_token(
    house: House, headers: dict[str, str]
) -> None:
    browser = house.signed_in("operator")
    browser.headers = headers
    before = house.rows()
    browser.post("/account/phone", 403, phone="+3220000007")
    assert house.rows() == before


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},  # what no-referrer makes of it
        {"Origin": "https://line.example.org"},
        {},
    ],
)
def test_our_own_pages_may(house: House, headers: dict[str, str]) -> None:
    browser = house.signed_in("operator")
    browser.headers = headers
    browser.post("/account/phone", phone="+3220000007")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_no_other_method_is_answered(house: House, method: str) -> None:
    browser = house.signed_in("admin")
    for rule in {rule for rule, _ in ACCESS}:
        reply = browser.web.open(
            ROOT + path(rule), method=method, base_url=browser.base, buffered=True
        )
        assert reply.status_code == 405, rule


def test_her_cookies_stay_on_this_site_and_out_of_scripts(house: House) -> None:
    browser = house.browser()
    reply = browser.sign_in("operator")
    cookies = reply.headers.getlist("Set-Cookie")
    assert {one.partition("=")[0] for one in cookies} == {"__Host-session", "__Host-known"}
    for one in cookies:
        parts = {part.strip() for part in one.split(";")}
        assert parts >= {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"}
        assert "Domain" not in one
        assert "operator" not in one or "__Host-known" in one


def test_a_session_that_somebody_changed_is_none(house: House) -> None:
    browser = house.signed_in("operator")
    kept = browser.cookie("session").value
    token, seen, mac = kept.split(".")
    for changed in (
        f"{token}.{int(seen) + 60}.{mac}", f"{token[::-1]}.{seen}.{mac}", f"{token}.{seen}.", "x",
        f"{token}.{seen}.{mac[::-1]}", f".{seen}.{mac}", "é", "..", "",
    ):  # fmt: skip
        browser.web.set_cookie(
            "__Host-session", changed, domain="line.example.org", secure=True, path="/"
        )
        browser.get("/account", 303)


def test_fifteen_idle_minutes_are_the_end(house: House) -> None:
    browser = house.signed_in("operator")
    for _ in range(5):
        house.wait(minutes=14, seconds=59)
        browser.get("/account")
    house.wait(minutes=15)
    assert "sign-in" in browser.get("/account", 303).location


def test_twelve_hours_are_the_end_however_active(house: House) -> None:
    browser = house.signed_in("operator")
    for _ in range(71):
        house.wait(minutes=10)
        browser.get("/stay", 204)
    house.wait(minutes=10)
    browser.get("/account", 303)


def test_what_a_page_asks_for_by_itself_is_no_activity(house: House) -> None:
    browser = house.signed_in("operator")
    house.wait(minutes=14)
    reply = browser.get("/static/console.css")
    assert "Set-Cookie" not in reply.headers
    assert browser.get("/sign-in/passkey").headers.getlist("Set-Cookie") == []
    house.wait(minutes=2)
    browser.get("/account", 303)


def test_a_script_that_asks_is_told_so_and_sent_nowhere(house: House) -> None:
    house.browser().get("/stay", 401, **{"Sec-Fetch-Dest": "empty"})


def test_pages_are_for_no_cache_but_static_files_are(house: House) -> None:
    reply = house.browser().get("/static/console.css")
    assert reply.headers["Cache-Control"] == "no-cache"
    assert reply.headers["ETag"]


def test_a_demonstration_is_for_this_machine_alone(demo: House) -> None:
    browser = demo.browser()
    browser.get("/sign-in")
    for headers in ({"X-Forwarded-For": "127.0.0.1"}, {"Via": "a tunnel"}):
        assert browser.web.get("/console/sign-in", headers=headers).status_code == 404
    reply = browser.web.get("/console/sign-in", base_url="https://tunnel.example")
    assert reply.status_code == 404


def test_a_demonstration_without_https_has_cookies_that_browsers_take(demo: House) -> None:
    reply = demo.browser().get("/sign-in")
    (cookie,) = reply.headers.getlist("Set-Cookie")
    assert cookie.startswith("visitor=")
    assert "Secure" not in cookie
    assert "HttpOnly" in cookie


@pytest.mark.parametrize("base", ["http://localhost:8000", "http://127.0.0.1:8000"])
def test_a_demonstration_may_be_opened_by_any_of_its_own_names(demo: House, base: str) -> None:
    browser = demo.browser(Origin=base)
    browser.base = base
    browser.get("/sign-in")
    browser.post("/sign-in", 403, name="x")
    assert "That did not fit" in browser.page.text
