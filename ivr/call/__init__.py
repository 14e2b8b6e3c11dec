"""THE CALL, pure: what was heard goes in, what the line does comes out, and nothing else moves."""
