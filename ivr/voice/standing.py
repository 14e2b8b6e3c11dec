"""Documents that stand as files on another host, for when the application is away.

They are fetched by GET and have no openings: whatever is pressed, the next file is the same one.
"""

from collections.abc import Iterable

from twilio.twiml import voice_response as markup  # type: ignore[import-untyped]  # no types

from routing.directory import Centre

ROUNDS = 3
"""How often all languages are spoken before the numbers come by themselves."""
WAIT = 3
"""Seconds for a key after each language."""
LONGEST_CALL = 2 * 60 * 60
"""Seconds after which a bridged call is cut: nothing of ours could end it meanwhile."""


def invitation(clips: Iterable[str], following: str) -> str:
    """Speak the clips in turn, several times; any key leads to `following`, and so does the end."""
    response = markup.VoiceResponse()
    addresses = tuple(clips)
    for address in addresses * ROUNDS:
        gather = response.gather(
            input="dtmf",
            finish_on_key="",
            num_digits=1,
            timeout=WAIT,
            action=following,
            method="GET",
        )
        gather.play(address)
    response.redirect(following, method="GET")
    return str(response)


def person(centre: Centre | None, caller_id: str, clips: Iterable[str]) -> str:
    """Ring a centre when there is one that may be rung; then, or instead, speak its number."""
    response = markup.VoiceResponse()
    if centre:
        dial = response.dial(
            answer_on_bridge=True,
            timeout=centre.ring,
            time_limit=LONGEST_CALL,
            caller_id=caller_id,
        )
        (dial.sip if centre.dial.startswith("sip:") else dial.number)(centre.dial)
    for address in clips:
        response.play(address)
    response.hangup()
    return str(response)
