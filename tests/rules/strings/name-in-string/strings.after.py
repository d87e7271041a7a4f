from unittest import mock

import keras


def train(model):
    model.compile("sgd", loss="log_cosh", metrics=["acc", 'cosine_similarity'])
    return keras.layers.Dense(3, kernel_constraint="max_norm", bias_constraint="non_neg")


@mock.patch("keras.utils.get_file")
def test(get_file):
    with mock.patch("keras.models.load_model", None):
        keras.Sequential().compile(loss="kl_divergence")
both = keras.layers.Dense(3, kernel_regularizer=keras.regularizers.L1L2(l1=0.01, l2=0.01))
