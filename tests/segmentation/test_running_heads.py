"""Running heads of texts that were copied out of pages, without form feeds."""

from __future__ import annotations

import pytest
from pries.segmentation.furniture import separate

TITLE = "Rapport sur les internats de montagne"
NUMBERS = "2468013579"
BODIES = [
    " ".join(f"Le dortoir {what} compte {n} lits et le réfectoire {what} en sert {n} repas par jour." for n in NUMBERS)
    for what in ("du nord", "du sud", "de l’est", "de l’ouest")
]


def lines_of(body: str) -> str:
    """A text in lines of about eighty characters."""
    found, line = [], ""
    for word in body.split():
        found, line = ([*found, line], word) if len(line) + len(word) > 80 else (found, f"{line} {word}".strip())
    return "\n".join([*found, line])


PAGES = {
    "number above": lambda n, body: f"{n}\n{TITLE}\n{body}",
    "number below": lambda n, body: f"{body}\n\n{TITLE}\n– {n} –\n",
    "number in it": lambda n, body: f"{body}\n{TITLE} - Page {n} sur 4",
    "cut by a site": lambda n, body: f"Page {n}: {TITLE} · 2041 ...\n\n{body}\n",
    "journal": lambda n, body: f"3.5.2041\n\nFR\n\nJournal du canton\n\nC 28/{n + 10}\n\n{body}\n",
}


@pytest.mark.parametrize("page", PAGES)
def test_left_out(page: str) -> None:
    """What comes back beside a page number that grows is left out, and nothing else."""
    bodies = [lines_of(body) for body in BODIES]
    kept, dropped = separate("\n".join(PAGES[page](n, body) for n, body in enumerate(bodies, start=1)))
    assert [line.text for line in kept] == "\n".join(bodies).split("\n")
    assert {line.rule for line in dropped} <= {"running head", "page number"}


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"{n}\nRecommandation\nRebâtir le pont {what}." for n, what in enumerate(("nord", "sud", "est"), 1)),
        "\n\n".join(f"Recommandation {n}\n\n{lines_of(body)}" for n, body in enumerate(BODIES, 1)),
        "\n\n".join(f"Priorité : haute\n\n{lines_of(body)}" for body in BODIES),
    ],
)
def test_kept(text: str) -> None:
    """A list whose items have numbers and the same words is no page."""
    kept, _ = separate(text)
    assert "\n".join(line.text for line in kept) == "\n".join(line for line in text.split("\n") if line)
