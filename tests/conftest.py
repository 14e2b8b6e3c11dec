"""What every test shares: rules are tried on many examples, never against a stopwatch."""

from hypothesis import settings

settings.register_profile("line", deadline=None, print_blob=True)
settings.load_profile("line")
