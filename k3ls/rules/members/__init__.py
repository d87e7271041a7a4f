"""Rules about methods and properties of Keras classes, K1xx."""
