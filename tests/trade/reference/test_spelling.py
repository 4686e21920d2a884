"""Names of provinces as people write them: by syllables, in Korean, in traditional characters, twice; never numbers."""

import pytest

from trade.models import Alias
from trade.reference.spelling import KnownNames, codes_of, normalise
from trade.reference.vocabulary import clash, known_spellings

NAMES = """
CN-BJ | Bei Jing | 북경 | 베이징 | 北京市
CN-TJ | Tian Jin | 천진 | 톈진 | 天津市
CN-HE | He Bei | 하북 | 허베이 | 河北省
CN-SX | Shan Xi | 산서 | 산시(山西) | 山西省
CN-NM | Nei Meng Gu | 내몽고 | 네이멍구 | 內蒙古自治區
CN-LN | Liao Ning | 요녕 | 랴오닝 | 遼寧省
CN-JL | Ji Lin | 길림 | 지린 | 吉林省
CN-HL | Hei Long Jiang | 흑룡강 | 헤이룽장 | 黑龍江省
CN-SH | Shang Hai | 상해 | 상하이 | 上海市
CN-JS | Jiang Su | 강소 | 장쑤 | 江蘇省
CN-ZJ | Zhe Jiang | 절강 | 저장 | 浙江省
CN-AH | An Hui | 안휘 | 안후이 | 安徽省
CN-FJ | Fu Jian | 복건 | 푸젠 | 福建省
CN-JX | Jiang Xi | 강서 | 장시 | 江西省
CN-SD | Shan Dong | 산동 | 산둥 | 山東省
CN-HA | He Nan | 하남 | 허난 | 河南省
CN-HB | Hu Bei | 호북 | 후베이 | 湖北省
CN-HN | Hu Nan | 호남 | 후난 | 湖南省
CN-GD | Guang Dong | 광동 | 광둥 | 廣東省
CN-GX | Guang Xi | 광서 | 광시 | 廣西壯族自治區
CN-HI | Hai Nan | 해남 | 하이난 | 海南省
CN-CQ | Chong Qing | 중경 | 충칭 | 重慶市
CN-SC | Si Chuan | 사천 | 쓰촨 | 四川省
CN-GZ | Gui Zhou | 귀주 | 구이저우 | 貴州省
CN-YN | Yun Nan | 운남 | 윈난 | 雲南省
CN-XZ | Xi Zang | 서장 | 시짱 | 西藏自治區
CN-SN | Shaan Xi | 섬서 | 산시(陝西) | 陝西省
CN-GS | Gan Su | 감숙 | 간쑤 | 甘肅省
CN-QH | Qing Hai | 청해 | 칭하이 | 青海省
CN-NX | Ning Xia | 영하 | 닝샤 | 寧夏回族自治區
CN-XJ | Xin Jiang | 신강 | 신장 | 新疆維吾爾自治區
"""
CODES, PINYIN, HANJA, PHONETIC, TRADITIONAL = zip(
    *(line.split(" | ") for line in NAMES.strip().splitlines()), strict=True
)


@pytest.fixture
def known(words, db):
    return KnownNames(known_spellings("province"))


def read_as(known, names):
    return tuple(known.get(normalise(name)) for name in names)


@pytest.mark.parametrize("form", ["{}", "{} Province", "{} Sheng", "Province of {}", "{} Zi Zhi Qu"])
def test_words_split_by_syllables_are_the_names_they_make(known, form):
    assert read_as(known, map(form.format, PINYIN)) == CODES
    assert read_as(known, [form.format(name.replace(" ", "-")) for name in PINYIN]) == CODES


@pytest.mark.parametrize("form", ["{}", "{}성", "{} 성", "{}자치구"])
@pytest.mark.parametrize("names", [HANJA, PHONETIC])
def test_both_korean_readings_are_known(known, names, form):
    assert read_as(known, map(form.format, names)) == CODES


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("료녕", "CN-LN"), ("료녕성", "CN-LN"), ("녕하", "CN-NX"), ("녕하회족자치구", "CN-NX"),
        ("북경시", "CN-BJ"), ("신장웨이우얼자치구", "CN-XJ"), ("신장 위구르", "CN-XJ"), ("광서쫭족자치구", "CN-GX"),
        ("내몽고자치구", "CN-NM"),
        ("산시성(陕西省)", "CN-SN"), ("산시", None), ("산시성", None), ("길림시", None),
    ],
)  # fmt: skip
def test_korean_names_lose_what_tells_the_kind_of_place_and_no_more(known, name, code):
    assert known.get(normalise(name)) == code


@pytest.mark.parametrize("form", ["{}", "{} "])
def test_traditional_and_spaced_characters_are_known(known, form):
    assert read_as(known, TRADITIONAL) == CODES
    assert read_as(known, ["".join(map(form.format, name)) for name in TRADITIONAL]) == CODES


@pytest.mark.parametrize("form", ["{0} {1}", "{0}{1}", "{1} ({0})", "{1}（{0}）", "{1}/{0}", "{0}\n{1}", "{1}, {0}"])
def test_a_name_in_two_languages_is_one_place_where_both_say_the_same(known, form):
    assert read_as(known, [form.format(*both) for both in zip(TRADITIONAL, PINYIN, strict=True)]) == CODES


def test_a_name_in_two_languages_that_disagree_is_none(known):
    assert known.get(normalise("辽宁省 Jilin")) is None
    assert codes_of(normalise("辽宁省 Jilin"), known) == {"CN-LN", "CN-JL"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Ning Xia Hui Zu Zi Zhi Qu", "CN-NX"), ("Níngxià Huízú Zìzhìqū", "CN-NX"), ("Liáoníng Shěng", "CN-LN"),
        ("Xinjiang Weiwuer Zizhiqu", "CN-XJ"), ("Guangxi Zhuang A. R.", "CN-GX"), ("AN HUI SHENG", "CN-AH"),
        ("CN-LN Liaoning", "CN-LN"), ("210000 辽宁省", "CN-LN"), ("Jilin City", None), ("吉林市", None),
        ("Hui", None), ("A.R.", None),
    ],
)  # fmt: skip
def test_what_tells_the_kind_of_place_is_dropped_only_where_a_name_is_left(known, name, code):
    assert known.get(normalise(name)) == code


@pytest.mark.parametrize(
    "number", ["1.1", "2-1", "(21)", "2 1", "1", "21.", "21)", "2/1", "21 21", "2121", "①", "21省"]
)
def test_the_number_of_a_line_is_no_province(known, number):
    assert known.get(normalise(number)) is None
    assert normalise(number) not in known


@pytest.mark.parametrize("code", ["21", "210000", "CN-LN", "cn-ln", "２１"])
def test_a_code_is_one(known, code):
    assert known.get(normalise(code)) == "CN-LN"


@pytest.mark.parametrize("number", ["1.1", "(21)", "1"])
def test_a_number_cannot_be_kept_as_a_spelling(known, number):
    assert "at least one letter" in clash(Alias(name=number, province_id="CN-LN"))


@pytest.mark.parametrize("name", ["Jilin City", "료녕성", "산시성(陝西)", "辽宁省 Liaoning", "(21)", "廣西壯族自治區"])
def test_a_spelling_is_its_own_spelling(name):
    assert normalise(normalise(name)) == normalise(name)
