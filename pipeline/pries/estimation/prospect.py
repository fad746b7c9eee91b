"""Prospect: the intervals of precision and recall now, and when more of the sample is coded.

Looking ahead, the sentences that will be coded next are taken to err as those of their stratum that are coded: each of
these counts for n'/n, n' being how many of the stratum are coded then. The intervals are those of `estimators`. The
reader computes the same (web/forecast.js) while one codes.

    60 coded, 55 of 60 requests right: precision .92 [.83 ; .97]; after 50 more [.85 ; .96]
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pries.estimation.estimates import units_of
from pries.estimation.estimators import Design, ratios
from pries.review.sample import Drawn


def ahead(drawn: Sequence[Drawn], sentences: int, more: int) -> tuple[Design, list[str]]:
    """The design when the next `more` lines of the sample are coded too, and the sentences that are coded now."""
    units = units_of(drawn, sentences)
    next_ = {row.sentence_id for row in [row for row in drawn if not row.coded][:more]}
    then = units_of([Drawn(r.line, r.cells, r.pi, r.coded or r.sentence_id in next_) for r in drawn], sentences)
    # a stratum of which nothing is coded now goes with the next one, as it does in the estimates
    place = {row.sentence_id: units.rank[row.cells["stratum"]] for row in drawn}
    coded = list(units.of)
    now = np.bincount([place[i] for i in coded], minlength=len(units.design.size))
    later = np.bincount([place[i] for i in then.of], minlength=len(units.design.size))
    stratum = units.design.stratum
    size = units.design.size
    times = np.minimum(later, np.maximum(size, now)) / now
    return Design(stratum, size, times[stratum]), coded


def intervals(
    drawn: Sequence[Drawn], numbers: Sequence[tuple[int, int, int]], total: int, more: int
) -> dict[str, tuple[float, float, float]]:
    """Precision and recall with the ends of their intervals when `more` sentences are coded.

    `numbers`: of each sentence drawn the requests found, right and true; `total`: all that the program found.
    """
    design, coded = ahead(drawn, 0, more)
    of = {row.sentence_id: cells for row, cells in zip(drawn, numbers, strict=True)}
    p, right, true = (np.array([[of[i][k]] for i in coded], dtype=float) for k in range(3))
    every = np.array([float(total)])
    made = {}
    for name, below in (("precision", p * 0), ("recall", true - p)):
        found = ratios(design, (every, right - p), (every, below), p, missed=name != "precision")
        made[name] = float(found.value[0]), float(found.low[0]), float(found.high[0])
    return made
