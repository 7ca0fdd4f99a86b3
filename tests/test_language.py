"""The language: the page's claim against its text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import PARAGRAPHS, TITLE, clean, meta, page

import cleaner
from cleaner import Caution
from cleaner.fields.language import language
from cleaner.page import Block, Page


def language_of(text: str) -> str | None:
    return language(Page("text", [Block(text)]))


SAMPLES = {
    "en": "The bridge over the river was closed on Monday after engineers found cracks in"
    " its pillars.",
    "de": "Die Brücke über den Fluss ist am Montag gesperrt worden, nachdem Ingenieure Risse in den"
    " Pfeilern gefunden haben, und niemand weiß, wann sie wieder für den Verkehr geöffnet wird.",
    "fr": "Le pont sur la rivière a été fermé lundi après que des ingénieurs ont découvert des"
    " fissures dans les piliers, et personne ne sait quand il sera de nouveau ouvert.",
    "es": "El puente sobre el río fue cerrado el lunes después de que los ingenieros encontraran"
    " grietas en los pilares, y nadie sabe cuándo se abrirá de nuevo al tráfico.",
    "pt": "A ponte sobre o rio foi fechada na segunda-feira depois que os engenheiros encontraram"
    " fissuras nos pilares, e ninguém sabe quando será aberta novamente ao tráfego.",
    "it": "Il ponte sul fiume è stato chiuso lunedì dopo che gli ingegneri hanno trovato delle"
    " crepe nei pilastri, e nessuno sa quando sarà di nuovo aperto al traffico.",
    "nl": "De brug over de rivier is maandag gesloten nadat ingenieurs scheuren in de pijlers"
    " hadden gevonden, en niemand weet wanneer die weer voor het verkeer open gaat.",
    "sv": "Bron över floden stängdes i måndags efter att ingenjörer hade hittat sprickor i pelarna,"
    " och ingen vet när den kommer att öppnas för trafik igen.",
    "pl": "Most na rzece został zamknięty w poniedziałek po tym, jak inżynierowie znaleźli"
    " pęknięcia w filarach, i nikt nie wie, kiedy będzie znów otwarty dla ruchu.",
    "cs": "Most přes řeku byl v pondělí uzavřen poté, co inženýři našli trhliny v pilířích, a nikdo"
    " neví, kdy bude znovu otevřen pro dopravu, protože se o tom ještě jedná.",
    "hu": "A folyón átívelő hidat hétfőn lezárták, miután a mérnökök repedéseket találtak a"
    " pilléreken, és senki sem tudja, hogy mikor lesz az ismét nyitva, vagy hogy ez mibe kerül.",
    "ro": "Podul de peste râu a fost închis luni după ce inginerii au găsit fisuri în piloni, și"
    " nimeni nu știe când va fi din nou deschis pentru trafic.",
    "fi": "Joen yli kulkeva silta suljettiin maanantaina, kun insinöörit olivat löytäneet halkeamia"
    " pilareista, eikä kukaan tiedä, milloin se on taas auki, mutta se ei ole vielä pitkään.",
    "tr": "Nehrin üzerindeki köprü pazartesi günü kapatıldı ve bu karar için çok beklendi; köprü"
    " daha sonra trafiğe açılacak, ama ne zaman olduğu henüz belli değil, dedi.",
    "id": "Jembatan di atas sungai itu ditutup pada hari Senin setelah para insinyur menemukan"
    " retakan dan tidak ada yang tahu kapan jembatan itu akan dibuka untuk umum.",
    "ru": "Мост через реку был закрыт в понедельник после того, как инженеры нашли трещины в"
    " опорах, и никто не знает, когда он будет снова открыт для движения.",
    "uk": "Міст через річку закрили у понеділок після того, як інженери знайшли тріщини в опорах, і"
    " ніхто не знає, коли він буде знову відкритий, що вже є проблемою для міста.",
    "el": "Η γέφυρα πάνω από το ποτάμι έκλεισε τη Δευτέρα.",
    "he": "הגשר מעל הנהר נסגר ביום שני לאחר שמהנדסים מצאו סדקים בעמודים.",
    "ar": "أغلق الجسر فوق النهر يوم الاثنين بعد أن عثر المهندسون على شقوق في الدعامات، ولا أحد يعرف"
    " متى سيفتح من جديد أمام حركة المرور على هذا الطريق.",
    "hi": "नदी पर बने पुल को सोमवार को बंद कर दिया गया है क्योंकि इंजीनियरों ने खंभों में दरारें पाई थीं और"
    " किसी को नहीं पता कि यह कब खुलेगा।",
    "mr": "नदीवरील पूल सोमवारी बंद करण्यात आला आहे आणि अभियंत्यांनी खांबांमध्ये भेगा असल्याचे सांगितले"
    " होते, मात्र तो कधी सुरू होईल ते कोणालाही माहीत नाही असे त्यांनी सांगितले आहे.",
    "th": "สะพานข้ามแม่น้ำถูกปิดในวันจันทร์หลังจากวิศวกรพบรอยแตกในเสา",
    "ja": "技術者が柱にひび割れを見つけたため、川にかかる橋は月曜日に閉鎖された。",
    "zh": "工程师发现桥墩有裂缝后，这座跨河大桥于周一关闭，没有人知道何时会重新开放。",
    "ko": "엔지니어들이 기둥에서 균열을 발견한 후 강을 가로지르는 다리는 월요일에 폐쇄되었다.",
}


@pytest.mark.parametrize("code", SAMPLES)
def test_languages_are_told_by_their_text(code: str) -> None:
    assert language_of(SAMPLES[code]) == code


@pytest.mark.parametrize(
    "text",
    ["", "Bridge", "Menu Home News Sports", "12 345 678", "☃☃☃", "橋", "Jane Doe, John Roe",
     "Xyzzy plugh frotz gnusto rezrov blorb nitfol cleesh yomin zemdor kulcad malyon vaxum"],
)  # fmt: skip
def test_too_little_tells_nothing(text: str) -> None:
    assert language_of(text) is None


@given(st.text(max_size=400))
def test_any_text_is_a_language_or_none(text: str) -> None:
    code = language_of(text)
    assert code is None or len(code) == 2


GERMAN = "".join(f"<p>{SAMPLES['de']} {SAMPLES['de']}</p>" for _ in range(3))


@pytest.mark.parametrize(
    ("claim", "body", "code", "conflict"),
    [
        ("en", "", "en", False),
        ("en-US", "", "en", False),
        ("EN_gb", "", "en", False),
        ("eng", "", "en", False),
        (None, "", "en", False),
        ("", "", "en", False),
        ("not a language", "", "en", False),
        ("de", GERMAN, "de", False),
        # a theme's default
        ("en-US", GERMAN, "de", True),
        ("de", "", "en", True),
        # relatives that share most small words
        ("nb", f"<p>{SAMPLES['sv']}</p>", "sv", True),
        # nothing to check a claim against
        ("fr", "<p>2 + 2 = 4</p>", "fr", False),
        ("iw", "<p>1</p>", "he", False),
    ],
)
def test_claims_are_checked(claim: str | None, body: str, code: str, conflict: bool) -> None:
    found = clean(page(language=claim, body=body))
    assert found.language == code
    assert (Caution.LANGUAGE_CONFLICT in found.warnings) is conflict


def test_claims_in_meta_tags() -> None:
    words = "<p>ok</p>"
    head = meta("og:locale", "fr_CA")
    assert clean(page(language=None, head=head, body=words)).language == "fr"
    assert clean(page(language=None, body=words)).language is None


def test_dumps_have_only_their_text() -> None:
    assert cleaner.clean("\n\n".join([TITLE, *PARAGRAPHS]), kind="text").language == "en"
    assert cleaner.clean(SAMPLES["de"], kind="text").language == "de"
    assert cleaner.clean("Menu", kind="text").language is None
