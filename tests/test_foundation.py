"""The project as a whole: its pins, its packages, its texts and its modules."""

from __future__ import annotations

import ast
import importlib.metadata as metadata
import re
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import generator

TEXT = {
    ".cfg",
    ".csv",
    ".css",
    ".html",
    ".json",
    ".md",
    ".po",
    ".py",
    ".sh",
    ".toml",
    ".txt",
    ".yaml",
}
BARE = {"Makefile", "run"}
"""Text files that have no suffix."""

EXTRAS = {"", "bench", "cluster", "test", "dev"}
EXAMPLE = re.compile(r"(^|[.@])(example|example\.(in|com|org)|[\w-]+\.example)$")


def tracked(root: Path) -> list[Path]:
    """The files git knows, and those it would add."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout
    return [root / line for line in listed.splitlines() if (root / line).is_file()]


def texts(root: Path) -> Iterator[tuple[Path, str]]:
    """Our own text files; the fonts' licences are their makers'."""
    for path in tracked(root):
        if (path.suffix in TEXT or path.name in BARE) and "fonts" not in path.parts:
            yield path.relative_to(root), path.read_text(encoding="utf-8", errors="replace")


def settings_of(root: Path) -> dict[str, object]:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert isinstance(project, dict)
    return project


def pins(root: Path) -> dict[str, str]:
    lines = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return {canonicalize_name(name): version for name, version in (x.split("==") for x in lines)}


def needed() -> dict[str, str]:
    """Every distribution that patra with its extras rests on, and the version installed here."""
    found: dict[str, str] = {}
    ahead = [("patra", EXTRAS), ("flit-core", {""})]
    seen: set[tuple[str, str]] = set()
    while ahead:
        name, extras = ahead.pop()
        distribution = metadata.distribution(name)
        found[canonicalize_name(name)] = distribution.version
        for requirement in map(Requirement, distribution.requires or ()):
            for extra in extras:
                key = (str(requirement), extra)
                marker = requirement.marker
                if key not in seen and (marker is None or marker.evaluate({"extra": extra})):
                    seen.add(key)
                    ahead.append((requirement.name, {"", *requirement.extras}))
    del found["patra"]
    return found


# --- pins and packages -------------------------------------------------------------------------


def test_every_package_we_rest_on_is_pinned_at_the_version_installed(root: Path) -> None:
    resting_on = needed()

    assert len(resting_on) > 40
    assert resting_on == pins(root)


def test_pins_are_sorted_and_exact(root: Path) -> None:
    lines = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()

    assert [x for x in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", x)] == []
    assert lines == sorted(lines, key=str.upper)


def test_weasyprint_is_pinned_in_the_package_itself(root: Path) -> None:
    dependencies = settings_of(root)["dependencies"]

    assert isinstance(dependencies, list)
    assert f"weasyprint=={pins(root)['weasyprint']}" in dependencies


def test_every_library_imported_is_declared(root: Path) -> None:
    declared = {
        canonicalize_name(Requirement(x).name)
        for x in metadata.requires("patra") or ()
        if "extra ==" not in x or 'extra == "cluster"' in x
    }
    owners = metadata.packages_distributions()

    imported = {
        canonicalize_name(owners[name][0]): path.name
        for path in (root / "generator").rglob("*.py")
        for name in imported_names(path)
        if name in owners and name != "generator"
    }

    assert len(imported) > 5
    assert {x: where for x, where in imported.items() if x not in declared} == {}


def imported_names(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def test_no_package_is_under_the_agpl() -> None:
    for name in needed():
        about = metadata.metadata(name)
        fields = ("License-Expression", "License", "Classifier")
        claims = [claim for field in fields for claim in about.get_all(field) or []]

        assert not re.search("AGPL|Affero", " ".join(claims)), name


def test_the_table_of_licences_names_every_package_and_no_other(root: Path) -> None:
    text = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")

    rows = re.findall(r"^\| (?:by|to) .* \| .* \| (.*) \|$", text, re.MULTILINE)

    assert sorted(", ".join(rows).split(", ")) == sorted(pins(root))


def test_the_version_is_written_once() -> None:
    assert metadata.version("patra") == generator.__version__


def test_the_wheel_holds_every_file_of_the_package(root: Path, tmp_path: Path) -> None:
    build = [sys.executable, "-m", "pip", "wheel", str(root), "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "--quiet", "-w", str(tmp_path)], check=True, capture_output=True)

    names = set(zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist())

    package = {
        x.relative_to(root).as_posix() for x in tracked(root) if root / "generator" in x.parents
    }
    assert {
        "generator/py.typed",
        "generator/inputs/states.csv",
        "generator/locale/hi.po",
    } <= package
    assert package - names == set()


# --- the command -------------------------------------------------------------------------------


def test_python_m_generator_is_the_command() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "generator", "--help"], check=False, capture_output=True, text=True
    )

    assert shown.returncode == 0, shown.stderr
    assert "Usage" in shown.stdout


def test_help_loads_no_heavy_library() -> None:
    heavy = {"babel", "docx", "jinja2", "lxml", "pandas", "pydantic", "rich", "weasyprint"}
    code = f"import sys, generator.cli; print({heavy} & {{*sys.modules}})"

    shown = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert shown.stdout == "set()\n"


# --- texts -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("the address of a package index", r"index[-_]url|find[-_]links|trusted[-_]host"),
        ("the address of a package index", r"https?://\S*(pypi|npmjs|pythonhosted|deb\.debian)"),
        ("the address of a package index", r"[\"']resolved[\"']: *[\"']http"),
        ("a real mobile number", r"(?<!\d)(?<!\d\.)(\+91[ -]?)?[6-9]\d{4}[ -]?\d{5}(?!\d|\.\d)"),
    ],
)
def test_no_text_holds(root: Path, what: str, pattern: str) -> None:
    found = [
        f"{path}: {what}: {match[0]}"
        for path, text in texts(root)
        for match in re.finditer(pattern, text)
    ]

    assert len(list(texts(root))) > 30
    assert found == []


def test_no_text_names_the_folder_it_was_written_in(root: Path) -> None:
    folders = {root, root.parent} - {Path("/"), Path(tempfile.gettempdir())}

    found = [
        str(path) for path, text in texts(root) for x in folders if re.search(rf"(?<!\w){x}/", text)
    ]

    assert found == []


def test_every_e_mail_address_is_an_example(root: Path) -> None:
    found = [
        (str(path), match[0])
        for path, text in texts(root)
        for match in re.finditer(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)", text)
        if not EXAMPLE.search(match[1])
    ]

    assert found == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "tests/README.md"])
def test_every_make_command_in_a_document_exists(root: Path, name: str) -> None:
    targets = re.findall(
        r"^([a-z-]+):", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )
    text = (root / name).read_text(encoding="utf-8")

    named = set(re.findall(r"(?:`|^ *\$? *)make ([a-z-]+)", text, re.MULTILINE))

    assert named
    assert named - set(targets) == set()


# --- modules -----------------------------------------------------------------------------------


def modules(root: Path) -> list[Path]:
    found = sorted((root / "generator").rglob("*.py"))
    assert len(found) > 20
    return found


def test_every_module_says_what_it_is_for(root: Path) -> None:
    silent = [
        str(path.relative_to(root))
        for path in modules(root)
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert silent == []


def test_no_module_outgrows_300_lines(root: Path) -> None:
    sizes = {
        str(path.relative_to(root)): len(path.read_text(encoding="utf-8").splitlines())
        for path in modules(root)
    }

    assert {path: lines for path, lines in sizes.items() if lines > 300} == {}


def test_no_function_outgrows_40_statement_lines(root: Path) -> None:
    """Its docstring and signature are not counted."""
    found = {
        f"{path.relative_to(root)}:{node.lineno} {node.name}": lines
        for path in modules(root)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and (lines := body_lines(node)) > 40
    }

    assert found == {}


def body_lines(node: ast.FunctionDef) -> int:
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


# --- hooks -------------------------------------------------------------------------------------


def test_hooks_run_the_pinned_tools_and_fetch_nothing(root: Path) -> None:
    repos = yaml.safe_load((root / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]

    assert [repo["repo"] for repo in repos] == ["local"]
    assert len(repos[0]["hooks"]) > 3
    for hook in repos[0]["hooks"]:
        assert hook["language"] == "system"
        assert hook["entry"].startswith(".venv/bin/")
