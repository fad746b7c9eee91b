"""The repository itself: no trace of a machine, locked requirements, one version, links that lead on."""

from __future__ import annotations

import re
import subprocess
import tomllib

import pries
import pytest
from conftest import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock")

# Pieced together, so that this file holds none of them.
MACHINE_PATHS = ["/" + name + "/" for name in ("home", "work", "root", "Users")] + ["/" + "tmp/v"]
REGISTRY_HOSTS = ["pypi" + ".org", "files." + "pythonhosted", "deb." + "debian.org", "registry." + "npmjs"]


def git(*words: str) -> list[str]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode in (0, 1), done.stderr  # git grep ends with 1 where it finds nothing
    return done.stdout.splitlines()


@pytest.mark.parametrize("pattern", MACHINE_PATHS + REGISTRY_HOSTS)
def test_no_tracked_line_names_a_machine_path_or_a_registry(pattern: str) -> None:
    assert git("grep", "-nIF", "-e", pattern) == []


def test_no_intermediate_file_is_tracked() -> None:
    tracked = git("ls-files")
    assert [name for name in tracked if re.search(r"(^|/)(\.work|\.venv|__pycache__)/|\.tmp$|\.pyc$", name)] == []


def test_outputs_of_the_reference_report_are_tracked() -> None:
    tracked = git("ls-files", "outputs")
    assert "outputs/tables/obligations.csv" in tracked
    assert "outputs/figures/fr/requests_by_addressee.svg" in tracked


@pytest.mark.parametrize("name", LOCKS)
def test_locks_pin_every_requirement_with_hashes_and_name_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*(-i|--index-url|--extra-index-url|--find-links|-f)\b", text, re.MULTILINE)
    joined = re.sub(r"\\\n", " ", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE))
    requirements = [line for line in joined.splitlines() if line.strip()]
    assert requirements
    assert [r for r in requirements if not re.match(r"[\w.\[\],-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", r)] == []


def test_lock_holds_every_declared_dependency() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {re.match(r"[\w-]+", wanted).group() for wanted in declared}  # type: ignore[union-attr]
    locked = set(re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==", (ROOT / "requirements.lock").read_text(), re.MULTILINE))
    assert names <= locked


def test_one_version_everywhere() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    cited = dict(re.findall(r"^([\w-]+): *(.+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE))
    assert cited["version"] == declared == pries.__version__


def test_citation_has_the_fields_that_the_format_asks_for() -> None:
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    cited = dict(re.findall(r"^([\w-]+): *(.*)$", text, re.MULTILINE))
    assert cited["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= cited.keys()
    assert re.search(r"^authors:\n  - name: The Ont été priés contributors$", text, re.MULTILINE)
    assert (
        cited["license"] == tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["license"]
    )
    assert "url" not in cited
    assert "repository-code" not in cited
    assert "date-released" not in cited


def test_readme_names_files_that_exist() -> None:
    """Each relative link and picture of the README and of docs/ leads somewhere."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    links = [
        (page, target)
        for page in pages
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
        if "://" not in target
    ]
    assert links
    assert [(page.name, target) for page, target in links if not (page.parent / target).exists()] == []


def test_modules_fit_in_one_reading() -> None:
    lengths = {p.name: len(p.read_text(encoding="utf-8").splitlines()) for p in (ROOT / "pipeline").rglob("*.py")}
    tables = {"words.py"}  # all closed classes of words in one place, to be looked up and not read
    assert {name: length for name, length in lengths.items() if length > 300 and name not in tables} == {}


def test_ci_runs_the_readme_test_command() -> None:
    run = ROOT / ".ci" / "run"
    assert run.stat().st_mode & 0o111
    assert "make test" in run.read_text(encoding="utf-8")
    assert "make test" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_packaged_lexicons_and_settings_are_not_empty() -> None:
    for folder, ending in (("lexicons", "csv"), ("settings", "toml")):
        found = sorted((ROOT / "pipeline" / "pries" / folder).glob(f"*.{ending}"))
        assert found
        assert [path.name for path in found if not path.read_text(encoding="utf-8").strip()] == []
