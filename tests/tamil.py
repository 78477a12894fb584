"""An installation with Tamil: the files that a third language needs, and nothing else.

Each is what an office would write; a test takes one of them away.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.command import ROOT
from tests.made_folders import write_text

KIND, EDITION = "training_letter", "2025-12"
FONTS = ROOT / "tests" / "data" / "fonts"

LOCALE = """\
tag = "ta-IN"
locale = "ta_IN"
font = "Noto Serif Tamil"

[script]
name = "Tamil"
letters = '\\u0b80-\\u0bd7'

[honorifics]
"Shri" = "திரு"
"Smt." = "திருமதி"
"Ms." = "செல்வி"
"Km." = "குமாரி"
"Dr." = "முனைவர்"
"Prof." = "பேராசிரியர்"

[services]
"IAS" = "இ.ஆ.ப."
"IPS" = "இ.கா.ப."
"IFoS" = "இ.வ.ப."
"IFS" = "இ.வெ.ப."
"IRS" = "இ.வரு.ப."
"IAS (Retd.)" = "இ.ஆ.ப. (ஓய்வு)"

[dates]
months = [
  "ஜனவரி", "பிப்ரவரி", "மார்ச்", "ஏப்ரல்", "மே", "ஜூன்",
  "ஜூலை", "ஆகஸ்ட்", "செப்டம்பர்", "அக்டோபர்", "நவம்பர்", "டிசம்பர்",
]
short = [
  "ஜன\\\\.", "பிப்\\\\.", "மார்\\\\.", "ஏப்\\\\.", "மே\\\\.", "ஜூன்\\\\.",
  "ஜூலை\\\\.", "ஆக\\\\.", "செப்\\\\.", "அக்\\\\.", "நவ\\\\.", "டிச\\\\.",
]
joins = ["முதல்", "மற்றும்"]

[quantities]
scales = { "ஆயிரம்" = 3, "லட்சம்" = 5, "கோடி" = 7 }
percent = ["சதவீதம்", "விழுக்காடு"]
months = [
  "ஜனவரி", "பிப்ரவரி", "மார்ச்", "ஏப்ரல்", "மே", "ஜூன்",
  "ஜூலை", "ஆகஸ்ட்", "செப்டம்பர்", "அக்டோபர்", "நவம்பர்", "டிசம்பர்",
]
ranges = "முதல்"
joins = ["மற்றும்", "அல்லது"]

[sentences]
stop = "."

[genders]
m = ["ஐயா"]
f = ["அம்மையீர்"]
"""

CATALOGUE = """\
msgid ""
msgstr ""
"Language: ta\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Page {page} of {pages}"
msgstr "பக்கம் {page} / {pages}"

msgid "Annexure {number} – page {page} of {pages}"
msgstr "இணைப்பு {number} – பக்கம் {page} / {pages}"

msgid "SPECIMEN"
msgstr "மாதிரி"

msgid "DRAFT"
msgstr "வரைவு"

msgid "lakh"
msgstr "லட்சம்"

msgid "crore"
msgstr "கோடி"

msgid "Up to {upto}"
msgstr "{upto} வரை"

msgid "{low} – {high}"
msgstr "{low} – {high}"

msgid "Above {low}"
msgstr "{low}-க்கு மேல்"

msgid "above {low} – {high}"
msgstr "{low}-க்கு மேல், {high} வரை"

msgid "(draft: no number)"
msgstr "(வரைவு: எண் இல்லை)"

msgid "(Revised)"
msgstr "(திருத்தப்பட்டது)"

msgid "(name of this language)"
msgstr "தமிழ்"
"""

_LINES = """\
place: "{% if place %}{{ place }},{% endif %}"
"""
_ADDRESSEE = """\
signatory: "({{ signatory.name }})"
addressee: |
  {{ recipient.name }}, {{ recipient.service }}
  {{ recipient.designation }},
  {{ recipient.government }}
"""

TEXTS = {
    "en": f"""\
---
title: "Training of officials"
number: "DO No. {{{{ number }}}}"
{_LINES}date: "{{{{ date }}}}"
subject_label: "Subject:"
subject: "Training of officials – request for review"
salutation:
  m: "Respected Sir,"
  f: "Respected Madam,"
  other: "Respected Sir/Madam,"
closing: "Regards,"
subscription: "Yours sincerely,"
{_ADDRESSEE}---

Officials of {{{{ state.name }}}} have shown great interest in learning.
To date, {{{{ facts.learners }}}}
learners have completed **{{{{ facts.courses }}}} courses**.

2. It is requested that the training of all officials may be reviewed by 31st December, 2025.

| Details | Number |
|:---|---:|
| Learners | {{{{ facts.learners }}}} |
| **Courses** | **{{{{ facts.courses }}}}** |
""",
    "hi": f"""\
---
title: "अधिकारियों का प्रशिक्षण"
number: "अ.शा. पत्र सं. {{{{ number }}}}"
{_LINES}date: "दिनांक: {{{{ date }}}}"
subject_label: "विषय:"
subject: "अधिकारियों का प्रशिक्षण – समीक्षा का अनुरोध"
salutation:
  m: "आदरणीय महोदय,"
  f: "आदरणीय महोदया,"
  other: "आदरणीय महोदय/महोदया,"
closing: "सादर,"
subscription:
  m: "भवदीय,"
  f: "भवदीया,"
{_ADDRESSEE}---

{{{{ state.name }}}} के अधिकारियों ने सीखने में बहुत रुचि दिखाई है।
शिक्षार्थियों की अब तक की संख्या: {{{{ facts.learners }}}},
पूरे किए गए पाठ्यक्रम: **{{{{ facts.courses }}}}**।

2. अनुरोध है कि सभी अधिकारियों के प्रशिक्षण की समीक्षा 31 दिसंबर, 2025 तक कर ली जाए।

| विवरण | संख्या |
|:---|---:|
| शिक्षार्थी | {{{{ facts.learners }}}} |
| **पाठ्यक्रम** | **{{{{ facts.courses }}}}** |
""",
    "ta": f"""\
---
title: "அலுவலர்களுக்கான பயிற்சி"
number: "நேர்முகக் கடித எண்: {{{{ number }}}}"
{_LINES}date: "நாள்: {{{{ date }}}}"
subject_label: "பொருள்:"
subject: "அலுவலர்களுக்கான பயிற்சி – ஆய்வு செய்யக் கோருதல்"
salutation:
  m: "மதிப்பிற்குரிய ஐயா,"
  f: "மதிப்பிற்குரிய அம்மையீர்,"
  other: "மதிப்பிற்குரிய ஐயா/அம்மையீர்,"
closing: "அன்புடன்,"
subscription: "தங்கள் உண்மையுள்ள,"
{_ADDRESSEE}---

கற்றலில் அலுவலர்கள் மிகுந்த ஆர்வம் காட்டியுள்ளனர் (மாநிலம்: {{{{ state.name }}}}).
இதுவரை {{{{ facts.learners }}}}
கற்போர் முடித்துள்ள படிப்புகள்: **{{{{ facts.courses }}}}**.

2. அனைத்து அலுவலர்களின் பயிற்சியையும் 31 டிசம்பர், 2025 தேதிக்குள் ஆய்வு செய்யுமாறு கேட்டுக்கொள்கிறேன்.

| விவரம் | எண்ணிக்கை |
|:---|---:|
| கற்போர் | {{{{ facts.learners }}}} |
| **படிப்புகள்** | **{{{{ facts.courses }}}}** |
""",
}

SETTINGS = """\
kind = "training_letter"
date = 2025-12-11
versions = ["hi", "en", "ta"]
specimen = true
place = { hi = "नई दिल्ली", en = "New Delhi", ta = "புது தில்லி" }

[number]
pattern = "SPECIMEN/{year}/{serial}"

[signatory]
name = { hi = "कल्पना नमूना", en = "Kalpana Namuna", ta = "கல்பனா நமூனா" }
service = "IAS"
gender = "f"
designation = { hi = "निदेशक", en = "Director", ta = "இயக்குநர்" }

[letterhead]
organisation = { hi = "नमूना संगठन", en = "SAMPLE OFFICE", ta = "மாதிரி அலுவலகம்" }
lines = { hi = ["(भारत सरकार)"], en = ["(Government of India)"], ta = ["(இந்திய அரசு)"] }

[facts]
learners = { value = 932000, style = "lakh" }
courses = { value = 3600 }
"""

RECIPIENTS = """\
state,honorific,name_hi,name_en,name_ta,service,gender,email,versions,confirmed_on
TN,Shri,नमूना एक,Namuna One,நமூனா ஒன்று,IAS,m,cs@tn.example,"hi,en,ta",2025-12-01
HR,Smt.,नमूना दो,Namuna Two,நமூனா இரண்டு,IAS,f,cs@hr.example,"hi,en",2025-12-01
"""

STATES = """\
state,name_ta,short_ta,head_ta,government_ta
Tamil Nadu,தமிழ்நாடு,தமிழ்நாடு,தலைமைச் செயலாளர்,தமிழ்நாடு அரசு
"""


STYLE = """
html:lang(ta) { font-size: 10pt; line-height: 1.3; }
.subject:lang(ta) .label { min-width: 20mm; margin-left: -20mm; }
.subject:lang(ta) { padding-left: 20mm; }
"""
"""Tamil's letters are broad."""


@dataclass(frozen=True)
class Installation:
    """The folders of the installation."""

    root: Path

    @property
    def edition(self) -> Path:
        """The edition's folder."""
        return self.root / "editions" / EDITION

    @property
    def kind(self) -> Path:
        """The kind's folder."""
        return self.root / "letter_templates" / KIND

    @property
    def dated(self) -> Path:
        """Where the letters are put."""
        return self.root / "output" / "2025-12-11"

    @property
    def locale(self) -> Path:
        """The language's folder."""
        return self.root / "locale"

    def edit(self, path: Path, old: str, new: str) -> None:
        """Replaces a text in a file; the text must be there."""
        text = path.read_text("utf-8")
        assert old in text, f"{old!r} is not in {path.name}"
        path.write_text(text.replace(old, new, 1), "utf-8")


def make_tamil(root: Path) -> Installation:
    """Makes the installation below ``root``."""
    made = Installation(root)
    made.kind.mkdir(parents=True)
    for name in ("letter.docx", "page.html", "page.css"):
        shutil.copy(ROOT / "letter_templates" / "do_letter" / name, made.kind)
    with (made.kind / "page.css").open("a", encoding="utf-8") as css:
        css.write(STYLE)
    for code, text in TEXTS.items():
        write_text(made.kind / f"text.{code}.md", text)
    shutil.copytree(ROOT / "fonts", root / "fonts")
    for path in FONTS.glob("NotoSerifTamil-*.ttf"):
        shutil.copy(path, root / "fonts")
    write_text(made.locale / "ta.toml", LOCALE)
    write_text(made.locale / "ta.po", CATALOGUE)
    write_text(made.edition / "edition.toml", SETTINGS)
    write_text(made.edition / "recipients.csv", RECIPIENTS)
    write_text(made.edition / "states.csv", STATES)
    return made
