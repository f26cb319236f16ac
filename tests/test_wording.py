"""What authors are told in Arabic by ``check`` and by the last lines of commands: plain, and Arabic throughout."""

import ast
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from conftest import EPOCH, ROOT, SiteFolder
from desk import found
from PIL import Image
from preview_site import preview
from test_check import FOUND
from test_check_site import LONG
from test_import_xml import post, wxr

from mujaz import remarks
from mujaz.desk import formats
from mujaz.desk.advice import BY_NAME, RULES
from mujaz.desk.finding import Finding
from mujaz.remarks import Remark
from mujaz.wording.matching import worded

QUOTED = re.compile("[\u2066-\u2068][^\u2066-\u2069]*\u2069")  # values, each isolated
FILES = re.compile(r"[\w.-]+(?:/[\w.-]+)+/?|[\w-]+\.(?:md|toml|py)\b|build\.py init")
NAMES = {  # of formats, programs and what is typed as it stands
    "HTML", "XML", "UTF", "JPEG", "PNG", "WebP", "PDF", "TOML", "RSS", "Atom", "IANA", "Markdown", "GitHub",
    "Pages", "README", "pip", "Ctrl", "C", "slug", "https", "NUL", "fix", "content", "layouts", "base_url",
}  # fmt: skip


def latin(text: str) -> set[str]:
    """The Latin words of a text that are no paths, no names, and not quoted."""
    return set(re.findall(r"[A-Za-z][\w]*", FILES.sub("", QUOTED.sub("", text)))) - NAMES


def bare(text: str) -> str:
    """A text without the signs that keep the order of what is quoted."""
    return text.translate(dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069")))


# --- check ----------------------------------------------------------------------------------------------


def spoiled(site: SiteFolder) -> None:
    """A site on which each rule of the linter has something to say."""
    for number, (_, body, _) in enumerate(FOUND):
        site.article(f"2019/05/24/a{number}", body, headline=f"خبر رقم {number}", tags="ماء")
    site.settings('check = ["tatwel", "zzz"]')
    more = {
        "long": {"headline": "عنوان " * 30},
        "short": {"headline": "عنوان"},
        "alt": {"image": "a.png"},
        "elsewhere": {"date": "25/05/2019"},
        "key": {"headlin": "كذا", "زيزفون": "كذا"},
        "once": {"tags": "وحيد"},
        "links": {},
        "long1": {"date": "24/05/2019"},
        "long2": {"date": "24/05/2019"},
    }
    bodies = {
        "links": "## الخطوات\n\n[أ](/2019/05/24/lnks/) [ب](/لا شيء/) [ج](#الخطوت) [د](#zz) [ه](x.md) [و](none.md)",
        "long1": LONG,
        "long2": LONG.replace("كلمة40", "شيء"),
        "short": "[خبر لم يُنشر](x/y.md) <سلمى> و<سلمى الحداد> و<سلمى النجار>",
    }
    for name, fields in more.items():
        site.article(f"2019/05/24/{name}", bodies.get(name, "نص"), **fields)
    picture = BytesIO()
    Image.new("RGB", (2, 2)).save(picture, "png")
    site.write("content/2019/05/24/a.png", picture.getvalue())
    site.write("layouts/spare.html", "x")


def test_each_rule_speaks_arabic_only(site: SiteFolder) -> None:
    spoiled(site)
    done = site.run("check", "--lang", "ar")
    assert done.returncode == 1, done.stderr
    lines, advice, summary = done.stdout.rstrip("\n").split("\n\n")
    seen = set()
    for line in lines.splitlines():
        told = re.fullmatch(r"[\w./-]+(?::\d+)*: (خطأ|تنبيه|ملاحظة): (.+) \[([\w-]+)\]", line)
        assert told, line
        assert not latin(told[2]), line
        seen.add(told[3])
    assert seen == {rule.name for rule in RULES}
    for line in advice.splitlines():
        name, _, text = line.partition(": ")
        assert text == f"{BY_NAME[name].advice.arabic}."
        assert latin(text) <= {"distinct"}, line
    assert not latin(summary)
    assert re.fullmatch(
        r"\d+ مقالًا: .+ أخطاء، .+ تنبيه.*، .+ ملاحظ.+؛ يصلح --fix منها \d+", bare(summary)
    )


@pytest.mark.parametrize(("rule", "body"), [(r, b) for r, b, times in FOUND if times])
def test_each_finding_has_its_words(rule: str, body: str) -> None:
    for hit in found(body, rule):
        told = worded(hit.message, hit.path, hit.line)
        assert told.arabic
        assert not latin(str(told)), hit.message


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("قال, ثم مضى", "وردت العلامة , والصواب ،"),
        ("قال ”نعم ومضى", "العلامة ” لم تُغلق في فقرتها"),
        ("قال ”نعم”", "تكررت العلامة ” والصواب “"),
        ("قال نعم» ومضى", "العلامة » تغلق ما لم يُفتح"),
        ("قال ، ومضى", "قبل العلامة ، مسافة لا لزوم لها"),
        ("مهـــم", "في «مهـــم» تطويل، والصواب «مهم»"),
        ("کتاب", "في «کتاب» حرف غير عربي (U+06A9)، والصواب ك"),
        ("علی", "في «علی» حرف غير عربي (U+06CC)، والصواب ي أو ى"),
        ("ﻣﺤﻤﺪ", "«ﻣﺤﻤﺪ» مكتوبة بأشكال الحروف القديمة، والصواب «محمد»"),
        ("سنة 20١9", "في العدد «20١9» (2019) نوعان من الأرقام"),
        ("سنة 2019 ثم ٢٠٢٠", "الأرقام في «٢٠٢٠» من نوع ١٢٣، وما قبلها من نوع 123"),
        ("نص \u202eمقلوب", "رمز الاتجاه U+202E لا ينتهي في سطره بالرمز U+202C"),
        ("هذا ** مهم ** جدًا", "علامة التوكيد ** تظهر في الصفحة كما هي"),
        ("قال <دونالد ترامب> ثم <ترمب>", "اسم واحد بصورتين: «ترمب» و«دونالد ترامب»"),
        ("![](a.png)", "صورة بلا وصف"),
    ],
)
def test_findings_are_told_in_plain_words(body: str, said: str) -> None:
    assert said in [bare(worded(hit.message).said) for hit in found(body)]


def test_signs_alone_look_as_in_the_text_around_them() -> None:
    """« opens in an Arabic text, as it does in one that runs from right to left."""
    assert "\u2067«\u2069" in worded("'«' is not closed in its paragraph").said
    assert "\u2068a.md\u2069" in worded("the link 'a.md' leads to no file: there is none").said


def test_json_and_annotations_speak_the_same(site: SiteFolder) -> None:
    site.settings('lang = "ar"')
    site.article("a", "قال, نعم", headline="خبر من هنا", source="وكالة")
    (told,) = json.loads(site.run("check", "--format", "json").stdout)["findings"]
    assert (bare(told["message"]), told["severity"]) == ("وردت العلامة , والصواب ،", "warning")
    line = bare(site.run("check", "--format", "github").stdout)
    assert line == (
        "::warning file=content/a.md,line=6,col=4,title=latin-punctuation::وردت العلامة , والصواب ،."
        " اكتب ، ؛ ؟ في النص العربي بدل , ; ?.\n"
    )
    assert "expected '،'" in site.run("check", "--format", "github", "--lang", "en").stdout


def test_what_a_finding_alone_can_advise_stands_before_the_advice_of_its_rule(
    tmp_path: Path,
) -> None:
    told = Finding("content/a.md", 3, 1, "broken-link", "the link 'a' leads nowhere: no page has the address /a/; did you mean '/b/'?")  # fmt: skip
    line = bare(formats.as_github([told], tmp_path, "ar"))
    assert "لا شيء في العنوان /a/. لعلّك تريد «/b/»؟ صحّح الرابط" in line


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((0, 0), "لا مقالات: لم يُعثر على أخطاء"),
        ((1, 1), "مقال واحد: خطأ واحد"),
        ((2, 2), "مقالان: خطآن"),
        ((11, 11), "11 مقالًا: 11 خطأً"),
        ((100, 103), "100 مقال: 103 أخطاء"),
    ],
)
def test_the_sum_counts_as_arabic_counts(numbers: tuple[int, int], told: str) -> None:
    findings = [Finding(f"content/{n}.md", 1, 1, "fault", "x") for n in range(numbers[1])]
    assert formats.as_text(findings, numbers[0], [], "ar").splitlines()[-1] == told


def test_mended_files_are_counted(site: SiteFolder) -> None:
    site.article("a", "قال, نعم", headline="خبر من هنا", source="وكالة")
    done = site.run("check", "--fix", "--lang", "ar")
    assert done.stdout.splitlines()[-1] == "مقال واحد: لم يُعثر على أخطاء؛ أُصلح ملف واحد"


# --- other commands ---------------------------------------------------------------------------------------


def test_new_says_in_arabic_what_it_refuses_and_what_is_alike(site: SiteFolder) -> None:
    site.settings('lang = "ar"')
    path = site.run("new", "الوزراء يبحثون أزمة المياه في مسقط").stdout.strip()
    assert site.run("new", "الوزراء يبحثون أزمة المياه في مسقط").stderr == f"{path}: موجود من قبل، ولم يُكتب شيء\n"  # fmt: skip
    alike = site.run("new", "وزراء المياه يبحثون الأزمة")
    assert alike.stderr == f"خبر مشابه: {path}: الوزراء يبحثون أزمة المياه في مسقط\n"
    assert bare(site.run("new", "خبر من هنا", "--date", "32/05/2019").stderr).startswith(
        "لا يوم كهذا: «32/05/2019». اكتب اليوم"
    )
    assert not latin(site.run("new", " ").stderr.replace("new", ""))


def test_import_tells_in_arabic_what_it_did_and_what_it_left(site: SiteFolder) -> None:
    site.settings('lang = "ar"')
    export = wxr(
        post("خبر أول", "نص [gallery ids=1]<script>x()</script>"),
        post("قائمة", "", post_type="nav_menu_item"),
    )
    site.write("sources/a.xml", export)
    done = site.run("import", "sources/a.xml")
    assert done.stdout.splitlines()[-1] == "ما نُقل: مقال واحد؛ ما وُجد من قبل: لا مقالات؛ ما تُرك: 3 أشياء؛ لا أخطاء"  # fmt: skip
    lines = bare(done.stderr).splitlines()
    assert len(lines) == 3
    for line in lines:
        assert re.match(r"sources/a\.xml:\d+: لم يُنقل: [ء-ي]", line), line
    again = site.run("import", "sources/a.xml")
    assert "sources/a.xml:6: موجود من قبل: content/2019/05/24/water.md\n" in again.stderr
    assert again.stdout == "ما نُقل: لا مقالات؛ ما وُجد من قبل: مقال واحد؛ ما تُرك: 3 أشياء؛ لا أخطاء\n"  # fmt: skip


def test_a_source_that_cannot_be_read_is_told_in_arabic(site: SiteFolder) -> None:
    done = site.run("import", "nowhere.xml", "--lang", "ar")
    assert done.stderr == "nowhere.xml: لا ملف ولا مجلد بهذا الاسم. تحقّق من المسار.\n"


def test_clean_counts_files_as_arabic_counts(site: SiteFolder) -> None:
    assert site.run("clean", "--lang", "ar").stdout == "لم يُحذف شيء\n"
    site.article("a")
    built = len([site.build(), *site.files()]) - 1
    site.write("site/mine.txt", "x")
    told = site.run("clean", "--lang", "ar").stdout
    assert re.fullmatch(rf"حُذف {built} ملف\w*؛ بقي ما ليس لموجز: mine\.txt\n", told.replace("ً", ""))


def run_init(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Begin a site from an installed Mujaz, without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "mujaz", "init", *arguments, "--lang", "ar"],
        capture_output=True, text=True, encoding="utf-8", check=False, cwd=folder, stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": str(EPOCH)},
    )  # fmt: skip


def test_init_says_in_arabic_what_is_next_and_the_site_speaks_arabic(tmp_path: Path) -> None:
    done = run_init(tmp_path, "port")
    assert bare(done.stdout.splitlines()[-1]) == "التالي: cd port && python build.py serve --open"
    for line in done.stderr.splitlines():
        assert not latin(line), line
    assert "لا عنوان للموقع بعد" in done.stderr
    assert 'lang = "ar"\n' in (tmp_path / "port/content/site.toml").read_text(encoding="utf-8")
    wrong = run_init(tmp_path, "other", "--timezone", "Asia/Bierut")
    assert (wrong.returncode, bare(wrong.stderr)) == (
        2,
        "build.py init: خطأ: لا منطقة زمنية باسم «Asia/Bierut». لعلّك تريد «Asia/Beirut»؟\n",
    )


def test_init_asks_in_arabic(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "mujaz", "init", "port", "--lang", "ar", "--description", "خبر كل يوم"],
        stdin=theirs, stdout=theirs, stderr=theirs, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": str(EPOCH), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    os.close(theirs)
    os.write(ours, "المرفأ\nnews.example\nhttps://news.example/\nAsia/Beirut\n\n".encode())
    seen = b"".join(read_all(ours)).decode()
    assert process.wait(30) == 0
    for question in ("اسم الموقع [موجز]:", "المنطقة الزمنية، مثل Asia/Beirut [UTC]:", "الناشر:"):
        assert question in seen
    assert seen.count("عنوانه على الشبكة، مثل") == 2
    assert "لا يصلح «news.example» عنوانًا للموقع" in bare(seen)


def read_all(terminal: int) -> Iterator[bytes]:
    """All that comes from a terminal until its other end is closed."""
    try:
        while part := os.read(terminal, 4096):
            yield part
    except OSError:
        pass
    os.close(terminal)


def test_the_preview_speaks_arabic_on_the_terminal(site: SiteFolder) -> None:
    site.settings('lang = "ar"')
    site.article("a", headline="خبر من هنا")
    with preview(site, "--host", "localhost", port=5760) as running:
        with preview(site, "--host", "localhost", port=5760) as second:
            assert f"المنفذ 5760 مشغول: المعاينة على {second.port}" in second.said
        running.says("مقال واحد: بُنيت")
        site.article("a", date="32/05/2019")
        running.says("content/a.md:3: لا يوم كهذا")
    assert running.said.endswith("انتهت المعاينة")
    assert not re.search("[A-Za-z]{2,} [a-z]{2,}", running.said)


def test_a_host_that_there_is_not_is_told_in_arabic(site: SiteFolder) -> None:
    done = site.run("serve", "--host", "256.0.0.1", "--lang", "ar")
    assert done.returncode == 2
    assert done.stderr.startswith("لا يمكن فتح المعاينة على 256.0.0.1 بالمنفذ 5500: ")


def test_a_command_cut_short_says_so_in_arabic(site: SiteFolder) -> None:
    site.article("a")
    site.write("layouts/day.html", "{% for a in range(2000) %}{% for b in range(2000) %}{% endfor %}{% endfor %}")  # fmt: skip
    site.write("build.py", (ROOT / "build.py").read_text(encoding="utf-8"))
    process = subprocess.Popen(
        [sys.executable, "build.py", "--lang", "ar", "--jobs", "1"],
        cwd=site.root, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": str(EPOCH)},
    )  # fmt: skip
    end = time.monotonic() + 30
    while not (site.site / ".mujaz/stage").exists():
        assert process.poll() is None
        assert time.monotonic() < end
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=30)[1] == "أُوقف الأمر: الموقع كما تركه آخر بناء تام\n"


# --- tables -------------------------------------------------------------------------------------------------


def test_each_remark_has_the_same_values_in_both_languages() -> None:
    said = {name: found for name, found in vars(remarks).items() if isinstance(found, Remark)}
    assert len(said) > 12
    for name, remark in said.items():
        values = [sorted(re.findall(r"\{(\w+)\}", text)) for text in remark]
        assert values[0] == values[1], name
        assert re.search("[ء-ي]", remark.arabic), name
        assert not re.search("[ء-ي]", remark.english), name


MAKERS = {"leave", "tell", "_tell", "fault", "Hit", "Finding", "Problem", "ValueError", "SourceError", "OutputError", "ContentError", "SettingsError", "LayoutError", "PlanError", "AssetError"}  # fmt: skip
SAMPLES = ("7", "x", "،", "U+0640", "7%", "<u>")  # what may be quoted
JOINED = {  # messages made of two
    "date: {}": "date: expected a date, found 'x'",
    "expected text, found {}: unpack it first": "expected text, found a PDF: unpack it first",
    "expected {}, found the byte 0x{}; {}": "expected UTF-8, found the byte 0xFF; is it another encoding?",
    "expected a picture beside the article, {}": "expected a picture beside the article, found 'https://a.example/b.png': its description is shown instead",
    "image: no such picture: '{}'{}": "image: no such picture: 'a.png'; did you mean 'b.png'?",
    "the old address {}: {}": "the old address /x/: a static site can't have it",
}


def messages() -> Iterator[tuple[str, str]]:
    """Module and message of all that reading, the desk and the importers may tell, values as {}."""
    for folder in ("", "desk", "importing"):
        for path in sorted((ROOT / "mujaz" / folder).glob("*.py")):
            for node in ast.walk(ast.parse(path.read_bytes())):
                match node:
                    case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if (
                        name in MAKERS
                    ):
                        parts = node.args
                    case ast.Assign(targets=[ast.Name(id="message")]):
                        parts = [node.value]
                    case ast.Yield(value=ast.Tuple(elts=parts)):
                        pass
                    case _:
                        continue
                texts = {text for part in parts for text in forms(part)}
                yield from (
                    (path.stem, text)
                    for text in texts
                    if re.search("[A-Za-z]{3}", text) and " " in text
                )


def forms(node: ast.expr) -> Iterator[str]:
    """The texts that an expression of the source may be, values as {}."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr():
            yield "".join(next(forms(part), "{}") for part in node.values)
        case ast.IfExp():
            yield from (*forms(node.body), *forms(node.orelse))


@pytest.mark.parametrize(("module", "text"), sorted(set(messages())))
def test_each_message_of_the_source_has_its_words(module: str, text: str) -> None:
    tried = (JOINED.get(text) or text.replace("{}", sample) for sample in SAMPLES)
    assert any(worded(message).arabic for message in tried), f"{module}: {text}"


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("the featured picture number 9", "الصورة البارزة رقم 9"),
        ("the featured picture https://a.example/b.png", "الصورة البارزة https://a.example/b.png"),
        ("series 'النهر' is no tag", "ليس وسمًا: «النهر» (series)"),
        ("expected at most 2 MB, found 7 MB", "الملف كبير: 7 م.ب، والأكثر 2 م.ب"),
        ("updated: date: expected dd/mm/yyyy, found 'أمس' (a day)", "تاريخ التحديث: ليس «أمس» تاريخًا"),
        ("the address /:year/x/: it is a pattern", "العنوان /:year/x/: نمط لا عنوان"),
        ("the old address /tags/: Mujaz has a page of its own there", "العنوان القديم /tags/: لموجز صفحة فيه"),
        ("the old address /x/: content/a.md has it", "العنوان القديم /x/: أخذه content/a.md"),
        ("the text at https://a.example/x", "النص الذي في https://a.example/x"),
        ("the picture without an address", "صورة بلا عنوان"),
        ("digits: expected latn or arab, found 'roman'", "لا تصلح 'roman' قيمةً للإعداد digits. المتوقَّع: latn أو arab."),
        ("<علي> may be 'علي سالم' or 'علي ناصر': write the full name", "قد يعني «علي» أكثر من اسم: 'علي سالم' أو 'علي ناصر'. اكتب الاسم كاملًا."),
    ],
)  # fmt: skip
def test_what_is_quoted_keeps_its_place(message: str, told: str) -> None:
    assert bare(str(worded(message))) == told


@pytest.mark.parametrize("arguments", [("build",), ("check",), ("clean",)])
def test_english_reads_no_tables_and_builds_no_remarks(
    site: SiteFolder, arguments: tuple[str, ...]
) -> None:
    site.article("a", headline="خبر من هنا")
    if arguments != ("build",):
        site.build()
    read = site.run(*arguments, python=("-X", "importtime")).stderr
    assert "mujaz.speech" in read
    assert "mujaz.wording" not in read
    assert ("mujaz.remarks" in read) == (arguments == ("clean",))
