"""An editor with a browser: logs in, uploads a file, reads the page of the upload, publishes."""

import html
import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request

from django.core.files.base import ContentFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
STATE, PROGRESS = re.compile(r"state state-(\w+)"), re.compile(r'<p class="progress" role="status">(.*?)</p>')


class Editor:
    """A session of the admin: `Editor(site).upload("china-provinces", content)`; nobody's yet without `log_in`."""

    def __init__(self, site, log_in=True):
        self.site = site
        plain_http = http.cookiejar.DefaultCookiePolicy(secure_protocols=("http", "https"))
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar(plain_http))
        self.browser = urllib.request.build_opener(cookies)
        if log_in:
            status, page, _address = self.try_password(site.password)
            assert status == 200 and self.is_in(), page

    def try_password(self, password: str):
        """Send the form of the login."""
        return self.post("/accounts/login/", {"login": self.site.username, "password": password})

    def is_in(self) -> bool:
        """Whether the admin still knows the session."""
        return self.get("/admin/")[2] == "/admin/"

    def get(self, path: str):
        """Open a page: (status, text, the address that it led to)."""
        return self._open(urllib.request.Request(self.site.address + path))

    def post(self, path: str, fields: dict, at: str = ""):
        """Fill in the form of a page (`at`, if it is of another address), and send it."""
        token = TOKEN.search(self.get(at or path)[1])
        words = fields | {"csrfmiddlewaretoken": token[1] if token else ""}
        headers = {"Content-Type": MULTIPART_CONTENT, "Origin": self.site.address}
        return self._open(urllib.request.Request(self.site.address + path, encode_multipart(BOUNDARY, words), headers))

    def _open(self, request):
        try:
            with self.browser.open(request, timeout=60) as answer:
                return answer.status, answer.read().decode(), urllib.parse.urlsplit(answer.url).path
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode(), request.selector

    def upload(self, dataset: str, content: bytes):
        """Upload a CSV: (the address of its page, or None if it was refused; what was answered)."""
        fields = {"dataset": dataset, "files": ContentFile(content, name="trade.csv"), "mode": "amend", "flow": ""}
        status, page, address = self.post("/admin/trade/upload/import/", fields)
        return (address if address.endswith("/change/") else None), (status, page)

    def publish(self, upload: str, note: str):
        """Tick every warning of a staged upload, and publish it."""
        _status, page, _address = self.get(upload)
        seen = re.search(r'name="seen" value="(\w+)"', page)[1]
        ticks = dict.fromkeys(re.findall(r'name="(warning_\d+)"', page), "on")
        path = upload.replace("/change/", "/publish/")
        return self.post(path, {"seen": seen, "note": note, "kind": "scheduled"} | ticks, at=upload)

    def state(self, upload: str) -> str:
        """The state of an upload, as its page shows it: "staged"."""
        found = STATE.search(self.get(upload)[1])
        return found[1] if found else ""

    def words(self, upload: str) -> str:
        """What its page says of how it went."""
        return html.unescape(" ".join(PROGRESS.findall(self.get(upload)[1])))
