"""How the line sounds: recordings are mastered for the telephone, kept on a shelf, and joined into
what a caller hears.
"""
