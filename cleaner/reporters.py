"""Lines by which reporters sign where names have no capitals: Korean, Chinese, Japanese.

A shape tells little there ("정치부 기자" is a reporter of politics, no one called so), so that a
line counts only if it is names and their marks from end to end.
"""

from __future__ import annotations

import re
from functools import cache

from cleaner.shape import MAIL_ADDRESS

__all__ = [
    "byline_names", "closing_names", "could_be_korean", "may_be_signed", "signatories",
]  # fmt: skip

# Surnames of nearly all Koreans; a given name has one or two syllables, nearly always two.
_SURNAMES = (
    "강고공곽구국권금기길김나남노도라류마맹명모문민박반방배백변봉부서석선설성소손송신심안양어엄"
    "여연염예오옥왕용우원위유육윤은이인임장전정제조주지진차채천최추탁태편표피하한함허현형홍황"
)
_LONG_SURNAMES = "남궁|황보|제갈|사공|선우|서문|독고|동방"
_PERSON = rf"(?:(?:{_LONG_SURNAMES})[가-힣]{{1,2}}|[{_SURNAMES}][가-힣]{{1,2}})"
_KIND = r"(?:[가-힣]{1,6}(?:부|팀|국|전문|담당)|선임|수습|인턴|객원|시민|온라인|프리랜서|대)\s?"
_MARK = rf"(?:(?:{_KIND}){{0,2}}기자|(?:[가-힣]{{2,6}}\s?)?특파원|논설위원)"
_MARKS = ("기자", "특파원", "논설위원")
_SIGNED = rf"{_PERSON}(?:\s?[·,/]\s?{_PERSON}){{0,5}}\s?{_MARK}"
_LEAD = r"(?:(?:글\s?[·ㆍ・/]\s?사진|글과 사진|취재\s?[·ㆍ・/]\s?글|글|취재|정리)\s?[=:|]?\s?)?"
# Where from or for whom: "서울=", "(서울=배너뉴스)"; before a space only what ends like a paper.
_DATELINE = (
    r"(?:[(\[][가-힣A-Za-z·, ]{2,20}=[가-힣A-Za-z ]{2,12}[)\]]\s?|[가-힣A-Za-z·, ]{2,20}\s?[=/]\s?)"
)
_PAPER = r"[가-힣A-Za-z]{1,8}(?:일보|뉴스|신문|방송|통신|경제|타임스|투데이|매일)\s"
_PLACES = r"[가-힣A-Za-z·, ]{2,20}\s"  # where the address of the reporter stands behind
_LINE = (
    rf"{_LEAD}(?P<before>{_DATELINE}|{_PAPER})??(?P<all>{_SIGNED}(?:\s?[,·/]?\s?{_SIGNED}){{0,4}})"
)
_LINE_WITH_ADDRESS = (
    rf"{_LEAD}(?P<before>{_DATELINE}|{_PLACES})??(?P<all>{_SIGNED}(?:\s?[,·/]?\s?{_SIGNED}){{0,4}})"
)
_NAMES = rf"(?P<names>{_PERSON}(?:\s?[·,/]\s?{_PERSON}){{0,5}})\s?{_MARK}"
_BETWEEN = re.compile(r"\s?[·,/]\s?")
_MAIL = re.compile(rf"[(<\[]?{MAIL_ADDRESS}[)>\]]?")
_EDGES = " []()【】〈〉<>/|·,=-–▶■◆ⓒ©"
_LONGEST = 100
_SHORT = 2  # syllables, as few names have and many words
# Words that begin as surnames do, and what ends like a department.
_WORDS = frozenset(
    "정치 경제 사회 문화 국제 체육 연예 전문 인턴 수습 선임 객원 시민 사진 취재 현장"
    " 담당 우리 여러 동료 전직 현직 방송 신문 한겨레 조선 중앙 동아 경향 서울 한국 국민 연합 여기자"
    " 남기자 명예".split()
)
_PARTS_OF_PAPERS = ("부", "팀", "국", "사", "계")
_OTHER_WORK = re.compile(
    r"사진|영상|그래픽|그림|삽화|일러스트|편집|촬영|제작|자료|번역|감수|진행|디자인"
)

_HAN = "一-鿿々ヶ"
_KANA = "ぁ-ゖァ-ヺー"
_WIDE_NAME = (
    rf"[{_HAN}][{_HAN}{_KANA}]{{1,4}}|[{_HAN}]{{1,3}}[ 　][{_HAN}{_KANA}]{{1,4}}"
    rf"|[ァ-ヺー]{{2,8}}(?:[・＝=][ァ-ヺー]{{2,8}}){{1,2}}|{_PERSON}"
)
_WIDE_MARK = re.compile(
    r"\A(?:本[报報]|特[约約])?[记記]者[\s、]|\s?(?:記者|记者|編集委員|特派員|特派记者|기자|특파원)\Z"
)
_CHINESE_MARK = "记者"
# At the end of a text Japanese papers name who wrote it: 【山田太郎、佐藤花子】, （山田太郎）,
# （大船渡支局・山田太郎）.
_BRACKETED = (
    rf"[【（](?:[{_HAN}{_KANA}]{{0,8}}(?:支局|総局|支社|本社|通信部|報道部|編集部|社会部)・"
    rf"(?P<of_desk>[{_HAN}{_KANA}]{{3,7}})"
    rf"|(?P<names>[{_HAN}]{{3,5}}(?:[、・][{_HAN}]{{3,5}}){{0,4}}))[】）]"
)
_BRACKETS = ("【", "（")
_USUAL = 4  # letters of a Japanese name; in round brackets much else has three or five
_IN_BRACKETS = re.compile(
    "写真|動画|関連|記事|解説|特集|限定|会員|速報|[詳続]報|詳細|更新|訂正|図解|全文|広告|独自|社説"
    "|号外|有料|無料|募集|連載|編集|提供|目次|映像|資料|地図|一覧|日程|結果|経歴|略歴|年表|用語|人事"
    "|訃報|予報|記者|支局|新聞|通信|本紙|取材|敬称|転載|参照|共同|時事|連続|随時|毎週|面に|終わり|完結"
    "|日报|新闻|综合|待续|消息|报道|来源|作者|次号|同前|[班部社員家長報报県市府道都町村区省局庁署課院校団会中版刊](?:\\Z|）)"
)
_HANGUL = re.compile("[가-힣]+")
_SYLLABLE = re.compile("[가-힣]")
_WIDE_JOINT = re.compile(r"\s*[、，,/／|]\s*")
_FEWEST_APART = 3  # letters of a name that a space parts from another: "王小明 陳大文"
_MOST_NAMES = 6

# These take longer to compile than a page takes to clean, and most pages have no use for them.
_compiled = cache(re.compile)


def may_be_signed(text: str) -> bool:
    """Whether a line may have signatories: others need no closer look."""
    return len(text) <= _LONGEST and not text.isascii() and any(mark in text for mark in _MARKS)


def signatories(text: str) -> list[str]:
    """Return who signs on a Korean line ("서울=홍길동 기자 hong@example.com") that is no more.

    Whoever took the picture signs too ("사진=홍길동 기자"): no author, so that none is returned.
    """
    if not may_be_signed(text):
        return []
    bare = _MAIL.sub("", text)
    pattern = _compiled(_LINE if bare == text else _LINE_WITH_ADDRESS)
    bare_line = " ".join(bare.split())
    match = pattern.fullmatch(bare_line.strip(_EDGES)) or pattern.fullmatch(bare_line.rstrip(" ="))
    if match is None or _OTHER_WORK.search(match["before"] or "") is not None:
        return []
    placed = bare != text or match["before"] is not None
    signed = _compiled(_NAMES).finditer(match["all"])
    names = [name for m in signed for name in _BETWEEN.split(m["names"])]
    return list(dict.fromkeys(names)) if all(_may_sign(n, placed) for n in names) else []


def _may_sign(name: str, placed: bool) -> bool:
    if name in _WORDS or name.endswith(_PARTS_OF_PAPERS):
        return False
    return placed or len(name) > _SHORT


def closing_names(text: str) -> list[str]:
    """Return whom a line in Japanese brackets names, which is one if it ends a text."""
    match = _compiled(_BRACKETED).fullmatch(text) if text.startswith(_BRACKETS) else None
    if match is None or _IN_BRACKETS.search(match["of_desk"] or text) is not None:
        return []
    if match["of_desk"]:
        return [match["of_desk"]]
    names = _WIDE_JOINT.split(match["names"].replace("・", "、"))
    return [] if text[0] == "（" and any(len(name) != _USUAL for name in names) else names


def could_be_korean(name: str) -> bool:
    """Whether one word in Hangul begins as names of Koreans do; True for anything else."""
    return _HANGUL.fullmatch(name) is None or _compiled(_PERSON).fullmatch(name) is not None


def byline_names(text: str) -> list[str]:
    """Return the people behind the lead of a Chinese, Japanese or Korean byline.

    None where there is anything else: "王小明、李四", "山田 太郎 記者", "홍길동·김철수".
    """
    if len(text) > _LONGEST or text.isascii():
        return []
    signed = signatories(text)
    if signed:
        return signed
    text = _MAIL.sub("", text).strip(_EDGES)
    if _CHINESE_MARK in text:  # whose names have no space within
        text = "、".join(text.split())
    text = _WIDE_MARK.sub("", text)
    names = [name for part in _WIDE_JOINT.split(text) for name in _apart(part.strip(_EDGES))]
    if not names or len(names) > _MOST_NAMES:
        return []
    return names if all(map(_is_wide_name, names)) else []


def _is_wide_name(text: str) -> bool:
    """Whether a text is a name by its letters; Korean words of two syllables seldom are."""
    if len(text) == _SHORT and _SYLLABLE.match(text) is not None:
        return False
    return _compiled(_WIDE_NAME).fullmatch(text) is not None


def _apart(text: str) -> list[str]:
    """Part names that spaces part: a space may also stand within one, "山田 太郎"."""
    names = re.split(r"[ 　]|(?<=[가-힣])[·ㆍ](?=[가-힣])", text)
    several = len(names) > 2 or all(len(name) >= _FEWEST_APART for name in names)
    return names if several or re.search("[가-힣]", text) else [text]
