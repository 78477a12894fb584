"""Attacks by templates, texts and tables of each sort: refused in seconds, with file and line."""

from __future__ import annotations

import shutil
import signal
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner

from generator.cli import app
from generator.content import Letter
from generator.errors import InputError, PatraError, RenderError, TemplateError
from generator.inputs.tables.excel import read_workbook
from generator.readback import read_pdf
from generator.render.docx import DocxRenderer
from generator.render.html import PageTemplate
from generator.render.pdf import PdfRenderer
from tests.command import ROOT, patra_json
from tests.letters import sample_letter
from tests.small import Small, make_small

SECONDS = 300
"""Far above what any of them takes, and far below what it would take."""
FONTS = ROOT / "fonts"
PAGES = {("en", 0): 3, ("en", 2): 5}
SECRET = "root:x:0:0"  # noqa: S105 - how a file begins that no letter may print


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return make_small(tmp_path / "small")


@pytest.fixture
def kind(tmp_path: Path) -> Path:
    """A copy of the kind's folder."""
    return Path(shutil.copytree(ROOT / "letter_templates" / "do_letter", tmp_path / "kind"))


@pytest.fixture(autouse=True)
def soon() -> Iterator[None]:
    """An attack that never ends fails its test, however slow the machine is."""
    before = signal.signal(signal.SIGALRM, _stop)
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def _stop(_signal: int, _frame: object) -> None:
    raise TimeoutError


def refused(small: Small, code: int) -> PatraError:
    """How ``patra check`` refuses the edition, which must be with that exit code."""
    done = CliRunner().invoke(app, ["check", str(small.edition), "--root", str(small.root)])
    assert isinstance(done.exception, PatraError), done.output
    assert done.exception.exit_code == code, done.exception
    assert done.exception.remedy
    return done.exception


def put_in(folder: Path, name: str, old: str, new: str) -> None:
    """Replaces a text in a file; it must be there."""
    source = (folder / name).read_text("utf-8")
    assert old in source
    (folder / name).write_text(source.replace(old, new, 1), "utf-8")


# --- texts -------------------------------------------------------------------------------------

LOOP = "{% for a in state.name %}"
INSIDES = {
    "{{ state.name.__class__ }}": "unsafe",
    '{{ state["__class__"] }}': "unsafe",
    '{{ state["__cl" ~ "ass__"] }}': "concat",
    '{{ state["__cl" "ass__"] }}': "unsafe",
    "{% set a = '__class__' %}{{ state.name[a] }}": "unsafe",
    "{% for a in ['__class__', '__mro__'] %}{{ state.name[a] }}{% endfor %}": "unsafe",
    '{{ "{0.__class__}".format(state) }}': "call",
    '{{ "{name.__class__}".format_map(state) }}': "call",
    '{{ "%s" % state }}': "mod",
    '{{ state | attr("__class__") }}': "attr",
    '{{ state.name | attr("format") }}': "attr",
    '{{ ranking | map(attribute="__class__") | list }}': "list",
    '{{ (ranking | selectattr("own")).gi_frame }}': "selectattr",
    "{{ ranking | pprint }}": "pprint",
    "{{ ranking | tojson }}": "tojson",
    "{{ self }}": "TemplateReference",
    "{{ self._TemplateReference__context }}": "unsafe",
    LOOP + "{{ loop.__init__ }}{% endfor %}": "unsafe",
    LOOP + "{{ loop }}{% endfor %}": "LoopContext",
    "{{ state.keys }}": "builtin_function",
    "{{ state }}": "dict",
    "{{ ranking }}": "list",
    "{{ ranking | bold_if(true) }}": "list",
    "{{ none }}": "NoneType",
    **{f"{{{{ {name} }}}}": name for name in ("range", "lipsum", "cycler", "namespace", "joiner")},
    "{{ environment }}": "environment",
    "{{ context }}": "context",
    "{{ bold_if.__globals__ }}": "unsafe",
    '{{ state | bold_if(*["__class__"]) }}': "spread",
    "{{ state | pay }}": "pay",
}
ENDLESS = {
    LOOP * 6 + "{% endfor %}" * 6: "without end",
    LOOP * 6 + "x" + "{% endfor %}" * 6: "without end",
    LOOP * 5 + "{% for a in state.name if false %}{% endfor %}" + "{% endfor %}" * 5: "without end",
    LOOP * 3 + "long text " * 2000 + "{% endfor %}" * 3: "1,000,000",
    LOOP * 4 + "{{ compendium[0].body }}" + "{% endfor %}" * 4: "1,000,000",
    "{% for a in ranking recursive %}{{ loop(ranking) }}{% endfor %}": "recursive",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}": "macro",
    "{% for a in range(10000000) %}{% endfor %}": "call",
    '{{ "a" * 10000000000 }}': "mul",
    "{{ 10 ** 10 ** 10 }}": "pow",
    "{{ 1 + 1 }}": "add",
    "{{ -1 }}": "neg",
    '{{ "a" | center(10000000000) }}': "center",
    '{{ "a".ljust(10000000000) }}': "call",
    '{{ "a" | indent(10000000000) }}': "indent",
    "{{ ranking | join(state.name) }}": "join",
    '{{ "%1000000000d" | format(1) }}': "format",
    '{{ "a" | regex_replace("(a+)+$", "") }}': "regex_replace",
    "{% set x = 'aa' %}" + "{% set x = x ~ x %}" * 60: "concat",
    "{% set x = [x0, x0] %}": "list",
    "{% set x %}a{% endset %}" + "{% set x %}{{ x }}{{ x }}{% endset %}" * 60: "assignblock",
    "{{ state.name[0:1] }}": "slice",
    "{{ " + "(" * 450 + "1" + ")" * 450 + " }}": "deep",
    "{% if " + "not " * 5000 + "1 %}{% endif %}": "deep",
    "{% if 1" + " and 1" * 5000 + " %}{% endif %}": "deep",
    "{{ state" + ".name" * 150 + " }}": "deep",
    "{% if 1 %}" * 500 + "{% endif %}" * 500: "deep",
    LOOP * 30 + "{% endfor %}" * 30: "nested",
}
FILES = {
    '{% include "/etc/passwd" %}': "include",
    '{% include "../../etc/passwd" %}': "include",
    '{% import "text.hi.md" as a %}': "import",
    '{% from "text.hi.md" import a %}': "import",
    '{% extends "text.hi.md" %}': "extends",
    "{% block a %}{% endblock %}": "block",
    "{% filter upper %}a{% endfilter %}": "filterblock",
    "{% call m() %}{% endcall %}": "call",
    "{% with a = 1 %}{% endwith %}": "with",
    "{% autoescape false %}{% endautoescape %}": "scope",
    '{{ open("/etc/passwd").read() }}': "call",
    "![a](http://192.0.2.1/a.png)": "image",
    "[a](http://192.0.2.1/)": "link",
    '<img src="file:///etc/passwd">': "html",
    "<https://192.0.2.1/>": "link",
}


@pytest.mark.parametrize(
    ("attack", "told"), [*INSIDES.items(), *ENDLESS.items(), *FILES.items()], ids=lambda x: x[:40]
)
def test_a_text_can_do_nothing_but_put_in_values_choose_and_repeat(
    small: Small, attack: str, told: str
) -> None:
    put_in(small.kind, "text.en.md", "\n2. ", f"\n{attack}\n\n2. ")
    line = (small.kind / "text.en.md").read_text("utf-8").split(attack[:20])[0].count("\n") + 1

    error = refused(small, 5)

    assert told in error.message
    assert error.message.startswith("letter_templates/do_letter/text.en.md")
    assert f"line {line}" in error.message or told in ("deep", "nested", "scope")


LOOPS = {
    "{% for row in shares %}": "{% for … %} is never closed: {% endfor %} is missing",
    "{%- if state.is_ut %}": "{% if … %} is never closed: {% endif %} is missing",
    "{% endfor %}": "{% endfor %} stands where nothing is open that it belongs to",
    "{% end for %}": "there is no tag {% end %}",
}


@pytest.mark.parametrize(("typed", "told"), LOOPS.items(), ids=list(LOOPS))
def test_a_loop_or_choice_without_its_counterpart_is_told_at_its_line_in_plain_words(
    small: Small, typed: str, told: str
) -> None:
    put_in(small.kind, "text.en.md", "\n2. ", f"\n{typed}\n\n2. ")
    line = (small.kind / "text.en.md").read_text("utf-8").split(typed + "\n\n2.")[0].count("\n") + 1

    error = refused(small, 5)

    assert error.message == f"letter_templates/do_letter/text.en.md, line {line}: {told}"


TOO_MUCH = {
    "{% if " + "(" * 5000 + "1" + ")" * 5000 + " %}{% endif %}": "the sign (",
    "{{ 1" + " and 1" * 500 + " }}": "a word, gap or tag",
    "{{ " * 3000: "the sign {",
    "a " * 60_000: "characters (at most 100,000)",
    "x" * 50_000: "a word, gap or tag",
    "a" + " " * 50_000 + "b": "a word, gap or tag",
    "![" * 40_000: "the sign [",
    "> " * 20_000: "a letter cannot print",
    "- " * 20_000: "a letter cannot print",
    "|a" * 400 + "\n" + "|-" * 400 + "\n" + "|a\n" * 900: "cells",
}


@pytest.mark.parametrize(("attack", "told"), TOO_MUCH.items(), ids=lambda x: x[:40])
@pytest.mark.parametrize("file", ["text.en.md", "compendium"])
def test_a_text_that_would_keep_its_readers_busy_is_refused(
    small: Small, attack: str, told: str, file: str
) -> None:
    if file == "compendium":
        path = min((small.edition / file).glob("*.en.md"))
        path.write_text(f"# Goa\n\nA text.\n\n{attack}\n", "utf-8")
    else:
        path = small.kind / file
        put_in(small.kind, file, "\n2. ", f"\n{attack}\n\n2. ")

    done = CliRunner().invoke(app, ["check", str(small.edition), "--root", str(small.root)])

    assert isinstance(done.exception, PatraError)
    assert done.exception.exit_code in (3, 5)
    assert path.name in done.exception.message
    assert told in done.exception.message


def test_a_letters_part_that_grows_too_long_once_values_are_put_in_is_refused(small: Small) -> None:
    attack = f"{LOOP * 3}{'a b ' * 400}{'{% endfor %}' * 3}"
    put_in(small.kind, "text.en.md", "\n2. ", f"\n{attack}\n\n2. ")

    assert "with all values put in" in refused(small, 5).message


FRONT_MATTER = {
    "a tag": ('title: !!python/object/apply:os.system ["true"]', "tag"),
    "a tag of texts": ("title: !!binary aGVsbG8=", "tag"),
    "an alias": ("title: &a x\nplace: *a", "name a"),
    "a bomb of aliases": (
        "title: &a [x, x]\n" + "".join(f"k{n}: &k{n} [*a, *a]\n" for n in range(60)),
        "name a",
    ),
    "an alias of itself": ("title: &a [*a]", "name a"),
    "merged keys": ("title: &a {m: x}\nplace: {<<: *a}", "name a"),
    "lists in lists": ("title: " + "[" * 490 + "]" * 490, "deep"),
    "no end": ("title: " + "x" * 900 + "\nplace: " + "y z " * 10_000, "longer"),
    "a list": ('title: ["x", "y"]', "a list"),
    "no date": ("title: 2025-99-99", "month"),
    "a long number": ("title: " + "1:" * 450 + "1", ""),
    "a loop": ('title: "{% for a in ranking %}{{ a }}{% endfor %}"', "dict"),
    "a call": ('title: "{{ range(9) }}"', "call"),
}


@pytest.mark.parametrize(("front", "told"), FRONT_MATTER.values(), ids=FRONT_MATTER)
def test_front_matter_is_texts_and_nothing_else(small: Small, front: str, told: str) -> None:
    source = (small.kind / "text.en.md").read_text("utf-8")
    kept = "".join(
        line
        for line in source.splitlines(keepends=True)
        if not line.startswith(("title:", "place:"))
    )
    (small.kind / "text.en.md").write_text(kept.replace("---\n", f"---\n{front}\n", 1), "utf-8")

    if not told:  # no attack, as it turns out: a number of many parts is written as typed
        assert CliRunner().invoke(app, ["check", str(small.edition), "--root", str(small.root)])
        return
    error = refused(small, 5)

    assert told in error.message
    assert "text.en.md" in error.message


@pytest.mark.parametrize("file", ["text.en.md", "page.html", "page.css", "letter.docx"])
def test_a_kinds_file_that_is_a_link_to_elsewhere_is_not_read(
    small: Small, tmp_path: Path, file: str
) -> None:
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    (small.kind / file).unlink()
    (small.kind / file).symlink_to(secret)

    if file == "page.css":
        with pytest.raises(TemplateError, match="link to a file elsewhere") as caught:
            PdfRenderer(small.kind, FONTS)
        message = caught.value.message
    else:
        message = refused(small, 3 if file == "text.en.md" else 5).message

    assert "link to a file elsewhere" in message
    assert SECRET not in message


def test_a_link_to_a_file_of_the_same_folder_is_read(small: Small) -> None:
    (small.kind / "text.en.md").rename(small.kind / "other.md")
    (small.kind / "text.en.md").symlink_to("other.md")

    assert patra_json("check", small.edition, "--root", small.root)["findings"]


# --- page.html and page.css --------------------------------------------------------------------

PAGE = {
    "{{ letterhead.logo.read_text() }}": "calls",
    "{{ letterhead.logo.parent }}": "PosixPath",
    '{{ [letterhead.logo] | join(" ") }}': "list",
    "{{ letter }}": "Letter",
    "{{ letter.versions | join }}": "Version",
    "{{ letter.date }}": "date",
    "{{ letter.date.replace(2020) }}": "calls",
    '{{ letter.title.format("a") }}': "calls",
    "{{ letter.__class__ }}": "unsafe",
    "{{ line.__globals__ }}": "unsafe",
    "{{ line }}": "Macro",
    "{{ heads._func }}": "unsafe",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}": "call each other",
    "{% macro m(n) %}{% for a in n %}{{ m(n) }}{% endfor %}{% endmacro %}{{ m(title) }}": "each",
    "".join(
        f"{{% macro m{n}() %}}{{{{ m{n + 1}() }}}}{{{{ m{n + 1}() }}}}{{% endmacro %}}"
        for n in range(40)
    )
    + "{% macro m40() %}{% endmacro %}{{ m0() }}": "without end",
    "{% macro m(x) %}{{ x }}{{ x }}{% endmacro %}{{ "
    + "m(" * 30
    + "title"
    + ")" * 30
    + " }}": "end",
    "{% for a in title %}" * 4 + "{% endfor %}" * 4: "without end",
    "{% for a in title %}{% for b in title %}{% if title * 9 in title %}{% endif %}"
    "{% endfor %}{% endfor %}": "mul",
    '{% include "page.css" %}': "include",
    '{% extends "page.css" %}': "extends",
    "{{ title | safe }}": "safe",
    "{{ title | upper }}": "upper",
    '{{ title | replace("a", "b") }}': "replace",
}


@pytest.mark.parametrize(("attack", "told"), PAGE.items(), ids=lambda x: x[:40])
def test_a_page_can_do_nothing_but_put_in_values_choose_and_repeat(
    kind: Path, attack: str, told: str
) -> None:
    put_in(kind, "page.html", "<body>\n", f"<body>\n{attack}\n")
    line = (kind / "page.html").read_text("utf-8").split("<body>")[0].count("\n") + 2

    with pytest.raises(TemplateError) as caught:
        own_pages(kind, with_logo(kind / "logo.png"))

    assert told in caught.value.message
    assert f"kind/page.html, line {line}" in caught.value.message or "end" in told


def own_pages(kind: Path, letter: Letter) -> str:
    return PageTemplate(kind).own_pages(letter, letter.versions[0])


def with_logo(logo: Path) -> Letter:
    letter = sample_letter("en")
    head = replace(letter.versions[0].letterhead, logo=logo)
    return replace(letter, versions=(replace(letter.versions[0], letterhead=head),))


ADDRESSES = ["file:///etc/passwd", "http://192.0.2.1/a.png", "../../../../../etc/passwd"]


@pytest.mark.parametrize(
    "written",
    [
        '<img src="../../../../../etc/passwd" alt="a">',
        '<img src="http://192.0.2.1/a.png" alt="a">',
        '<img src="{}" alt="a">',
        '<link rel="stylesheet" href="{}">',
        '<link rel="attachment" href="{}">',
        '<a rel="attachment" href="{}">a</a>',
        '<object data="{}"></object>',
        '<embed src="{}">',
        '<p style="background: url({})">a</p>',
        '<style>@import "{}";</style>',
        '<svg xmlns:x="http://www.w3.org/1999/xlink"><image x:href="{}" width="9"/></svg>',
        '<base href="file:///"><img src="{}" alt="a">',
    ],
)
@pytest.mark.parametrize("address", ADDRESSES[:1])
def test_a_page_can_fetch_no_file_of_the_machine_and_nothing_of_the_network(
    kind: Path, written: str, address: str
) -> None:
    put_in(kind, "page.html", "<body>\n", f"<body>\n{written.format(address)}\n")

    with pytest.raises((TemplateError, RenderError)) as caught:
        PdfRenderer(kind, FONTS).render(sample_letter("en"))

    assert SECRET not in caught.value.message


@pytest.mark.parametrize(
    "rule",
    [
        'body {{ background: url("{}") }}',
        '@import "{}";',
        '@font-face {{ font-family: x; src: url("{}") }}',
        'p::before {{ content: url("{}") }}',
        '@page {{ @top-left {{ content: url("{}") }} }}',
    ],
)
@pytest.mark.parametrize("address", ADDRESSES[1:])
def test_a_style_sheet_can_fetch_nothing_either(kind: Path, rule: str, address: str) -> None:
    style = kind / "page.css"
    style.write_text(f"{rule.format(address)}\n{style.read_text('utf-8')}", "utf-8")

    with pytest.raises((TemplateError, RenderError)):
        PdfRenderer(kind, FONTS).render(sample_letter("en"))


def test_a_style_sheet_that_imports_itself_is_refused(kind: Path) -> None:
    style = kind / "page.css"
    style.write_text(f'@import "page.css";\n{style.read_text("utf-8")}', "utf-8")

    with pytest.raises(TemplateError, match=r"page\.css"):
        PdfRenderer(kind, FONTS)


def test_a_link_in_the_kinds_folder_leads_nowhere(kind: Path) -> None:
    (kind / "seal.png").symlink_to("/etc/passwd")
    put_in(kind, "page.html", "<body>\n", '<body>\n<img src="seal.png" alt="a">\n')

    with pytest.raises(TemplateError, match="out of bounds"):
        PdfRenderer(kind, FONTS).render(sample_letter("en"))


# --- the logo ----------------------------------------------------------------------------------

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" {}>{}</svg>'
BOMB = "".join(f'<!ENTITY b{n} "{f"&b{n + 1};" * 10}">' for n in range(9)) + '<!ENTITY b9 "lol">'
LOGOS = {
    "an image of the machine": SVG.format("", '<image x:href="file:///etc/passwd" width="9"/>'),
    "an image of the network": SVG.format("", '<image x:href="http://192.0.2.1/a.png" width="9"/>'),
    "a style of the machine": SVG.format("", '<style>@import "file:///etc/passwd";</style>'),
    "shapes without end": SVG.format('width="9" height="9"', '<g id="a"><use x:href="#a"/></g>'),
    "entities without end": f"<!DOCTYPE svg [{BOMB}]>" + SVG.format("", "<text>&b0;</text>"),
    "an entity of the machine": '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    + SVG.format("", "<text>&a;</text>"),
}


@pytest.mark.parametrize("source", LOGOS.values(), ids=LOGOS)
def test_a_logo_can_fetch_nothing_and_grow_no_further(kind: Path, source: str) -> None:
    logo = kind / "logo.svg"
    logo.write_text(source, "utf-8")

    with pytest.raises((TemplateError, RenderError)) as caught:
        PdfRenderer(kind, FONTS).render(with_logo(logo))

    assert SECRET not in caught.value.message


def test_a_logo_that_uses_shapes_of_elsewhere_is_drawn_without_them(kind: Path) -> None:
    logo = kind / "logo.svg"
    inside = '<use x:href="file:///etc/passwd#a"/>'
    logo.write_text(SVG.format('width="9" height="9"', inside), "utf-8")

    data = PdfRenderer(kind, FONTS).render(with_logo(logo)).data

    assert SECRET not in "".join(read_pdf(data))


# --- letter.docx -------------------------------------------------------------------------------


def repack(file: Path, part: str, old: bytes, new: bytes) -> None:
    """Replaces bytes in a part of a package; they must be there."""
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)


WORD = {
    "{{ subject.__class__ }}": "unsafe",
    "{{ subject.inline }}": "no attribute",
    "{{ letterhead }}": "no text",
    '{{ subject | attr("inline") }}': "attr",
    "{% for a in number %}{% for b in a %}{% endfor %}{% endfor %}": "iterable",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}": "call each other",
    '{{ "a" * 10000000000 }}': "mul",
    '{% include "letter.docx" %}': "include",
}


@pytest.mark.parametrize(("attack", "told"), WORD.items(), ids=lambda x: x[:40])
def test_a_word_template_can_do_no_more_than_a_page(kind: Path, attack: str, told: str) -> None:
    repack(kind / "letter.docx", "word/document.xml", b"{{ closing }}", attack.encode())

    with pytest.raises(TemplateError) as caught:
        DocxRenderer(kind, FONTS).render(sample_letter("en"), PAGES)

    assert told in caught.value.message
    assert "kind/letter.docx" in caught.value.message


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE a [<!ENTITY b0 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a [<!ENTITY b0 SYSTEM "http://192.0.2.1/">]>',
        '<!DOCTYPE a SYSTEM "http://192.0.2.1/a.dtd" [<!ENTITY b0 "a">]>',
        f"<!DOCTYPE a [{BOMB}]>",
    ],
)
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/footer1.xml"])
def test_a_word_template_names_no_entities(kind: Path, declared: str, part: str) -> None:
    file = kind / "letter.docx"
    repack(file, part, b"?>", f"?>{declared}".encode())
    if part == "word/document.xml":
        repack(file, part, b"{{ closing }}", b"&b0;")

    with pytest.raises(TemplateError, match=r"document type|not a Word file"):
        DocxRenderer(kind, FONTS)


def bomb(file: Path, name: str) -> None:
    """Adds a part of 256 MB, which says that it is of 10 bytes, to a package."""
    data = zlib.compressobj(9, zlib.DEFLATED, -15)
    zeros = bytes(1 << 24)
    packed = b"".join(data.compress(zeros) for _ in range(16)) + data.flush()
    with zipfile.ZipFile(file, "a") as package:
        package.writestr(name, packed)
        entry = package.getinfo(name)
        entry.compress_type, entry.file_size = zipfile.ZIP_DEFLATED, 10


def test_a_word_template_that_unpacks_without_end_is_refused(kind: Path) -> None:
    bomb(kind / "letter.docx", "word/media/seal.png")

    with pytest.raises(TemplateError, match="unpacks to more"):
        DocxRenderer(kind, FONTS)


# --- workbooks ---------------------------------------------------------------------------------


def test_a_workbook_that_unpacks_without_end_is_refused(small: Small) -> None:
    bomb(small.edition / "scores.xlsx", "xl/media/image1.png")

    error = refused(small, 3)

    assert "scores.xlsx unpacks to more than 100 MB" in error.message


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_entities_in_a_workbook_name_no_file_and_do_not_grow(
    small: Small, tmp_path: Path, part: str
) -> None:
    file = small.edition / "scores.xlsx"
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    declared = f'<!DOCTYPE a [{BOMB}<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
    with zipfile.ZipFile(file) as package:
        start = package.read(part)[:200]
    first = start[: start.index(b"<", 2)] if start.startswith(b"<?") else b""
    repack(
        file,
        part,
        first or start[:1],
        first + declared.encode() + (b"" if first else start[:1]),
    )

    try:
        shown = str(read_workbook(file, "scores.xlsx"))
    except InputError as error:
        shown = error.message

    assert SECRET not in shown
    assert "lollol" not in shown


# --- and what is no attack ---------------------------------------------------------------------


def test_the_budget_is_far_above_what_the_kinds_own_texts_and_page_need(kind: Path) -> None:
    everyday = (
        "{% set first = true %}{% if first and not false %}a{% elif 1 < 2 %}b{% else %}c{% endif %}"
        "{% for row in fields.subject if loop is defined or row %}{{ loop.index }}"
        '{{ row if row is not none else "" }}{% endfor %}'
    )
    put_in(kind, "page.html", "<body>\n", f"<body>\n{everyday}\n")

    markup = own_pages(kind, sample_letter("en"))

    assert "<body>\na1Ranking of States" in markup


def test_a_pictures_bomb_is_refused(kind: Path) -> None:
    logo = kind / "logo.png"
    Image.new("1", (30_000, 30_000)).save(logo)

    with pytest.raises((TemplateError, RenderError)):
        PdfRenderer(kind, FONTS).render(with_logo(logo))
