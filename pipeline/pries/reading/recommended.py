"""Recommended: whether the rows of a table of texts are recommendations, though no column is called so.

The file's name may say it (recommandations_2024.csv), or most of the texts, which begin with an infinitive as
recommendations do. What is inferred so is told, because the texts are read otherwise then.

    id,texte / 1,Ratifier la Convention … / 2,Former les juges … -> `kind` recommandations
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from pries.reading.columns import meaning
from pries.reading.formats import Text
from pries.reading.table_of_texts import KIND, RECOMMENDED

OPENING = re.compile(
    r"[^\w]*(?:\d[\d.]*\s+)?(?!premier|entre|outre|notre|votre|autre|contre)[^\W\d_]+(?:er|ir|re)\b", re.I
)
FEWEST, SHARE = 5, 0.6  # rows, and how many of them begin with an infinitive
TOLD = "its rows are read as recommendations, because most begin with an infinitive"
REMEDY = "call the column of texts recommandation, or texte where they are none and begin otherwise"


def announce(file: str, texts: Sequence[Text]) -> str:
    """Note the kind of the texts of a table whose rows are recommendations; what has to be told of it, if anything."""
    rows = [text for text in texts if text.line and not text.problem[0]]
    if not rows or any(text.metadata.get(KIND) for text in rows):
        return ""
    words = re.split(r"[\W\d_]+", PurePosixPath(file).stem)
    named = any(meaning(word) == "recommended" for word in words)
    begin = sum(OPENING.match(text.text) is not None for text in rows)
    inferred = len(rows) >= FEWEST and begin >= SHARE * len(rows)
    if not named and not inferred:
        return ""
    for text in rows:
        text.metadata[KIND] = RECOMMENDED
    return "" if named else TOLD
