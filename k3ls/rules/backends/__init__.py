"""Rules about the choice of a backend, K2xx."""
