"""Rules about the arguments of Keras functions, classes and methods, K1xx."""
