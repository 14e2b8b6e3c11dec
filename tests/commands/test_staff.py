"""`ivr staff` and `ivr audit` as somebody on the server types them."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from ivr.commands import main
from ivr.console import passwords
from ivr.store import audit, staff
from ivr.store.database import Store
from ivr.store.staff_tables import audit as table
from tests import installations, kinds

INVITATION = re.compile(r"[a-z2-9]{4}(-[a-z2-9]{4}){4}")
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    for name, value in installations.real(tmp_path).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("ivr.logs.configure", lambda: None)
    kinds.migrated(tmp_path)

    def typed(*words: str, code: int = 0) -> Result:
        result = CliRunner().invoke(main, words)
        assert result.exit_code == code, result.output
        return result

    return typed


@pytest.fixture
def store(run: Run, tmp_path: Path) -> Iterator[Store]:
    with Store(kinds.empty(tmp_path)) as opened:
        yield opened


def person(store: Store, name: str) -> staff.Row:
    with store.reading() as connection:
        row = staff.find(connection, name)
    assert row
    return row


def test_the_first_admin_is_invited_from_the_server(run: Run, store: Store) -> None:
    said = run("staff", "add", "Ann", "--role", "admin", "--speaks", "nl", "--speaks", "ro").output
    assert "https://line.example.org/console/sign-in" in said
    invitation = INVITATION.search(said)
    assert invitation
    row = person(store, "ann")
    assert (row.shown, row.role, row.speaks) == ("Ann", "admin", ("nl", "ro"))
    assert passwords.fits(row.password, invitation[0])
    assert row.invited_until


def test_a_reset_needs_a_reason_and_makes_another_invitation(run: Run, store: Store) -> None:
    first = run("staff", "add", "ann", "--role", "operator").output
    run("staff", "reset", "ann", "--reason", " ", code=1)
    second = run("staff", "reset", "ann", "--reason", "lost phone").output
    old, new = INVITATION.search(first), INVITATION.search(second)
    assert old
    assert new
    assert not passwords.fits(person(store, "ann").password, old[0])
    assert passwords.fits(person(store, "ann").password, new[0])


def test_a_reason_that_is_not_given_is_asked_for(run: Run) -> None:
    run("staff", "add", "ann", "--role", "operator")
    assert "Reason" in run("staff", "disable", "ann", code=1).output


def test_switching_off_and_on_and_another_role(run: Run, store: Store) -> None:
    run("staff", "add", "ann", "--role", "operator")
    run("staff", "disable", "ann", "--reason", "left")
    assert person(store, "ann").disabled_at
    assert "switched off" in run("staff", "list").output
    assert "Still switched off" in run("staff", "reset", "ann", "--reason", "x").output
    run("staff", "enable", "ann", "--reason", "is back")
    run("staff", "role", "ann", "supervisor", "--reason", "leads")
    row = person(store, "ann")
    assert (row.disabled_at, row.role) == (None, "supervisor")
    assert "invited until" in run("staff", "list").output
    with store.reading() as connection:
        told = [(one.who, one.what, one.detail) for one in audit.entries(connection)]
        assert list(audit.verify(connection)) == []
    assert all(who.startswith("shell ") for who, _, _ in told)
    assert [what for _, what, _ in told][::-1] == [
        "staff added", "staff disabled", "staff reset", "staff enabled", "staff role",
    ]  # fmt: skip
    assert told[0][2] == "supervisor: leads"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "A!", "--role", "admin"), "no name to sign in with"),
        (("add", "ann", "--role", "admin", "--speaks", "xx1"), "no code of a language"),
        (("add", "bea", "--role", "admin"), "called bea already"),
        (("reset", "nobody", "--reason", "x"), "Nobody is called nobody"),
        (("disable", "nobody", "--reason", "x"), "Nobody is called nobody"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(run: Run, words: tuple[str, ...], said: str) -> None:
    run("staff", "add", "bea", "--role", "operator")
    assert said in run("staff", *words, code=1).output


def test_an_empty_list_says_how_to_begin(run: Run) -> None:
    assert "ivr staff add" in run("staff", "list").output


def test_without_a_database_everything_says_so(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IVR_DATABASE_URL", kinds.empty(tmp_path / "other"))
    for words in (("staff", "list"), ("audit", "head"), ("audit", "verify")):
        assert "The database is away" in run(*words, code=1).output


def test_the_audit_is_whole_and_its_head_is_printed(run: Run, tmp_path: Path) -> None:
    run("audit", "verify")
    run("staff", "add", "ann", "--role", "operator")
    head = run("audit", "head").output.strip()
    assert re.fullmatch(r"1:[0-9a-f]{64}", head)
    run("staff", "add", "bea", "--role", "operator")
    assert "up to 2" in run("audit", "verify", "--head", head).output
    assert "up to 2" in run("audit", "verify").output
    kept = (tmp_path / "audit-heads").read_text().split()
    assert [one.partition(":")[0] for one in kept] == ["1", "2"]
    assert (tmp_path / "audit-heads").stat().st_mode & 0o077 == 0


def test_a_changed_entry_is_found(run: Run, store: Store) -> None:
    run("staff", "add", "ann", "--role", "operator")
    with store.writing() as connection:
        connection.execute(sa.update(table).values(who="somebody else"))
    assert "entry 1 is not what was written" in run("audit", "verify", code=1).output


def test_a_chain_written_anew_is_found_by_what_was_seen_before(run: Run, store: Store) -> None:
    run("staff", "add", "ann", "--role", "operator")
    run("audit", "verify")
    with store.writing() as connection:
        for name in ("audit", "audit_ends"):
            connection.execute(sa.delete(audit.table.metadata.tables[name]))
    run("staff", "add", "bea", "--role", "operator")
    assert "is not the one whose hash was kept" in run("audit", "verify", code=1).output


@pytest.mark.parametrize("head", ["nonsense", "1:xyz", "5:" + "0" * 64])
def test_a_head_that_is_none_or_gone_is_said(run: Run, head: str) -> None:
    run("staff", "add", "ann", "--role", "operator")
    run("audit", "verify", "--head", head, code=1)
