"""Letter → DOCX: the kind's ``letter.docx`` rendered once a version, the sections joined.

``renderer`` does the work in this order: ``template`` reads and splits ``letter.docx`` (``styles``
and ``tags`` check it), ``values`` says what its tags print (``blocks``, ``table`` and ``runs``
write the content as WordprocessingML, ``pictures`` the drawings), ``section`` puts the values in
through docxtpl (``marks`` turns styled text into runs, ``dress`` gives each run the fonts and
languages of its style, which ``looks`` reads), ``join`` makes one document of the sections,
``properties`` and ``settings`` say what it is, ``embed`` adds the ``fonts`` it is set in, and
``package`` writes the file.
"""

from generator.render.docx.renderer import DocxRenderer, PageCounts

__all__ = ["DocxRenderer", "PageCounts"]
