"""Who rings, and how a number is said. Every number here is an example."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.numbers import read_caller, say_digits

WORDS = ["anonymous", "restricted", "unavailable", "unknown", "private", "blocked"]
KEYS = ["266696687", "7378742833", "86282452253", "8656696", "2562533"]
LETTERS = ("abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz")
KEYPAD = {letter: str(key) for key, row in enumerate(LETTERS, start=2) for letter in row}


@pytest.mark.parametrize("word", [*WORDS, *(word.upper() for word in WORDS), "Anonymous", ""])
def test_a_withheld_number_is_no_number(word: str) -> None:
    assert read_caller(word) is None
    assert read_caller(f"+{word}") is None


@pytest.mark.parametrize("keys", KEYS)
@pytest.mark.parametrize("before", ["", "+", "1", "+1"])
def test_the_keys_that_spell_withheld_are_no_number(keys: str, before: str) -> None:
    assert read_caller(before + keys) is None


def test_those_keys_do_spell_such_words() -> None:
    spelled = {"".join(KEYPAD[letter] for letter in word) for word in WORDS}
    assert all(any(word.startswith(keys) for word in spelled) for keys in KEYS)


@pytest.mark.parametrize(
    "raw", ["+3220000007", "+32470000014", "+12025550123", "+3220000001", "+390612345678"]
)
def test_an_ordinary_number_stays_as_it_came(raw: str) -> None:
    assert read_caller(raw) == raw


@pytest.mark.parametrize(
    "raw",
    [
        "3220000007",
        "003220000007",
        "020000007",
        " +3220000007",
        "+3220000007\n",
        "+32 2 000 00 07",
        "+0220000007",
        "+",
        "+1",
        "+32102",
        "+321712",
        "+99912345678",
        "client:anna",
        "sip:a@b.be",
        "+32200000²7",
        "+٣٢٢٠٠٠٠٠٠٧",
        "+3220000007;ext=1",
        "\ud800",
        "+32" + "5" * 20,
        "+32200000070000",
    ],
)
def test_an_odd_one_is_no_number(raw: str) -> None:
    assert read_caller(raw) is None


ODD = st.text() | st.text("+0123456789 ") | st.from_regex(r"\+[0-9]{1,20}", fullmatch=True)


@given(ODD)
def test_any_string_is_read_without_a_stumble(raw: str) -> None:
    read = read_caller(raw)
    assert read is None or (
        read == raw and read.isascii() and read[0] == "+" and read[1:].isdigit()
    )


def test_a_number_is_said_in_the_groups_that_people_say() -> None:
    assert say_digits("1-0-1") == (("digit.1",), ("digit.0",), ("digit.1",))
    assert say_digits("03 201 16 90")[1] == ("digit.2", "digit.0", "digit.1")
    assert say_digits("") == ()
    assert say_digits("²٣") == ()


@given(st.text() | st.text("0123456789 -"))
def test_every_digit_is_said_once_and_in_its_order(said: str) -> None:
    keys = [key for group in say_digits(said) for key in group]
    assert "".join(key[-1] for key in keys) == "".join(one for one in said if one in "0123456789")
    assert all(say_digits(said))
