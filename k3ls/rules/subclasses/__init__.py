"""Classes derived from Keras's, against what Keras 3 expects of them."""
