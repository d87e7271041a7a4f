"""Rules about imports and names, K1xx."""
