"""Texts that are finished: no markup, brackets and quotes closed, dates and numbers in style."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator.audit import Check
from generator.audit.texts.date_style import check_dates_in_one_style
from generator.audit.texts.prose import (
    check_brackets_balanced,
    check_grouping_indian,
    check_markup_absent,
    check_quotes_balanced,
)
from generator.findings import Severity
from generator.model import Contact, Place, Text
from tests.audited import clean_edition
from tests.command import patra_json
from tests.editions_made import recipient
from tests.passages_made import SHIPPED, told, told_of, told_of_shipped
from tests.small import Small, make_small

CHECKS: tuple[Check, ...] = (
    check_markup_absent,
    check_brackets_balanced,
    check_quotes_balanced,
    check_dates_in_one_style,
    check_grouping_indian,
)

RIGHT_ENGLISH = (
    # markup
    "Write to first_last@state.example or see user_list.xlsx at https://x.example.in/a_b?c=1.",
    "The *Mission Shakti* course, **in bold**, __too__; R&D, AT&T &amp; others, 5 * 3.",
    "Signature: ________ Name______",
    "Read compendium_1-3.md. A line of * * * and of ***** or a footnote*.",
    "Part XXX of the Rules, learner[s], and/or, 3-4, A/B.",
    "Hyphenated role-based learning; 98% of 30+ departments; #DigitalIndia.",
    # brackets
    "The Academy (RCVPNAAM, Madhya Pradesh (Bhopal)) [see Annexure-1] {as is}.",
    "a) first: b) second; (c) third. 1) fourth",
    "iv) the fourth item",
    "a) first, b) second and c) third; and d) fourth or e) fifth",
    "| (a | b) |\n|:--|:--|\n| A | 1,00,000 |".replace("(a", "(a)").replace("b)", "b"),
    # quotes
    "A “State Learning Week” and ‘Mission Shakti’; the State’s, officials’ and Officers' meetings.",
    "The \"Karmayogi\" week, Bihar's public officials, don't, o'clock, 'quoted' and ‘the States’’.",
    "‘The officials’ report’ and “it’s ‘nested’ here”.",
    'A 24" screen.',
    # dates
    "From 15th to 21st September, 2025 and on 11th December, 2025; 1st, 2nd, 3rd and 22nd.",
    "In September, 2025, by December 2025, in 2025–26, on 5th May, in May and on 11th March.",
    "From 28th September to 3rd October, 2025; 3rd–9th October, 2025; 31st December, 2025.",
    "Letter No. 4/2025 dated 26.12.2025; O.M. dated the 5.3.2025; your letter dtd. 2025-12-26.",
    "OM No. 12/3/2020-Estt., F. No. 1/2/2019 and version 1.2.2025.1; 1-10-100.",
    "In May 20 lakh learners; the March 5 lakh; may 11 learners.",
    "Viksit Odisha 2036, Viksit Bharat 2047.",
    # grouping
    "Over 1,600+ stations, 67,000 constables, 3,22,014 and 1,00,00,000; 9,999.50; 2025, 110067.",
    "Paras 1,2 and 3; Annexures 1,2,3; 9.32 lakh; 21,2025 is no number.",
)

RIGHT_HINDI = (
    "क) पहला: ख) दूसरा; (ग) तीसरा। 1) चौथा",
    "क) योजना, ख) कार्यान्वयन तथा ग) समीक्षा और घ) अनुवीक्षण",
    "पत्र सं. 11011/4/2014 दिनांक 26.12.2025; कार्यालय ज्ञापन दिनांक 5.3.2025 के क्रम में।",
    "आपके दिनांक 26.12.2025 के पत्र का संदर्भ लें।",
    "‘विकसित ओडिशा 2036’ तथा ‘विकसित भारत 2047’; “राज्य अधिगम सप्ताह” और 'बी'।",
    "‘दक्षता पासबुक (Competency Passbook)’ में; ‘2047 का भारत’।",
    "15 से 21 सितंबर, 2025; 11 दिसंबर, 2025; 5–9 मई, 2025; सितंबर, 2025; सितंबर 2025; 2025–26।",
    "28 सितंबर से 3 अक्तूबर, 2025 तक; 2 अक्टूबर, 2025; 30 नवम्बर, 2025; 26 फ\u093cरवरी, 2025।",
    "मई में 20 लाख; मार्च 5 लाख; 9वीं रैंक; 1 जनवरी को; सं. 12/3/2020-स्था.; फा. सं. 1/2/2019",
    "1,600 से अधिक थाने, 67,000 आरक्षी, 3,22,014 कार्मिक, 1,00,000 से 5,00,000 तक।",
    "| तिथि | मद |\n|:--|:--|\n| 31.07.2025 तक | 2025-07-31 |",
)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize(
    ("text", "language"),
    [(text, "en") for text in RIGHT_ENGLISH] + [(text, "hi") for text in RIGHT_HINDI],
)
def test_ordinary_official_prose_is_right(text: str, language: str, check: Check) -> None:
    assert told(check, text, language) == []


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_editions_are_right(name: str) -> None:
    assert told_of_shipped(CHECKS, name) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("This is **bold that never ends.", "“**”"),
        ("आदरणीय [महोदय|महोदया] को।", "“[महोदय|महोदया]”"),
        ("Respected [m|f],", "“[m|f]”"),
        ("The {{ state.name }} share.", "“{{ state.name }}”"),
        ("The {{ state.name share.", "“{{”"),
        ("A {% if x %}share.", "“{% if x %}”"),
        ("⚑ अनुवाद देखें।", "“⚑”"),
        ("The Composite_Score of all.", "“Composite_Score”"),
        ("The column state_ut_name here.", "“state_ut_name”"),
        ("An _unfinished word.", "“_unfinished”"),
        ("TODO: write this.", "“TODO”"),
        ("On XX and XXXX.", "“XXXX”"),
        ("The date is TBD.", "“TBD”"),
        ("A back\\slash.", "“\\”"),
        ("Stray ** marks and ***more.", "“**”, “***”"),
        ("Some ~~struck~~ words.", "“~~”"),
        ("A first line\n##Heading", "“##”"),
        ("| A | B |\n| 1 | 2 |", "“| A | B |”, “| 1 | 2 |”"),
        ("**One** and TODO and **two", "“TODO”, “**”"),
    ],
)
def test_what_is_left_over_is_told_once_a_passage(text: str, found: str) -> None:
    language = "hi" if any(character > "\u0900" for character in text[:1] + text[-3:]) else "en"

    (finding,) = told(check_markup_absent, text, language)

    assert finding.message.endswith(f": {found}")
    assert finding.severity is Severity.ERROR


def test_left_over_html_in_the_data_is_told() -> None:
    contact = Contact({"hi": "नमूना", "en": "A &amp; B<br>"})

    (finding,) = told_of(check_markup_absent, clean_edition(contact=contact))

    assert finding.message.endswith(": “&amp;”, “<br>”")


@pytest.mark.parametrize(
    ("subject", "count"),
    [
        *[("**Ranking** of *States*", 0), ("Ranking \\* of States", 0), ("**Ranking of States", 1)],
        *[(r"\*\*\*\*\*", 0), (r"Use of \[…\]", 1), (r"Write to a\_b@office.example", 0)],
    ],
)
def test_markup_in_the_front_matter_is_read(subject: str, count: int) -> None:
    text = Text("text.en.md", f"---\nsubject: '{subject}'\n---\n\nBody.\n")

    assert len(told_of(check_markup_absent, clean_edition(texts={"en": text}))) == count


@pytest.mark.parametrize("check", CHECKS[1:3])
@pytest.mark.parametrize("text", ["आदरणीय [महोदय|महोदया] को।", "A {{ name share.", "A }} share."])
def test_what_is_left_over_is_told_by_no_other_check(text: str, check: Check) -> None:
    assert told(check, text, "hi") == []


@pytest.mark.parametrize("check", CHECKS)
def test_signs_of_an_old_font_are_no_signs(check: Check) -> None:
    assert told(check, 'eq[; lfpo us fo"k; esa "kM~;a= dk mYys[k fd;k gS') == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The Academy (RCVPNAAM has grown.", "en"),
        ("The Academy RCVPNAAM) has grown.", "en"),
        ("संस्थान (बिपार्ड, BIPARD के तत्त्वावधान में।", "hi"),
        ("सप्ताह 15 से 21 सितंबर, 2025) के दौरान", "hi"),
        ("It is (so] here", "en"),
        ("हरियाणा श्रेणी B) में है।", "hi"),
        ("श्रेणी A और B) में है।", "hi"),
        ("| (a | b) |\n|:--|:--|\n| A | B |", "en"),
        ("See [Annexure-1.", "en"),
    ],
)
def test_a_bracket_alone_is_told(text: str, language: str) -> None:
    (finding,) = told(check_brackets_balanced, text, language)

    assert finding.severity is Severity.WARNING


def test_a_bracket_is_told_with_its_surroundings_at_its_line() -> None:
    (finding,) = told(check_brackets_balanced, "One (right).\nTwo is (wrong.\nThree.", "en")

    assert finding.where == Place("compendium/01-made.en.md", line=4)
    assert "Two is (wrong" in finding.message


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("A “State Learning Week was held.", "en"),
        ("A State Learning Week” was held.", "en"),
        ("A ”State Learning Week“ was held.", "en"),
        ('A “State Learning Week" was held.', "en"),
        ('The "Karmayogi week.', "en"),
        ("एक ‘मिशन शक्ति पाठ्यक्रम है।", "hi"),
        ("एक मिशन शक्ति’ पाठ्यक्रम है।", "hi"),
        ("एक 'मिशन शक्ति पाठ्यक्रम है।", "hi"),
        ("The «week was held.", "en"),
    ],
)
def test_a_quotation_mark_alone_is_told(text: str, language: str) -> None:
    (finding,) = told(check_quotes_balanced, text, language)

    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("On 11th December '2025.", "“11th December '2025”", "“11th December, 2025”"),
        ("On 30th November'2025.", "“30th November'2025”", "“30th November, 2025”"),
        ("In December ’25 and", "“December ’25”", ""),
        ("On December 11, 2025.", "“December 11, 2025”", "“11th December, 2025”"),
        ("May 5–9, 2025", "“May 5–9, 2025”", ""),
        ("On 11 December 2025.", "“11 December 2025”", "“11th December, 2025”"),
        ("On 11th December 2025.", "“11th December 2025”", "“11th December, 2025”"),
        ("On 04 July, 2025.", "“04 July, 2025”", "“4th July, 2025”"),
        ("On 22th July, 2025.", "“22th July, 2025”", "“22nd July, 2025”"),
        ("15–21 September 2025", "“15–21 September 2025”", ""),
        ("11th to 20th July 2025", "“11th to 20th July 2025”", ""),
        ("On 5 Sept 2025.", "“5 Sept 2025”", "“5th September, 2025”"),
        ("In Sept. and in Dec 2025", "“Sept.”, “Dec 2025”", ""),
        (
            "By 31.07.2025 or 11/12/2025",
            "“31.07.2025”, “11/12/2025”",
            "“31st July, 2025”, “11th December, 2025”",
        ),
        ("By 2025-07-31.", "“2025-07-31”", "“31st July, 2025”"),
    ],
)
def test_an_english_date_in_another_style_is_told(text: str, found: str, expected: str) -> None:
    (finding,) = told(check_dates_in_one_style, text, "en")

    assert finding.message.endswith(f": {found}")
    assert finding.expected == expected
    assert "11th December, 2025" in finding.remedy


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("11 दिसंबर 2025 को", "“11 दिसंबर 2025”", "“11 दिसंबर, 2025”"),
        ("11वां दिसंबर को", "“11वां दिसंबर”", ""),
        ("11वें दिसंबर, 2025 को", "“11वें दिसंबर, 2025”", "“11 दिसंबर, 2025”"),
        ("30 नवंबर '2025 की", "“30 नवंबर '2025”", "“30 नवंबर, 2025”"),
        ("15 से 21 सितंबर 2025 तक", "“15 से 21 सितंबर 2025”", ""),
        ("दिसंबर 11, 2025", "“दिसंबर 11, 2025”", "“11 दिसंबर, 2025”"),
        ("दिनांक 31.07.2025 तक", "“31.07.2025”", "“31 जुलाई, 2025”"),
        ("11 दिस. 2025", "“11 दिस. 2025”", "“11 दिसंबर, 2025”"),
        ("2 अक्टूबर 2025", "“2 अक्टूबर 2025”", "“2 अक्तूबर, 2025”"),
    ],
)
def test_a_hindi_date_in_another_style_is_told(text: str, found: str, expected: str) -> None:
    (finding,) = told(check_dates_in_one_style, text)

    assert finding.message.endswith(f": {found}")
    assert finding.expected == expected
    assert "11 दिसंबर, 2025" in finding.remedy


@pytest.mark.parametrize("text", ["On 11th December '2025 it was.", "30 नवंबर '2025 की स्थिति"])
def test_an_apostrophe_before_a_year_is_no_quotation_mark(text: str) -> None:
    assert told(check_quotes_balanced, text, "en") == []


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("In all 322,014 learners.", "“322,014”", "“3,22,014”"),
        ("1,00,001-500,000 and 1,000,000", "“500,000”, “1,000,000”", "“5,00,000”, “10,00,000”"),
        ("₹12,345,678.50 and 3,2,014", "“12,345,678.50”, “3,2,014”", "“1,23,45,678.50”, “32,014”"),
    ],
)
def test_a_number_grouped_otherwise_is_told(text: str, found: str, expected: str) -> None:
    (finding,) = told(check_grouping_indian, text, "en")

    assert finding.message.endswith(f": {found}")
    assert finding.expected == expected


def test_a_cell_of_a_recipient_is_told_with_whom_it_concerns() -> None:
    place = Place("recipients.csv", cell="K2")
    someone = recipient("HR", address={"en": "Sector 1 (Chandigarh"}, places={"address_en": place})

    (finding,) = told_of(check_brackets_balanced, clean_edition(recipients=(someone,)))

    assert (finding.who, finding.where) == ("HR", place)


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return make_small(tmp_path)


def found_by_command(small: Small, code: int = 0) -> list[tuple[str, dict[str, Any], str]]:
    """Which of these checks the real command reports about texts: name, place, message."""
    names = {check.__name__.removeprefix("check_").replace("_", "-") for check in CHECKS}
    document = patra_json("check", small.edition, "--root", small.root, code=code)
    found = (f for f in document["findings"] if f["check"] in names)
    return [(f["check"], {k: v for k, v in f["where"].items() if v}, f["message"]) for f in found]


def test_markup_left_in_the_compendium_is_told_at_file_and_line(small: Small) -> None:
    file = "compendium/01-madhya-pradesh.hi.md"
    small.edit(file, "मध्य प्रदेश ने आर.सी.वी.पी.", "⚑ मध्य प्रदेश ने आर.सी.वी.पी.")

    ((check, where, _message),) = found_by_command(small, code=4)

    assert check == "markup-absent"
    assert where == {"file": file, "line": 5}


def test_a_bracket_in_the_kinds_text_is_told_at_its_line(small: Small) -> None:
    text = small.kind / "text.hi.md"
    source = text.read_text("utf-8")
    line = 1 + source[: source.index("(iGOT Karmayogi)")].count("\n")
    text.write_text(source.replace("(iGOT Karmayogi)", "(iGOT Karmayogi", 1), "utf-8")

    ((check, where, _message),) = found_by_command(small)

    assert check == "brackets-balanced"
    assert where == {"file": "letter_templates/do_letter/text.hi.md", "line": line}


def test_a_quotation_mark_in_the_settings_is_told_at_its_line(small: Small) -> None:
    settings = (small.edition / "edition.toml").read_text("utf-8")
    line = 1 + settings[: settings.index("सक्रिय अधिगम को दर्शाना")].count("\n")
    small.edit("edition.toml", "सक्रिय अधिगम को दर्शाना", "‘सक्रिय अधिगम को दर्शाना")

    ((check, where, _message),) = found_by_command(small)

    assert (check, where) == ("quotes-balanced", {"file": "edition.toml", "line": line})


def test_a_date_in_the_compendium_are_told_at_their_line(small: Small) -> None:
    file = "compendium/01-madhya-pradesh.hi.md"
    small.edit(file, "सितंबर, 2025", "सितंबर 2025")

    ((check, where, message),) = found_by_command(small)

    assert (check, where) == ("dates-in-one-style", {"file": file, "line": 5})
    assert "21 सितंबर 2025" in " ".join(message.split())


def test_a_number_in_the_compendium_is_told_at_its_line(small: Small) -> None:
    file = "compendium/01-madhya-pradesh.hi.md"
    for language, words in (("hi", "265 से अधिक"), ("en", "over 265")):
        small.edit(file.replace(".hi.", f".{language}."), words, words.replace("265", "265,000"))

    found = found_by_command(small)

    assert [(check, where["line"]) for check, where, _message in found] == [
        ("grouping-indian", 3)
    ] * 2
    assert "expected “2,65,000”" in found[0][2]
