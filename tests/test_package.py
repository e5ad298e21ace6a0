import json
import re
import unicodedata

import frictionless
import pandas as pd
import pytest

import bgdata as bg
from bgdata.errors import BgdataError, DataError, UnknownName
from bgdata.package import Package, project_root
from conftest import ROOT, PackageCopy

FILE = PackageCopy.observations
NEXT = 137  # the line behind the last observation


def cell(key, column, text, file=FILE):
    return lambda package: package.cell(file, key, column, text)


def append(line, file=FILE):
    return lambda package: package.append(file, line)


def replace(old, new, file=FILE):
    return lambda package: package.replace(file, old, new)


# What is spoiled, the fault that the reader names, and the error of the Data Package standard (None where the
# standard cannot express the fault).
FAULTS = {
    "missing column": (replace("status,printed", "printed"), "line 1   missing: status", "missing-label"),
    "extra column": (replace("as_of,note", "as_of,note,by"), "line 1   not expected: 'by'", "extra-label"),
    "wrong column": (
        replace("indicator,cat", "indikator,cat"),
        "missing: indicator; not expected: 'ind",
        "incorrect-label",
    ),
    "other order": (replace("lower,upper", "upper,lower"), "the columns stand in another order", "incorrect-label"),
    "cell too many": (
        append("press.plans,x,1,,,=,A,1,I.2.3,,,"),
        f"line {NEXT} 12 cells, more than the 11",
        "extra-cell",
    ),
    "cell too few": (
        append("press.plans,x,1,,,=,A,1,I.2.3,"),
        f"line {NEXT} 10 cells, fewer than the 11",
        "missing-cell",
    ),
    "decimal comma": (
        cell("telecom.household_fibre_share", "value", "85,1"),
        'value 85.1 does not agree with printed "85%"',
        "type-error",
    ),
    "unquoted comma": (replace("A,85%", "A,85,0%"), "12 cells, more than the 11 columns; put quot", "extra-cell"),
    "empty line": (append(""), f"line {NEXT} 0 cells, fewer than the 11", "blank-row"),
    "duplicate row": (
        append("press.plans,,3,,,=,A,03,I.2.3,,"),
        f'line {NEXT} indicator "press.plans", category "" stands already in line 93',
        "primary-key",
    ),
    "unknown indicator": (
        append("telecom.bst,,1,,,=,A,1,I.2.3,,"),
        f'line {NEXT} indicator "telecom.bst" is unknown; did you mean "telecom.bts"',
        "foreign-key",
    ),
    "unknown unit": (
        cell("post.dossiers", "unit", "dosier", "indicators.csv"),
        'line 12  unit "dosier" is unknown; did you mean "dossier"',
        "foreign-key",
    ),
    "unknown sector": (
        cell("post.dossiers", "sector", "pots", "indicators.csv"),
        'line 12  sector "pots" is unknown; did you mean "post"?',
        "foreign-key",
    ),
    "unknown whole": (
        cell("post.dossiers", "of", "post.all", "indicators.csv"),
        'line 12  of "post.all" is unknown',
        "foreign-key",
    ),
    "negative position": (
        cell("post", "position", "-2", "sectors.csv"),
        'line 3   position "-2" is less than 1',
        "constraint-error",
    ),
    "unknown measure": (
        cell("post.dossiers", "measure", "flows", "indicators.csv"),
        'line 12  measure "flows" is not one of stock flow',
        "constraint-error",
    ),
    "unknown status": (cell("press.plans", "status", "B"), 'line 93  status "B" is not one of A E', "constraint-error"),
    "unknown qualifier": (cell("press.plans", "qualifier", "=="), 'qualifier "==" is not one of', "constraint-error"),
    "unknown section": (cell("press.plans", "section", "I.9"), 'line 93  section "I.9" belongs to no sector', None),
    "unreadable section": (cell("press.plans", "section", "trang 3"), 'section "trang 3" does not', "constraint-error"),
    "unknown category": (
        cell("telecom.bts,4G", "category", "6G"),
        'line 28  Category "6G" of telecom.bts is unknown; known: 2G, 3G, 4G, 5G',
        None,
    ),
    "category without breakdown": (cell("press.plans", "category", "4G"), "press.plans has no breakdown", None),
    "unknown scope of a break": (
        append("2026-01-01,telecon,Lý do,Reason", "breaks.csv"),
        'line 9   scope "telecon" is unknown; did you mean "telecom"',
        None,
    ),
    "period with other dates": (
        cell("2024-S1", "end", "2024-06-29", "periods.csv"),
        "line 2   end 2024-06-29 is not that of 2024-S1: 2024-06-30",
        None,
    ),
    "value beside printed": (
        cell("post.revenue", "value", "335"),
        'line 14  value 335 does not agree with printed "335 tỷ" (335000000000)',
        None,
    ),
    "no value": (cell("press.plans", "value", ""), 'line 93  value is empty, but printed is "03" (3)', None),
    "no printed": (cell("press.plans", "printed", ""), "line 93  printed is empty; only a missing number", None),
    "broken notation": (cell("press.plans", "printed", "1.23.4"), '"1.23.4" breaks the notation', None),
    "unexplained slip": (
        cell("economy.new_digital_firms_share", "note", ""),
        "It could be 16,2% or 162%. Write the reading that is meant into value, and why into note.",
        None,
    ),
    "range with a value": (cell("post.counter_staff", "value", "2"), '"2 đến 3" is a range: value must be empty', None),
    "number with a bound": (cell("press.plans", "lower", "3"), "lower and upper are for ranges only", None),
    "missing with a value": (
        cell("press.plans", "status", "M"),
        "status is M (missing), but value, qualifier, pri",
        None,
    ),
    "percent in a count": (
        cell("press.plans", "printed", "3%"),
        'printed "3%" does not go with the unit document',
        None,
    ),
    "NaN": (cell("press.plans", "value", "NaN"), 'line 93  value "NaN" is not a number', None),
    "infinity": (cell("press.plans", "value", "inf"), 'line 93  value "inf" is not a number', None),
    "exponent": (cell("press.plans", "value", "3e0"), 'line 93  value "3e0" is not a number', None),
    "full-width digit": (cell("press.plans", "value", "３"), 'line 93  value "３" is not a number', None),
    "no date": (cell("press.plans", "as_of", "5/6/2024"), 'as_of "5/6/2024" is not a date such as', "type-error"),
    "week date": (cell("press.plans", "as_of", "2024-W22-5"), 'as_of "2024-W22-5" is not a date such as', "type-error"),
    "= in a note": (
        cell("press.plans", "note", "=1+1"),
        '"=1+1" starts with "=" as a formula does',
        "constraint-error",
    ),
    "+ in a label": (
        cell("post", "label_vi", "+Bưu", "sectors.csv"),
        'line 3   label_vi "+Bưu" starts',
        "constraint-error",
    ),
    "- in a label": (cell("site", "label_en", "-s", "units.csv"), 'line 7   label_en "-s" starts', "constraint-error"),
    "@ in a label": (
        cell("post.budget", "label_vi", "@a", "indicators.csv"),
        'label_vi "@a" starts',
        "constraint-error",
    ),
    "= in a value": (cell("press.plans", "value", "=1+2"), 'line 93  value "=1+2" is not a number', "type-error"),
    "= in a printed": (cell("press.plans", "printed", "=3"), '"=3" starts with "=" as a', "constraint-error"),
    "line break": (cell("press.plans", "note", "a\nb"), "'a\\nb' holds a tab or a line break", "constraint-error"),
    "empty label": (cell("site", "label_vi", "", "units.csv"), "line 7   label_vi is empty", "constraint-error"),
    "open quotation mark": (append('press.plans,x,1,,,=,A,1,I.2.3,,"a'), f"line {NEXT} is not well-formed CSV", None),
}
STANDARD = {name: (spoil, error) for name, (spoil, _, error) in FAULTS.items() if error}


@pytest.mark.parametrize("spoil, fault", [(spoil, fault) for spoil, fault, _ in FAULTS.values()], ids=FAULTS)
def test_a_fault_is_refused_with_file_line_and_what_is_wrong(package, spoil, fault):
    spoil(package)
    with pytest.raises(DataError) as caught:
        bg.load(period="2024-S1")
    assert fault in str(caught.value)


@pytest.mark.parametrize("spoil, error", STANDARD.values(), ids=STANDARD)
def test_a_fault_that_the_standard_can_express_is_refused_by_frictionless_too(package, spoil, error):
    spoil(package)
    assert error in errors_of(package.data)


def errors_of(data):
    """Names of the errors that frictionless finds."""
    report = frictionless.validate(str(data / "datapackage.json"))
    return {name for [name] in report.flatten(["type"])}


def test_frictionless_finds_no_fault_in_the_package(package):
    assert errors_of(package.data) == set()


def test_every_fault_of_a_file_is_listed_in_the_order_of_the_lines(package):
    package.cell(FILE, "post.revenue", "value", "335")
    package.cell(FILE, "press.plans", "status", "B")
    package.append(FILE, "telecom.bst,,1,,,=,A,1,I.9,,", "press.plans")
    with pytest.raises(DataError) as caught:
        bg.load(period="2024-S1")
    assert {fault.file for fault in caught.value.faults} == {"data/observations/2024-S1.csv"}
    assert re.findall(r"  line (\d+)", str(caught.value)) == ["14", "93", "137", "137", "138"]


def test_faults_of_several_files_are_told_file_by_file(package):
    package.cell("units.csv", "site", "label_vi", "")
    package.cell("units.csv", "VND", "label_en", "")
    package.cell("sectors.csv", "post", "position", "x")
    with pytest.raises(DataError) as caught:
        Package.open()
    assert str(caught.value) == (
        "data/sectors.csv: 1 fault.\n"
        '  line 3   position "x" is not a whole number\n'
        "data/units.csv: 2 faults.\n"
        "  line 6   label_en is empty\n"
        "  line 7   label_vi is empty\n"
        "Nothing was loaded. Correct the lines, then run: bgdata check"
    )


@pytest.mark.parametrize("file", [FILE, "indicators.csv"])
def test_text_that_is_not_utf8_is_refused_with_the_way_to_save_it(package, file):
    package.write(file, windows_1258(package.text(file)))
    with pytest.raises(DataError, match=rf"data/{file}: 1 fault.\n  file     is not UTF-8 .*CSV UTF-8"):
        bg.load(period="2024-S1")


TONES = "\u0300\u0301\u0303\u0309\u0323"


def windows_1258(text):
    """Encode as Windows does for Vietnamese: tone marks behind precomposed letters."""
    letters = [unicodedata.normalize("NFD", letter) for letter in text]
    bare = [unicodedata.normalize("NFC", letter.translate(dict.fromkeys(map(ord, TONES)))) for letter in letters]
    marks = ["".join(mark for mark in letter if mark in TONES) for letter in letters]
    return "".join(base + mark for base, mark in zip(bare, marks)).encode("cp1258")


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: unicodedata.normalize("NFD", text).encode(),
        lambda text: unicodedata.normalize("NFD", text.replace("\n", "\r\n")).encode("utf-8-sig"),
    ],
    ids=["byte order mark", "\\r\\n", "NFD", "all three"],
)
@pytest.mark.parametrize("file", [FILE, "indicators.csv", "categories.csv"])
def test_a_byte_order_mark_windows_line_ends_and_decomposed_letters_are_read(package, file, encode):
    package.write(file, encode(package.text(file)))
    pd.testing.assert_frame_equal(bg.load(period="2024-S1"), expected_frame())


def expected_frame():
    """The observations of the untouched package."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("BGDATA_ROOT", str(ROOT))
        return bg.load(period="2024-S1")


def test_the_package_read_in_plain_pandas_by_its_descriptor_gives_the_same_values(package):
    plain = by_descriptor(package.data, "observations-2024-s1").merge(
        by_descriptor(package.data, "indicators"), on="indicator", how="left", suffixes=("", "_of")
    )
    columns = [
        "indicator",
        "category",
        "value",
        "qualifier",
        "status",
        "printed",
        "section",
        "as_of",
        "unit",
        "measure",
    ]
    pd.testing.assert_frame_equal(
        plain[[*columns, "sector"]].fillna({"category": "", "as_of": ""}),
        bg.load(period="2024-S1")[[*columns, "sector"]],
        check_dtype=False,
    )


def by_descriptor(data, name):
    """Read a resource with pandas alone, as `datapackage.json` declares it."""
    declared = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    [resource] = [resource for resource in declared["resources"] if resource["name"] == name]
    types = {"string": "str", "number": "float64", "integer": "int64", "date": "str"}
    return pd.read_csv(
        data / resource["path"],
        dtype={field["name"]: types[field["type"]] for field in resource["schema"]["fields"]},
        keep_default_na=False,
        na_values=[""],
    )


def test_the_descriptor_declares_every_file_of_the_package(package):
    declared = json.loads(package.text("datapackage.json"))
    assert {resource["path"] for resource in declared["resources"]} == {
        file.relative_to(package.data).as_posix() for file in package.data.rglob("*.csv")
    }


def test_all_observation_resources_have_the_same_schema(package):
    resources = json.loads(package.text("datapackage.json"))["resources"]
    schemas = [json.dumps(resource["schema"]) for resource in resources if resource["path"].startswith("observations/")]
    assert len(set(schemas)) == 1


@pytest.mark.parametrize(
    "content, message",
    [
        (b"{", "is not valid JSON"),
        ("Trạm".encode("utf-16"), "is not valid JSON"),
        (b"{}", "declares no periods, sectors, units, indicators"),
        (b'{"resources": []}', "declares no periods, sectors, units, indicators"),
    ],
)
def test_a_broken_descriptor_is_refused_in_a_sentence(package, content, message):
    package.write("datapackage.json", content)
    with pytest.raises(DataError, match=message):
        Package.open()


def test_a_file_that_is_not_there_is_named(package):
    (package.data / "units.csv").unlink()
    with pytest.raises(DataError, match="data/units.csv: 1 fault.\n  file     cannot be read"):
        Package.open()


def test_an_empty_file_is_refused(package):
    package.write(FILE, b"")
    with pytest.raises(DataError, match="line 1   missing: indicator, category, value"):
        bg.load(period="2024-S1")


def test_a_change_on_disk_is_seen_at_once(package):
    before = bg.sectors()["label_en"].iloc[1]
    package.cell("sectors.csv", "post", "label_en", "Post and parcels")
    assert (before, bg.sectors()["label_en"].iloc[1]) == ("Postal services", "Post and parcels")


@pytest.mark.parametrize("period", ["../../etc", "/etc/passwd", "", "2024S1", "2024-S3", "２０２４-S1", "..\\2024-S1"])
@pytest.mark.parametrize("read", [lambda period: bg.load(period=period), lambda period: Package.open().period(period)])
def test_what_is_no_period_never_becomes_a_path(package, monkeypatch, read, period):
    Package.open()
    monkeypatch.setattr("pathlib.Path.read_bytes", lambda path: pytest.fail(f"read {path}"))
    with pytest.raises(BgdataError, match="is not a period"):
        read(period)


@pytest.mark.parametrize(
    "ask, message",
    [
        (
            lambda: Package.open().period("2024-S2"),
            '2024-S2 has no observations yet (begin it with: bgdata new 2024-S2); did you mean "2024-S1"?',
        ),
        (lambda: Package.open().sector("telecon"), 'Sector "telecon" is unknown; did you mean "telecom"?'),
        (lambda: Package.open().sector(["telecom"]), 'Sector "[\'telecom\']" is unknown; did you mean "telecom"?'),
        (
            lambda: Package.open().indicator("telecom.bst"),
            'Indicator "telecom.bst" is unknown; did you mean "telecom.bts"',
        ),
    ],
)
def test_an_unknown_name_is_answered_with_the_near_matches(package, ask, message):
    with pytest.raises(UnknownName) as caught:
        ask()
    assert str(caught.value).startswith(message)


def test_the_root_is_the_nearest_folder_above_that_holds_a_package(package, monkeypatch):
    monkeypatch.delenv("BGDATA_ROOT")
    (package.root / "notebooks" / "deep").mkdir(parents=True)
    monkeypatch.chdir(package.root / "notebooks" / "deep")
    assert project_root() == package.root


def test_the_root_is_the_checkout_where_no_package_is_near(package, monkeypatch, tmp_path_factory):
    monkeypatch.delenv("BGDATA_ROOT")
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert project_root() == ROOT


def test_a_named_root_without_a_package_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("BGDATA_ROOT", str(tmp_path))
    with pytest.raises(BgdataError, match="holds no data/datapackage.json. Go to the folder of the project"):
        project_root()
