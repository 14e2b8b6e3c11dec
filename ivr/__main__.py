"""`python -m ivr` is the `ivr` command."""

from ivr.commands import main

main()
