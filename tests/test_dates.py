"""Days and times in text, statements and addresses: read as stated, or not at all."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.dates import (
    find_dates,
    find_moments,
    numeric_order,
    parse_iso,
    parse_stamp,
    tells_of_change,
    url_day,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2020-01-08", "2020-01-08"),
        ("20200108", "2020-01-08"),
        ("2020-01-08T17:04", "2020-01-08T17:04:00"),
        ("2020-01-08T17:04:05.123Z", "2020-01-08T17:04:05+00:00"),
        ("2020-01-08 17:04:05 +0100", "2020-01-08T17:04:05+01:00"),
        ("2020-01-08T17:04:05-03", "2020-01-08T17:04:05-03:00"),
        (" 2020-01-08 ", "2020-01-08"),
        ("2020-02-30", None),
        ("2020-01-08T25:00", None),
        ("2020-01-08T10:00+99:00", None),
        ("8 January 2020", None),
        ("2020", None),
        ("2020-01", None),
        ("", None),
    ],
)
def test_iso_is_read_strictly(text: str, value: str | None) -> None:
    assert parse_iso(text) == value


@given(st.datetimes(min_value=datetime.datetime(1000, 1, 1)))
def test_iso_says_what_was_written(moment: datetime.datetime) -> None:
    written = moment.replace(microsecond=0).isoformat()
    assert parse_iso(written) == written
    if moment.year not in range(1350, 1450):  # of another calendar, where machines state them
        assert parse_stamp(written) == written


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # careless forms of ISO 8601
        ("2020-12-05T23:15:0Z", "2020-12-05T23:15:00+00:00"),
        ("2020-9-5 7:05", "2020-09-05T07:05:00"),
        ("2020/01/08 12:30", "2020-01-08T12:30:00"),
        ("2020-01-08 12:30:00.0", "2020-01-08T12:30:00"),
        ("2020-01-08 12:30:00 Europe/Berlin", "2020-01-08T12:30:00"),
        # a half of the day is no zone
        ("2020-01-05 03:30 PM", "2020-01-05T15:30:00"),
        ("2020-01-05 03:30:15 pm EST", "2020-01-05T15:30:15-05:00"),
        ("2020-01-05, 9:05 p.m.", "2020-01-05T21:05:00"),
        ("2020-01-05 12:10 AM", "2020-01-05T00:10:00"),
        # zones by name: only where the name means one offset everywhere
        ("2020-09-25T16:02:50CDT", "2020-09-25T16:02:50-05:00"),
        ("2020-09-25T16:02:50CST", "2020-09-25T16:02:50"),
        ("2020-09-25 16:02 IST", "2020-09-25T16:02:00"),
        # what programs print
        ("Tue, 07 Jan 2020 12:30:00 GMT", "2020-01-07T12:30:00+00:00"),
        ("Tue, 07 Jan 2020 12:30:00 +0530", "2020-01-07T12:30:00+05:30"),
        ("Tue Jan 07 2020 12:30:00 GMT+0100 (CET)", "2020-01-07T12:30:00+01:00"),
        ("Tue Jan 07 12:30:00 EST 2020", "2020-01-07T12:30:00-05:00"),
        ("1578400000", "2020-01-07T12:26:40+00:00"),
        ("1578400000000", "2020-01-07T12:26:40+00:00"),
        ("20240305103000", "2024-03-05T10:30:00"),
        ("202403051030", "2024-03-05T10:30:00"),
        ("20241305103000", None),
        # the Iranian calendar
        ("1402-12-15", "2024-03-05"),
        ("۱۴۰۲/۱۲/۱۵ ۱۰:۳۰", "2024-03-05T10:30:00"),
        ("1402-13-15", None),
        # text with one day
        ("March 2, 2020", "2020-03-02"),
        ("4/24/2000 12:00:00 AM", "2000-04-24T00:00:00"),
        ("13/11/2025 09:21:40", "2025-11-13T09:21:40"),
        # none, or more than one
        ("0", None),
        ("0000000000", None),
        ("3 hours ago", None),
        ("yesterday", None),
        ("today", None),
        ("March 2, 2020 and March 4, 2020", None),
        ("03/04/2020", None),
        ("2020", None),
        ("", None),
        ("2020-13-45", None),
        ("x" * 5000, None),
    ],
)
def test_statements_are_read_as_stated(text: str, value: str | None) -> None:
    assert parse_stamp(text) == value


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("입력2024.11.07. 오전 6:01", ["2024-11-07T06:01:00"]),
        ("发布时间2024-11-07", ["2024-11-07"]),
        ("v2024.11.07", []),
        ("Posted March 2, 2020 5:04 pm", ["2020-03-02T17:04:00"]),
        ("March 2nd, 2020", ["2020-03-02"]),
        ("Apr. 3, 2020", ["2020-04-03"]),
        ("8 January 2020 at 10:30", ["2020-01-08T10:30:00"]),
        ("Jan 8, 2020 at 5:04 p.m. EST", ["2020-01-08T17:04:00-05:00"]),
        ("Thứ ba, 5/3/2024, 10:30 (GMT+7)", []),  # its order is open
        ("25/3/2024, 10:30 (GMT+7)", ["2024-03-25T10:30:00+07:00"]),
        ("25/3/2024, 10:30 GMT +7", ["2024-03-25T10:30:00+07:00"]),
        ("25/3/2024, 10:30 (GMT)", ["2024-03-25T10:30:00+00:00"]),
        ("25/3/2024, 10:30 (UTC-05:00)", ["2024-03-25T10:30:00-05:00"]),
        ("Jan 8, 2020, 12:05 a.m.", ["2020-01-08T00:05:00"]),
        ("17:04, 2 March 2020", ["2020-03-02T17:04:00"]),
        ("2. März 2020, 17:04 Uhr", ["2020-03-02T17:04:00"]),
        ("02.03.2020 17:04", ["2020-03-02T17:04:00"]),
        ("20. 11. 2025 7:05", ["2025-11-20T07:05:00"]),
        ("1er mars 2020 à 17h04", ["2020-03-01T17:04:00"]),
        ("viernes 25 de septiembre de 2020", ["2020-09-25"]),
        ("04-ago-2021 5:11:10", ["2021-08-04T05:11:10"]),
        ("Domenica 06 Dicembre 2020 | 00:36", ["2020-12-06T00:36:00"]),
        ("9 oktober 2020 11:12", ["2020-10-09T11:12:00"]),
        ("2 mars 2020 kl. 12.30", ["2020-03-02T12:30:00"]),
        ("24 september 2020 kl 10:10 CEST", ["2020-09-24T10:10:00+02:00"]),
        ("2020. március 2.", ["2020-03-02"]),
        ("2020 m. kovo 2 d.", ["2020-03-02"]),
        ("2 Mart 2020", ["2020-03-02"]),
        ("8 января 2020, 10:30", ["2020-01-08T10:30:00"]),
        ("פורסם: 5 במרץ 2024", ["2024-03-05"]),
        ("28 בינואר 2023", ["2023-01-28"]),
        ("28 ינואר 2023", ["2023-01-28"]),
        ("28 ברחוב 2023", []),
        ("2 tháng 3 năm 2020", ["2020-03-02"]),
        ("الجمعة 24 نيسان / أبريل 2020", ["2020-04-24"]),
        ("2 มีนาคม 2563", ["2020-03-02"]),
        ("2020年3月2日", ["2020-03-02"]),
        ("2024年12月3日（火）23時17分", ["2024-12-03T23:17:00"]),
        ("2026년 1월 29일 오후 6:40", ["2026-01-29T18:40:00"]),
        ("2026. 1. 29. 오후 6:40", ["2026-01-29T18:40:00"]),
        ("2026.01.29 18:40", ["2026-01-29T18:40:00"]),
        ("April 26, 2024Updated on: October 28, 2024", ["2024-04-26", "2024-10-28"]),
        # what is glued on, or stands in front where a second language's month would
        ("28 luglio 202010:43", ["2020-07-28T10:43:00"]),
        ("28.04.2023-19:20", ["2023-04-28T19:20:00"]),
        ("July 18, 2020- 4:01 PM", ["2020-07-18T16:01:00"]),
        ("Jane Doe / EXAMPLE.COM / Sep 2, 2024, 17:07", ["2024-09-02T17:07:00"]),
        # the Iranian calendar
        ("دوشنبه ۲ تير ۱۳۹۹", ["2020-06-22"]),
        ("۱ فروردین ۱۴۰۰ - ۱۲:۰۹", ["2021-03-21T12:09:00"]),
        ("۳۰ اسفند ۱۳۹۹", ["2021-03-20"]),
        ("۲۲ دی ۱۴۰۲", ["2024-01-12"]),
        ("1403/01/01", ["2024-03-20"]),
        ("۱۴۰۲/۱۲/۱۵", ["2024-03-05"]),
        ("٢٠٢٤/٠٣/٠٥", ["2024-03-05"]),
        ("١٥/٠٣/٢٠٢٤", ["2024-03-15"]),
        ("۳۰ اسفند ۱۴۰۰", []),  # no leap year
        ("۳۱ مهر ۱۴۰۰", []),
        ("1403/13/01", []),
        ("1403-01-01", []),
        ("8 March 1399", ["1399-03-08"]),
        # the order of a numeric day is evident or unknown
        ("13/04/2020", ["2020-04-13"]),
        ("04/13/2020", ["2020-04-13"]),
        ("04/04/2020", ["2020-04-04"]),
        ("03/04/2020", []),
        ("03-04-2020", []),
        # no days
        ("April 2020", []),
        ("in 2020", []),
        ("The 2020 March", []),
        ("1.2.3.2020", []),
        ("Chapter 12 May 20201", []),
        ("Chapter 12 May 202012:3", []),
        ("5 May 2020-21", []),
        ("01.02.2020-05.02.2020", []),
        ("Issue / Nr 6, 2020", []),
        ("30 February 2020", []),
        ("31.02.2020", []),
        ("3 hours ago", []),
        ("5 apples 2020", []),
        ("Section 3 of 2020", []),
        ("call 020 2020 2020", []),
        ("", []),
    ],
)
def test_days_in_text(text: str, values: list[str]) -> None:
    assert [moment.value for moment in find_moments(text)] == values


@pytest.mark.parametrize(("order", "value"), [("dmy", "2020-04-03"), ("mdy", "2020-03-04")])
def test_a_known_order_reads_open_days(order: str, value: str) -> None:
    (moment,) = find_moments("03/04/2020", order)  # type: ignore[arg-type]
    assert moment.value == value


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("13/04/2020", "dmy"),
        ("04/13/2020", "mdy"),
        ("03/04/2020", None),
        ("13.04.2020", None),  # says nothing about slashes
        ("14/13/2020", None),
        ("no day", None),
    ],
)
def test_a_number_above_twelve_gives_the_order_away(text: str, order: str | None) -> None:
    assert numeric_order(text) == order


def test_written_days_come_with_their_places() -> None:
    text = "Premier speaks – Jan 8, 2020"
    assert find_dates(text) == [(datetime.date(2020, 1, 8), 17, len(text))]
    assert find_dates("02.03.2020") == []  # numeric days do not close captions


@given(st.text(max_size=200))
def test_no_text_is_too_much(text: str) -> None:
    for moment in find_moments(text, "dmy"):
        assert 0 <= moment.start < moment.end <= len(text)
    parse_stamp(text)
    url_day(text)


@pytest.mark.parametrize(
    ("url", "value"),
    [
        ("https://example.com/2020/01/08/story", "2020-01-08"),
        ("https://example.com/2020/1/8/story", "2020-01-08"),
        ("https://example.com/2020/jan/08/story", "2020-01-08"),
        ("https://example.com/2020/january/08/story", "2020-01-08"),
        ("https://example.com/2020-01-08-story", "2020-01-08"),
        ("https://example.com/blog/2020-01-08", "2020-01-08"),
        ("https://example.com/20200108/story", "2020-01-08"),
        ("https://example.com/2020/01/08/story-2020-01-08", "2020-01-08"),
        ("https://example.com/2020/01/story", None),
        ("https://example.com/20200108123456", None),
        ("https://example.com/120200622120908039/x", None),
        ("https://example.com/2020/13/45/story", None),
        ("https://example.com/2020/01/08/story-2019-12-31", None),
        ("https://example.com/1066/01/08/hastings", None),
        ("https://example.com/", None),
        ("", None),
    ],
)
def test_days_in_addresses(url: str, value: str | None) -> None:
    assert url_day(url) == value


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("Last updated:", True),
        ("Mis à jour le", True),
        ("Aktualisiert am", True),
        ("Güncelleme :", True),
        ("обновлено", True),
        ("更新", True),
        ("Posted", False),
        ("Published on", False),
        ("", False),
    ],
)
def test_words_of_change(text: str, changed: bool) -> None:
    assert tells_of_change(text) is changed
