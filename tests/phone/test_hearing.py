"""The telephone reads what the line sealed: words, states, places; and nothing that it did not."""

from datetime import UTC, datetime, timedelta

import pytest

from ivr.call.legs import DeadEnd, Inbound, Screening
from ivr.phone.hearing import Said
from ivr.voice.address import address
from ivr.voice.clips import seal_name
from ivr.voice.seal import Binding, State
from prompts import TextState
from tests.installations import OTHER_KEY, REHEARSAL_ACCOUNT
from tests.phone.lines import BASE, SECRETS, clip, ear, with_states
from tests.worlds import shipped_edition

SID = "CA" + "1" * 32
TODAY = datetime.now(UTC).date()


def text(language: str, prompt: str) -> str:
    return shipped_edition().catalogue.texts[language][prompt].words


def test_a_clip_is_read_word_for_word_in_its_languages() -> None:
    said = ear().clip(clip(("nl", "main.now"), ("fr", "key.1")))
    assert said == (
        Said(text("nl", "main.now"), "nl", "main.now", "approved"),
        Said(text("fr", "key.1"), "fr", "key.1", "approved"),
    )


def test_the_slower_rendering_is_told() -> None:
    assert [one.clear for one in ear().clip(clip(("en", "main.now"), clear=True))] == [True]


def test_what_nobody_has_approved_is_told() -> None:
    listener = ear(with_states({("fr", "main.now"): TextState.DRAFT}))
    assert listener.clip(clip(("fr", "main.now")))[0].state == "draft"


def test_a_new_edition_is_read_with_its_own_words() -> None:
    listener = ear()
    listener.clip(clip(("fr", "main.now")))
    listener.line = ear(with_states({("fr", "main.now"): TextState.NEEDS_REVIEW})).line
    assert listener.clip(clip(("fr", "main.now")))[0].state == "needs review"


@pytest.mark.parametrize(
    "url",
    [
        "",
        f"{BASE}/audio/short.wav",
        f"{BASE}/audio/{'A' * 64}.wav",
        f"{BASE}/other/{'A' * 64}.mp3",
        clip(("nl", "main.now"), secrets=(bytes.fromhex(OTHER_KEY),)),
        f"{BASE}/audio/{seal_name(SECRETS, b'no recipe')}.wav",
        f"{BASE}/audio/{seal_name(SECRETS, bytes((1, 0, 0)) + b'12345678')}.wav",
    ],
)
def test_a_clip_that_is_none_of_ours_says_nothing(url: str) -> None:
    assert ear().clip(url) == ()


def test_the_carriers_voice_is_known_by_its_words_and_language() -> None:
    listener = ear()
    tag = listener.edition.by_code["de"].tag
    words = text("de", "main.person")
    assert listener.voice(words, tag) == (Said(words, "de", "main.person"),)
    assert listener.voice(words, "nl-BE") == (Said(words, "nl"),)
    assert listener.voice("An application error", "en") == (Said("An application error", "en"),)


def a_call(node: str = "info") -> Inbound:
    return Inbound("+3280000001", 1, 0, language="nl", node=node)


def document(call: Inbound | DeadEnd | Screening, kind: str, *, sid: str = SID,
             account: str = REHEARSAL_ACCOUNT, days: int = 0) -> str:  # fmt: skip
    state = State(call, 1, TODAY - timedelta(days=days))
    url = address(BASE, SECRETS, Binding(account, kind, sid), state)
    return f'<Response><Gather action="{url}"/><Redirect>{url}</Redirect></Response>'


def test_a_call_is_found_in_the_document_that_sends_it_on() -> None:
    assert ear().call(document(a_call(), "inbound"), SID) == a_call()


def test_a_call_that_began_yesterday_is_still_found() -> None:
    assert ear().call(document(a_call(), "inbound", days=1), SID) == a_call()
    assert ear().call(document(a_call(), "inbound", days=2), SID) is None


def test_another_calls_state_is_not_read() -> None:
    other = "CA" + "2" * 32
    assert ear().call(document(a_call(), "inbound"), other) is None
    assert ear().call(document(a_call(), "inbound", account="AC" + "0" * 32), SID) is None
    assert ear().call("<Response><Hangup/></Response>", SID) is None
    assert ear().call("<Redirect>/voice/inbound/nonsense</Redirect>", SID) is None


def test_a_centre_is_called_as_callers_hear_it() -> None:
    assert ear().name_of("payoke", "nl") == text("nl", "place.payoke")
    assert ear().name_of("nobody", "nl") == ""
