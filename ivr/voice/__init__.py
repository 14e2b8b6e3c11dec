"""THE CALLER'S DOOR: signed webhooks come in, documents for the carrier go out."""
