"""What signing in needs is loaded when somebody signs in, and not where only callers ring."""

import subprocess
import sys
from pathlib import Path

from tests import installations

HEAVY = ("argon2", "webauthn", "pyotp", "segno", "babel")


def test_a_process_that_nobody_signed_in_to_has_loaded_none_of_it(tmp_path: Path) -> None:
    code = (
        "import sys, ivr.app;"
        "assert not [one for one in sys.modules if one.startswith('ivr.console')];"
        "ivr.app.create_app();"
        "assert 'ivr.console.door' in sys.modules;"
        f"print([one for one in {HEAVY} if one in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=True, capture_output=True, text=True, env=installations.real(tmp_path),
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"
