"""A small finished letter made by hand, for the renderers' own tests."""

from __future__ import annotations

from datetime import date

from generator.content import (
    Annexure,
    Block,
    Heading,
    HeadLine,
    Inline,
    Item,
    Letter,
    Letterhead,
    List,
    Paragraph,
    Row,
    Running,
    Span,
    Table,
    Version,
)

LETTERHEAD = Letterhead(
    left=(
        HeadLine("छवि भारद्वाज, भा.प्र.से.", "hi", bold=True),
        HeadLine("मुख्य कार्यकारी अधिकारी", "hi"),
        HeadLine("Chhavi Bhardwaj, IAS", "en", bold=True),
        HeadLine("Chief Executive Officer", "en"),
    ),
    right=(
        HeadLine("कर्मयोगी भारत", "hi", bold=True),
        HeadLine("कार्मिक और प्रशिक्षण विभाग", "hi"),
        HeadLine("(भारत सरकार)", "hi"),
        HeadLine("KARMAYOGI BHARAT", "en", bold=True),
        HeadLine("Department of Personnel & Training", "en"),
        HeadLine("(Government of India)", "en"),
    ),
)
NUMBER = "SPECIMEN/CEO/2025/1112-9"


def line(text: str, *, bold: bool = False) -> Inline:
    """A one-span inline."""
    return (Span(text, bold=bold),)


def english(name: str = "Shri Sample <Recipient> & Sons") -> Version:
    """The English version: escapes, bold, italic, list, tables, one shared annexure."""
    fields = {
        "number": (line(f"DO No. {NUMBER}"),),
        "place": (line("New Delhi"),),
        "date": (line("11th December, 2025"),),
        "subject_label": (line("Subject:"),),
        "subject": (line("Ranking of States / UTs on iGOT Karmayogi Platform"),),
        "salutation": (line("Respected Sir,"),),
        "closing": (line("Regards,"),),
        "subscription": (line("Yours sincerely,"),),
        "signatory": (line("(Chhavi Bhardwaj)"),),
        "addressee": (
            line(f"{name}, IAS"),
            line("Chief Secretary,"),
            line("Government of Haryana"),
        ),
        "email": (line("Email ID: cs@haryana.example"),),
        "enclosures": (line("Enclosures: Annexures 1 and 2"),),
    }
    body: tuple[Block, ...] = (
        Paragraph(line("As you are aware, the platform has grown: a < b & c > d. " * 6)),
        Paragraph(
            (
                Span("We will share a "),
                Span("monthly brief", bold=True),
                Span(" on "),
                Span("Viksit Bharat 2047", italic=True),
                Span(", and "),
                Span("both", bold=True, italic=True),
                Span(". The text runs on for a while. " * 8),
            ),
            number="2.",
        ),
        Paragraph(line("The following actions are requested:"), number="3."),
        List(
            (
                Item(
                    "a)",
                    (Span("Cleaning of data:", bold=True), Span(" The state may review. " * 7)),
                ),
                Item("b)", (Span("Updating:", bold=True), Span(" All users may update. " * 7))),
            )
        ),
        Paragraph(line("Karmayogi Bharat looks forward to your cooperation.")),
    )
    ranking = Table(
        ("left", "left", "right", "right"),
        (line("State/UT"), line("Category"), line("Composite Score (100)"), line("Rank")),
        (
            Row((line("Jharkhand"), line("B"), line("70.73"), line("1"))),
            Row(
                tuple(line(t, bold=True) for t in ("Haryana (addressee)", "B", "47.03", "2")),
                marked=True,
            ),
        ),
    )
    own = Annexure(
        1,
        (
            Heading(1, line("ANNEXURE 1")),
            Paragraph(line("(Data as on 30th November, 2025)"), note=True),
            Heading(2, line("Performance highlight for Haryana in Category B")),
            Heading(3, line("Composite Score & Ranking")),
            ranking,
        ),
    )
    shared = Annexure(
        2,
        (
            Heading(1, line("ANNEXURE 2")),
            Heading(2, line("Compendium")),
            Heading(3, line("1) Madhya Pradesh")),
            *(Paragraph(line("The Academy has published courses. " * 25)) for _ in range(6)),
        ),
        Running("11th December, 2025", "Annexure 2 – page {page} of {pages}"),
    )
    return Version(
        "en", LETTERHEAD, fields, body, (own, shared), Running(NUMBER, "Page {page} of {pages}")
    )


def hindi() -> Version:
    """The Hindi version: conjuncts, (क) labels, a marked row."""
    fields = {
        "number": (line(f"अ.शा. पत्र सं. {NUMBER}"),),
        "place": (line("नई दिल्ली"),),
        "date": (line("दिनांक: 11 दिसंबर, 2025"),),
        "subject_label": (line("विषय:"),),
        "subject": (line("आईगॉट कर्मयोगी प्लेटफॉर्म पर राज्यों/संघ राज्य क्षेत्रों की रैंकिंग"),),
        "salutation": (line("आदरणीय महोदय,"),),
        "closing": (line("सादर,"),),
        "subscription": (line("भवदीया,"),),
        "signatory": (line("(छवि भारद्वाज)"),),
        "addressee": (
            line("श्री नमूना प्राप्तकर्ता, भा.प्र.से."),
            line("मुख्य सचिव,"),
            line("हरियाणा सरकार"),
        ),
        "email": (line("ईमेल: cs@haryana.example"),),
        "enclosures": (line("संलग्नक: अनुलग्नक 1 और 2"),),
    }
    body: tuple[Block, ...] = (
        Paragraph(line("जैसा कि आपको विदित है, प्रशिक्षण, क्षेत्र, ज्ञान, श्रेणी और द्विभाषी पाठ। " * 8)),
        Paragraph(
            (
                Span("हम एक "),
                Span("मासिक संक्षिप्त विवरण", bold=True),
                Span(" साझा करेंगे। कार्य-निष्पादन, सर्वोत्तम कार्य-पद्धतियाँ, मुख्य बिंदु। " * 6),
            ),
            number="2.",
        ),
        List((Item("(क)", (Span("शुद्धीकरण:", bold=True), Span(" कृपया समीक्षा करें। " * 8))),)),
    )
    table = Table(
        ("left", "right"),
        (line("राज्य/संघ राज्य क्षेत्र"), line("रैंक")),
        (
            Row((line("झारखंड"), line("1"))),
            Row((line("हरियाणा (प्रेषिती)", bold=True), line("2", bold=True)), marked=True),
        ),
    )
    own = Annexure(
        1,
        (
            Heading(1, line("अनुलग्नक 1")),
            Paragraph(line("(आँकड़े 30 नवंबर, 2025 की स्थिति के अनुसार)"), note=True),
            Heading(2, line("श्रेणी B में हरियाणा का कार्य-निष्पादन: मुख्य बिंदु")),
            Heading(3, line("समग्र स्कोर एवं रैंकिंग")),
            table,
        ),
    )
    shared = Annexure(
        2,
        (
            Heading(1, line("अनुलग्नक 2")),
            Heading(2, line("सार-संग्रह")),
            *(Paragraph(line("अकादमी ने पाठ्यक्रम प्रकाशित किए हैं। " * 30)) for _ in range(4)),
        ),
        Running("11 दिसंबर, 2025", "अनुलग्नक 2 – पृष्ठ {page}, कुल {pages}"),
    )
    return Version(
        "hi", LETTERHEAD, fields, body, (own, shared), Running(NUMBER, "पृष्ठ {page}, कुल {pages}")
    )


def sample_letter(*languages: str) -> Letter:
    """A specimen letter holding the named versions in that order (default: hi, en)."""
    versions = {"en": english, "hi": hindi}
    return Letter(
        who="HR",
        number=NUMBER,
        date=date(2025, 12, 11),
        title="Ranking of States / UTs on iGOT Karmayogi Platform",
        subject="Ranking of States / UTs",
        author="Chhavi Bhardwaj",
        versions=tuple(versions[code]() for code in languages or ("hi", "en")),
        mark=(HeadLine("SPECIMEN", "en"), HeadLine("नमूना", "hi")),
    )
