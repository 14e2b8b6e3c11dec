"""What the line says at one time, and where calls can go: shipped, kept, and read back."""
