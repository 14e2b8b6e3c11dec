"""A good signature over bad parameters: always a good answer, never an error, never a dead end."""

import os
import string

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ivr.voice.form import Fields
from tests.voice.telephone import (
    CALL,
    REHEARSAL_SID,
    REHEARSAL_TOKEN,
    TWILIO_SID,
    TWILIO_TOKEN,
    House,
)

POISONED = int(os.environ.get("POISONED", "600"))
"""How many are tried, in halves; the full figure is 50,000."""
HOUSE = House()
REHEARSAL = House(twilio_account_sid="", twilio_auth_tokens=())
READ = [
    "CallSid", "ParentCallSid", "To", "CallStatus", "DialCallStatus", "DialBridged", "Digits",
    "PretendAt",
]  # fmt: skip
ODD = st.sampled_from(
    ["", "²", "١", "\x00", "1\n", "true", "True", "completed", "busy", "in-progress", CALL, "+1",
     "CA", "9" * 400, "../..", "<Hangup/>", "]]>", "&amp;", "%00", "0", "#", "*", "##",
     "2026-02-30T25:61:00Z", "9999-12-31T23:59:59+14:00", "0001-01-01T00:00:00-14:00"]
)  # fmt: skip
VALUES = ODD | st.text(max_size=20) | st.text(string.printable, max_size=20)
FORMS = st.lists(st.tuples(st.sampled_from(READ) | st.text(max_size=8), VALUES), max_size=14)
TOKENS = st.sampled_from(["x", "A" * 364, "..", "é", "%2e"]) | st.text(
    string.ascii_letters + string.digits + "-_", min_size=1, max_size=400
)


@settings(max_examples=POISONED // 2, suppress_health_check=[HealthCheck.too_slow])
@given(
    FORMS,
    st.sampled_from(["incoming", "inbound", "screening", "deadend", "gate"]),
    TOKENS,
    st.sampled_from([(TWILIO_SID, TWILIO_TOKEN), (REHEARSAL_SID, REHEARSAL_TOKEN)]),
)
def test_poisonous_parameters_are_answered(
    form: Fields, kind: str, token: str, account: tuple[str, str]
) -> None:
    incoming = kind == "incoming"
    target = "/voice/incoming" if incoming else f"/voice/{kind}/{token.strip('.%é') or 'x'}"
    leg = HOUSE.call(
        account=account[0],
        token=account[1],
        target=target,
        kind="inbound" if incoming else kind,
    )
    fields = [("AccountSid", leg.account), *(pair for pair in form if pair[0] != "AccountSid")]
    leg.hears(leg.post(fields))


@settings(max_examples=POISONED // 2, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(FORMS, min_size=1, max_size=6))
def test_a_call_of_poison_never_ends_in_nothing(forms: list[Fields]) -> None:
    leg = REHEARSAL.call(account=REHEARSAL_SID, token=REHEARSAL_TOKEN).says()
    for form in forms:
        mine = [pair for pair in form if pair[0] not in ("AccountSid", "CallSid")]
        leg = leg.hears(leg.post([("AccountSid", leg.account), ("CallSid", CALL), *mine]))
