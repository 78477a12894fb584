"""``letter.docx`` as an officer's Word or LibreOffice leaves it: each change is a small function.

They change XML and not text, since what counts here is what those programs write; the shapes are
those of files that Word 2016 to 365 and LibreOffice 7 have saved.
"""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

from lxml import etree
from PIL import Image

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
KNOWN = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:wp="{WP}" xmlns:w14="{W14}" xmlns:mc="{MC}" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
DOCUMENT, STYLES, SETTINGS = "word/document.xml", "word/styles.xml", "word/settings.xml"
TYPES, RELATIONS = "[Content_Types].xml", "word/_rels/document.xml.rels"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")

Parts: TypeAlias = dict[str, bytes]
Edit: TypeAlias = Callable[[Parts], None]


def w(name: str) -> str:
    """A name of WordprocessingML."""
    return f"{{{W}}}{name}"


def read_parts(file: Path) -> Parts:
    """The parts of a Word file."""
    with zipfile.ZipFile(file) as package:
        return {name: package.read(name) for name in package.namelist()}


def edit_template(file: Path, *edits: Edit) -> None:
    """Changes a Word file as the edits say, one after the other; each must change something."""
    parts = read_parts(file)
    for edit in edits:
        before = dict(parts)
        edit(parts)
        assert parts != before, edit
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)


@contextmanager
def opened(parts: Parts, name: str = DOCUMENT) -> Iterator[etree._Element]:
    """A part's root, written back at the end."""
    root = etree.fromstring(parts[name])
    yield root
    parts[name] = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def made(xml: str) -> etree._Element:
    """An element, with Word's namespaces declared."""
    end = re.search(r"[\s/>]", xml[1:])
    assert end
    at = end.start() + 1
    return etree.fromstring(f"{xml[:at]} {KNOWN}{xml[at:]}")


def paragraph_of(root: etree._Element, text: str) -> etree._Element:
    """The innermost paragraph that holds a text."""
    found = (p for p in root.iter(w("p")) if text in "".join(t.text or "" for t in p.iter(w("t"))))
    return list(found)[-1]


def add(parts: Parts, name: str, data: bytes, content_type: str, kind: str, target: str) -> str:
    """Adds a part that the document points to; gives the relationship's id."""
    parts[name] = data
    with opened(parts, TYPES) as types:
        etree.SubElement(types, f"{{{types.nsmap[None]}}}Override").attrib.update(
            {"PartName": f"/{name}", "ContentType": content_type}
        )
    with opened(parts, RELATIONS) as relations:
        identifier = f"rId{len(relations) + 101}"
        etree.SubElement(relations, f"{{{relations.nsmap[None]}}}Relationship").attrib.update(
            {"Id": identifier, "Type": f"{R}/{kind}", "Target": target}
        )
    return identifier


# ---- what Word does while one types, and when it saves ----


def cut_runs(text: str, pieces: Iterable[int]) -> list[str]:
    """A text cut before each of the places."""
    places = sorted({0, len(text), *(place for place in pieces if 0 < place < len(text))})
    return [text[a:b] for a, b in pairwise(places)]


def split_runs(parts: Parts, places: Callable[[str], Iterable[int]]) -> None:
    """Cuts every run in pieces, as Word does at each place that it has looked at or seen edited."""
    for name in [n for n in parts if re.match(r"word/(document|header|footer)\d*\.xml", n)]:
        with opened(parts, name) as root:
            for run in [run for run in root.iter(w("r")) if run.find(w("t")) is not None]:
                _split(run, places)


def _split(run: etree._Element, places: Callable[[str], Iterable[int]]) -> None:
    text = run.find(w("t")).text or ""
    at = run.getparent().index(run)
    new = []
    for number, piece in enumerate(cut_runs(text, places(text))):
        copy = deepcopy(run)
        copy.find(w("t")).text = piece
        copy.find(w("t")).set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        for tab in copy.findall(w("tab")) if number else ():
            copy.remove(tab)
        copy.set(w("rsidR"), f"00A{number:05d}")
        if number % 2 and run.find(w("rPr")) is None:
            copy.insert(0, made('<w:rPr><w:noProof/><w:lang w:val="de-DE"/></w:rPr>'))
            new += [made('<w:proofErr w:type="spellStart"/>'), copy]
            new += [made('<w:proofErr w:type="spellEnd"/>')]
        else:
            new += [copy]
    run.getparent()[at : at + 1] = new


def at_every_character(parts: Parts) -> None:
    """Every character a run of its own."""
    split_runs(parts, lambda text: range(len(text)))


def notes_of_word(parts: Parts) -> None:
    """Revision ids, paragraph ids, the place of the last edit, old page breaks."""
    with opened(parts) as root:
        for number, paragraph in enumerate(root.iter(w("p"))):
            paragraph.set(w("rsidR"), "00D51A3B")
            paragraph.set(w("rsidRDefault"), "00D51A3B")
            paragraph.set(f"{{{W14}}}paraId", f"1A2B{number:04X}")
            paragraph.set(f"{{{W14}}}textId", "77777777")
        closing = paragraph_of(root, "{{ closing }}")
        closing.find(w("r")).addprevious(made('<w:bookmarkStart w:id="0" w:name="_GoBack"/>'))
        closing.append(made('<w:bookmarkEnd w:id="0"/>'))
        closing.find(w("r")).insert(0, made("<w:lastRenderedPageBreak/>"))


def typed_by_word(parts: Parts) -> None:
    """Round quotation marks, spaces that do not break and characters of no width in tags."""
    with opened(parts) as root:
        for text in root.iter(w("t")):
            new = (text.text or "").replace("{{ ", "{{\u00a0").replace(" }}", "\u202f}}")
            new = new.replace("{% if place %}", "{%\u00a0if place != \u201c\u201d and place %}")
            new = new.replace("{{\u00a0subject\u202f", "{{\u00a0sub\u200bject ")
            text.text = new


def smart_tags(parts: Parts) -> None:
    """What Word XP to 2007 put around places and dates, and is kept ever since."""
    with opened(parts) as root:
        for run in list(paragraph_of(root, "{{ date }}").iter(w("r"))):
            around = made('<w:smartTag w:uri="urn:schemas-microsoft-com:office" w:element="date"/>')
            run.addprevious(around)
            around.append(run)


def content_controls(parts: Parts) -> None:
    """Controls around words, a paragraph, a cell and a row."""
    with opened(parts) as root:
        wanted = [
            paragraph_of(root, "{{ salutation }}").find(w("r")),
            paragraph_of(root, "{{p body }}"),
            paragraph_of(root, "{{ closing }}"),
            next(root.iter(w("tc"))),
            next(root.iter(w("tr"))),
        ]
        for number, element in enumerate(wanted):
            control = made(
                f'<w:sdt><w:sdtPr><w:alias w:val="Field"/><w:tag w:val="f"/>'
                f'<w:id w:val="{number + 7}"/>'
                '<w:placeholder><w:docPart w:val="DefaultPlaceholder"/></w:placeholder></w:sdtPr>'
                "<w:sdtContent/></w:sdt>"
            )
            element.addprevious(control)
            control.find(w("sdtContent")).append(element)


def settings_of_word(parts: Parts) -> None:
    """What Word 365 writes into the settings of its own accord."""
    with opened(parts, SETTINGS) as root:
        zoom = root.find(w("zoom"))
        zoom.addprevious(made('<w:view w:val="web"/>'))
        zoom.addnext(made('<w:proofState w:spelling="clean" w:grammar="clean"/>'))
        root.find(w("defaultTabStop")).addprevious(made("<w:trackRevisions/>"))
        compat = root.find(w("compat"))
        compat.insert(0, made("<w:useFELayout/>"))
        for setting in compat.iter(w("compatSetting")):
            if setting.get(w("name")) == "compatibilityMode":
                setting.set(w("val"), "12")
        compat.addnext(
            made('<w:rsids><w:rsidRoot w:val="00D51A3B"/><w:rsid w:val="00A11C2E"/></w:rsids>')
        )


def parts_of_word(parts: Parts) -> None:
    """Parts that Word adds: numbering, notes, web settings, custom data, its own properties."""
    head = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{{}} {KNOWN}>'
    note = '<w:{0} w:type="{1}" w:id="{2}"><w:p><w:r><w:{1}/></w:r></w:p></w:{0}>'
    for kind in ("footnote", "endnote"):
        notes = note.format(kind, "separator", -1) + note.format(kind, "continuationSeparator", 0)
        xml = f"{head.format(f'{kind}s')}{notes}</w:{kind}s>".encode()
        add(parts, f"word/{kind}s.xml", xml, f"{_MAIN}.{kind}s+xml", f"{kind}s", f"{kind}s.xml")
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    xml = f"{head.format('numbering')}{numbering}</w:numbering>".encode()
    add(parts, "word/numbering.xml", xml, f"{_MAIN}.numbering+xml", "numbering", "numbering.xml")
    xml = f"{head.format('webSettings')}<w:allowPNG/></w:webSettings>".encode()
    web = f"{_MAIN}.webSettings+xml"
    add(parts, "word/webSettings.xml", xml, web, "webSettings", "webSettings.xml")
    add(
        parts,
        "customXml/item1.xml",
        b"<a/>",
        "application/xml",
        "customXml",
        "../customXml/item1.xml",
    )


def styles_of_word(parts: Parts) -> None:
    """Latent styles, and styles of Word's own that nobody asked for."""
    with opened(parts, STYLES) as root:
        root.find(w("docDefaults")).addnext(
            made(
                '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:count="376">'
                '<w:lsdException w:name="Normal" w:uiPriority="0" w:qFormat="1"/></w:latentStyles>'
            )
        )
        root.append(
            made(
                '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
                '<w:rPr><w:color w:val="0563C1" w:themeColor="hyperlink"/><w:u w:val="single"/>'
                "</w:rPr></w:style>"
            )
        )


def namespaces_of_word(parts: Parts) -> None:
    """The long row of namespaces, some to be ignored, that Word declares at the top."""
    old = etree.fromstring(parts[DOCUMENT])
    new = etree.Element(old.tag, nsmap={**made("<w:p/>").nsmap, **old.nsmap})
    new.set(f"{{{MC}}}Ignorable", "w14")
    new.extend(list(old))
    parts[DOCUMENT] = etree.tostring(new, encoding="UTF-8", xml_declaration=True, standalone=True)


def german_ids(parts: Parts) -> None:
    """A German Word has its own ids of styles, without ä, ö and ü; names stay English."""
    rename_ids(parts, {"BodyText": "Textkrper", "Heading1": "berschrift1", "Normal": "Standard"})


def hindi_ids(parts: Parts) -> None:
    """A Hindi Word's."""
    rename_ids(parts, {"BodyText": "मुख्य", "Heading1": "शीर्षक1", "Closing": "समापन"})


def rename_ids(parts: Parts, ids: dict[str, str]) -> None:
    """Gives styles other ids, wherever they are named."""
    names = {w(n) for n in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")}
    for part in [n for n in parts if n.startswith("word/") and n.endswith(".xml")]:
        with opened(parts, part) as root:
            for element in root.iter(etree.Element):
                if element.tag == w("style"):
                    old = element.get(w("styleId"))
                    element.set(w("styleId"), ids.get(old, old))
                elif element.tag in names:
                    old = element.get(w("val"))
                    element.set(w("val"), ids.get(old, old))


# ---- what the officer does ----


def set_margins(parts: Parts) -> None:
    """Wider margins, on Letter paper, with a border around the page."""
    with opened(parts) as root:
        for section in root.iter(w("sectPr")):
            section.find(w("pgSz")).attrib.update({w("w"): "12240", w("h"): "15840"})
            section.find(w("pgMar")).attrib.update({w("left"): "1700", w("gutter"): "100"})
            section.find(w("pgMar")).addnext(
                made(
                    '<w:pgBorders w:offsetFrom="page"><w:top w:val="single" w:sz="4" w:space="24" '
                    'w:color="auto"/></w:pgBorders>'
                )
            )


def set_defaults(parts: Parts) -> None:
    """Another size and distance for the whole document, in its defaults."""
    with opened(parts, STYLES) as root:
        defaults = root.find(w("docDefaults"))
        defaults.find(f".//{w('sz')}").set(w("val"), "24")
        normal = next(s for s in root.iter(w("style")) if s.get(w("default")) == "1")
        normal.find(f".//{w('spacing')}").attrib.pop(w("line"))
        normal.find(f".//{w('spacing')}").attrib.pop(w("lineRule"))


def choose_fonts(latin: str, complex_: str) -> Edit:
    """Fonts chosen in the style Normal and in the defaults; Word lists them in its table."""

    def edit(parts: Parts) -> None:
        with opened(parts, STYLES) as root:
            for fonts in root.iter(w("rFonts")):
                fonts.attrib.update({w("ascii"): latin, w("hAnsi"): latin, w("cs"): complex_})
        with opened(parts, "word/fontTable.xml") as root:
            for family in (latin, complex_):
                root.append(made(f'<w:font w:name="{family}"><w:charset w:val="00"/></w:font>'))

    return edit


def theme_fonts(parts: Parts) -> None:
    """The style Normal takes its fonts from the theme, as in every new file of Word's."""
    with opened(parts, STYLES) as root:
        for fonts in root.iter(w("rFonts")):
            fonts.attrib.clear()
            for slot in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme"):
                fonts.set(w(slot), "minorHAnsi")
            fonts.set(w("cstheme"), "minorBidi")


def font_of_a_tag(parts: Parts) -> None:
    """A font, size and colour chosen for one tag, from the ribbon: for Latin letters alone."""
    with opened(parts) as root:
        paragraph_of(root, "{{ number }}").find(w("r")).insert(
            0,
            made(
                '<w:rPr><w:rFonts w:ascii="Noto Sans" w:hAnsi="Noto Sans"/>'
                '<w:color w:val="C00000"/><w:sz w:val="20"/></w:rPr>'
            ),
        )


def table_of(*cells: Iterable[etree._Element]) -> etree._Element:
    """A table of one row."""
    width = 9000 // len(cells)
    grid = f'<w:gridCol w:w="{width}"/>' * len(cells)
    table = made(
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        "<w:tr/></w:tbl>"
    )
    for content in cells:
        cell = made(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr></w:tc>')
        cell.extend(list(content))
        table.find(w("tr")).append(cell)
    return table


SIGNATURE = ("{{ closing }}", "{{ subscription }}", "{{ signatory }}")
ADDRESS = ("{{ addressee }}", "{{ email }}")


def signature_in_a_table(parts: Parts) -> None:
    """The addressee at the left, the signature block beside it at the right."""
    with opened(parts) as root:
        signature = [paragraph_of(root, text) for text in SIGNATURE]
        address = [paragraph_of(root, text) for text in ADDRESS]
        place = signature[0].getprevious()
        place.addnext(table_of(address, signature))


def address_above(parts: Parts) -> None:
    """The addressee moved above the subject, the date under the signature."""
    with opened(parts) as root:
        subject = paragraph_of(root, "{{ subject }}")
        for text in ADDRESS:
            subject.addprevious(paragraph_of(root, text))
        paragraph_of(root, "{{ signatory }}").addnext(paragraph_of(root, "{{ date }}"))


def tab_stops(parts: Parts) -> None:
    """The signature block at a tab stop, with a tab before the tag."""
    with opened(parts) as root:
        for text in SIGNATURE:
            paragraph = paragraph_of(root, text)
            paragraph.find(w("pPr")).append(
                made('<w:tabs><w:tab w:val="left" w:pos="5670"/></w:tabs>')
            )
            paragraph.find(w("r")).insert(0, made("<w:tab/>"))


def letterhead_in_lines(parts: Parts) -> None:
    """The table of the letterhead dissolved: the organisation, then whoever signs."""
    with opened(parts) as root:
        table = next(root.iter(w("tbl")))
        for text in ("{{ letterhead.logo }}", "{{ letterhead.right }}", "{{ letterhead.left }}"):
            table.addprevious(paragraph_of(root, text))
        table.getparent().remove(table)


def letterhead_in_the_head(parts: Parts) -> None:
    """The letterhead in the head of the first page, where Word's own letterheads have it."""
    with opened(parts) as root:
        table = next(root.iter(w("tbl")))
        table.getparent().remove(table)
    mark = etree.fromstring(parts["word/header1.xml"]).find(w("p"))
    _first_page(parts, "header", [mark, table, made("<w:p/>")])
    _first_page(parts, "footer", list(etree.fromstring(parts["word/footer1.xml"])))


def first_and_even_pages(parts: Parts) -> None:
    """Heads and feet of their own on the first page and on even pages."""
    for kind, number in (("header", 1), ("footer", 1)):
        old = etree.fromstring(parts[f"word/{kind}{number}.xml"])
        _first_page(parts, kind, list(deepcopy(old)))
        _first_page(parts, kind, list(deepcopy(old)), pages="even")
    with opened(parts, SETTINGS) as root:
        root.find(w("defaultTabStop")).addnext(made("<w:evenAndOddHeaders/>"))


def _first_page(
    parts: Parts, kind: str, content: Iterable[etree._Element], pages: str = "first"
) -> None:
    root = made("<w:hdr/>" if kind == "header" else "<w:ftr/>")
    root.extend(list(content))
    name = f"{kind}{pages}.xml"
    new = add(parts, f"word/{name}", etree.tostring(root), f"{_MAIN}.{kind}+xml", kind, name)
    with opened(parts) as document:
        section = next(document.iter(w("sectPr")))
        section.insert(0, made(f'<w:{kind}Reference w:type="{pages}" r:id="{new}"/>'))
        if pages == "first" and section.find(w("titlePg")) is None:
            section.find(w("cols")).addnext(made("<w:titlePg/>"))


def text_box(parts: Parts) -> None:
    """The right side of the letterhead in a text box, as Word writes one: in two forms."""
    box = "<w:txbxContent><w:p><w:r><w:t>{{ letterhead.right }}</w:t></w:r></w:p></w:txbxContent>"
    shape = (
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" '
        'distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" '
        'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH '
        'relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH><wp:positionV '
        'relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV><wp:extent '
        'cx="2400000" cy="900000"/><wp:wrapSquare wrapText="bothSides"/><wp:docPr id="5" '
        'name="Text Box 5"/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2400000" '
        'cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
        f"<wps:txbx>{box}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        '</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape id="_x0000_s1026" '
        f'style="width:189pt;height:71pt"><v:textbox>{box}</v:textbox></v:shape></w:pict>'
        "</mc:Fallback></mc:AlternateContent>"
    )
    with opened(parts) as root:
        cell = next(paragraph_of(root, "{{ letterhead.right }}").iterancestors(w("tc")))
        paragraph = cell.find(w("p"))
        paragraph.remove(paragraph.find(w("r")))
        paragraph.append(made(f"<w:r>{shape}</w:r>"))


def picture_run(identifier: str) -> etree._Element:
    """A picture in the text's line, without words for it."""
    a = "http://schemas.openxmlformats.org/drawingml/2006"
    return made(
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="360000" '
        'cy="360000"/><wp:docPr id="1" name="Picture 1"/><a:graphic><a:graphicData '
        f'uri="{a}/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="a.png"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{identifier}"/><a:stretch><a:fillRect/>'
        '</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="360000" '
        'cy="360000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def png() -> bytes:
    """A small picture."""
    data = io.BytesIO()
    Image.new("RGB", (20, 20), (31, 56, 100)).save(data, "PNG")
    return data.getvalue()


def picture_in_the_letterhead(parts: Parts) -> None:
    """A picture in the letterhead's middle, before the logo's tag."""
    name = "word/media/image1.png"
    identifier = add(parts, name, png(), "image/png", "image", "media/image1.png")
    with opened(parts) as root:
        paragraph_of(root, "{{ letterhead.logo }}").find(w("r")).addprevious(
            picture_run(identifier)
        )


def picture_in_the_head(parts: Parts) -> None:
    """A picture in the head of every page."""
    parts["word/media/image2.png"] = png()
    with opened(parts, TYPES) as types:
        etree.SubElement(types, f"{{{types.nsmap[None]}}}Default").attrib.update(
            {"Extension": "png", "ContentType": "image/png"}
        )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts["word/_rels/header1.xml.rels"] = (
        f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{R}/image" '
        'Target="media/image2.png"/></Relationships>'
    ).encode()
    with opened(parts, "word/header1.xml") as root:
        root.find(w("p")).append(picture_run("rId1"))


def words_and_fields_in_the_foot(parts: Parts) -> None:
    """A line of the office's own in the foot, with Word's page number, cut as Word cuts fields."""
    with opened(parts, "word/footer1.xml") as root:
        line = made("<w:p><w:r><w:t>Old JNU Campus </w:t></w:r></w:p>")
        for inside in (
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PA</w:instrText>',
            "<w:instrText>GE  \\* MERGEFORMAT </w:instrText>",
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        ):
            line.append(made(f"<w:r>{inside}</w:r>"))
        root.append(line)


def without_second_section(parts: Parts) -> None:
    """The section break, and all that follows it, deleted."""
    with opened(parts) as root:
        body = root.find(w("body"))
        section = next(body.iter(w("sectPr")))
        holder = next(section.iterancestors(w("p")))
        for element in list(holder.itersiblings()):
            body.remove(element)
        body.remove(holder)
        body.append(section)


def saved_by_libreoffice(file: Path, folder: Path) -> None:
    """Opens a Word file in LibreOffice and saves it again in its place."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    target = folder / "saved"
    command: list[str | Path] = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "docx",
        "--outdir",
        target,
        file,
    ]
    subprocess.run(command, check=True, capture_output=True)
    file.write_bytes((target / file.name).read_bytes())


NOTED = (
    *(notes_of_word, smart_tags, content_controls, settings_of_word, parts_of_word),
    *(styles_of_word, namespaces_of_word, typed_by_word, at_every_character),
)
"""What Word does of its own accord; the letter must come out as before."""
CHANGED = (
    *(german_ids, hindi_ids, set_margins, set_defaults, theme_fonts, font_of_a_tag),
    *(signature_in_a_table, address_above, tab_stops, letterhead_in_lines),
    *(letterhead_in_the_head, first_and_even_pages, text_box, picture_in_the_letterhead),
    *(picture_in_the_head, words_and_fields_in_the_foot, without_second_section),
)
"""What an officer does."""
