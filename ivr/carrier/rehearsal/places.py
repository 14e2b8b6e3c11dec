"""What a carrier adds to a number out of its own tables: country and, for some, a city."""

COUNTRIES = {
    "+32": "BE", "+31": "NL", "+33": "FR", "+49": "DE", "+44": "GB", "+352": "LU", "+1": "US",
}  # fmt: skip
CITIES = {"+322": "Brussel/Bruxelles", "+323": "Antwerpen", "+324": "Liège", "+329": "Gent",
          "+49221": "Köln"}  # fmt: skip


def place_fields(side: str, number: str) -> dict[str, str]:
    """The four fields about one side's number; empty where nothing is known."""
    return {
        f"{side}City": _longest(CITIES, number),
        f"{side}State": "",
        f"{side}Zip": "",
        f"{side}Country": _longest(COUNTRIES, number),
    }


def _longest(table: dict[str, str], number: str) -> str:
    fitting = [prefix for prefix in table if number.startswith(prefix)]
    return table[max(fitting, key=len)] if fitting else ""
