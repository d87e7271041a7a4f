import tensorflow as tf
from tensorflow.keras.utils import Sequence


class Batches(tf.keras.utils.Sequence):
    def __init__(self, x, y):
        super().__init__()
        self.x, self.y = x, y


class Documented(Sequence):
    """Batches."""

    def __init__(self, x, **kwargs):
        """Keep the data."""
        # All of it.
        super().__init__()
        self.x = x
        self.kwargs = kwargs


class OnlyDocumented(Sequence):
    def __init__(self):
        """Nothing to do."""
        super().__init__()


class OneLine(Sequence):
    def __init__(self, x): self.x = x
