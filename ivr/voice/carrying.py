"""What each effect does, within the transaction that also keeps its result."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from sqlalchemy import Connection

from ivr.call.actions import (
    Book,
    Cancel,
    Check,
    Effect,
    Erase,
    Find,
    Forget,
    Move,
    Prove,
    Ready,
    Wanted,
)
from ivr.call.signals import Done, Note, Noted, Result
from ivr.callbacks import booking, gate, mine, ready
from ivr.callbacks.context import Context
from ivr.store import proofs, records
from ivr.store.records import Record

Ringing = tuple[int, ...]
"""Callbacks that were closed while a telephone may be ringing for them."""


@dataclass(frozen=True, slots=True)
class Task:
    """One effect, with the call that asks for it and who rings there."""

    effect: Effect
    call: str
    carrier: str
    caller: str
    at: datetime


def carry(connection: Connection, context: Context, task: Task) -> tuple[Result, Ringing]:
    """Carry an effect out; what has to be cut after the commit comes with its result."""
    carrier, at = task.carrier, task.at
    match task.effect:
        case Prove(target):
            proofs.keep(connection, carrier, target, at)
            return Done(ok=True), ()
        case Book(wanted):
            return _book(connection, context, task, wanted), ()
        case Find(number, code):
            return mine.find(connection, context, number, code, carrier=carrier, at=at), ()
        case Move(callback, window):
            moved = mine.move(connection, context, callback, window, carrier=carrier, at=at)
            return Noted(moved), ()
        case Ready(attempt):
            rung = ready.ready(connection, context, attempt, call=task.call, carrier=carrier, at=at)
            return rung, ()
        case Check(attempt, code):
            return gate.check(connection, context, attempt, code, carrier=carrier, at=at), ()
        case Cancel() | Erase() | Forget() as effect:
            return _stop(connection, context, task, effect)
        case _:
            assert_never(task.effect)


def _book(connection: Connection, context: Context, task: Task, wanted: Wanted) -> Result:
    note = booking.book(
        connection, context, wanted, calling=task.caller, carrier=task.carrier, at=task.at
    )
    if note in (Note.NOTED, Note.CHANGED):
        _let_go(connection, task)
    return Noted(note)


def _stop(
    connection: Connection, context: Context, task: Task, effect: Cancel | Erase | Forget
) -> tuple[Result, Ringing]:
    carrier, at = task.carrier, task.at
    match effect:
        case Cancel(callback):
            ringing = mine.cancel(connection, callback, carrier=carrier, at=at)
        case Erase(callback):
            ringing = mine.erase(connection, callback, carrier=carrier, at=at)
        case Forget(number):
            if number != task.caller:  # only from that very telephone
                return Done(ok=False), ()
            ringing = mine.forget(connection, context, number, carrier=carrier, at=at)
        case _:
            assert_never(effect)
    _let_go(connection, task)
    return Done(ok=True), ringing


def _let_go(connection: Connection, task: Task) -> None:
    """The carrier is to delete its record of this call: her number and keys stand in it."""
    if task.call:
        record = Record(task.call, task.carrier, child=False, parent="", at=task.at)
        records.add(connection, record)
