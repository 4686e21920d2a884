"""What was withdrawn or redacted is at no public address: pages and files are followed from link to link and read."""

import html
import io
import re
import zipfile
from collections import deque
from urllib.parse import urljoin, urlsplit

import pyarrow.parquet as pq
import pytest

from tests.samples import soaking
from tests.trade import sites
from tests.trade.sites import reported
from trade.models import Release
from trade.publishing.removing import redacted_texts, withdrawal
from web import throttling

pytestmark = pytest.mark.slow

VALUE, NOTE, REMARK, PERSON = 987_654_321, "Xylophone sent these", "Heard from Xylophone", "Kim Example-Person"
START = ["/", "/data/", "/sitemap.xml", "/data/releases.atom", "/api/v1/datasets", "/api/v1/datasets/china-provinces"]
START += ["/robots.txt", "/data/china-provinces/latest/data.csv"]
IN_TEST, IN_SOAK = 60, 2_000  # addresses; there are as many as views
TOO_MANY = 429


def publish():
    """Publish four releases; withdraw the second, whose values the third holds too; redact a name in the fourth."""
    sites.usual()
    sites.release("china-provinces", [reported("CN-JL", 2023, VALUE, note=REMARK)], note=NOTE)
    sites.release("china-provinces", [reported("CN-HL", 2023, 5_000)], note="Heilongjiang.")
    sites.release("china-provinces", [reported("CN-LN", 2022, 7_000, note=f"By {PERSON}.")], note=f"Says {PERSON}.")
    withdrawal.withdraw(Release.objects.get(dataset="china-provinces", number=3), "It was not ours to publish.")
    redacted = redacted_texts.record(PERSON, "It named a person.")
    for upload in redacted_texts.ask(redacted):
        redacted_texts.publish(upload)


def texts(name, body):
    """What a file says, unpacked as far as it is packed."""
    if body[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return "\n".join(texts(member, packed.read(member)) for member in packed.namelist())
    if body[:4] == b"PAR1":
        return pq.read_table(io.BytesIO(body), use_threads=False).to_pandas().to_csv()
    return html.unescape(body.decode("utf-8", "replace"))


def links(address, text):
    """Every address of this site that a page or a file names."""
    found = re.findall(r'(?:href|src|action)="([^"]+)"|<loc>([^<]+)</loc>|"(?:\w+_)?url": ?"([^"]+)"', text)
    for names in found:
        target = urlsplit(urljoin(f"http://testserver{address}", html.unescape("".join(names))))
        if target.netloc == "testserver" and not target.path.startswith(("/static/", "/admin/", "/account")):
            yield target.path + (f"?{target.query}" if target.query else "")


@pytest.fixture
def nobody_waits(monkeypatch):
    """A reader who asks for so much is told to wait, and what was not sent was not read."""
    monkeypatch.setattr(throttling.PerAddress, "allow_request", lambda *args: True)


@pytest.mark.usefixtures("nobody_waits")
def test_what_was_withdrawn_or_redacted_stands_at_no_address(site, client):
    waiting, met, most = deque(START), set(START), IN_SOAK if soaking() else IN_TEST
    shown = {str(VALUE), f"{VALUE:,}", "Xylophone", PERSON}
    read = 0
    while waiting and read < most:
        address = waiting.popleft()
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        text, read = texts(address, body), read + 1
        assert response.status_code < 500 and response.status_code != TOO_MANY, address
        assert not [one for one in shown if one in text], address
        found = sorted(set(links(address, text)) - met, key=lambda one: ("?" in one, "/data/" not in one, one))
        met.update(found)
        waiting.extend(found)
    assert read == most
    assert any("/data/china-provinces/4/" in address for address in met)
