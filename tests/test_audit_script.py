"""Texts typed in the characters of their language: digits, colon, danda, Unicode, categories."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.audit import Check
from generator.audit.texts.garbled import check_hindi_in_unicode
from generator.audit.texts.prose import check_markup_absent
from generator.audit.texts.script import (
    check_category_letters_latin,
    check_colon_not_visarga,
    check_danda_not_bar,
    check_digits_international,
)
from generator.findings import Severity
from generator.model import Cohort, Contact, Place
from tests.audited import clean_edition
from tests.command import patra_json
from tests.editions_made import recipient
from tests.passages_made import SHIPPED, told, told_of, told_of_shipped
from tests.small import Small, make_small

CHECKS: tuple[Check, ...] = (
    check_digits_international,
    check_colon_not_visarga,
    check_danda_not_bar,
    check_hindi_in_unicode,
    check_category_letters_latin,
)

RIGHT = (
    # digits
    "9.32 लाख नामांकन, 1,600 से अधिक थाने और 98% उपस्थिति दर्ज की गई।",
    "15 से 21 सितंबर, 2025 तक चलने वाला सप्ताह; अनुलग्नक-3 देखें।",
    # visarga
    "अतः यह स्पष्ट है कि कार्य मूलतः, विशेषतः, संभवतः, सामान्यतः और मुख्यतः पूर्ण है।",
    "क्रमशः, अंशतः, पूर्णतः, स्वतः, अंततः, अन्ततः, वस्तुतः, फलतः, सिद्धांततः और प्रथमतः।",
    "पुनः अनुरोध है कि प्रायः प्रातः 10 बजे, छः दिन तक, यथाशीघ्र उपस्थित रहें।",
    "दुःख, निःशुल्क, अंतःकरण, अंतःविषयी, मनःस्थिति, पुनःस्थापन, अधःसंरचना, प्रातःकाल।",
    "शनैः-शनैः, अक्षरशः, शब्दशः, कोटिशः नमन; नमः; प्रकृतितः, विधितः, परितः।",
    "“योगः कर्मसु कौशलम्”, “धर्मो रक्षति रक्षितः” और “सर्वे भवन्तु सुखिनः”।",
    '“सत्यं वद धर्मं चरः”, ‘उद्यमः साहसः धैर्यः’ तथा "विद्याः" का पाठ।',
    "विषय: रैंकिंग; दिनांक: 11 दिसंबर, 2025; संलग्नक: यथोक्त; प्रति:",
    # danda
    "यह एक वाक्य है। यह दूसरा है॥",
    "आदरणीय [महोदय|महोदया] को विदित है।",
    "## कर्मयोगी भारत | वार्षिक रिपोर्ट\n\nयह रिपोर्ट है।",
    "आईगॉट (iGOT | Karmayogi) देखें।",
    "| श्रेणी | संख्या |\n|:--|--:|\n| A | 1,00,000 |",
    # Unicode
    "आईगॉट कर्मयोगी (iGOT Karmayogi) तथा मायआईगॉट (MyiGOT) सुविधा।",
    "अकादमी (RCVP Noronha Academy of Administration and Management, RCVPNAAM) अग्रणी है।",
    "टेक-वारी (Tech-WARI): पोषणवर्स (POSHANVERSE) 2025–26, पहल (PAHAL), Learn and Grow at SIAM।",
    "ईमेल: contact@example.in, http://portal.example.in/app?x=1;y=2 और list_final.xlsx देखें।",
    "DoPT, MoUs, GeM, UMANG, eHRMS, DigiLocker, WhatsApp, eShram और AgriStack सहित।",
    "Smt. Bhardwaj, Shri Mhaske, Dr. Dnyaneshwar, Kakkar, Siddiqi और Ghrana उपस्थित थे।",
    "5 Mbps और 3.5 kWh; pdf, html, xlsx फाइलें; Pvt. Ltd. कंपनी; learner[s], R&D, and/or।",
    "क्या यह सही है??",
    "## iGOT Karmayogi\n\nयह शीर्षक दो शब्दों का है।",
    "| RCVP Noronha Academy of Administration | 12 |\n|:--|--:|\n| अकादमी | 1 |",
    # categories
    "राज्यों को तीन श्रेणियों – A, B और C – में बाँटा गया है; श्रेणी B में हरियाणा है।",
    "इस श्रेणी का, श्रेणी की, श्रेणी के, श्रेणी को, श्रेणी से, श्रेणी में, श्रेणियों के बीच।",
    "इनकी श्रेणी: (क) शिक्षक, (ख) लिपिक; और श्रेणी: क. शिक्षक ख. लिपिक।",
    "श्रेणी बीच की है; श्रेणी सीमित है; श्रेणी एक है; श्रेणी अब नई है; एक छोटी सी श्रेणी।",
    "वर्ग ‘क’ के अधिकारी, ‘ग’ श्रेणी के पद, श्रेणी क एवं ख के कर्मचारियों, द्वितीय श्रेणी अ।",
    "श्रेणी “क” एवं “ख” के नगरों में; वर्ग ‘ख’ के सभी अधिकारियों को; श्रेणी ‘ग’ के वेतनमान।",
    "श्रेणी अ.जा./अ.ज.जा. तथा पिछड़ा वर्ग क; समूह ‘क’ के अधिकारी; संवर्ग ख; क, ख और ग क्षेत्र।",
)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("text", RIGHT)
def test_ordinary_official_hindi_is_right(text: str, check: Check) -> None:
    assert told(check, text) == []


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_editions_are_right(name: str) -> None:
    assert told_of_shipped(CHECKS, name) == []


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("इसमें ३,२२,०१४ कार्मिक हैं।", "“३,२२,०१४”", "“3,22,014”"),
        ("दिनांक १५–२१ सितंबर, २०२५।", "“१५–२१”, “२०२५”", "“15–21”, “2025”"),
        ("अनुलग्नक-१ (९८%) देखें।", "“अनुलग्नक-१”, “९८%”", "“अनुलग्नक-1”, “98%”"),
        ("5२ सप्ताह", "“5२”", "“52”"),
        ("आर०सी०वी०पी० अकादमी", "“आर०सी०वी०पी०”", "“आर.सी.वी.पी.”"),
        ("डॉ० राव की १० पुस्तकें", "“डॉ०”, “१०”", "“डॉ.”, “10”"),
        ("२ और २", "“२”", "“2”"),
        ("٣ और ３", "“٣”, “３”", "“3”, “3”"),
    ],
)
def test_digits_of_another_script_are_told_once_a_passage(
    text: str, found: str, expected: str
) -> None:
    (finding,) = told(check_digits_international, text)

    assert finding.message.endswith(f": {found}")
    assert set(finding.expected.split(", ")) == set(expected.split(", "))
    assert finding.severity is Severity.ERROR


def test_digits_are_international_in_english_too() -> None:
    assert told(check_digits_international, "Over २० courses.", "en")


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("विषयः राज्यों की रैंकिंग", "“विषयः”", "“विषय:”"),
        ("दिनांकः 11 दिसंबर, 2025", "“दिनांकः”", "“दिनांक:”"),
        ("संलग्नकः\n\nयथोक्त", "“संलग्नकः”", "“संलग्नक:”"),
        ("सेवा में, प्रति ः मुख्य सचिव", "“प्रति ः”", "“प्रति:”"),
        ("(ईमेल)ः contact@example.in", "“(ईमेल)ः”", "“(ईमेल):”"),
        ("केपीआई (KPI)ः चार हैं।", "“(KPI)ः”", "“(KPI):”"),
        ("श्रेणी Bः 14 राज्य", "“Bः”", "“B:”"),
        ("कुल प्रतिशतः 45", "“प्रतिशतः”", "“प्रतिशत:”"),
        ("आदेशः यह जारी हो।", "“आदेशः”", "“आदेश:”"),
        ("स्रोतः एमडीओ पोर्टल", "“स्रोतः”", "“स्रोत:”"),
        ("द्वारा अनुमोदितः सचिव", "“अनुमोदितः”", "“अनुमोदित:”"),
        ("विषयःराज्यों की रैंकिंग", "“विषयः”", "“विषय:”"),
        ("निम्नलिखित बिंदु हैंः", "“हैंः”", "“हैं:”"),
        ("निम्नलिखित बिंदुओं परः (क) पहला", "“परः”", "“पर:”"),
    ],
)
def test_a_visarga_for_a_colon_is_told(text: str, found: str, expected: str) -> None:
    (finding,) = told(check_colon_not_visarga, text)

    assert found in finding.message
    assert finding.expected == expected


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("यह पूरा हुआ है|", "“है|”", "“है।”"),
        ("यह पूरा हुआ है | अब अगला वाक्य है।", "“है |”", "“है।”"),
        ("यह हुआ है|अब अगला है।", "“है|”", "“है।”"),
        ("यह 2025 में हुआ (98%)| अब आगे।", "“(98%)|”", "“(98%)।”"),
        ("यह पोर्टल iGOT| अब आगे।", "“iGOT|”", "“iGOT।”"),
        ("यह पहला है।\nयह दूसरा है||\nयह तीसरा है।", "“है||”", "“है।”"),
        ("## शीर्षक यह है |", "“है |”", "“है।”"),
        ("यह हुआ है │ और आगे।", "“है │”", "“है।”"),
    ],
)
def test_a_bar_for_a_danda_is_told(text: str, found: str, expected: str) -> None:
    (finding,) = told(check_danda_not_bar, text)
    assert finding.check == "danda-not-bar"

    assert found in finding.message
    assert finding.expected == expected


def test_a_bar_is_told_at_its_own_line() -> None:
    (finding,) = told(check_danda_not_bar, "यह पहला है।\nयह दूसरा है|\nयह तीसरा है।")

    assert finding.where == Place("compendium/01-made.hi.md", line=4)


def test_english_has_no_danda() -> None:
    assert told(check_danda_not_bar, "This is the end |", "en") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("## Hkkjr ljdkj", "“Hkkjr ljdkj”"),
        ("eq[; lfpo", "“eq[; lfpo”"),
        ('fo"k; dh lwph', '“fo"k; dh lwph”'),
        ("यह कार्य gfj;k.kk ljdkj ने किया है।", "“gfj;k.kk ljdkj”"),
        ("dk;kZy; Kkiu fnukad 11 fnlacj", "“dk;kZy; Kkiu fnukad”"),
        ("deZ;ksxh Hkkjr ds vUrxZr lHkh foHkkxksa ls vuqjks/k gS fd os lwpuk HkstsaA", "“deZ;ksxh"),
        ("राज्य में {kerk fuekZ.k dh ;kstuk बनाई गई।", "“{kerk"),
    ],
)
def test_hindi_typed_for_an_old_font_is_told(text: str, found: str) -> None:
    (finding,) = told(check_hindi_in_unicode, text)

    assert found in finding.message
    assert "Kruti Dev" in finding.remedy
    assert "Nirmala UI" in finding.remedy


@pytest.mark.parametrize(
    ("text", "found", "what"),
    [
        ("यह à¤•à¤° है।", "“à¤•à¤°”", "encoding"),
        ("यह कार्य\ufffd है।", "“\ufffd”", "encoding"),
        ("यह ???? ???? है।", "“???? ????”", "lost"),
        ("Cleaning of organisational data", "“Cleaning of organisational data”", "translated"),
        ("1) Course development\n2) Drive course consumption", "“Drive course", "translated"),
        ("## Best practices from States", "“Best practices from States”", "translated"),
    ],
)
def test_hindi_that_is_garbled_lost_or_left_in_english_is_told(
    text: str, found: str, what: str
) -> None:
    (finding,) = told(check_hindi_in_unicode, text)

    assert found in finding.message
    assert what in finding.message


def test_english_read_in_a_wrong_encoding_is_told() -> None:
    (finding,) = told(check_hindi_in_unicode, "The Stateâ€™s courses", "en")

    assert "â€" in finding.message


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("नमूना Hkkjr ljdkj", 1),
        ("Hkkjr ljdkj", 0),  # names-in-their-script tells it
        ("नमूना ????", 0),  # names-not-lost tells it
    ],
)
def test_a_recipients_cell_is_told_once_in_all(text: str, count: int) -> None:
    place = Place("recipients.csv", cell="G2")
    texts = {"hi": text, "en": "Chief Secretary"}
    someone = recipient("HR", designation=texts, places={"designation_hi": place})

    findings = told_of(check_hindi_in_unicode, clean_edition(recipients=(someone,)))

    assert [(f.who, f.where) for f in findings] == [("HR", place)] * count


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("हरियाणा श्रेणी ख में है।", "“श्रेणी ख”", "“श्रेणी B”"),
        ("तीन श्रेणियों – क, ख और ग – में", "“श्रेणियों – क, ख और ग”", "“श्रेणियों – A, B और C”"),
        ("श्रेणी 'बी' के राज्य", "“श्रेणी 'बी'”", "“श्रेणी 'B'”"),
        ("श्रेणी-सी के राज्य", "“श्रेणी-सी”", "“श्रेणी-C”"),
        ("श्रेणी (ख) में हरियाणा", "“श्रेणी (ख)”", "“श्रेणी (B)”"),
        ("श्रेणी: ग", "“श्रेणी: ग”", "“श्रेणी: C”"),
        ("वर्ग अ, ब एवं स के राज्य", "“वर्ग अ, ब एवं स”", "“वर्ग A, B एवं C”"),
        ("‘ख’ श्रेणी के राज्य", "“‘ख’ श्रेणी”", "“‘B’ श्रेणी”"),
        ("(श्रेणी ख)", "“श्रेणी ख”", "“श्रेणी B”"),
        ("श्रेणियों (ए, बी एवं सी) में", "“श्रेणियों (ए, बी एवं सी)”", "“श्रेणियों (A, B एवं C)”"),
        ("तीन श्रेणियों – क, ख और ग।", "“श्रेणियों – क, ख और ग”", "“श्रेणियों – A, B और C”"),
        ("श्रेणियों – \u0410, B और C – में", "“श्रेणियों – \u0410, B और C”", "“श्रेणियों – A, B और C”"),
        ("श्रेणी ख के राज्य; अधिकारी", "“श्रेणी ख”", "“श्रेणी B”"),
    ],
)
def test_a_category_of_another_letter_is_told(text: str, found: str, expected: str) -> None:
    (finding,) = told(check_category_letters_latin, text)

    assert found in finding.message
    assert finding.expected == expected


def test_a_category_of_another_letter_is_told_in_english() -> None:
    (finding,) = told(check_category_letters_latin, "Haryana is in Category ख.", "en")

    assert finding.expected == "“Category B”"


def test_a_categorys_id_is_a_latin_letter() -> None:
    place = Place("edition.toml", line=88)
    cohorts = (Cohort("A", 100_000), Cohort("ख", 500_000), Cohort("C", None))

    (finding,) = told_of(
        check_category_letters_latin,
        clean_edition(cohorts=cohorts, places={"cohorts.1.id": place}),
    )

    assert finding.where == place
    assert finding.expected == "B"


def test_a_setting_is_told_in_its_line_although_it_has_lines() -> None:
    place = Place("edition.toml", line=29)
    edition = clean_edition(places={"letterhead.lines.hi": place})
    lines = {**edition.letterhead.lines, "hi": ("कार्मिक विभाग", "(भारत सरकार २)")}

    (finding,) = told_of(
        check_digits_international,
        replace(edition, letterhead=replace(edition.letterhead, lines=lines)),
    )

    assert finding.where == place


def test_the_contacts_name_is_not_left_in_english() -> None:
    contact = Contact({"hi": "Namuna Sampark", "en": "Namuna Sampark"})

    (finding,) = told_of(check_hindi_in_unicode, clean_edition(contact=contact))

    assert "Not translated" in finding.message


def test_a_value_of_the_data_is_told_without_a_recipient() -> None:
    contact = Contact({"hi": "नमूना संपर्कः", "en": "Sample"})

    (finding,) = told_of(check_colon_not_visarga, clean_edition(contact=contact))

    assert finding.who is None


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return make_small(tmp_path)


def found_by_command(small: Small) -> list[tuple[str, str | None, dict[str, Any]]]:
    """Which of these checks the real command reports: name, who, place."""
    names = {check.__name__.removeprefix("check_").replace("_", "-") for check in CHECKS}
    document = patra_json("check", small.edition, "--root", small.root, code=4)
    found = (f for f in document["findings"] if f["check"] in names)
    return [(f["check"], f["who"], {k: v for k, v in f["where"].items() if v}) for f in found]


def test_digits_in_the_compendium_are_told_at_file_and_line(small: Small) -> None:
    small.edit("compendium/01-madhya-pradesh.hi.md", "265 से अधिक", "२६५ से अधिक")

    (found,) = found_by_command(small)

    assert found == (
        "digits-international",
        None,
        {"file": "compendium/01-madhya-pradesh.hi.md", "line": 3},
    )


def test_a_visarga_in_the_kinds_text_is_told_at_its_line(small: Small) -> None:
    text = small.kind / "text.hi.md"
    source = text.read_text("utf-8")
    line = 1 + source[: source.index("विषय:")].count("\n")
    text.write_text(source.replace("विषय:", "विषयः", 1), "utf-8")

    (found,) = found_by_command(small)

    assert found == (
        "colon-not-visarga",
        None,
        {"file": "letter_templates/do_letter/text.hi.md", "line": line},
    )


def test_an_old_font_in_the_settings_is_told_at_its_line(small: Small) -> None:
    settings = (small.edition / "edition.toml").read_text("utf-8")
    line = 1 + settings[: settings.index("सक्रिय अधिगम को दर्शाना")].count("\n")
    small.edit("edition.toml", "सक्रिय अधिगम को दर्शाना", "lfØ; vf/kxe dks n'kkZuk")

    (found,) = found_by_command(small)

    assert found == ("hindi-in-unicode", None, {"file": "edition.toml", "line": line})


def test_a_recipients_name_prints_as_typed_whatever_signs_it_holds() -> None:
    odd = {"hi": "नमूना *A* _B_ |C| [D] <b>F</b>|", "en": "Namuna {{ x }} **A** Bar_Line"}
    places = {f"name_{code}": Place("recipients.csv", cell="C2") for code in odd}
    edition = clean_edition(recipients=(recipient("HR", name=odd, places=places),))
    checks = (check_danda_not_bar, check_hindi_in_unicode, check_markup_absent)

    assert [finding for check in checks for finding in told_of(check, edition)] == []


def test_a_categorys_hindi_id_is_told_at_its_line(small: Small) -> None:
    settings = (small.edition / "edition.toml").read_text("utf-8")
    line = 1 + settings[: settings.index('id = "A"')].count("\n")
    small.edit("edition.toml", 'id = "A"', 'id = "क"')

    (found,) = found_by_command(small)

    assert found == ("category-letters-latin", None, {"file": "edition.toml", "line": line})
