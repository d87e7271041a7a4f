"""Rules about optimizers, K2xx."""
