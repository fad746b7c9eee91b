"""Navigation: the elements of a web page that lead about the site and are no text of the document.

By their tags, their roles, and the names that sites give them, as long as they hold links and no sentence.

    <div class="breadcrumb"><a>Accueil</a> > <a>Avis</a></div> -> navigation
    <h2>Outils <span class="mw-editsection">[modifier]</span></h2> -> heading "Outils" | navigation
"""

from __future__ import annotations

import re
from typing import Any

from pries.reading import table_cells

TAGS = frozenset("nav aside header footer".split())
ROLES = frozenset("navigation menu menubar search".split())
# What sites call the parts of a page that are no text, as a whole or before and behind a hyphen: « main-nav ».
NAMES = frozenset(
    "nav navbar navigation topnav menu submenu mainmenu breadcrumb breadcrumbs filariane ariane sitemap pager "
    "pagination skiplink skiplinks toolbar langswitch".split()
)
WHOLE = frozenset("mw-editsection mw-jump-link skip-link skip-links site-menu toc-links share-buttons".split())
PART = re.compile(r"[-_ ]+")
LONGEST = 3000  # characters of a menu


def leads_about(element: Any) -> bool:
    """Whether an element leads about the site, by its tag, its role, or its name and what it holds."""
    if element.tag in TAGS or element.get("role") in ROLES:
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}".lower()
    return bool(names.strip()) and _named(names) and not says(element) and _short(element)


def says(element: Any) -> bool:
    """Whether it is a box of text, no list of links: a full sentence, and fewer links than words."""
    linked = sum(len(text) for link in element.iter("a") for text in link.itertext())
    whole = " ".join(" ".join(element.itertext()).split())
    return 2 * linked < len(whole) and table_cells.holds_sentence(whole)


def _named(names: str) -> bool:
    """Whether a site calls it so: « mw-editsection », « main-nav », « breadcrumb »."""
    for name in names.split():
        parts = PART.split(name)
        if name in WHOLE or (len(parts) < 4 and (parts[0] in NAMES or parts[-1] in NAMES)):
            return True
    return False


def _short(element: Any) -> bool:
    total = 0
    for text in element.itertext():
        total += len(text)
        if total > LONGEST:
            return False
    return True
