"""How often what happens on the line, by the hour: counted without anything that tells who rang."""

from ivr.counts.counter import Counter
from ivr.counts.tally import Tally

__all__ = ["Counter", "Tally"]
