"""Vectors of xss.txt through every field, name and file of a site, in Chromium: none runs, all are text."""

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

import pytest
import sample_site
from conftest import EPOCH, ROOT, SiteFolder
from preview_site import Preview, preview, until
from search_site import Served, serve
from strategies import picture

from mujaz import names
from mujaz.article import Faulty, read_article
from mujaz.files import scan
from mujaz.importing.bringing import bring_in
from mujaz.model import Article, Settings
from mujaz.names import Rules
from mujaz.preview.faults import faults_of
from mujaz.preview.wording import worded
from mujaz.reader import Earlier, Reading

pytestmark = pytest.mark.browser

# All payloads with XSS_ALL=1, which takes minutes; else each seventh
STEP = 1 if "XSS_ALL" in os.environ else 7
VECTORS = Path(__file__).with_name("xss.txt").read_text(encoding="utf-8").splitlines()[::STEP]
IN_FEED = 5  # of each: title, category, text, attributes
RULES = Rules(Settings(), names.Registry(()))

# One context a line: a field with the vector, or a block of the body
FIELDS = (
    "headline: {}", "tags: {} س", "summary: {}", "author: {}", "source: {}", "source_url: https://a.example/{}",
    "dateline: {}", "story: {}", "image_alt: {}", "image_credit: {}", "corrections: 25/05/2019: {}", "slug: {} NUMBER",
    "aliases: /old/NUMBER-{}/", "updated: {}", "{}: س",
)  # fmt: skip
BLOCKS = (
    "{}", "نص {} نص", "<{}>", "**{}**", "# {}", "- {}", "> {}", "| {} |\n|---|\n| {} |", "`{}`", "```\n{}\n```", "    {}",
    "[{}](https://a.example/)", "[نص]({})", "[نص](<{}>)", '[نص](x "{}")', "![{}](p.svg)", "![نص]({})", "[نص][ر]\n\n[ر]: {}",
    "نص[^1]\n\n[^1]: {}", "``` {}\nx\n```",
)  # fmt: skip

WATCH = """
window.ran = []; window.refused = [];
for (const name of ["alert", "confirm", "prompt"]) window[name] = what => window.ran.push(what);
document.addEventListener("securitypolicyviolation", e => window.refused.push(e.violatedDirective + " " + e.blockedURI));
"""


class Hostile(NamedTuple):
    """A site made of vectors."""

    served: Served
    articles: Mapping[str, Article]
    vectors: int  # in their contexts


def article(number: int, vector: str) -> tuple[str, int]:
    """An article with a vector in each field that Mujaz doesn't refuse it in, and in each block."""
    lines = [f"headline: خبر {number}", "date: 24/05/2019", "image: p.svg"]
    count = 0
    for form in FIELDS:
        line = form.replace("NUMBER", str(number)).replace("{}", vector)
        tried = [line, *lines[1:]] if form.startswith("headline") else [*lines, line]
        text = "---\n{}\n---\nنص\n".format("\n".join(tried))
        try:
            read_article("content/x.md", text.encode(), RULES)
        except Faulty:
            continue
        lines, count = tried, count + 1
    body = "\n\n".join(form.replace("{}", vector) for form in BLOCKS)
    return "---\n{}\n---\n{}\n".format("\n".join(lines), body), count + len(BLOCKS)


def toml(text: str) -> str:
    """A text as TOML has it."""
    return json.dumps(text, ensure_ascii=False)


def feed() -> str:
    """An RSS file whose every element is a vector."""
    items = "".join(
        f"<item><title><![CDATA[{cdata(v)} {n}]]></title><pubDate>Fri, 24 May 2019 14:30:00 GMT</pubDate>"
        f"<link>https://old.example/{n}/</link><category><![CDATA[{cdata(v)}]]></category>"
        f"<description><![CDATA[{cdata(v)} نص <p title=\"{cdata(v)}\">نص</p> <a href='{cdata(v)}'>نص</a>]]></description></item>"
        for n, v in enumerate(VECTORS)
    )
    return f'<rss version="2.0"><channel><title>س</title>{items}</channel></rss>'


def cdata(text: str) -> str:
    return text.replace("]]>", "]]]]><![CDATA[>")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hostile]:
    """The site, built with the layouts that Mujaz ships, and served."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
        site = SiteFolder(tmp_path_factory.mktemp("hostile"))
        count = fill(site)
        brought, told = bring_in(site.root, site.write("feed.rss", feed()))
        assert (len(brought.written), told.faults) == (len(VECTORS), [])
        site.build()
    stamps = scan(site.root, ("content",)).files
    articles = Reading(site.root, stamps, Earlier(), RULES, 1).read({}, [])
    with serve(sample_site.files(site.site), "/mujaz") as served:
        yield Hostile(served, articles.articles, count + IN_FEED * len(VECTORS))


def fill(site: SiteFolder) -> int:
    """Write settings, registries and articles; how many vectors they hold."""
    count = 0
    rows = {"names": [], "tags": []}  # type: dict[str, list[str]]
    for number, vector in enumerate(VECTORS):
        text, more = article(number, vector)
        name = re.sub(r"[/\x00]", "_", vector)[:60].strip(". ") or "س"
        site.write(f"content/{number} {name}.md", text)
        text = toml(vector)
        rows["names"].append(
            f"[[names]]\nname = {toml(f'{vector} س')}\nrole = {text}\nnote = {text}\n"
        )
        rows["tags"].append(
            f"[[tags]]\ntag = {toml(f'{vector} س')}\nlabel = {text}\ndescription = {text}\n"
        )
        count += more + 1 + 3 + 3
    for kind, tables in rows.items():
        site.write(f"content/{kind}.toml", "\n".join(tables))
    whole = toml(" ".join(VECTORS))
    site.settings(
        "\n".join(f"{key} = {whole}" for key in ("title", "description", "publisher", "author"))
    )
    pairs = [[v, f"https://a.example/{v}"] for v in VECTORS]
    site.settings(f"links = {json.dumps(pairs, ensure_ascii=False)}")
    site.write("content/x.png", picture(9, "red"))
    site.write("content/p.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    return count + 6 * len(VECTORS)


class Watched(NamedTuple):
    """A tab, and what happened in it that mustn't."""

    page: Any
    wrong: list[str]


@pytest.fixture(scope="module")
def tab(chromium: Any) -> Iterator[Watched]:
    """A tab that tells of dialogs, and of requests to others; nothing leaves this machine."""
    context = chromium.new_context(locale="ar")
    context.add_init_script(WATCH)
    page, wrong = context.new_page(), []

    def refuse(dialog: Any) -> None:
        wrong.append(f"dialog {dialog.message}")
        dialog.dismiss()

    page.on("dialog", refuse)
    ours = ("http://127.0.0.1:", sample_site.HOME, "data:", "about:")

    def route(request: Any) -> None:
        if not request.request.url.startswith(ours):
            wrong.append(f"asked for {request.request.url}")
        if request.request.url.startswith(ours[0]):
            request.continue_()
        else:
            request.abort()

    context.route("**/*", route)
    yield Watched(page, wrong)
    context.close()


# What a page may not have: scripts but the search page's, handlers, frames, links that run
FOUND = """() => [...window.ran.map(x => "ran " + x), ...window.refused,
    ...[...document.querySelectorAll("*")].filter(e =>
        e.matches("iframe, object, embed, base, frame, link[href^='//'], form:not([role=search]), meta[http-equiv=refresh i]")
        || e.matches("script:not([type='application/ld+json'])") && !location.pathname.includes("/search/")
        || [...e.attributes].some(a => a.name.startsWith("on") || a.name === "style" || a.name === "srcdoc")
        || (e.protocol && !["http:", "https:", "mailto:", "tel:"].includes(e.protocol))
    ).map(e => e.outerHTML.slice(0, 200))]"""
SHOWN = """() => ({
    heading: document.querySelector("h1").textContent, title: document.title, text: document.body.textContent,
    data: [...document.querySelectorAll("script[type='application/ld+json']")].map(e => JSON.parse(e.textContent)),
    alts: [...document.images].map(e => e.alt)})"""
FEED = """async address => {
    const text = await (await fetch(address)).text(), xml = new DOMParser().parseFromString(text, "application/xml");
    return [xml.querySelector("parsererror")?.textContent ?? "", [...xml.querySelectorAll("item")].map(item => [
        item.querySelector("link").textContent, item.querySelector("title").textContent,
        item.getElementsByTagName("content:encoded")[0]?.textContent ?? "", item.children.length])]}"""


def test_there_are_vectors_enough(hostile: Hostile) -> None:
    print(
        f"\n{hostile.vectors} vectors: {len(VECTORS)} payloads; {len(hostile.served.files)} files"
    )
    assert hostile.vectors >= 300


def test_no_page_runs_or_asks_for_anything(hostile: Hostile, tab: Watched) -> None:
    pages = sorted(name for name in hostile.served.files if name.endswith(".html"))
    assert len(pages) > 3 * len(VECTORS)
    found: dict[str, list[str]] = {}
    for name in pages:
        tab.page.goto(f"{hostile.served.url}{quote(name)}", wait_until="domcontentloaded")
        if b'http-equiv="refresh"' in hostile.served.files[name]:
            tab.page.wait_for_url("**/2019/05/24/*/")
        if told := tab.page.evaluate(FOUND):
            found[name] = told
    assert (found, tab.wrong) == ({}, [])


def test_articles_show_their_text_as_typed(hostile: Hostile, tab: Watched) -> None:
    for article in hostile.articles.values():
        card = article.card
        tab.page.goto(f"{hostile.served.url}{quote(card.url)}", wait_until="domcontentloaded")
        shown = tab.page.evaluate(SHOWN)
        assert shown["heading"] == card.headline
        assert card.headline in shown["title"]
        assert shown["data"][0]["headline"] == card.headline
        assert shown["data"][0]["description"] == card.summary
        for text in (card.source, card.dateline, article.author, article.image_credit):
            assert text in shown["text"]
        assert all(text in shown["text"] for _, text in article.corrections)
        assert not card.image_alt or card.image_alt in shown["alts"]


def test_feeds_are_sound_and_their_text_is_as_typed(hostile: Hostile, tab: Watched) -> None:
    """Each feed's HTML is opened, too, where no policy of ours protects the reader."""
    headlines = {a.card.url: a.card.headline for a in hostile.articles.values()}
    feeds = [name for name in hostile.served.files if name.endswith("feed.xml")]
    assert len(feeds) > 2 * len(VECTORS)
    texts: list[str] = []
    for name in feeds:
        tab.page.goto(f"{hostile.served.url}/", wait_until="domcontentloaded")
        fault, items = tab.page.evaluate(FEED, f"{hostile.served.url}{quote(name)}")
        assert (name, fault) == (name, "")
        for link, title, text, _ in items:
            assert (
                title.removeprefix("\u200f")
                == headlines[unquote(link).removeprefix(sample_site.HOME)]
            )
            texts.append(text)
    rows = json.loads(hostile.served.files["/feed.json"])["items"]
    texts += [row["content_html"] for row in rows]
    tab.page.goto("about:blank")
    tab.page.set_content("\n".join(texts), wait_until="load")
    assert (tab.page.evaluate(FOUND), tab.wrong) == ([], [])


def test_pages_are_safe_without_their_policy_too(hostile: Hostile, tab: Watched) -> None:
    """Escaping alone must do: the policy is a second wall."""
    policy, none = b"Content-Security-Policy", b"none"
    files = {name: data.replace(policy, none) for name, data in hostile.served.files.items()}
    with serve(files, "/mujaz") as bare:
        for article in hostile.articles.values():
            name = f"{article.card.url}index.html"
            assert files[name] != hostile.served.files[name]
            tab.page.goto(f"{bare.url}{quote(name)}", wait_until="domcontentloaded")
            assert (article.path, tab.page.evaluate(FOUND)) == (article.path, [])
    assert tab.wrong == []


# --- the preview's overlay -----------------------------------------------------------------------------


# One fault a file: a field, or a line of the front matter, or the text
FAULTY = (
    "headline: خبر\ndate: {}", "headline: خبر\ndate: 24/05/2019\nsource_url: {}", "headline: خبر\ndate: 24/05/2019\naliases: {}",
    "headline: خبر\ndate: 24/05/2019\n= {}", "headline: خبر\ndate: 24/05/2019\nimage: {}.png", "headline: خبر\ndate: 24/05/2019\ndraft: {}",
)  # fmt: skip
OVERLAY = "html > div[popover]"
TOLD = """panel => [...panel.shadowRoot.querySelectorAll("article")].map(row =>
    [".place", ".line", ".said", ".todo"].map(part => row.querySelector(part)?.textContent ?? ""))"""
PARTS = "panel => [...panel.shadowRoot.querySelectorAll('*')].map(e => [e.localName, ...e.getAttributeNames().sort()].join(' '))"
# All that the overlay is made of: elements with their attributes
MADE = {
    "link href rel", "section dir lang role", "button aria-label type", "h1", "article", "p class", "p class dir", "pre class dir",
    "p class dir lang",
}  # fmt: skip


@pytest.fixture(params=["ar", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    """What the overlay speaks."""
    return str(request.param)


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str) -> Iterator[Preview]:
    """A site under ``serve`` whose articles are faulty, with a vector in name, line and message."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
    site = SiteFolder(tmp_path)
    site.article("news")
    program = (ROOT / "build.py").read_text(encoding="utf-8")
    call = "cli.main(Path(__file__).resolve().parent)"
    site.write(
        "build.py", program.replace(call, f"{RAISES}\n    {call[:-1]}, filters={{'told': told}})")
    )
    with preview(site, "--lang", lang, port=5850) as running:
        yield running


RAISES = """
    def told(text):
        raise ValueError((Path(__file__).parent / "vectors.txt").read_text(encoding="utf-8"))
"""


def overlaid(running: Preview, tab: Watched) -> list[list[str]]:
    """What the overlay shows, after a look at what it is made of and at what has happened."""
    tab.page.goto(f"{running.address}2019/05/24/news/", wait_until="domcontentloaded")
    panel = tab.page.locator(OVERLAY)
    panel.wait_for()
    assert set(panel.evaluate(PARTS)) <= MADE
    assert (tab.page.evaluate("[...window.ran, ...window.refused]"), tab.wrong) == ([], [])
    found: list[list[str]] = panel.evaluate(TOLD)
    return found


def told(site: SiteFolder, lang: str) -> list[list[str]]:
    """What a build has to say: the overlay must show it letter for letter."""
    with pytest.raises(ExceptionGroup) as group:
        site.build(drafts=True)
    rows = [worded(fault, lang) for fault in faults_of(group.value, site.root)]
    return [[row.place, row.text, row.said, row.todo] for row in rows]


def test_the_overlay_shows_faults_as_typed(broken: Preview, tab: Watched, lang: str) -> None:
    for number, vector in enumerate(VECTORS):
        name = re.sub(r"[/\x00]", "_", vector)[:60].strip(". ") or "س"
        for kind, form in enumerate(FAULTY):
            text = form.replace("{}", vector)
            broken.site.write(f"content/{number}-{kind} {name}.md", f"---\n{text}\n---\nنص\n")
    wanted = told(broken.site, lang)
    until(lambda: broken.said.count(".md:") >= len(wanted), "all faults")
    assert overlaid(broken, tab) == wanted
    lines = [line for _, line, _, _ in wanted]
    shown = sum(any(vector in line for line in lines) for vector in VECTORS)
    print(f"\n{len(wanted)} faults of {len(VECTORS)} payloads; {shown} in the lines that are shown")
    assert shown == len(VECTORS)
    assert len(wanted) > 3 * len(VECTORS)


def test_the_overlay_shows_what_a_sites_own_code_raises(broken: Preview, tab: Watched) -> None:
    broken.site.write("vectors.txt", "\n".join(VECTORS))
    shipped = (ROOT / "layouts/404.html").read_text(encoding="utf-8")
    broken.site.write("layouts/404.html", shipped.replace("</h1>", "{{ 'x'|told }}</h1>"))
    broken.says("ValueError")
    [[place, _, said, _]] = overlaid(broken, tab)
    assert place.startswith("layouts/404.html")
    assert "\n".join(VECTORS) in said
