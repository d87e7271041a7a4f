"""Rules about names in strings, K1xx."""
