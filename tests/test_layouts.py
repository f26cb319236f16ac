"""What layouts are given."""

import json

import seen
from conftest import SiteFolder
from hypothesis import given
from hypothesis import strategies as st
from jinja2.utils import htmlsafe_json_dumps

from mujaz.filters import bars, json_text, list_items
from mujaz.model import Card, Chart


@given(st.text())
def test_the_short_way_of_texts_is_jinjas_json(text: str) -> None:
    assert json_text(text) == htmlsafe_json_dumps(text, dumps=json.dumps, ensure_ascii=False)


def test_json_of_text_cannot_end_a_script() -> None:
    assert json_text("</script>'&") == '"\\u003c/script\\u003e\\u0027\\u0026"'


@given(st.lists(st.text(min_size=1), max_size=30))
def test_cards_are_the_items_of_a_list_in_their_order(urls: list[str]) -> None:
    card = Card("", "", "", "", "", "", "", "", "", b"")
    items = list_items(json_text)([card._replace(url=url) for url in urls])
    read = json.loads(f"[{items}]")
    assert [(item["position"], item["url"]) for item in read] == list(enumerate(urls, 1))
    assert "<" not in items


def test_a_chart_begins_at_the_right_and_its_highest_bar_is_68_of_72() -> None:
    assert bars((4, 0, 2), 240) == "M196.8 71v-68.0h38.4v68.0M100.8 71v-34.0h38.4v34.0"


def test_months_of_a_chart_follow_each_other_over_the_years_end() -> None:
    months = Chart("2019-11", (3, 0, 1)).months
    assert months == (("2019-11", 3), ("2019-12", 0), ("2020-01", 1))


def test_a_chart_of_one_month_names_it_once(site: SiteFolder) -> None:
    site.article("a", tags="روسيا")
    site.build()
    chart = seen.one(seen.page(site, "/tags/روسيا/"), "figure", "chart")
    assert [seen.text(span) for span in chart.iter("span")] == ["أيار/مايو 2019"]
    site.article("b", tags="روسيا", date="24/07/2019")
    site.build()
    chart = seen.one(seen.page(site, "/tags/روسيا/"), "figure", "chart")
    assert [seen.text(span) for span in chart.iter("span")] == ["أيار/مايو 2019", "تموز/يوليو 2019"]
