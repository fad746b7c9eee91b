"""By sentence: the rows of the actors table, filed under the sentence in which each mention stands.

[les États Membres], [ils] -> both with the name "États Membres"
"""

from __future__ import annotations

import pandas as pd

from pries.grammar.wording import bare
from pries.store import rowwise


def named(actors: pd.DataFrame) -> dict[str, list[dict]]:
    """The rows of the actors table by sentence_id, each with a `name`: for pronouns the antecedents', no determiner."""
    rows = list(rowwise.records(actors))
    text = {row["mention_id"]: bare(row["text"]) for row in rows}
    found: dict[str, list[dict]] = {}
    for row in rows:
        antecedents = row["antecedent"].split("; ") if row["antecedent"] else ()  # nearly always
        row["name"] = "; ".join(text[i] for i in antecedents) if antecedents else text[row["mention_id"]]
        found.setdefault(row["sentence_id"], []).append(row)
    return found
