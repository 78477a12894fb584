"""What the file claims to be: PDF/A-3a for the archive and PDF/UA-1 for readers, both in one.

WeasyPrint writes one claim a file. The second one belongs into the same XMP packet, and PDF/A
wants the properties of other standards described there (ISO 19005-3, 6.6.2.3.1).
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

from generator.render.pdf.tree import finish_tree

VARIANT = "pdf/a-3a"

PDF_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
  pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
_END = b"</rdf:RDF>"


def write_pdf(document: Any, attachments: Sequence[Any] = ()) -> bytes:  # noqa: ANN401 - untyped
    """The document, with files within it, as a file that claims PDF/A-3a and PDF/UA-1.

    It is in the rough: nothing compressed, and without the identifier that PDF/A wants, for which
    the engine would write and compress everything twice. ``joined.py`` finishes it.
    """
    write_metadata = document.metadata.generate_rdf_metadata

    def with_pdf_ua(*claim: object) -> bytes:
        rdf: bytes = write_metadata(*claim)
        return rdf.replace(_END, PDF_UA + _END)

    document.metadata.generate_rdf_metadata = with_pdf_ua
    with warnings.catch_warnings():
        # The engine leaves the file of its colour profile to the garbage collector.
        warnings.simplefilter("ignore", ResourceWarning)
        data: bytes = document.write_pdf(
            pdf_variant=VARIANT,
            pdf_identifier=False,
            uncompressed_pdf=True,
            attachments=attachments,
            finisher=_finish,
        )
    return data


def _finish(document: object, pdf: Any) -> None:  # noqa: ANN401 - untyped
    """The last touches to the PDF's objects, before they are written."""
    finish_tree(document, pdf)
    if "AF" in pdf.catalog:  # the engine names each file within twice
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
