"""Sound as plain samples, and FFmpeg's filters over them: the one place that speaks PyAV's language
of frames.
"""

import math
from array import array
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any, TypeAlias, cast

import av
from av.filter import Graph

RATE = 8_000
"""Samples a second on the telephone network (ITU-T G.711)."""

Samples: TypeAlias = "array[Any]"
"""Mono samples at RATE: floats of type "f" with full scale 1.0, or the telephone's own 16 bits of
type "h".
"""
Filter = tuple[str, str]
"""A filter of FFmpeg by name, and its options."""
_FORMATS = {"f": "flt", "h": "s16"}


def joined(parts: Iterable[Samples]) -> Samples:
    """One sound after the other, without a pause."""
    whole = array("f")
    for part in parts:
        whole.extend(part)
    return whole


def seconds(samples: Samples) -> float:
    """How long these samples last on the telephone."""
    return len(samples) / RATE


def decibels(ratio: float) -> float:
    """An amplitude as decibels of full scale; nothing at all is -120."""
    return max(-120.0, 20 * math.log10(ratio)) if ratio > 0 else -120.0


def amplitude(level: float) -> float:
    """Decibels of full scale as an amplitude."""
    return math.pow(10, level / 20)


def frame(samples: Samples) -> av.AudioFrame:
    """The samples as one frame of FFmpeg."""
    made = av.AudioFrame(format=_FORMATS[samples.typecode], layout="mono", samples=len(samples))
    made.sample_rate = RATE
    made.time_base = Fraction(1, RATE)
    made.pts = 0
    made.planes[0].update(samples.tobytes())
    return made


def gathered(frames: Iterable[av.AudioFrame], kind: str = "f") -> Samples:
    """Mono frames of FFmpeg as samples of that type."""
    samples = array(kind)
    for one in frames:
        samples.frombytes(bytes(one.planes[0])[: samples.itemsize * one.samples])
    return samples


def frames_through(samples: Samples, *filters: Filter) -> Iterator[av.AudioFrame]:
    """Run the samples through a chain of filters and hand over the frames, whose metadata some
    filters fill.
    """
    if not samples:
        return
    kind = _FORMATS[samples.typecode]
    graph = Graph()
    source = graph.add_abuffer(
        sample_rate=RATE, format=kind, layout="mono", time_base=Fraction(1, RATE)
    )
    nodes = [graph.add(name, options) for name, options in filters]
    shape = graph.add("aformat", f"sample_fmts={kind}:channel_layouts=mono:sample_rates={RATE}")
    graph.link_nodes(source, *nodes, shape, graph.add("abuffersink")).configure()
    graph.push(frame(samples))
    graph.push(None)
    while True:
        try:
            yield cast(av.AudioFrame, graph.pull())
        except (av.error.EOFError, av.error.BlockingIOError):
            return


def through(samples: Samples, *filters: Filter) -> Samples:
    """Run the samples through a chain of filters."""
    return gathered(frames_through(samples, *filters), samples.typecode)
