"""What the reader says of the next sentences to code is what estimation/prospect computes."""

from __future__ import annotations

import math
import random
from typing import Any

import pytest
from pries.estimation import prospect
from pries.publishing import reader
from pries.review.sample import Drawn
from pries.schema import schema


@pytest.fixture(scope="module")
def browser(chrome: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The reader of nothing, opened once."""
    page = tmp_path_factory.mktemp("page") / "reader.html"
    page.write_text(reader.render({name: schema.empty(name) for name in reader.READS})[0], encoding="utf-8")
    chrome.get(page.as_uri())
    return chrome


def drawn_by_chance(chance: random.Random) -> tuple[list[Drawn], list[tuple[int, int, int]]]:
    """Sentences of up to four strata in a random order, coded as far as somebody came, with errors in some."""
    lines = []
    for stratum in range(chance.randint(1, 4)):
        size = chance.randint(3, 400)
        n = chance.randint(1, size)
        lines += [(f"s{stratum}", n / size)] * n
    chance.shuffle(lines)
    stop = chance.randint(1, len(lines))
    drawn, numbers = [], []
    for i, (stratum, pi) in enumerate(lines):
        drawn.append(Drawn(i + 2, {"sentence_id": f"x{i}", "doc_id": "d", "stratum": stratum}, pi, i < stop))
        found = chance.choice((0, 0, 1, 1, 2))
        right = sum(chance.random() < 0.9 for _ in range(found))
        numbers.append((found, right, right + (chance.random() < 0.1)))
    return drawn, numbers


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("more", [0, 50])
def test_the_page_computes_what_the_program_computes(browser: Any, seed: int, more: int) -> None:
    drawn, numbers = drawn_by_chance(random.Random(seed))
    total = sum(found for found, _, _ in numbers) * 2 + 3
    wanted = prospect.intervals(drawn, numbers, total, more)
    rows = [
        {"stratum": d.cells["stratum"], "pi": d.pi, "coded": d.coded, "found": n[0], "right": n[1], "true": n[2]}
        for d, n in zip(drawn, numbers, strict=True)
    ]
    made = browser.execute_script("return intervals(...arguments)", rows, total, more)
    for name, ends in wanted.items():
        if math.isnan(ends[0]):  # nothing to divide by
            assert made[name] is None
        else:
            assert made[name] == pytest.approx(ends, abs=2e-6)
