"""The staff's door: signing in, and the pages behind it. See `ivr.console.door`."""
