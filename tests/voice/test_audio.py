"""Recordings are fetched by the names that we gave, once, and kept for ever."""

import pytest
from flask.testing import FlaskClient

from audio.recipe import Recipe
from ivr.voice.clips import seal_name
from tests.voice.telephone import NEWER_SECRET, SECRET, House, broken

PACKED = Recipe(("ab" * 32,)).pack()
URL = f"/audio/{seal_name((SECRET,), PACKED)}.wav"
WAV = b"RIFF" + PACKED * 8


@pytest.fixture
def client() -> FlaskClient:
    return House().client


def test_a_clip_is_served_to_be_kept_for_ever(client: FlaskClient) -> None:
    answer = client.get(URL)
    assert (answer.status_code, answer.data, answer.mimetype) == (200, WAV, "audio/wav")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not answer.get_etag()[1]
    assert int(answer.headers["Content-Length"]) == len(WAV)
    again = client.get(URL, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_clip_can_be_asked_about_and_fetched_in_parts(client: FlaskClient) -> None:
    head = client.head(URL)
    assert (head.status_code, head.data, int(head.headers["Content-Length"])) == (
        200,
        b"",
        len(WAV),
    )
    part = client.get(URL, headers={"Range": "bytes=4-9"})
    assert (part.status_code, part.data) == (206, WAV[4:10])
    assert client.get(URL, headers={"Range": "bytes=99999-"}).status_code == 416


@pytest.mark.parametrize(
    "path",
    ["/audio/x.wav", "/audio/.wav", URL.removesuffix(".wav"), URL.replace(".wav", "A.wav"),
     f"/audio/{'A' * 3000}.wav", "/audio/%C3%A9.wav",
     f"/audio/{seal_name((NEWER_SECRET,), PACKED)}.wav"],
)  # fmt: skip
def test_a_name_that_is_not_ours_is_nothing(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_clip_that_cannot_be_made_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    house = House()
    monkeypatch.setattr(house.shelf, "clip", broken)
    assert house.client.get(URL).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_clips_are_only_read(client: FlaskClient, method: str) -> None:
    assert getattr(client, method)(URL).status_code == 405
