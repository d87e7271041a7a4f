"""Rules about saving and loading models and weights, K2xx."""
