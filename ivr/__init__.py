"""The application: the doors, the call behind them, and what keeps it running."""
