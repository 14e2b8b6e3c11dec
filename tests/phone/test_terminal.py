"""The telephone in a terminal: what a script presses and what is read, through the real process."""

import re
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from ivr.carrier.rehearsal.exchange import Setup
from ivr.commands.phone import check, first_number, phone, read_time
from ivr.phone.terminal import Terminal, language_key
from prompts import TextState
from routing.directory import AccessNumber, Directory, Purpose
from tests import installations
from tests.carrier.standin import ACCESS, CALLER, rings
from tests.phone.lines import Running, ear, with_states
from tests.worlds import BRUSSELS, line_number, shipped_directory, shipped_edition

Ring = Callable[..., Result]
SETUP = Setup(ACCESS, CALLER)


@pytest.fixture
def ring(demonstration: Running, monkeypatch: pytest.MonkeyPatch) -> Ring:
    """`ivr phone` with these arguments, on the running demonstration."""
    settings = demonstration.settings
    environ = installations.rehearsing(
        settings.var, IVR_PUBLIC_BASE_URL=settings.public_base_url,
        IVR_REHEARSAL_URL=settings.rehearsal_url,
    )  # fmt: skip
    for name, value in environ.items():
        monkeypatch.setenv(name, value)

    def run(*arguments: str, typed: str | None = None) -> Result:
        return CliRunner().invoke(phone, arguments, input=typed, catch_exceptions=False)

    return run


def words(language: str, prompt: str) -> str:
    return shipped_edition().catalogue.texts[language][prompt].words


@pytest.mark.parametrize(("key", "language"), [("1", "nl"), ("2", "fr"), ("3", "de"), ("4", "en")])
def test_a_script_walks_to_information_in_every_language(
    ring: Ring, key: str, language: str
) -> None:
    result = ring("--keys", f"{key} 4 1 1")
    assert result.exit_code == 0, result.output
    assert words(language, "happening.work.text") in result.output
    nodes = re.findall("— (.*) —", result.output)
    assert nodes == ["languages", "main", "info", "happening", "happening.work"]
    assert result.output.rstrip().endswith("Network: The call is over.")


def test_somebody_is_reached_talked_with_and_leaves(ring: Ring) -> None:
    result = ring("--keys", "1 0 , , o", "--at", "2026-11-23T10:00")
    told = result.output
    for text in ("Rings somebody:", "Other end: Picks up.", "Heard at the other end:",
                 "Other end: Key 1", "The caller and somebody hear each other.",
                 "The other end is gone.", words("nl", "person.ended")):  # fmt: skip
        assert text in told
        told = told.partition(text)[2]


def test_a_wait_during_a_talk_waits_for_its_end(ring: Ring) -> None:
    result = ring("--keys", "1 0 , , , h")
    assert "The other end is gone." in result.output


def test_busy_then_a_machine_then_nobody(ring: Ring) -> None:
    result = ring("--keys", "1 0 , , , , , ,", "--answer", "busy,machine,no-answer",
                  "--at", "2026-11-23T03:00")  # fmt: skip
    assert "Busy." in result.output
    assert "The caller and somebody hear each other." not in result.output
    assert words("nl", "person.nobody") in result.output


def test_silence_alone_leads_to_a_person(ring: Ring) -> None:
    result = ring("--keys", ", , , ,", "--words", "nl")
    assert result.output.count("seconden stilte") == 3
    assert "Belt iemand:" in result.output


def test_the_language_is_chosen_first_or_the_number_has_it(ring: Ring) -> None:
    assert words("en", "main.now") in ring("--keys", "", "--language", "en").output
    result = ring("--keys", "", "--language", "fr")
    assert words("fr", "main.now") in result.output
    assert "Caller: Key 2" in result.output
    result = ring("--keys", "", "--language", "nl", "--to", line_number(bound=True))
    assert "Key" not in result.output, "this number has a language of its own"


def test_two_hashes_within_three_seconds_come_back_and_slower_ones_do_not(ring: Ring) -> None:
    assert "— main (#) —" in ring("--keys", "1 #").output
    quick = re.findall("— (.*) —", ring("--keys", "1 # . # . #").output)
    assert quick == ["languages", "main", "main (#)", "main"]
    slow = re.findall("— (.*) —", ring("--keys", "1 # . . . . # . . . . #").output)
    assert slow == ["languages", "main", "main (#)"]


def test_a_caller_without_tones_or_without_a_number_is_a_caller(ring: Ring) -> None:
    assert "this telephone sends no tones" in ring("--keys", "1", "--toneless").output
    for way in ("--withheld", "--odd"):
        assert ring("--keys", "1 4", way).exit_code == 0
    assert ring("--keys", "1 4", "--from", "").exit_code == 0


def test_keys_can_be_typed_line_by_line(ring: Ring) -> None:
    result = ring(typed="1\n4 # what else\nh\n1\n")
    assert "Keys: 0-9" in result.output
    assert re.findall("— (.*) —", result.output) == ["languages", "main", "info", "info (#)"]


def test_a_number_that_our_own_calls_show_leads_nowhere(ring: Ring) -> None:
    outbound = next(a.number for a in shipped_directory().access if a.purpose is Purpose.OUTBOUND)
    result = ring("--keys", ",", "--to", outbound)
    assert result.exit_code == 0
    assert "—" not in result.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--keys", "1x"], "'x' means nothing"),
        (["--keys", "1", "--answer", "maybe"], "maybe"),
        (["--keys", "1", "--at", "soon"], "soon"),
        (["--keys", "1", "--language", "xx"], "is not a language"),
        (["--keys", "1", "--to", "0800"], "no access number"),
    ],
)
def test_what_makes_no_sense_is_said_in_plain_words(
    ring: Ring, arguments: list[str], told: str
) -> None:
    result = ring(*arguments)
    assert result.exit_code == 1
    assert told in result.output


def test_a_carrier_that_is_away_is_named_with_what_to_do(
    ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IVR_REHEARSAL_URL", "http://127.0.0.1:9")
    result = ring("--keys", "1")
    assert result.exit_code == 1
    assert "http://127.0.0.1:9" in result.output
    assert "ivr up" in result.output


def test_a_reply_that_a_carrier_refuses_is_shown_and_marks_the_call() -> None:
    handset, _ = rings("<Record/>")
    told: list[str] = []
    terminal = Terminal(handset.telephone, ear(), told.append, "en")
    terminal.ring(SETUP)
    assert terminal.failed
    assert any("cannot run this reply (12200)" in line for line in told)
    assert any("application error" in line for line in told)


def test_what_nobody_has_approved_is_marked() -> None:
    text = shipped_edition().catalogue.texts["nl"]["main.now"].words
    tag, voice = shipped_edition().by_code["nl"].tag, "Polly.Lisa-Neural"
    handset, _ = rings(f'<Say language="{tag}" voice="{voice}">{text}</Say>')
    told: list[str] = []
    listener = ear(with_states({("nl", "main.now"): TextState.DRAFT}))
    Terminal(handset.telephone, listener, told.append, "en").ring(SETUP)
    assert told == [f"Line: {text} [not approved: draft]"]


def test_a_sound_that_is_none_of_ours_is_shown_as_something() -> None:
    handset, _ = rings("<Play>http://line.example/audio/1.wav</Play>")
    told: list[str] = []
    Terminal(handset.telephone, ear(), told.append, "en").ring(SETUP)
    assert told == ["Line: …"]


def test_the_key_of_a_language_is_on_its_page() -> None:
    edition = shipped_edition()
    assert [language_key(edition, code) for code in ("nl", "fr", "de", "en")] == [
        "1",
        "2",
        "3",
        "4",
    ]


def test_a_script_is_checked_before_anybody_is_rung() -> None:
    assert check(" 1, #.\n h o") == "1,#.ho"
    with pytest.raises(ValueError, match="xz"):
        check("1 x z")


def test_the_first_number_is_the_one_with_the_language_else_one_with_a_choice() -> None:
    directory = shipped_directory()
    assert first_number(directory, "en") == line_number(bound=True)
    assert first_number(directory, "nl") == line_number()
    assert first_number(directory, None) == line_number()
    bound = Directory(1, (), (AccessNumber("+12025550111", bound=True, language="fr"),))
    assert first_number(bound, "nl") == "+12025550111"
    with pytest.raises(ValueError, match="no number"):
        first_number(Directory(1, (), ()), None)


def test_a_moment_without_a_zone_is_in_brussels() -> None:
    directory = shipped_directory()
    assert read_time(None, directory) is None
    moment = read_time("2026-07-01T03:00", directory)
    assert moment is not None
    assert moment.utcoffset() == BRUSSELS.utcoffset(moment.replace(tzinfo=None))
    assert str(read_time("2026-07-01T03:00+00:00", directory)) == "2026-07-01 03:00:00+00:00"
