"""Whole numbers cut into parts that add up exactly."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random


def apportion(total: int, weights: Sequence[float], least: int = 1) -> list[int]:
    """Cut `total` in proportion to the weights, each part `least` or more; what rounding leaves goes to the largest rests.

    Raises ValueError when the total is too small for that many parts.
    """
    free = total - least * len(weights)
    if free < 0:
        raise ValueError(f"{total} cannot be cut into {len(weights)} parts of {least} or more.")
    scale = free / sum(weights)
    exact = [weight * scale for weight in weights]
    parts = [int(value) for value in exact]
    order = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in order[: free - sum(parts)]:
        parts[i] += 1
    return [part + least for part in parts]


def round_parts(total: int, parts: int, random: Random, step: int) -> list[int]:
    """Cut `total` into parts that are multiples of `step`, as issues are; the largest part takes what is left."""
    if parts == 1:
        return [total]
    found = apportion(total, [random.uniform(0.6, 1.5) for _ in range(parts)], step)
    rounded = [max(step, part // step * step) for part in found]
    rounded[rounded.index(max(rounded))] += total - sum(rounded)
    return rounded


def subset(amounts: Sequence[int], target: int, slack: int, random: Random) -> list[int]:
    """Places of amounts that add up to the target within the slack. Raises ValueError when none are found."""
    places = list(range(len(amounts)))
    for _ in range(2000):
        random.shuffle(places)
        chosen: list[int] = []
        gap = target
        for place in places:
            if amounts[place] <= gap + slack:
                chosen.append(place)
                gap -= amounts[place]
            if abs(gap) <= slack:
                return sorted(chosen)
    raise ValueError(f"No amounts add up to {target}.")
