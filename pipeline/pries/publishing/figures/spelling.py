"""Spelling: how the terms of the statistics, which are counted in small letters, are written in the texts.

oit -> OIT, vice-secrétaire -> Vice-Secrétaire, assemblée (« l’Assemblée générale ») -> Assemblée
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from pries.publishing.figures.report import Report

ENOUGH = 2_000_000  # letters: what so much text writes, more would too
# A word after another in small letters: neither the first of a sentence nor one among capitals.
WITHIN = re.compile(r"(?:(?<=[a-zà-öø-ÿœ][ '’])|(?<=[a-zà-öø-ÿœ] \())\w+(?:[-/.]\w+)*")


def spell(terms: Iterable[str], report: Report) -> list[str]:
    """Each term with the capitals that it mostly has within sentences, also in the plural; the others as they are."""
    kept = list(terms)
    wanted = {form: term for term in kept for form in (f"{term}s", term)}
    found: dict[str, Counter[str]] = defaultdict(Counter)
    letters = 0
    for text in report.paragraphs.loc[report.paragraphs["kind"] != "heading", "text"]:
        for match in WITHIN.finditer(text):
            term = wanted.get(match[0].lower())
            if term:
                found[term][match[0][: len(term)]] += 1
        letters += len(text)
        if letters > ENOUGH:
            break
    return [_most(term, found[term]) for term in kept]


def _most(term: str, forms: Counter[str]) -> str:
    """The spelling of more than half of the places, or the term."""
    form, times = forms.most_common(1)[0] if forms else (term, 0)
    return form if 2 * times > forms.total() else term
