"""Krippendorff (2011), Computing Krippendorff's Alpha-Reliability: the worked examples; Python's krippendorff 0.9.0.

Input: examples A (two coders, two values), B (two coders, nominal) and C (four coders, codes missing). Their numbers:
the paper's at its three decimals; those of the package, and of R's irr 0.84.1 (`kripp.alpha`), at six.
Wanted difference: where all codes are one value α is 1 here and says little; krippendorff raises, irr gives no number.
"""

from __future__ import annotations

import pytest
from pries.inspection.reliability import alpha

A = "0100000010", "1110010000"
B = "aabbdcccedda", "babbbccceddd"
C = (
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
)


@pytest.mark.parametrize(("coders", "published"), [(A, 0.095), (B, 0.692), (C, 0.743)])
def test_nominal_examples_of_the_paper(coders: tuple, published: float) -> None:
    assert alpha(*coders) == pytest.approx(published, abs=5e-4)


def test_the_ordinal_example_of_the_paper() -> None:
    assert alpha(*C, order=[1, 2, 3, 4, 5]) == pytest.approx(0.815, abs=5e-4)


def test_the_package_s_digits() -> None:
    assert alpha(*C) == pytest.approx(0.743421, abs=5e-7)
    assert alpha(*C, order=[1, 2, 3, 4, 5]) == pytest.approx(0.815388, abs=5e-7)


def test_one_value_alone() -> None:
    assert alpha("aaaa", "aaaa") == 1.0
