"""Signatures in scripts without capitals: a line of names and marks, and what looks like one."""

from __future__ import annotations

import pytest
from pages import PARAGRAPHS

import cleaner
from cleaner.reporters import byline_names, closing_names, could_be_korean, signatories

TITLE = "오래된 다리, 균열로 통행 중단"
TEXT = [
    "시는 월요일 기둥 두 곳에서 균열이 발견된 뒤 강을 건너는 다리의 통행을 막았다고 밝혔다."
    " 언제 다시 열릴지는 아무도 말하지 못했다.",
    "시장은 여러 해 동안 수리비를 요청해 왔으며 역대 정부가 모두"
    " 예산을 약속했지만 지금까지 한 번도 지급되지 않았다고 말했다.",
    "운전자들은 이제 골짜기를 따라 난 길로 돌아가야 하며"
    " 출근 시간이 반 시간쯤 늘어나고 학교 앞을 지나게 된다.",
]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("홍길동 기자 hong@example.com", ["홍길동"]),
        ("홍길동 기자(hong@example.com)", ["홍길동"]),
        ("hong@example.com 홍길동 기자", ["홍길동"]),
        ("홍길동 기자", ["홍길동"]),
        ("홍길동기자", ["홍길동"]),
        ("서울=홍길동 기자", ["홍길동"]),
        ("/대전=홍길동 기자 hong@example.com", ["홍길동"]),
        ("(서울=배너뉴스) 홍길동 기자", ["홍길동"]),
        ("[배너일보 홍길동 기자]", ["홍길동"]),
        ("순천, 광양 홍길동 기자 hong@example.com", ["홍길동"]),
        ("글·사진=홍길동 기자 hong@example.com", ["홍길동"]),
        ("홍길동 정치부 선임기자", ["홍길동"]),
        ("홍길동 의학전문기자", ["홍길동"]),
        ("홍길동 도쿄 특파원", ["홍길동"]),
        ("도쿄=홍길동 특파원", ["홍길동"]),
        ("홍길동·김철수 기자", ["홍길동", "김철수"]),
        ("홍길동 기자, 김철수 기자", ["홍길동", "김철수"]),
        ("홍길동 기자 hong@example.com 김철수 기자 kim@example.com", ["홍길동", "김철수"]),
        ("남궁민수 기자", ["남궁민수"]),
        ("허준 기자 heo@example.com", ["허준"]),
        # who took the picture
        ("사진=홍길동 기자", []),
        ("영상=홍길동 기자 hong@example.com", []),
        # no one
        ("기자", []),
        ("김 기자", []),
        ("정치부 기자", []),
        ("시민 기자", []),
        ("우리 기자", []),
        ("방송사 기자", []),
        ("배너일보 기자", []),
        ("정치전문기자 hong@example.com", []),
        ("기자 회견", []),
        ("홍길동 기자의 눈", []),
        ("홍길동 기자가 물었다", []),
        ("홍길동 기자가 물었다.", []),
        ("돌아온 홍길동 기자", []),
        ("hong@example.com", []),
        ("Jane Doe jane@example.com", []),
    ],
)
def test_signatories(line: str, names: list[str]) -> None:
    assert signatories(line) == names


@pytest.mark.parametrize(
    ("rest", "names"),
    [
        ("王小明", ["王小明"]),
        ("王小明、李四", ["王小明", "李四"]),
        ("王小明 陳大文", ["王小明", "陳大文"]),
        ("本报记者 王小明", ["王小明"]),
        ("山田太郎記者", ["山田太郎"]),
        ("山田 太郎", ["山田 太郎"]),
        ("ジョン・スミス", ["ジョン・スミス"]),
        ("홍길동", ["홍길동"]),
        ("홍길동·김철수", ["홍길동", "김철수"]),
        ("홍길동 기자 hong@example.com", ["홍길동"]),
        # more than names
        ("王小明 圖：陳大文", []),
        ("これはペンです", []),
        ("这座桥在星期一关闭", []),
        ("글쓰기", []),
        ("정리", []),
        ("Jane Doe", []),
        ("", []),
    ],
)
def test_byline_names(rest: str, names: list[str]) -> None:
    assert byline_names(rest) == names


def dump(*lines: str) -> cleaner.Article:
    return cleaner.clean("\n\n".join([TITLE, *lines]), kind="text")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("홍길동 기자 hong@example.com", ("홍길동",)),
        ("서울=홍길동 기자", ("홍길동",)),
        ("홍길동·김철수 기자", ("홍길동", "김철수")),
    ],
)
@pytest.mark.parametrize("at", [0, 3])
def test_a_signature_alone_is_a_byline(line: str, names: tuple[str, ...], at: int) -> None:
    found = dump(*TEXT[:at], line, *TEXT[at:])
    assert found.body.split("\n\n") == TEXT
    assert found.authors == names
    assert [(r.text, r.reason, r.rule) for r in found.removed if r.text == line] == [
        (line, "byline", "signature")
    ]


@pytest.mark.parametrize("line", ["정치부 기자", "홍길동 기자의 눈", "홍길동 기자가 물었다."])
def test_other_lines_about_reporters_stay(line: str) -> None:
    found = dump(TEXT[0], line, *TEXT[1:])
    assert line in found.body.split("\n\n")
    assert found.authors == ()


def test_a_signature_in_a_page() -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in [*TEXT, "홍길동 기자 hong@example.com"])
    found = cleaner.clean(f"<h1>{TITLE}</h1><article>{paragraphs}</article>", kind="html")
    assert found.body.split("\n\n") == TEXT
    assert found.authors == ("홍길동",)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("【山田太郎】", ["山田太郎"]),
        ("【山田太郎、佐藤花子】", ["山田太郎", "佐藤花子"]),
        ("【山田太郎・佐藤花子】", ["山田太郎", "佐藤花子"]),
        ("【写真特集】", []), ("【有料記事】", []), ("【独自】", []), ("【東京】", []),
        ("【ワシントン共同】", []), ("【山田太郎】市議会は", []), ("山田太郎", []),
        ("（山田太郎）", ["山田太郎"]), ("（富沢支局・山田みなみ）", ["山田みなみ"]),
        ("（報道部・山田太郎）", ["山田太郎"]), ("（敬称略）", []), ("（富沢支局）", []),
        ("（写真は昨年）", []), ("（続く）", []), ("（北海道）", []), ("（会社員）", []),
        ("（論説委員）", []), ("（社会部・取材班）", []), ("（東京本社・写真部）", []),
        ("（央视新闻）", []), ("（人民日报）", []), ("（未完待续）", []), ("【参考消息】", []),
    ],
)  # fmt: skip
def test_names_in_brackets(line: str, names: list[str]) -> None:
    assert closing_names(line) == names


def test_names_in_brackets_sign_at_the_end_alone() -> None:
    paragraphs = [
        "市議会は月曜日、川に架かる橋の通行を止めると発表した。二本の柱にひびが見つかったためで、いつ再開するかは決まっていない。",
        "市長は「修理の費用を何年も国に求めてきた」と話した。歴代の政権はいずれも予算を約束したが、これまで一度も支払われていない。",
        "運転手は谷沿いの道を回らなければならず、通勤の時間は三十分ほど長くなる。学校の前を通る車も増えている。",
    ]
    text = "\n\n".join(["古い橋、ひび割れで通行止め", *paragraphs, "【山田太郎】"])
    article = cleaner.clean(text, kind="text")
    assert article.authors == ("山田太郎",)
    assert article.body == "\n\n".join(paragraphs)
    inside = text.replace("\n\n【山田太郎】", "").replace(
        paragraphs[1], f"【山田太郎】\n\n{paragraphs[1]}"
    )
    assert "【山田太郎】" in cleaner.clean(inside, kind="text").body


@pytest.mark.parametrize(
    ("byline", "stated", "authors"),
    [
        ('<div class="author">本报记者&nbsp;&nbsp;王小明&nbsp;&nbsp;李文</div>', "",
         ("王小明", "李文")),
        ('<span class="writeBy">سوهاج – محمود الطهطاوى</span>', "", ("محمود الطهطاوى",)),
        # Portals state the paper and themselves.
        ("<em>홍길동 기자</em>", '<meta property="og:article:author" content="배너일보 | 누리">',
         ("홍길동",)),
    ],
)  # fmt: skip
def test_bylines_of_pages(byline: str, stated: str, authors: tuple[str, ...]) -> None:
    paragraphs = "".join(f"<p>{text}</p>" for text in TEXT)
    found = cleaner.clean(
        f"<head>{stated}</head><article><h1>{TITLE}</h1>{byline}{paragraphs}</article>", kind="html"
    )
    assert found.authors == authors


@pytest.mark.parametrize(
    ("end", "authors"),
    [
        ("<p><strong>Hà Vũ An</strong></p>", ("Hà Vũ An",)),
        ("<p><strong>Hà Vũ An</strong> nói.</p>", ()),
        ("<h3><strong>Hà Vũ An</strong></h3>", ()),
        ("<p>Hà Vũ An</p>", ()),
    ],
)
def test_a_name_in_bold_below_the_text_signs(end: str, authors: tuple[str, ...]) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    found = cleaner.clean(f"<article><h1>A bridge</h1>{text}{end}</article>", kind="html")
    assert found.authors == authors


@pytest.mark.parametrize(
    ("name", "could"),
    [
        ("홍길동", True), ("김철", True), ("남궁민수", True), ("누리", False), ("네이버", False),
        ("톰 행크스", True), ("Jane Doe", True), ("山田太郎", True),
    ],
)  # fmt: skip
def test_what_could_be_the_name_of_a_korean(name: str, could: bool) -> None:
    assert could_be_korean(name) is could
