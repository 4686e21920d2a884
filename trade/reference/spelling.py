"""How a name is compared: the one spelling that all ways of writing a province or a chapter come down to.

Knows what may be dropped from a name without making two places one. Tone marks may not: Shānxī and Shǎnxī
are two provinces. HASC codes ("CN.HB", Hebei) may not lose their dot: the ISO code CN-HB is Hubei. Nor may a number:
1.1 is the place of a line in a list, and 11 is Beijing.
"""

import re
import unicodedata
from itertools import groupby

# Words that say what kind of place it is, not which. "a r" is what is left of "A.R.".
DESIGNATORS = {"province", "prov", "municipality", "city", "autonomous", "region", "ar"}
BEFORE_THE_NAME = re.compile(r"^(?:the )?(?:province|municipality|city|autonomous region) of (?:the )?")
# One token is of one script: "辽宁省Liaoning" has two.
HAN, HANGUL = "\u3005\u3007\u3400-\u9fff", "\uac00-\ud7a3"
TOKEN = re.compile(rf"[{HAN}]+|[{HANGUL}]+|[^\W_{HAN}{HANGUL}]+")
# What ends a name in each script, where enough stands before it to be a name: "An Hui" is not "An".
LATIN_END = re.compile(
    r"(?<=.....)(?:sheng|shi|(?:zhuang|hui|uygur|uyghur|uighur|weiwuer)(?:zu)?(?:zizhiqu)?|zizhiqu)$"
)
HAN_END = re.compile(r"(?<=..)(?:(?:壮族|回族|维吾尔族?)(?:自治区)?|自治区|省|市)$")
HANGUL_END = re.compile(
    r"(?<=..)(?:(?:좡족|쫭족|장족|회족|후이족|위구르족?|웨이우얼족?|위글족?)(?:자치구)?|자치구|성|시)$"
)
KINDS = {"省", "市", "自治区", "성", "시", "자치구"}
# Traditional and Japanese characters in the names of provinces, as simplified ones.
SIMPLIFIED = str.maketrans(
    "遼寧內東廣広龍竜黑黒蘇慶貴雲陝肅粛壯維爾區滬濱",
    "辽宁内东广广龙龙黑黑苏庆贵云陕肃肃壮维尔区沪滨",
)
# North Korea writes 료녕 and 녕하 where South Korea writes 요녕 and 영하.
SOUTHERN = {"료": "요", "녕": "영", "령": "영"}
# The one province with a city of its own name, which is not the province.
JILIN, CITY = {"jilin", "kirin", "吉林", "길림", "지린"}, re.compile(r"city|shi$|市|시$")
HASC = re.compile(r"cn\.[a-z]{2}")
# "Liaoning [note 1]", "Liaoning²", "Liaoning*": a mark that points at a note is not part of the name.
NOTE_MARK = re.compile(r"\[(note|n\.)\s*\d+\]|[⁰¹²³⁴-⁹*†‡]+", re.IGNORECASE)
LETTER = re.compile(r"[^\W\d_]")
LONGEST = 120  # characters of a spelling that is taken for two names


def normalise(name: str) -> str:
    """Reduce a name to the spelling it is compared by.

    "Guangxi Zhuang A.R." -> "guangxi", "內蒙古自治區" -> "内蒙古", "An Hui" -> "anhui", "Chapter 27" -> "chapter27".
    A name of nothing but punctuation gives ""; numbers that are no plain code stay as they are: "1.1", "(21)".
    """
    text = unicodedata.normalize("NFKC", NOTE_MARK.sub("", name)).casefold().strip()
    if HASC.fullmatch(text):
        return text
    tokens = TOKEN.findall(re.sub(r"['’ʼ]", "", BEFORE_THE_NAME.sub("", text)))
    if not LETTER.search(text):
        return text if tokens else ""
    whole, bare = "".join(tokens), _bare(tokens)
    is_another = not LETTER.search(bare) or (bare in JILIN and CITY.search(whole))
    return whole if is_another else bare


def _bare(tokens):
    """Join the tokens without what tells the kind of place: each token may end in it, and those of one script may."""
    runs = groupby(_without_designators(tokens), _script)
    parts = [_without_end(script, "".join(_without_end(script, token) for token in run)) for script, run in runs]
    return "".join(part for n, part in enumerate(parts) if not (n and part in KINDS))  # "산시(山西)성" has one alone


def _without_designators(tokens):
    """Leave out words for kinds of places, "a r" among them, unless nothing else is there."""
    pairs = {n for n in range(len(tokens)) if tokens[n : n + 2] == ["a", "r"]}
    dropped = pairs | {n + 1 for n in pairs}
    return [token for n, token in enumerate(tokens) if n not in dropped and token not in DESIGNATORS] or tokens


def _script(token):
    return "han" if re.match(rf"[{HAN}]", token) else "hangul" if re.match(rf"[{HANGUL}]", token) else "latin"


def _without_end(script, token):
    """Drop what ends a name: "liaoningsheng" -> "liaoning", "广西壮族自治区" -> "广西", "료녕성" -> "요녕"."""
    if script == "han":
        return HAN_END.sub("", token.translate(SIMPLIFIED))
    if script == "hangul":
        return HANGUL_END.sub("", SOUTHERN.get(token[0], token[0]) + token[1:])
    toneless = "".join(unicodedata.normalize("NFD", letter)[0] for letter in token)
    end = LATIN_END.search(toneless)
    return token[: end.start()] if end else token


def codes_of(spelling: str, known: dict[str, str]) -> set[str]:
    """Find what a spelling means, of a name that may be written twice: "辽宁liaoning" -> {"CN-LN"}.

    Two codes are the meaning of names that contradict each other; none, that of an unknown one.
    """
    code = dict.get(known, spelling)
    if code:
        return {code}
    if len(spelling) > LONGEST or not LETTER.search(spelling):
        return set()
    for n in range(2, len(spelling) - 1):
        head, rest = spelling[:n], spelling[n:]
        code, is_cut_number = dict.get(known, head), head[-1].isdigit() and rest[0].isdigit()
        if code and not is_cut_number and (others := codes_of(rest, known)):
            return {code} | others
    return set()


class KnownNames(dict):
    """Codes by spelling, as `vocabulary.known_spellings` gives them, which also know names that are written twice."""

    def get(self, spelling, default=None):
        codes = codes_of(spelling, self)
        return codes.pop() if len(codes) == 1 else default

    def __contains__(self, spelling):
        return self.get(spelling) is not None
