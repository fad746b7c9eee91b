"""Full names: which longer name of a document a short one stands for.

"le Comité des forêts … le [Comité]" -> Comité des forêts, if it is the only Committee of the document
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pries.actors.known_names import ActorNames


def full_names(actors: Iterable[str], names: ActorNames) -> dict[str, str]:
    """The full name that each short one stands for in a document: « le Comité » for the one Committee that it names.

    A short name is the beginning, a body first, of exactly one longer name with a capital in the document.
    """
    known = sorted(set(actors))
    longer = defaultdict(list)  # by all that they begin with
    for name in known:
        if name[:1].isupper():
            low = name.lower()
            for space in (i for i, character in enumerate(low) if character == " "):
                longer[low[:space]].append(name)
    found = {}
    for name in known:
        beginning = names.short(name)
        fuller = longer.get(beginning)
        if fuller is None:  # nearly always
            continue
        roots = {full for full in fuller if not any(f != full and full.startswith(f + " ") for f in fuller)}
        whole = {max((f for f in fuller if f.startswith(root)), key=len) for root in roots}
        institution = " " in beginning or name[:1].isupper()
        if len(whole) == 1 and institution and beginning.split()[0] in names.cues.body:
            found[beginning] = whole.pop()
    return found
