"""Effects in the database: with the row that keeps the result, in one transaction.

What she said yes to is answered only after the durable commit. When the answer of that commit was
lost, the row of the result is looked for before she is told that nothing is kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from ivr.call.actions import Book, Cancel, Check, Effect, Erase, Forget, Move, Ready
from ivr.call.signals import Done, Note, Noted, Result
from ivr.callbacks import mine, ready
from ivr.callbacks.context import Context
from ivr.callbacks.points import reach
from ivr.store import effects as kept
from ivr.store.database import Away, Store
from ivr.store.sealing import LostError
from ivr.voice.carrying import Ringing, Task, carry
from ivr.voice.report import report
from ivr.voice.results import as_words, found_in, from_words

Cut = Callable[[int], None]
"""Ends what rings for a callback that was closed meanwhile."""
FAILED: dict[type[Effect], Result] = {
    Book: Noted(Note.AWAY),
    Move: Noted(Note.AWAY),
    Cancel: Done(ok=False),
    Erase: Done(ok=False),
    Forget: Done(ok=False),
}
"""What she hears where it could not be kept; what is not listed breaks the turn instead."""
ROOMS: dict[type[Effect], str] = {Book: "booking", Ready: "ready", Check: "gate"}
"""The effects with labelled points."""


@dataclass
class _Going:
    """How far one effect has come. `whole`: its commit was asked for."""

    task: Task
    name: str
    whole: bool = False

    def reach(self, point: str) -> None:
        """A labelled point, of what has such points."""
        room = ROOMS.get(type(self.task.effect))
        if room:
            reach(f"{room}.{point}")


class StoredEffects:
    """Effects in the database. `context` is asked for anew each time; `cut` ends what rings."""

    def __init__(
        self, store: Store, context: Callable[[], Context], cut: Cut = lambda _: None
    ) -> None:
        """Open nothing yet."""
        self._store = store
        self._context = context
        self._cut = cut

    def carry_out(
        self, effect: Effect, *, call: str, step: int, carrier: str, caller: str, at: datetime
    ) -> Result:
        """Carry an effect out once for its call and step. Raises `Away`, OSError or LostError
        where nothing may be said instead.
        """
        name = kept.key(f"{call}|{type(effect).__name__}", step)
        going = _Going(Task(effect, call, carrier, caller, at), name)
        going.reach("asked")
        try:
            result, ringing = self._once(going)
        except (Away, OSError, LostError) as error:
            return self._settle(going, error)
        self._follow(effect, ringing)
        going.reach("answered")
        return result

    def _once(self, going: _Going) -> tuple[Result, Ringing]:
        with self._store.writing() as connection:
            words = kept.find(connection, going.name)
            if words is not None:
                return self._again(connection, going.task, words), ()
            result, ringing = carry(connection, self._context(), going.task)
            kept.keep(connection, going.name, as_words(result), going.task.at)
            going.reach("result")
            going.whole = True
        going.reach("committed")
        return result, ringing

    def _again(self, connection: Connection, task: Task, words: str) -> Result:
        """The result that was kept; what holds her number or her window is looked up again."""
        result = from_words(words)
        if result is not None:
            return result
        if isinstance(task.effect, Ready):
            return ready.ready(
                connection,
                self._context(),
                task.effect.attempt,
                call=task.call,
                carrier=task.carrier,
                at=task.at,
                again=True,
            )
        return mine.again(connection, found_in(words))

    def _settle(self, going: _Going, error: Exception) -> Result:
        """It broke. Where it may be kept all the same, look; if it is not, it never will be."""
        failed = FAILED.get(type(going.task.effect))
        found = None
        if going.whole or isinstance(error, IntegrityError):
            found = self._look(going, failed)
        if not isinstance(error, IntegrityError):
            report(error, "", going.task.carrier)
        if found is None and failed is None:
            raise error
        return found or failed or Done(ok=False)

    def _look(self, going: _Going, failed: Result | None) -> Result | None:
        """The result that is kept. If there is none, keep the failure in its place: a commit that
        is still on its way then fails, and waits no longer than any other.
        """
        for _ in range(2):  # once more when it comes meanwhile
            try:
                with self._store.writing() as connection:
                    words = kept.find(connection, going.name)
                    if words is not None:
                        return self._again(connection, going.task, words)
                    if failed is not None:
                        kept.keep(connection, going.name, as_words(failed), going.task.at)
                    return None
            except IntegrityError:
                continue
            except (Away, OSError, LostError):
                break
        return None

    def _follow(self, effect: Effect, ringing: Ringing) -> None:
        """After the commit: end what rings for what is closed now, and leave no old bytes."""
        try:
            for callback in ringing:
                self._cut(callback)
            if isinstance(effect, Erase):
                self._store.rebuild()
            elif type(effect) in FAILED:
                self._store.scrub()
        except Exception as error:  # the sweeps do both again
            report(error, "", "")
