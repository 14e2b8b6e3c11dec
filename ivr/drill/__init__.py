"""Drills: the figures that must be nought, over many cases, against oracles made independently."""
