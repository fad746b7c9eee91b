"""By sentence: the rows of the actors table, filed under the sentence in which each mention stands.

[les États Membres], [ils] -> both with the name "États Membres"
"""

from __future__ import annotations

import re

import pandas as pd

from pries.grammar.wording import bare
from pries.store import rowwise

LIKE_ANOTHER = re.compile(r"c(?:eux|elui|elles?) d", re.IGNORECASE)  # « celui du Bénin », which has no mention's name


def named(actors: pd.DataFrame) -> dict[str, list[dict]]:
    """The rows of the actors table by sentence_id, each with a `name`: for pronouns the antecedents', no determiner."""
    rows = list(rowwise.records(actors))
    text = {row["mention_id"]: bare(row["text"]) for row in rows}
    found: dict[str, list[dict]] = {}
    for row in rows:
        antecedents = row["antecedent"].split("; ") if row["antecedent"] else ()  # nearly always
        row["name"] = "; ".join(text[i] for i in antecedents) if antecedents else text[row["mention_id"]]
        if antecedents and LIKE_ANOTHER.match(row["text"]):  # « le délégué du Togo … ; [celui du Bénin] »
            row["name"] = row["actor"]
        found.setdefault(row["sentence_id"], []).append(row)
    return found
