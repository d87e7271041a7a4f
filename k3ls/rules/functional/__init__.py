"""Models that are put together from layers called on `keras.Input`."""
