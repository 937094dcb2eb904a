"""How far a measured share may lie from the true one."""

from __future__ import annotations

import math

Z95 = 1.959964


def wilson(share: float, n: int) -> tuple[float, float]:
    """The 95 % interval (0–1) of a share measured on `n`; Wilson 1927, sound near 0 and 1 too."""
    if n == 0:
        return 0.0, 1.0
    spread = Z95 * math.sqrt(share * (1 - share) / n + Z95**2 / (4 * n * n))
    middle, scale = share + Z95**2 / (2 * n), 1 + Z95**2 / n
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)
