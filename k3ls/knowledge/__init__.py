"""Facts about Keras 2, Keras 3 and TensorFlow, as data that tools/ makes and checks."""
