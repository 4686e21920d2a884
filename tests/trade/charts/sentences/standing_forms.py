"""The forms in which a title says who led of several that are compared, and in which periods."""

P = r"(?:(?:[A-Z][a-z]{2}(?:–[A-Z][a-z]{2})? )?\d{4}|\d+ months? of \d{4})"
SPAN = (
    r"(?:(?P<every>every (?:year|month))|all (?P<all>\d+) comparable (?:years|months)"
    r"|(?:(?P<led>\d+) of|(?P<only>.+?) only, of) (?P<count>\d+)(?P<gaps> comparable)? (?:years|months))"
    rf" from (?P<from>{P}) to (?P<to>{P})"
)
MORE = r"sold the DPRK more than|bought more from the DPRK than|traded more with the DPRK than|exceeded"
CAUTION = r"(?: \((?P<caution>[^()]*)\))?"
FORMS = {
    "standing of two": rf"(?P<first>.+?) (?P<more>{MORE}) (?P<second>.+?)"
    rf"(?: in (?P<whole>(?:China|[Tt]he world)’s .+?))? in {SPAN}{CAUTION}",
    "standing of several": r"Of the (?P<number>\d+) [a-z]+ compared, (?P<first>.+?) led (?P<whole>.+?)"
    rf" in {SPAN}(?P<others>(?:; [^()]+? led in [^;()]+)*){CAUTION}",
}
