"""Which telephones a caller may leave. Every number here is an example of its kind."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing import kinds
from routing.callers import WhyNot, judge_number, read_number
from routing.directory import Centre
from tests.routing.directories import ALWAYS, FLEMISH, NATIONAL, OWN, directory

AT_HOME = Centre("home", "02 200 00 15", hours=ALWAYS)  # its number is only said
BY_SIP = Centre("sip", "1712", "sip:+32.2-200.00.16@trunk.example.be", hours=ALWAYS)
OFF = Centre("off", "03 200 00 17", "+3232000017", active=False)
HERE = directory(
    NATIONAL, FLEMISH, AT_HOME, BY_SIP, OFF,
    callers=("BE", "NL", "LU", "FR", "DE"), buried=frozenset({"+3232000018"}),
)  # fmt: skip


@pytest.mark.parametrize(
    ("keyed", "number"),
    [
        ("0470123456", "+32470123456"),
        ("0032470123456", "+32470123456"),
        ("022000019", "+3222000019"),
        ("003222000019", "+3222000019"),
        ("0031612345678", "+31612345678"),
        ("0031101234567", "+31101234567"),
        ("00352621123456", "+352621123456"),
        ("00352" + "27123456", "+35227123456"),
        ("0033612345678", "+33612345678"),
        ("0033123456789", "+33123456789"),
        ("004915123456789", "+4915123456789"),
        ("004930123456", "+4930123456"),
    ],
)
def test_what_may_be_left(keyed: str, number: str) -> None:
    assert read_number(keyed, HERE) == number
    assert judge_number(number, HERE) == number
    assert not isinstance(read_number(keyed, HERE), WhyNot)


@pytest.mark.parametrize(
    ("keyed", "why"),
    [
        ("", WhyNot.NOTHING),
        ("101", WhyNot.SHORT),
        ("112", WhyNot.SHORT),
        ("1712", WhyNot.SHORT),
        ("116000", WhyNot.SHORT),
        ("047012", WhyNot.SHORT),
        ("00112", WhyNot.SHORT),
        ("004930110", WhyNot.SHORT),
        ("004989112", WhyNot.SHORT),
        ("004922119222", WhyNot.SHORT),
        ("004930116117", WhyNot.SHORT),
        ("003524112", WhyNot.SHORT),
        ("090012345", WhyNot.PREMIUM),
        ("003290012345", WhyNot.PREMIUM),
        ("070223456", WhyNot.PREMIUM),
        ("078791234", WhyNot.PREMIUM),  # shared cost
        ("0033891234567", WhyNot.PREMIUM),
        ("080012345", WhyNot.FREE),
        ("00318001234", WhyNot.FREE),
        ("078050014", WhyNot.UNKNOWN),  # one number for a whole country: nobody's own
        ("0031880001234", WhyNot.UNKNOWN),
        ("0470123", WhyNot.UNKNOWN),
        ("04701234567", WhyNot.UNKNOWN),
        ("470123456", WhyNot.UNKNOWN),
        ("32470123456", WhyNot.UNKNOWN),
        ("00320470123456", WhyNot.UNKNOWN),
        ("0000000000", WhyNot.UNKNOWN),
        ("00" + "9" * 40, WhyNot.UNKNOWN),
        ("0470 12 34 56", WhyNot.UNKNOWN),
        ("0470*123456", WhyNot.UNKNOWN),
        ("+32470123456", WhyNot.UNKNOWN),
        ("٠٤٧٠١٢٣٤٥٦", WhyNot.UNKNOWN),
        ("047012345²", WhyNot.UNKNOWN),
        ("0470123456\n", WhyNot.UNKNOWN),
        ("0012025550123", WhyNot.COUNTRY),
        ("00447400123456", WhyNot.COUNTRY),
        ("00262692123456", WhyNot.COUNTRY),
        ("0080012345678", WhyNot.COUNTRY),
        ("0" + OWN[3:], WhyNot.OURS),
        ("00" + OWN[1:], WhyNot.OURS),
        ("032000011", WhyNot.CENTRE),
        ("003232000011", WhyNot.CENTRE),
        ("078050013", WhyNot.CENTRE),
        ("022000015", WhyNot.CENTRE),
        ("003222000015", WhyNot.CENTRE),
        ("022000016", WhyNot.CENTRE),
        ("032000017", WhyNot.CENTRE),
        ("032000018", WhyNot.CENTRE),
    ],
)
def test_what_may_not_be_left_and_why(keyed: str, why: WhyNot) -> None:
    assert read_number(keyed, HERE) is why


@pytest.mark.parametrize(
    ("dial", "said"),
    [
        ("sip:3222000020@trunk.example.be", "1712"),
        ("sip:022000020@trunk.example.be", "1712"),
        ("sip:003222000020@trunk.example.be", "1712"),
        ("sip:desk@centre.example.org", "+32 2 200 00 20"),
        ("", "02/200.00.20"),
    ],
)
def test_a_centre_is_known_however_its_number_is_written(dial: str, said: str) -> None:
    within = replace(HERE, centres=(Centre("x", said, dial),))
    assert read_number("022000020", within) is WhyNot.CENTRE
    assert read_number("022000020", HERE) == "+3222000020"


def test_at_home_is_the_first_of_the_countries() -> None:
    dutch = replace(HERE, callers=("NL", "BE"))
    assert read_number("0612345678", dutch) == "+31612345678"
    assert read_number("0032470123456", dutch) == "+32470123456"
    assert read_number("0470123456", replace(HERE, callers=("NL",))) is WhyNot.UNKNOWN
    assert read_number("0032470123456", replace(HERE, callers=("NL",))) is WhyNot.COUNTRY
    luxembourg = replace(HERE, callers=("LU",))
    assert read_number("621123456", luxembourg) == "+352621123456"
    assert read_number("0621123456", luxembourg) is WhyNot.UNKNOWN
    italian = replace(HERE, callers=("IT",))
    assert read_number("0612345678", italian) == "+390612345678"
    american = replace(HERE, callers=("US",))
    assert read_number("12015550123", american) == "+12015550123"


def test_without_a_country_nothing_is_allowed() -> None:
    nowhere = replace(HERE, callers=())
    assert read_number("0470123456", nowhere) is WhyNot.UNKNOWN
    assert read_number("0032470123456", nowhere) is WhyNot.COUNTRY
    assert read_number("0470123456", replace(HERE, callers=("XX",))) is WhyNot.UNKNOWN


@given(
    st.one_of(
        st.text(), st.text("0123456789"), st.from_regex(r"00?[1-9][0-9]{5,12}", fullmatch=True)
    )
)
def test_any_keys_get_an_answer(keyed: str) -> None:
    found = read_number(keyed, HERE)
    judge_number(keyed, HERE)
    if not isinstance(found, WhyNot):
        assert found.removeprefix("+") in {keyed[2:], f"32{keyed[1:]}"}
        assert judge_number(found, HERE) == found


def test_nothing_that_was_keyed_is_remembered() -> None:
    caches = [one for one in vars(kinds).values() if hasattr(one, "cache_info")]
    read_number("0471555019", HERE)  # what the directory holds is remembered from here on
    before = [one.cache_info().currsize for one in caches]
    for keyed in ("0471555020", "004930110", "0012025550123", "0032999999999"):
        read_number(keyed, HERE)
    assert [one.cache_info().currsize for one in caches] == before
    assert len(caches) == 3
