"""Rules about random numbers, K5xx."""
