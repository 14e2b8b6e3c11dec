"""How fast the line answers, against what is usual: seeded, on this machine alone, in bounds."""
