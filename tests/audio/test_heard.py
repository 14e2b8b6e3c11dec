"""How well a recording is understood: measured once, and a short word gets several chances."""

from dataclasses import replace

import pytest

from audio import manifest
from audio.listening import Errors
from audio.pcm import Samples, seconds
from audio.rendering import Studio, neighbours
from prompts import load_catalogue
from tests.audio.conftest import TEXTS, everything


def test_every_recording_is_heard_once(studio: Studio) -> None:
    everything(studio.render(studio.due()))
    asked: list[tuple[str, str]] = []

    def listen(text: str, samples: Samples, language: str) -> Errors:
        asked.append((text, language))
        return Errors("help no", 0.5 if "Help now" in text else 0.0, 0.125)

    assert ("main.now", "help no") in everything(studio.listen(listen))
    assert manifest.read(studio.folder)["main.now"].heard == 0.5
    assert manifest.read(studio.folder)["digit.1"].letters == 0.125
    count = len(asked)
    assert everything(studio.listen(listen)) == []
    assert len(asked) == count
    assert len(everything(studio.listen(listen, again=True))) == len(TEXTS)


def test_a_short_word_that_was_not_understood_is_played_three_times(studio: Studio) -> None:
    everything(studio.render(["digit.1", "digit.2"]))
    lengths: dict[str, float] = {}

    def listen(text: str, samples: Samples, language: str) -> Errors:
        lengths[text] = seconds(samples)
        wrong = {"one": 1.0, "one one one": 0.25, "three": 1.0, "three three three": 2.0}
        return Errors(text, wrong[text], wrong[text])

    everything(studio.listen(listen))
    listed = manifest.read(studio.folder)
    assert (listed["digit.1"].heard, listed["digit.2"].heard) == (0.25, 1.0)
    assert lengths["one one one"] == pytest.approx(3 * lengths["one"] + 0.5, abs=0.01)


NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven"]
ROW = {f"digit.{number}": word for number, word in enumerate(NUMBERS)}


def heard_of(studio: Studio, key: str, wrong: dict[str, float]) -> tuple[float, list[str]]:
    """The figure that a recording gets, and all that was played, when these texts come out wrong
    to these shares.
    """
    asked: list[str] = []

    def listen(text: str, samples: Samples, language: str) -> Errors:
        asked.append(text)
        return Errors(text, wrong.get(text, 0.0), wrong.get(text, 0.0))

    everything(studio.render(studio.due()))
    everything(studio.listen(listen))
    return manifest.read(studio.folder)[key].heard, asked


@pytest.mark.parametrize(
    ("alone", "thrice", "among", "figure"),
    [
        (0.0, 1.0, 1.0, 0.0),
        (1.0, 0.5, 1.0, 0.5),
        (1.0, 1.0, 0.0, 0.0),
        (1.0, 1.0, 0.25, 0.75),
        (1.0, 1.0, 0.5, 1.0),
    ],
)
def test_a_word_of_a_row_is_also_heard_in_one_and_pays_for_the_whole_row(
    studio: Studio, alone: float, thrice: float, among: float, figure: float
) -> None:
    wrong = {"one": alone, "one one one": thrice, "four one six": among}
    found, asked = heard_of(replace(studio, texts=ROW), "digit.1", wrong)
    assert found == figure
    assert ("four one six" in asked) == (alone > 0)


def test_where_a_neighbour_has_no_recording_the_word_is_heard_by_itself(studio: Studio) -> None:
    row = replace(studio, texts=ROW)
    everything(row.render(row.due()))
    manifest.write(row.folder, {"digit.1": manifest.read(row.folder)["digit.1"]})
    asked: list[str] = []

    def listen(text: str, samples: Samples, language: str) -> Errors:
        asked.append(text)
        return Errors("", 1.0, 1.0)

    everything(row.listen(listen))
    assert asked == ["one", "one one one"]


def test_a_word_of_a_row_stands_between_two_others_and_not_in_counting_order() -> None:
    texts = load_catalogue().texts["nl"]
    rows = {"digit": "digit", "key": "key", "hour": "hour", "day": "day"}
    rows |= {"hours": "hour", "minute": "hour"}
    for key in texts:
        kind = rows.get(key.partition(".")[0])
        around = neighbours(key, texts)
        assert [one.partition(".")[0] for one in around] == [kind] * (2 if kind else 0)
        assert len({key, *around}) == 1 + len(around)
        if kind == "digit":
            assert all(abs(int(key[-1]) - int(one[-1])) > 1 for one in around)


def test_a_long_text_is_played_once(studio: Studio) -> None:
    long = replace(studio, texts={"x.text": "Somebody says much more than one word"})
    everything(long.render(long.due()))
    asked: list[str] = []

    def listen(text: str, samples: Samples, language: str) -> Errors:
        asked.append(text)
        return Errors("", 1.0, 1.0)

    everything(long.listen(listen))
    assert asked == [long.texts["x.text"]]
