"""Small folders of texts for tests, written as a translator's tool would."""

from pathlib import Path

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'


def entry(
    key: str, english: str, own: str, *, note: str = "", comment: str = "", fuzzy: bool = False
) -> str:
    """One entry of a PO file."""
    lines = [f"# {comment}"] if comment else []
    lines += [f"#. {note}"] if note else []
    lines += ["#, fuzzy"] if fuzzy else []
    lines += [f'msgctxt "{key}"'] if key else []
    return "\n".join([*lines, f'msgid "{english}"', f'msgstr "{own}"', ""])


def folder(path: Path, **languages: list[str]) -> Path:
    """A folder with one PO file a language."""
    for language, entries in languages.items():
        text = "\n".join([HEAD, *entries])
        (path / f"{language}.po").write_text(text, encoding="utf-8")
    return path
