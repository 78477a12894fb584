"""One fault at a time in a copy of the DO letter's kind, and what must be said of it.

``python -m tests.broken_templates FOLDER docxtpl-lint`` writes the broken Word files into a folder,
and prints what that program finds in each (the table in README.md).
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.findings import Finding
from generator.kinds.placed import FIELDS, OWN_SECTION, SHARED_SECTION
from generator.kinds.texts import check_text
from generator.model import Text
from tests.broken_kinds import repack
from tests.command import ROOT

DOCUMENT = "word/document.xml"
HERE = -1
"""The line in which the fault is planted."""
RUN = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'


def paragraph(*texts: str) -> str:
    """A paragraph, a run for each text."""
    return f"<w:p>{''.join(RUN.format(text) for text in texts)}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table of plain cells."""
    cells = ("".join(f"<w:tc><w:tcPr/>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    grid = '<w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid>'
    return f"<w:tbl><w:tblPr/>{grid}{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


@dataclass(frozen=True)
class Fault:
    """One planted fault.

    ``file`` is the kind's file, ``old`` what is replaced by ``new`` in it (in its XML where it is
    a Word file); ``check`` and ``says`` what must be found; ``at`` the line or paragraph, None
    where there is none.
    """

    name: str
    file: str
    old: str
    new: str
    check: str
    says: str
    at: int | None = None
    part: str = DOCUMENT

    def plant(self, kind: Path) -> int | None:
        """Breaks a copy of the kind; gives the line or paragraph at which that must be told."""
        path = kind / self.file
        if path.suffix == ".docx":
            repack(path, self._changed)
            return self.at
        text = path.read_text("utf-8")
        assert self.old in text, self.name
        path.write_text(text.replace(self.old, self.new, 1), "utf-8")
        return text.count("\n", 0, text.index(self.old)) + 1 if self.at == HERE else self.at

    def _changed(self, name: str, data: bytes) -> bytes:
        if name != self.part:
            return data
        text = data.decode()
        assert self.old in text, self.name
        return text.replace(self.old, self.new, 1).encode()

    def is_told_by(self, finding: Finding, at: int | None) -> bool:
        """Whether a finding is that of the fault, at its place."""
        where = finding.where
        words = f"{finding.text} {finding.remedy}"
        if where is None or finding.check != self.check or self.says not in words:
            return False
        return at is None or at in (where.line, where.paragraph)


def in_word(
    name: str, old: str, new: str, check: str, says: str, at: int | None, part: str = DOCUMENT
) -> Fault:
    """A fault in the text of ``letter.docx``, or in one of its heads and feet."""
    return Fault(name, "letter.docx", old, new, check, says, at, part)


def added(name: str, xml: str, check: str, says: str, at: int = 7) -> Fault:
    """A fault in what is put in before the salutation (paragraph 6)."""
    before = '<w:p><w:pPr><w:pStyle w:val="Salutation"/></w:pPr>'
    return in_word(name, before, xml + before, check, says, at)


BODY = "{{p body }}"
WORD: tuple[Fault, ...] = (
    in_word("name misspelt", "{{ salutation }}", "{{ salutaton }}", "names-known", "salutation", 6),
    in_word("name in capitals", "{{ number }}", "{{ Number }}", "names-known", "number", 4),
    in_word(
        "field misspelt", "letterhead.left", "letterhead.lft", "names-known", "letterhead.left", 1
    ),
    in_word("line left out", "{{ email }}", "", "parts-placed", "email", None),
    in_word("logo left out", "{{ letterhead.logo }}", "", "parts-placed", "letterhead.logo", None),
    in_word("line tested only", "{{ place }} ", "", "parts-placed", "place", None),
    in_word("body left out", BODY, "", "parts-placed", "{{p body }}", None),
    in_word(
        "page left out of a foot",
        "{{ page }}",
        "",
        "parts-placed",
        "page",
        None,
        "word/footer1.xml",
    ),
    in_word("tag not closed", "{{ closing }}", "{{ closing", "tags-closed", "never closed", 8),
    in_word("one brace at the end", "{{ closing }}", "{{ closing }", "tags-closed", "}}", 8),
    in_word(
        "one brace on either side",
        "{{ closing }}",
        "{ closing }",
        "tags-closed",
        "{{ closing }}",
        8,
    ),
    in_word("tag not opened", "{{ closing }}", "closing }}", "tags-closed", "never opened", 8),
    in_word("condition not closed", "{% endif %}", "", "tags-closed", "{% endif %}", 4),
    in_word("end without beginning", "{% if place %}", "", "tags-closed", "nothing is open", 4),
    in_word("wrong end", "{% endif %}", "{% endfor %}", "tags-closed", "{% endif %}", 4),
    in_word(
        "else without if",
        "{{ closing }}",
        "{% else %}{{ closing }}",
        "tags-closed",
        "nothing is open",
        8,
    ),
    in_word(
        "else between",
        "{{ closing }}",
        "{% for x in closing %}{% elif x %}{% endfor %}",
        "tags-closed",
        "nothing is open",
        8,
    ),
    in_word("syntax", "{{ closing }}", "{{ closing subject }}", "tags-understood", "closing", 8),
    in_word("empty tag", "{{ closing }}", "{{ }}", "tags-understood", "{{ }}", 8),
    in_word("unknown tag", "{% if place %}", "{% iff place %}", "tags-understood", "if", 4),
    in_word("tag in capitals", "{% if place %}", "{% If place %}", "tags-understood", "if", 4),
    in_word("unknown filter", "{{ closing }}", "{{ closing | uper }}", "names-known", "uper", 8),
    in_word(
        "unknown test",
        "{{ closing }}",
        "{% if closing is defind %}{{ closing }}{% endif %}",
        "names-known",
        "defined",
        8,
    ),
    in_word(
        "loop variable outside its loop",
        "{{ closing }}",
        "{% for line in closing %}{{ line }}{% endfor %}{{ line }}",
        "names-known",
        "outside the loop",
        8,
    ),
    in_word(
        "loop over a text",
        "{{ closing }}",
        "{% for x in page %}{{ closing }}{% endfor %}",
        "names-known",
        "no list",
        8,
    ),
    in_word(
        "list filter on a text",
        "{{ closing }}",
        "{{ closing }}{{ page | join }}",
        "names-known",
        "join",
        8,
    ),
    in_word(
        "call of what is no macro",
        "{{ closing }}",
        "{{ closing.upper() }}",
        "names-known",
        "closing.upper",
        8,
    ),
    in_word(
        "attribute that is unsafe",
        "{{ closing }}",
        "{{ closing.__class__ }}",
        "tags-understood",
        "unsafe",
        8,
    ),
    in_word(
        "tag over two paragraphs",
        RUN.format("{{ closing }}"),
        RUN.format("{{ clo") + "</w:p><w:p>" + RUN.format("sing }}"),
        "tags-in-one-piece",
        "ends in paragraph 9",
        8,
    ),
    in_word(
        "dash for a minus sign",
        "{% if place %}",
        "{%– if place %}",
        "tags-understood",
        "minus sign",
        4,
    ),
    in_word(
        "invisible sign", "{{ closing }}", "{{ clo\u200csing }}", "tags-understood", "invisible", 8
    ),
    in_word("blocks among text", BODY, "{{ body }}", "tags-understood", BODY, 7),
    in_word("blocks beside words", BODY, "Dear all, " + BODY, "tags-understood", BODY, 7),
    in_word(
        "text with p", "{{ closing }}", "{{p closing }}", "tags-understood", "{{ closing }}", 8
    ),
    in_word(
        "text with r", "{{ closing }}", "{{r closing }}", "tags-understood", "{{ closing }}", 8
    ),
    added(
        "percent in a p tag",
        paragraph("{%p if 5 % 2 %}") + paragraph("{%p endif %}"),
        "tags-understood",
        "%",
        6,
    ),
    added(
        "space before tr",
        table(("{% tr for x in closing %}", ""), ("{{ x }}", ""), ("{%tr endfor %}", "")),
        "tags-understood",
        "{%tr",
        6,
    ),
    added(
        "tr outside a table",
        paragraph("{%tr for x in closing %}") + paragraph("{{ x }}") + paragraph("{%tr endfor %}"),
        "tags-understood",
        "stands in none",
        6,
    ),
    added(
        "other letter at the end",
        paragraph("{%p if closing %}") + paragraph("{{ closing }}") + paragraph("{% endif %}"),
        "tags-understood",
        "{%p endif %}",
        8,
    ),
    added(
        "row loop over two tables",
        table(("{%tr for x in closing %}", ""), ("{{ x }}", ""))
        + paragraph()
        + table(("{%tr endfor %}", "")),
        "tags-understood",
        "another",
        6,
    ),
    added(
        "row loop in one row",
        table(("{%tr for x in closing %}{{ x }}{%tr endfor %}", "")),
        "tags-understood",
        "same row",
        6,
    ),
    added(
        "cell loop over two rows",
        table(("{%tc for x in closing %}", "{{ x }}"), ("{%tc endfor %}", "")),
        "tags-understood",
        "in another",
        6,
    ),
    added(
        "cellbg", table(("{% cellbg closing %}{{ closing }}", "")), "tags-understood", "cellbg", 6
    ),
    added(
        "colspan outside a table",
        paragraph("{% colspan closing %}"),
        "tags-understood",
        "colspan",
        6,
    ),
    added(
        "words lost beside p",
        paragraph("{%p if closing %} {{ closing }}") + paragraph("{%p endif %}"),
        "tags-understood",
        "is lost",
        6,
    ),
    added(
        "p begun and ended in one paragraph",
        paragraph("{%p if closing %}{%p endif %}"),
        "tags-understood",
        "same paragraph",
        6,
    ),
    added(
        "condition over two paragraphs",
        paragraph("{% if closing %}") + paragraph("{{ closing }}") + paragraph("{% endif %}"),
        "tags-understood",
        "ends in another",
        6,
    ),
    added(
        "p from a cell to outside",
        table(("{%p if closing %}", "")) + paragraph("{%p endif %}"),
        "tags-understood",
        "one cell",
        6,
    ),
    in_word(
        "tracked deletion",
        RUN.format("{{ closing }}"),
        '<w:del w:id="9" w:author="A"><w:r><w:delText>{{ closing }}</w:delText></w:r></w:del>',
        "changes-accepted",
        "deleted",
        8,
    ),
    in_word(
        "tracked insertion",
        RUN.format("{{ closing }}"),
        f'<w:ins w:id="9" w:author="A">{RUN.format("{{ closing }}")}</w:ins>',
        "changes-accepted",
        "inserted",
        8,
    ),
    in_word(
        "words in the text",
        "{{ closing }}",
        "Regards, {{ closing }}",
        "words-in-texts",
        "Regards",
        8,
    ),
    in_word(
        "no glyph",
        "{{ mark }}",
        "\u2603 {{ mark }}",
        "characters-in-fonts",
        "U+2603",
        1,
        "word/header1.xml",
    ),
    in_word(
        "style renamed",
        '<w:name w:val="Numbered Paragraph"/>',
        '<w:name w:val="Numbered Paragraf"/>',
        "styles-present",
        "Numbered Paragraf",
        None,
        "word/styles.xml",
    ),
    in_word(
        "name of the other section",
        "{{p annexure }}",
        "{{p annexures }}",
        "names-known",
        "annexure",
        18,
    ),
)
"""Faults of ``letter.docx``."""

TEXT, PAGE, CSS = "text.en.md", "page.html", "page.css"
OTHERS: tuple[Fault, ...] = (
    Fault(
        "name misspelt in the body",
        TEXT,
        "{{ facts.learners }}",
        "{{ fact.learners }}",
        "names-known",
        "facts",
        HERE,
    ),
    Fault(
        "name misspelt in the front matter",
        TEXT,
        "{{ signatory.name }}",
        "{{ signatory.nmae }}",
        "names-known",
        "signatory.name",
        HERE,
    ),
    Fault(
        "name misspelt in a branch that no sample takes",
        TEXT,
        "{% elif state.has_legislature",
        "{% elif state.has_parliament",
        "names-known",
        "state.has_legislature",
        HERE,
    ),
    Fault(
        "name misspelt in a row",
        TEXT,
        "{{ row.share }}",
        "{{ row.shares }}",
        "names-known",
        "row.share",
        HERE,
    ),
    Fault(
        "row's name outside the loop",
        TEXT,
        "## Indicators, objectives",
        "## {{ row.name }} Indicators, objectives",
        "names-known",
        "outside the loop",
        HERE,
    ),
    Fault(
        "list printed",
        TEXT,
        "Category {{ category }}\n",
        "Category {{ categories }}\n",
        "names-known",
        "is a list",
        HERE,
    ),
    Fault(
        "loop over a text", TEXT, "row in shares", "row in category", "names-known", "no list", HERE
    ),
    Fault("filter misspelt", TEXT, "bold_if", "bold_when", "names-known", "bold_if", HERE),
    Fault("loop not closed", TEXT, "{%- endfor %}", "", "tags-closed", "{% endfor %}", None),
    Fault(
        "condition not closed",
        TEXT,
        "government{% elif",
        "government{% endif %}{% elif",
        "tags-closed",
        "nothing is open",
        HERE,
    ),
    Fault(
        "braces not closed", TEXT, "{{ as_on }}", "{{ as_on }", "tags-closed", "never closed", HERE
    ),
    Fault("one brace", TEXT, "{{ as_on }}", "{ as_on }", "tags-closed", "{{ as_on }}", HERE),
    Fault(
        "curly quotation marks",
        TEXT,
        "row.category | bold_if(row.own)",
        "row.category | bold_if(“x”)",
        "tags-understood",
        "curly",
        HERE,
    ),
    Fault(
        "include",
        TEXT,
        "# ANNEXURE 2",
        '{% include "x" %}\n# ANNEXURE 2',
        "tags-understood",
        "include",
        HERE,
    ),
    Fault("key misspelt", TEXT, "closing:", "closng:", "front-matter-known", "closing", HERE),
    Fault("key missing", TEXT, 'date: "{{ date }}"\n', "", "front-matter-known", "date", 1),
    Fault("form misspelt", TEXT, "  other:", "  others:", "front-matter-known", "other", HERE),
    Fault(
        "annexure that is not there",
        TEXT,
        "[2, 3]",
        "[2, 4]",
        "front-matter-known",
        "3 annexures",
        HERE,
    ),
    Fault(
        "placeholder in one language only",
        TEXT,
        "{{ contact.email }}",
        "{{ contact.phone }}",
        "placeholders-parallel",
        "contact",
        None,
    ),
    Fault(
        "a paragraph less",
        TEXT,
        "\n# ANNEXURE 2\n",
        "\nOne more.\n\n# ANNEXURE 2\n",
        "blocks-parallel",
        "",
        None,
    ),
    Fault(
        "no glyph in a text",
        TEXT,
        "As you are aware",
        "\u2603 As you are aware",
        "characters-in-fonts",
        "U+2603",
        HERE,
    ),
    Fault(
        "a link",
        TEXT,
        "As you are aware",
        "As [you](https://x.example) are aware",
        "kind-makes-letters",
        "link",
        None,
    ),
    Fault("page: name misspelt", PAGE, "{{ title }}", "{{ titel }}", "names-known", "title", HERE),
    Fault(
        "page: field misspelt in a macro's call",
        PAGE,
        'line("closing")',
        'line("closng")',
        "names-known",
        "fields.closing",
        HERE,
    ),
    Fault("page: line left out", PAGE, '{{ line("email") }}', "", "parts-placed", "email", None),
    Fault(
        "page: line printed twice",
        PAGE,
        '{{ line("closing") }}',
        '{{ line("closing") }}{{ line("closing") }}',
        "kind-makes-letters",
        "once",
        None,
    ),
    Fault(
        "page: condition not closed",
        PAGE,
        "{% if mark %}",
        "",
        "tags-closed",
        "nothing is open",
        None,
    ),
    Fault("page: filter misspelt", PAGE, "| tag", "| tga", "names-known", "tag", HERE),
    Fault(
        "page: picture from elsewhere",
        PAGE,
        "<main",
        '<img src="https://x.example/a.png"><main',
        "nothing-from-elsewhere",
        "x.example",
        HERE,
    ),
    Fault(
        "page: style that is not known",
        PAGE,
        "</head>",
        "<style>p { colour: red }</style></head>",
        "style-sheet-understood",
        "color",
        HERE,
    ),
    Fault(
        "page: style of one element that is not known",
        PAGE,
        "<main",
        '<p style="colour: red"></p><main',
        "style-sheet-understood",
        "color",
        HERE,
    ),
    Fault(
        "page: character that no font has",
        PAGE,
        "<main",
        "<p>&#128512;</p><main",
        "characters-in-fonts",
        "U+1F600",
        HERE,
    ),
    Fault(
        "css: property misspelt",
        CSS,
        "text-align: left; }",
        "text-aline: left; }",
        "style-sheet-understood",
        "text-align",
        HERE,
    ),
    Fault("css: value", CSS, "size: A4", "size: A44", "style-sheet-understood", "A44", HERE),
    Fault(
        "css: selector",
        CSS,
        ".salutation {",
        ".salutation:wann {",
        "style-sheet-understood",
        "wann",
        HERE,
    ),
    Fault(
        "css: remark that does not end",
        CSS,
        ".closing { margin-bottom: 0; }",
        ".closing { margin-bottom: 0; } /* an open remark",
        "style-sheet-understood",
        "*/",
        HERE,
    ),
    Fault(
        "css: quotation mark that does not end",
        CSS,
        ".salutation {",
        '.salutation::after { content: "open; }\n.salutation {',
        "style-sheet-understood",
        "never closed",
        HERE,
    ),
    Fault(
        "css: character that no font has",
        CSS,
        ".salutation {",
        '.salutation::after { content: "\\1F600"; }\n.salutation {',
        "characters-in-fonts",
        "U+1F600",
        HERE,
    ),
    Fault(
        "css: font that nothing loads",
        CSS,
        ".salutation {",
        '.salutation { font-family: "Arial";',
        "kind-makes-letters",
        "Arial",
        HERE,
    ),
    Fault(
        "css: rule that is not known",
        CSS,
        "@page {",
        "@pgae {}\n@page {",
        "style-sheet-understood",
        "pgae",
        HERE,
    ),
    Fault(
        "css: brace",
        CSS,
        ".closing { margin-bottom: 0; }",
        ".closing { margin-bottom: 0; ",
        "style-sheet-understood",
        "never closed",
        None,
    ),
    Fault(
        "css: picture from elsewhere",
        CSS,
        ".closing { margin-bottom: 0; }",
        ".closing { background: url(https://x.example/a.png); }",
        "nothing-from-elsewhere",
        "x.example",
        None,
    ),
    Fault(
        "css: font that is not there",
        CSS,
        "NotoSerif-Bold.ttf",
        "NotoSlab-Bold.ttf",
        "nothing-from-elsewhere",
        "NotoSlab",
        HERE,
    ),
    Fault(
        "css: import from elsewhere",
        CSS,
        "/* The look",
        '@import "//x.example/a.css";\n/* The look',
        "nothing-from-elsewhere",
        "x.example",
        1,
    ),
)
"""Faults of texts, page and style sheet."""


def copied(folder: Path) -> Path:
    """A folder of kinds with a copy of the DO letter's; gives the kind."""
    kind = folder / "letter_templates" / "do_letter"
    shutil.copytree(ROOT / "letter_templates" / "do_letter", kind)
    shutil.copy(ROOT / "letter_templates" / "glossary.csv", kind.parent)
    if not (folder / "fonts").exists():
        (folder / "fonts").symlink_to(ROOT / "fonts")
    return kind


def compare(folder: Path, program: str) -> None:
    """Prints a table: the findings of docxtpl-lint and ours in each broken Word file.

    It is given all that ``letter.docx`` may name as data, so that it can find unknown names, and is
    asked for names that the file does not use. What it says of the whole file is left out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    data = folder / "data.json"
    data.write_text(json.dumps(_sample()), "utf-8")
    usual = _ask(program, data, copied(folder / "whole") / "letter.docx")
    print("| fault | docxtpl-lint | here |\n|---|---|---|")  # noqa: T201 - a tool's output
    for number, fault in enumerate(WORD):
        kind = copied(folder / f"{number:02d}")
        fault.plant(kind)
        found = _ask(program, data, kind / "letter.docx") - usual
        rules = ", ".join(sorted({rule for rule, _ in found})) or "–"
        print(f"| {fault.name} | {rules} | `{fault.check}` |")  # noqa: T201


def _ask(program: str, data: Path, file: Path) -> set[tuple[str, str]]:
    options = ("--data", str(data), "--report-unused-data", "--autoescape", "--format", "json")
    done = subprocess.run(
        [program, *options, str(file)],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return set(re.findall(r'"(?:rule|code|id)": "(DTL\d+)"[^{}]*?"message": "(.*?)"', done.stdout))


def _sample() -> Mapping[str, object]:
    """All that the kind's ``letter.docx`` may name, as data."""
    text = (ROOT / "letter_templates" / "do_letter" / TEXT).read_text("utf-8")
    given = check_text(Text(TEXT, text)).promised.fields
    names = {**OWN_SECTION.names, **SHARED_SECTION.names}
    known = {name: known for name, known in names.items() if name not in FIELDS or name in given}
    lines = {name: ["text"] if one.row else "text" for name, one in known.items()}
    return {**lines, "letterhead": {"left": ["text"], "right": ["text"], "logo": "text"}}


if __name__ == "__main__":
    compare(Path(sys.argv[1]), sys.argv[2])
