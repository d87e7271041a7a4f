from tensorflow.keras.metrics import MeanRelativeError


def metric(normalizer):
    return MeanRelativeError(normalizer)
