"""Rules about what layers, models, losses and metrics are called with, K2xx."""
