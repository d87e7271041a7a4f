"""Rules about variables, state and randomness, K5xx."""
