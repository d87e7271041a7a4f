import tensorflow as tf
from tensorflow.keras.layers import Dense

inputs = tf.keras.Input((3,))
x = Dense(8)(inputs)
main = Dense(1, name="main")(x)
aux = Dense(1, name="aux")(x)
model = tf.keras.Model(inputs, [main, aux])
model.compile("sgd", "mse", metrics=["mae", "AUC"])

error = model.evaluate(x, y, return_dict=True)["main_mae"]
last = model.evaluate(
    x,
    y,
    verbose=0, return_dict=True,  # in silence
)["aux_auc"]
total, main_loss, aux_loss, *metrics = model.evaluate(x, y)
a, b, c, d, e, f, g = map(model.evaluate(x, y, verbose=0, return_dict=True).get, ("loss", "main_loss", "aux_loss", "main_mae", "main_auc", "aux_mae", "aux_auc"))
scores = model.test_on_batch(x, y, return_dict=True)
print(scores["loss"], "%.3f" % scores["main_auc"])
others = model.test_on_batch(x, y)
print(others[3], others)


def ratio(y_true, y_pred):
    return y_pred / y_true


def build():
    first = Dense(1, name="one")(inputs)
    second = Dense(1, name="two")(inputs)
    both = tf.keras.Model(inputs, outputs=[first, second])
    both.compile(
        loss={"one": "mse", "two": "mae"},
        metrics={"one": ratio, "two": [ratio, tf.keras.metrics.AUC(name="area")]},
    )
    return both.evaluate(inputs, first, return_dict=True)["two_ratio"]
