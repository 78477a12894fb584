"""Letter → DOCX: the kind's ``letter.docx`` rendered once a version, the sections joined.

``renderer`` does the work in this order: ``template`` reads and splits ``letter.docx`` (``styles``
and ``tags`` check it), ``values`` says what its tags print (``blocks``, ``table`` and ``runs``
write the content as WordprocessingML, ``logo`` the picture), ``section`` puts the values in
through docxtpl (``marks`` turns styled text into runs), ``join`` makes one document of the
sections, and ``package`` writes the file.
"""

from generator.render.docx.renderer import DocxRenderer, PageCounts

__all__ = ["DocxRenderer", "PageCounts"]
