"""Where a class can't be written."""

import keras


class MeanTensor:
    pass


try:
    from keras.metrics import MeanRelativeError
except ImportError:
    MeanRelativeError = None


def metric(normalizer):
    from keras.constraints import RadialConstraint

    return MeanRelativeError(normalizer), RadialConstraint(), keras.metrics.MeanTensor()
