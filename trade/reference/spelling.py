"""How a name is compared: the one spelling that all ways of writing a province or a chapter come down to.

Knows what may be dropped from a name without making two places one. Tone marks may not: Shānxī and Shǎnxī
are two provinces. HASC codes ("CN.HB", Hebei) may not lose their dot: the ISO code CN-HB is Hubei.
"""

import re
import unicodedata

# Words that say what kind of place it is, not which. "a" and "r" are the parts of "A.R.".
DESIGNATORS = {"province", "prov", "municipality", "city", "autonomous", "region", "a", "r", "ar"}
DESIGNATORS |= {"sheng", "shi", "zizhiqu", "zhuang", "zhuangzu", "hui", "huizu"}
DESIGNATORS |= {"uygur", "uyghur", "uighur", "weiwuer"}
CHINESE_SUFFIX = re.compile(r"(?<=..)(省|市|(壮族|壯族|回族|维吾尔|維吾爾)?自治[区區])$")
HASC = re.compile(r"cn\.[a-z]{2}")
# "Liaoning [note 1]", "Liaoning²", "Liaoning*": a mark that points at a note is not part of the name.
NOTE_MARK = re.compile(r"\[(note|n\.)\s*\d+\]|[⁰¹²³⁴-⁹*†‡]+", re.IGNORECASE)


def normalise(name: str) -> str:
    """Reduce a name to the spelling it is compared by.

    "Guangxi Zhuang A.R." -> "guangxi", "内蒙古自治区" -> "内蒙古", "Chapter 27" -> "chapter27".
    A name of nothing but punctuation gives "".
    """
    text = unicodedata.normalize("NFKC", NOTE_MARK.sub("", name)).casefold().strip()
    if HASC.fullmatch(text):
        return text
    words = re.findall(r"[^\W_]+", re.sub(r"['’ʼ]", "", text))
    return CHINESE_SUFFIX.sub("", "".join(_without_designators(words)))


def _without_designators(words):
    return [word for word in words if word not in DESIGNATORS] or words
