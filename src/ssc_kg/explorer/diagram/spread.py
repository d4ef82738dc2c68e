"""Places in a column, as near as may be to where they are wanted."""

from collections.abc import Sequence


def spread(wanted: Sequence[float], sizes: Sequence[float], gap: float) -> list[float]:
    """Return centres in the given order, at least a gap apart.

    The squares of the distances to those that are wanted are least (isotonic
    regression, by pooling neighbours that would stand in each other's way).

    >>> spread([0, 0], [10, 10], gap=2)
    [-6.0, 6.0]
    """
    offsets, below = list[float](), 0.0
    for size in sizes:
        offsets.append(below + size / 2)
        below += size + gap
    pools: list[tuple[float, int]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        mean, number = want - offset, 1
        while pools and pools[-1][0] > mean:
            other, others = pools.pop()
            mean = (mean * number + other * others) / (number + others)
            number += others
        pools.append((mean, number))
    starts = [mean for mean, number in pools for _ in range(number)]
    return [start + offset for start, offset in zip(starts, offsets, strict=True)]
