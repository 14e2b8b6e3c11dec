"""THE TELEPHONE to try the line with, in browser and terminal, over the rehearsal carrier."""
