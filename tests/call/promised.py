"""A telephone for tests of callbacks: somebody works, and her number is seen."""

from dataclasses import replace
from datetime import date, time

from ivr.call.actions import Effect, Spoken
from ivr.call.machine import answer, step
from ivr.call.signals import Answered, Mine, Result
from ivr.call.world import World
from routing.directory import Duty, Stretch
from routing.offer import Booked
from routing.window import Window
from tests.call.story import Story
from tests.worlds import line_number, shipped_directory
from tests.worlds import world as shipped_world

HERS = "+3225550147"  # an example: nobody's number
OTHER = "0470555147"  # an example, as it is keyed
OTHER_E164 = "+32470555147"
CODE = "2580"
TO_CONFIRM = ("3", "1", "1", "1", CODE, CODE)
"""From the main menu to the read-back, on the straight path."""
MINE = Mine(7, Window(date(2026, 11, 24), 14 * 60, 16 * 60))


def staffed(*days: int, languages: tuple[str, ...] = ("nl", "fr", "de", "en")) -> World:
    """The shipped world with operators at work from nine to midnight on some weekdays."""
    roster = tuple(Duty(Stretch(day, time(8), time(0)), languages, 2) for day in days or range(7))
    directory = replace(shipped_directory(), roster=roster)
    return replace(shipped_world(directory=directory), booked={})


class Phone(Story):
    """A call in English whose number is known; entries are keyed as one."""

    def __init__(self, world: World | None = None, caller: str = HERS, language: str = "4") -> None:
        """Ring the line and choose a language."""
        super().__init__(world or staffed())
        call = answer(self.world, line_number(self.world.directory), caller)
        self.turn = step(self.world, call, Answered())
        self.press(language)

    def key(self, *entries: str) -> "Phone":
        """Key each entry as a whole: a single key, or all digits of a number."""
        for entry in entries:
            self.enter(entry)
        return self

    def got(self, result: Result) -> "Phone":
        """The effect of this turn was carried out, with a result."""
        assert self.effect is not None, self.turn.actions
        self.give(result)
        return self

    def promises(self, booked: Booked | None) -> "Phone":
        """Others have booked meanwhile; None: the database has gone."""
        self.world = replace(self.world, booked=booked)
        return self

    @property
    def effect(self) -> Effect | None:
        """The effect that this turn asks for."""
        return next((one for one in self.turn.actions if isinstance(one, Effect)), None)


def said_in(phone: Story, prompt: str) -> list[Spoken]:
    """Every time that a prompt is heard in a turn."""
    return [one for one in phone.spoken if one.prompt == prompt]
