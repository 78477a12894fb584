"""What machines must agree in: all that makes a letter's bytes, and nothing else."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.compose import compose_letter
from generator.paths import Paths
from generator.run.prepare import prepare_edition
from generator.workers import versions
from generator.workers.versions import PACKAGES, machine_versions
from tests.command import ROOT
from tests.small import make_small

CARRIERS = {"cloudpickle", "distributed"}
"""They carry letters and answers, and make none."""

NO_BYTES = {
    *("cffi", "pycparser", "packaging", "setuptools", "typing-extensions"),
    *("cycler", "kiwisolver", "pyparsing", "python-dateutil"),  # matplotlib's, of no use to a chart
    *("brotli", "zopfli"),  # the PDF's engine reads packed fonts with them
    "six",
}
"""What is loaded beside, and leaves no trace in a letter."""

MAKE = """
import pickle, sys
from importlib.metadata import packages_distributions
from pathlib import Path
from generator.workers import make_letter, start_worker

start_worker(Path(sys.argv[1]), Path(sys.argv[2]))
make_letter(pickle.loads(sys.stdin.buffer.read()), "")
known = packages_distributions()
print(*{d for m in sys.modules for d in known.get(m.partition(".")[0], ())}, sep="\\n")
"""
"""Makes a letter, and says which packages are loaded then."""


def test_machines_agree_in_every_package_that_a_letter_is_made_with(tmp_path: Path) -> None:
    small = make_small(tmp_path / "root")
    prepared = prepare_edition(Paths.at(small.root), small.edition, ("HR",))
    letter = compose_letter(prepared.edition, prepared.cards, prepared.chosen[0], "1")

    done = subprocess.run(
        [sys.executable, "-c", MAKE, small.kind, small.root / "fonts"],
        input=pickle.dumps(letter),
        capture_output=True,
        cwd=ROOT,
        check=False,
    )

    assert done.returncode == 0, done.stderr.decode()
    loaded = {re.sub("[-_.]+", "-", name).lower() for name in done.stdout.decode().split()}
    assert loaded - NO_BYTES - {"patra"} == set(PACKAGES) - CARRIERS


def test_all_that_is_asked_for_is_there() -> None:
    missing = [name for name, version in machine_versions().items() if version == "none"]

    assert missing == []


def test_a_machine_without_the_library_that_cuts_fonts_differs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours = machine_versions()
    name = next(name for name, (file, _) in versions.LIBRARIES.items() if "subset" in file)
    gone = {**versions.LIBRARIES, name: ("libharfbuzz-subset-gone.so.0", "hb_version_string")}
    monkeypatch.setattr(versions, "LIBRARIES", gone)

    theirs = machine_versions()

    assert {key for key in ours if ours[key] != theirs[key]} == {name}
    assert theirs[name] == "none"
