"""CALLBACKS: booked by callers, claimed and carried out by staff, erased when they are over."""
