"""The checker: what must be provable of an edition before callers hear it."""

from ivr.call.proof.check import Verdict, check
from ivr.call.proof.finding import Finding

__all__ = ["Finding", "Verdict", "check"]
