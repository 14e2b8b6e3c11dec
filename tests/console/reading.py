"""Reads a page as a browser would, and holds it to what every page of staff must be."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "img", "hr", "path", "rect", "circle"}


@dataclass
class Form:
    """One form: where it goes, and what it would send."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class Page(HTMLParser):
    """What stands on a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.source = text
        self.ids: list[str] = []
        self.forms: list[Form] = []
        self.problems: list[str] = []
        self.language = self.title = ""
        self.words: list[str] = []
        self.links: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.problems += [f"{tag} is never closed" for tag in self._open]
        self.problems += [f"id {one} twice" for one in self.ids if self.ids.count(one) > 1]

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(" ".join(self.words).split())

    def form(self, action: str) -> Form:
        """The form that goes there."""
        return next(one for one in self.forms if one.action == action)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._open.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        self._judge(tag, given)
        if tag == "html":
            self.language = given.get("lang", "")
        if tag == "a":
            self.links.append(given.get("href", ""))
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get")))
        if tag in {"input", "button"} and self.forms and "name" in given:
            self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        last = self.forms[-1]
        if tag == "button":
            last.buttons.append((given["name"], given.get("value", "")))
        elif given.get("type") not in {"checkbox", "radio"} or "checked" in given:
            last.fields[given["name"]] = given.get("value", "")

    def _judge(self, tag: str, given: dict[str, str]) -> None:
        if "style" in given or any(name.startswith("on") for name in given):
            self.problems.append(f"{tag} has style or script in it")
        if tag == "script" and "src" not in given:
            self.problems.append("script in the page")
        if tag == "style":
            self.problems.append("style in the page")

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self._open or self._open[-1] != tag:
            self.problems.append(f"</{tag}> closes {self._open[-1:]}")
        elif tag in self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open[-1:] == ["title"]:
            self.title += data
        if data.strip():
            self.words.append(data.strip())


def judged(text: str) -> Page:
    """The page, once it is what every page must be."""
    page = Page(text)
    assert text.lstrip().lower().startswith("<!doctype html>")
    assert not page.problems, page.problems
    assert page.language in {"nl", "fr", "de", "en"}
    assert page.title.strip()
    assert all("csrf" in form.fields for form in page.forms if form.method == "post")
    assert all(form.method == "post" for form in page.forms)
    return page
