"""Rules about TensorFlow ops, K3xx."""
