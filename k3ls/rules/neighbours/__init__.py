"""Rules about packages that were used beside Keras 2, K11x."""
