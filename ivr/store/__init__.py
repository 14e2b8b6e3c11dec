"""THE DATABASE: what changes while the line runs. One module a noun; no call waits for it."""
