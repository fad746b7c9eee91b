"""Page head: what the head of a web page says of it: its title, its date and its language.

<html lang="fr-CA"><title>Avis no 3</title><meta name="dcterms.issued" content="2013-07-15T10:00">
-> title "Avis no 3", date "2013-07-15", lang "fr"
"""

from __future__ import annotations

import re
from typing import Any

# The names under which pages say when they were issued, the surer first.
DATES = (
    "dcterms.issued", "dc.date.issued", "article:published_time", "datepublished", "dc.date", "dcterms.date",
    "citation_publication_date", "citation_date", "dcterms.created", "dc.date.created", "pubdate", "publishdate",
    "publication_date", "date",
)  # fmt: skip
TITLES = ("dcterms.title", "dc.title", "citation_title", "og:title")
ISO = re.compile(r"(\d{4})(?:[-/](\d{2})(?:[-/](\d{2}))?)?(?!\d)")
PART = re.compile(r"[a-z]{2,3}(?=$|[-_])")


def about(root: Any) -> dict[str, str]:
    """What the head of a page says; empty where it says nothing."""
    if root is None:
        return {}
    said: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").strip().lower()
        said.setdefault(name, " ".join(meta.get("content", "").split()))
    title = next((" ".join("".join(found.itertext()).split()) for found in root.iter("title")), "")
    dates = (ISO.match(said.get(name, "")) for name in DATES)
    date = next(filter(None, dates), None)
    lang = PART.match((root.get("lang") or said.get("dc.language") or said.get("dcterms.language") or "").lower())
    found = {
        "title": title or next(filter(None, (said.get(name) for name in TITLES)), ""),
        "date": "-".join(filter(None, date.groups())) if date else "",
        "lang": lang[0] if lang else "",
    }
    return {name: value for name, value in found.items() if value}
