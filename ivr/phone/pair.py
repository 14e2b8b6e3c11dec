"""The two telephones of the page: the caller's and the operator's, and what rings at them.

While the page is open they are met by hand; closed, they are met as the carrier was told.
"""

from collections.abc import Mapping
from typing import Any

from ivr.carrier.rehearsal.telephone import Telephone

CALLER = "+491713920012"
"""An example: the German regulator keeps +49 171 39200xx for films, so it is nobody's."""
OPERATOR = "+493023125012"
"""An example: +49 30 23125xxx is kept for films too."""
HELD = 90.0
"""Seconds for which a page that has said nothing still holds its telephones: browsers let a page
that nobody looks at speak once a minute.
"""


def hold(telephone: Telephone, caller: str) -> Mapping[str, list[dict[str, Any]]]:
    """Hold both telephones for a while; the calls to them that live, by side."""
    numbers = {"caller": caller, "operator": OPERATOR}
    for number in numbers.values():
        telephone.own(number, paced=True, seconds=HELD)
    return {side: telephone.lines(number) for side, number in numbers.items()}


def let_go(telephone: Telephone, caller: str) -> None:
    """The page is closed: it holds its telephones no longer."""
    for number in (caller, OPERATOR):
        telephone.own(number, seconds=0)
