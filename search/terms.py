"""How texts become terms, in the index and in what is asked alike: words of Latin and Korean, characters of Chinese.

"Zhèjiāng’s coal-ores" -> zhejiang, coal, ore; "无烟煤" -> 无, 烟, 煤, 无烟, 烟煤; "27.01" -> 2701.
"""

import re
import unicodedata
from collections.abc import Iterator

from search.models import LONGEST_TERM

HAN, HANGUL = "\u3005\u3007\u3400-\u9fff\U00020000-\U0003134f", "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3"
TOKEN = re.compile(rf"[{HAN}]+|[{HANGUL}]+|[^\W_{HAN}{HANGUL}]+")
IS_HAN, IS_HANGUL = re.compile(f"[{HAN}]"), re.compile(f"[{HANGUL}]")
APOSTROPHES = re.compile(r"['’ʼ`](?:s\b)?")
DOTTED_CODE = re.compile(r"(?<=\d)\.(?=\d)")
NO_PLURALS = re.compile(r"(?:ss|us|is|as)$")
# What Korean hangs on a noun: "of", "in", "is" …; a word of one syllable before it may be another word.
PARTICLES = re.compile(r"(?<=..)(?:에서|으로|은|는|을|를|의|에|와|과|이|가|도|로)$")
# Words by which people ask and which tell no entry from another: they count in names, and where nothing else was asked.
IGNORED_WORDS = """
    a an the is are was were be been has have had do does did can could i it its of in on at to for from by with and or
    not there any what when where which who why how since much many mean means tell me about find search show s res unsc
    unscr un hs code codes goods good dprk nk north korea korean china chinese
    other than etc nec
    북한 북한의 조선 중국 중국의 언제 언제부터 무엇 왜 어떻게 및 朝鲜 北韩 北朝鲜 中国
"""
IGNORED = frozenset(IGNORED_WORDS.split())
# Traditional characters in the names of goods and places, as the simplified ones that our lists have.
SIMPLIFIED = str.maketrans(
    "煙鐵礦產紡織裝機車電飛藥銅鋁鉛鋅錫鎳鋼銀黃貨輪動魚蝦貝類豬雞雜糧穀麥麵鹽煉氣紙絲傘鐘錶樂傢療儀鎢鉬鈦釩鎂運決議"
    "聯國漁業勞資發髮膠輛遼寧東廣龍蘇慶貴雲陝肅壯維爾區滬濱內瀋連暉圖們臨鮮場號貿進關稅壓額設備護無鉀鈉鈣熱軋廠農葉"
    "乾凍鮑鱈參絨繩線纜單顯視腦話書報畫藝術燈鑽寶飾總統計價數據題問試驗彈際協會員長陽島灣滿漢鄭蘭廈門鳥烏魯齊綏琿邊"
    "噸億萬營龜",
    "烟铁矿产纺织装机车电飞药铜铝铅锌锡镍钢银黄货轮动鱼虾贝类猪鸡杂粮谷麦面盐炼气纸丝伞钟表乐家疗仪钨钼钛钒镁运决议"
    "联国渔业劳资发发胶辆辽宁东广龙苏庆贵云陕肃壮维尔区沪滨内沈连晖图们临鲜场号贸进关税压额设备护无钾钠钙热轧厂农叶"
    "干冻鲍鳕参绒绳线缆单显视脑话书报画艺术灯钻宝饰总统计价数据题问试验弹际协会员长阳岛湾满汉郑兰厦门鸟乌鲁齐绥珲边"
    "吨亿万营龟",
)


def folded(text: str) -> str:
    """Reduce a text to the letters by which it is compared: small, without accents, in one width and one script."""
    text = text.lower() if text.isascii() else _bare(text)
    return DOTTED_CODE.sub("", APOSTROPHES.sub("", text))


def _bare(text):
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(letter for letter in text if unicodedata.category(letter) != "Mn")
    return unicodedata.normalize("NFC", bare).translate(SIMPLIFIED)


def tokens(text: str) -> list[str]:
    """Cut a text into runs of one script: "辽宁省Liaoning 2016" -> ["辽宁省", "liaoning", "2016"]."""
    return TOKEN.findall(folded(text))


def root(token: str) -> str:
    """The form that stands for all forms of a word: "batteries" -> "battery", "단둥의" -> "단둥", with s for z."""
    if IS_HANGUL.match(token):
        return PARTICLES.sub("", token)
    if not token.isascii() or len(token) < 3:
        return token
    if len(token) > 5:
        token = token.replace("iz", "is")  # one spelling for both sides of the Atlantic
    if len(token) > 4 and token.endswith("ies"):
        return token[:-3] + "y"
    if len(token) > 4 and token.endswith(("shes", "ches", "xes", "sses")):
        return token[:-2]
    return token[:-1] if token.endswith("s") and not NO_PLURALS.search(token) else token


def words(token: str) -> Iterator[str]:
    """Every term of a token: itself and its root; of Chinese each character and each pair."""
    if IS_HAN.match(token):
        yield from token
        yield from pairs(token)
        return
    form = root(token)
    yield form[:LONGEST_TERM]
    if token != f"{form}s":  # what begins so begins with its root
        yield token[:LONGEST_TERM]


def pairs(token: str) -> list[str]:
    """Neighbours of a run of Chinese: "无烟煤" -> ["无烟", "烟煤"]."""
    return [token[n : n + 2] for n in range(len(token) - 1)]


def whole(text: str) -> str:
    """A name as one term, however its words are spaced: "Iron ores", "ironore" -> "ironore"; "" if it is too long."""
    joined = "".join(map(root, tokens(text)))
    return joined if len(joined) <= LONGEST_TERM else ""
