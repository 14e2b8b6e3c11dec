"""Where a call goes: centres, hours and numbers as values, and the choice among them."""
