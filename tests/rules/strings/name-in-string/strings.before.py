from unittest import mock

import keras


def train(model):
    model.compile("sgd", loss="logcosh", metrics=["acc", 'cosine_proximity'])
    return keras.layers.Dense(3, kernel_constraint="maxnorm", bias_constraint="non_neg")


@mock.patch("tensorflow.keras.utils.get_file")
def test(get_file):
    with mock.patch("tensorflow.keras.models.load_model", None):
        keras.Sequential().compile(loss="kullback_leibler_divergence")
both = keras.layers.Dense(3, kernel_regularizer="l1_l2")
