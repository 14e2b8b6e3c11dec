"""An edition as a file: the same bytes for the same content, and nothing taken on trust."""

import contextlib
import hashlib
import io
import random
import tomllib
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.call.edition import Edition
from ivr.editions.archive import LostError, pack
from ivr.editions.exchange import lasts
from ivr.editions.normal import named
from ivr.editions.ship import shipped_edition
from ivr.editions.unpacking import MEGABYTE, ArchiveError, unpack
from prompts import Catalogue, Menu, Origin, Recording, Text, TextState
from prompts.catalogue import SOURCE, read_catalogue, write_po
from tests.audio.test_shelf import MADE, OTHER
from tests.editions.pieces import editions

SOUNDS = {one.digest: one.data for one in (MADE, OTHER)}


def small() -> Edition:
    """What ships, with two recordings that were just made."""
    own = {
        "main.info": Recording(MADE.digest, MADE.seconds, "ab" * 8, Origin.PERSON),
        "main.now": Recording(OTHER.digest, OTHER.seconds, "", Origin.SYNTHETIC),
    }
    return named(replace(shipped_edition(), number=7, recordings={"nl": own}))


DATA = pack(small(), SOUNDS.get)


def contents(data: bytes = DATA) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", kind) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def test_what_goes_out_comes_back_with_its_sound() -> None:
    back = unpack(DATA, lasts)
    assert back.edition == replace(small(), number=0)
    assert back.edition.digest == small().digest
    assert back.sounds == SOUNDS
    assert unpack(zipped(contents()), lasts).edition.digest == small().digest


def test_the_same_content_gives_the_same_bytes_whatever_its_number_and_order() -> None:
    edition = small()
    texts = dict(reversed(edition.catalogue.texts.items()))
    other = replace(edition, number=9, digest="", catalogue=Catalogue(texts))
    assert pack(other, SOUNDS.get) == DATA


def test_a_recording_that_is_nowhere_is_not_left_out() -> None:
    with pytest.raises(LostError, match="nowhere"):
        pack(small(), lambda _: None)


@given(editions)
@settings(max_examples=60)
def test_any_texts_and_states_come_back_from_po(edition: Edition) -> None:
    files = {code: write_po(edition.catalogue, code) for code in edition.catalogue.texts}
    assert read_catalogue(files) == edition.catalogue


WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn", "Zl", "Zp"]), min_size=1)


@given(WORDS, WORDS, st.sampled_from([one for one in TextState if one != "missing"]))
@settings(max_examples=100)
def test_any_words_come_back_from_po(english: str, words: str, state: TextState) -> None:
    source = {"a.b": Text("a.b", english, TextState.APPROVED, "one\ntwo " + "x " * 80 + "x")}
    own = {"a.b": replace(source["a.b"], words=words, state=state)}
    catalogue = Catalogue({SOURCE: source, "nl": own})
    files = {code: write_po(catalogue, code) for code in catalogue.texts}
    assert read_catalogue(files) == catalogue


def test_a_po_text_is_never_taken_for_the_name_of_a_file() -> None:
    with pytest.raises(ValueError, match="no PO file"):
        read_catalogue({"en": "/etc/hostname"})


def menu(change: Callable[[dict[str, object]], object]) -> dict[str, bytes]:
    files = contents()
    table = tomllib.loads(files["menu.toml"].decode())
    change(table)
    return {**files, "menu.toml": tomli_w.dumps(table).encode()}


def manifest(change: Callable[[dict[str, dict[str, dict[str, dict[str, object]]]]], object]
             ) -> dict[str, bytes]:  # fmt: skip
    files = contents()
    table = tomllib.loads(files["manifest.toml"].decode())
    change(table)
    return {**files, "manifest.toml": tomli_w.dumps(table).encode()}


def without(name: str) -> dict[str, bytes]:
    return {one: content for one, content in contents().items() if one != name}


def more(name: str, content: bytes = b"x") -> dict[str, bytes]:
    return {**contents(), name: content}


SOUND = f"recordings/nl/{MADE.digest}.opus"
LONGER = hashlib.sha256(b"x").hexdigest()
HOSTILE: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "no zip": lambda: b"x" * 5000,
    "a name that climbs": lambda: zipped(more("../../passwd")),
    "a name from the root": lambda: zipped(more("/recordings/nl/x.opus")),
    "a name of another system": lambda: zipped(more("..\\menu.toml")),
    "a name that ends early": lambda: zipped({"menu.toml\x00.exe": b"x"}),
    "a recording outside": lambda: zipped(more(f"recordings/../{'a' * 64}.opus")),
    "a link": lambda: zipped(more("menu")),
    "something of ours elsewhere": lambda: zipped(more("texts/menu.toml")),
    "a bomb": lambda: zipped({**contents(), "texts/ro.po": b"#" * 60 * MEGABYTE}),
    "a bomb of sound": lambda: zipped({**contents(), SOUND: b"\0" * 60 * MEGABYTE}),
    "no menu": lambda: zipped(without("menu.toml")),
    "no manifest": lambda: zipped(without("manifest.toml")),
    "no source": lambda: zipped(without("texts/en.po")),
    "a missing recording": lambda: zipped(without(SOUND)),
    "a spare recording": lambda: zipped(more(f"recordings/nl/{'a' * 64}.opus")),
    "another recording": lambda: zipped({**contents(), SOUND: OTHER.data}),
    "a cut recording": lambda: zipped({**contents(), SOUND: MADE.data[:-9]}),
    "broken toml": lambda: zipped({**contents(), "menu.toml": b"[[["}),
    "toml that is no text": lambda: zipped({**contents(), "menu.toml": b"\xff\xfe"}),
    "toml without end": lambda: zipped({**contents(), "menu.toml": b"a = " + b"[" * 100_000}),
    "broken po": lambda: zipped({**contents(), "texts/nl.po": b"msgid nothing"}),
    "po that is no text": lambda: zipped({**contents(), "texts/nl.po": b"\xff"}),
    "other words": lambda: zipped(
        {**contents(), "texts/nl.po": contents()["texts/nl.po"].replace(b"Hallo", b"Nee")}
    ),
    "a node of numbers": lambda: zipped(menu(lambda t: t.update(node={"main": 5}))),
    "a node of another kind": lambda: zipped(menu(lambda t: t.update(node={"main": {"kind": 1}}))),
    "neutral numbers": lambda: zipped(menu(lambda t: t.update(neutral=[1, 2]))),
    "another format": lambda: zipped(manifest(lambda t: t.update(format=99))),  # type: ignore[call-overload]
    "another digest": lambda: zipped(manifest(lambda t: t.update(digest="0" * 64))),  # type: ignore[call-overload]
    "a digest that is a path": lambda: zipped(
        manifest(lambda t: t["recordings"]["nl"]["main.info"].update(digest="../../x"))
    ),
    "a recording that never ends": lambda: zipped(
        manifest(lambda t: t["recordings"]["nl"]["main.info"].update(seconds=1e308))
    ),
    "a recording of no time": lambda: zipped(
        manifest(lambda t: t["recordings"]["nl"]["main.info"].update(seconds=float("nan")))
    ),
    "a list that is too long": lambda: DATA[:-10] + (2**31).to_bytes(4, "little") + DATA[-6:],
    "for larger files": lambda: DATA[:-42] + b"PK\x06\x07" + DATA[-38:],
    "something behind": lambda: DATA + b"x",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_in_a_sentence(kind: str) -> None:
    with pytest.raises(ArchiveError) as told:
        unpack(HOSTILE[kind](), lasts)
    assert 10 < len(str(told.value)) < 400
    assert "\n" not in str(told.value)


def test_something_twice_is_refused() -> None:
    file = io.BytesIO(DATA)
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("menu.toml", b"")
    with pytest.raises(ArchiveError, match="twice"):
        unpack(file.getvalue(), lasts)


def test_a_recording_that_is_no_sound_is_refused_though_its_digest_is_right() -> None:
    one = Recording(LONGER, 1.0, "", Origin.PERSON)
    edition = named(replace(shipped_edition(), recordings={"nl": {"main.info": one}}))
    with pytest.raises(ArchiveError, match="cannot be played"):
        unpack(pack(edition, lambda _: b"x"), lasts)
    assert unpack(pack(edition, lambda _: b"x"), lasts, frozenset({LONGER})).sounds


def test_a_recording_that_lasts_otherwise_than_it_says_is_refused() -> None:
    one = Recording(MADE.digest, MADE.seconds + 3, "", Origin.PERSON)
    edition = named(replace(shipped_edition(), recordings={"nl": {"main.info": one}}))
    with pytest.raises(ArchiveError, match="does not last as long"):
        unpack(pack(edition, SOUNDS.get), lasts)


def test_a_menu_that_would_break_the_machine_is_refused() -> None:
    bare = replace(shipped_edition(), recordings={})
    broken = Menu({"main": replace(bare.menu.nodes["main"], name="x" * 99)}, ())
    with pytest.raises(ArchiveError, match="name of a node"):
        unpack(pack(replace(bare, menu=broken), SOUNDS.get), lasts)


@pytest.mark.parametrize("seed", range(150))
def test_a_damaged_file_is_refused_or_whole(seed: int) -> None:
    """Cut anywhere, or with bytes of it changed: a plain sentence, or what it was."""
    chance = random.Random(seed)  # noqa: S311  # not a secret, a damage
    data = bytearray(DATA)
    if seed % 3 == 0:
        data = data[: chance.randrange(len(data))]
    else:
        for _ in range(chance.choice([1, 3, 40])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if seed % 3 == 1:
            data[-chance.randrange(1, 300)] ^= 0xFF
    with contextlib.suppress(ArchiveError):
        back = unpack(bytes(data), lasts)
        assert back.edition.digest == small().digest
        assert back.sounds == SOUNDS
