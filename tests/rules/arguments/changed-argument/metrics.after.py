import tensorflow as tf

NAME = "mae"


def closeness(y_true, y_pred):
    return 1.0 - abs(y_true - y_pred)


model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
model.compile("sgd", "mse", metrics=["accuracy"])
model.compile("sgd", "mse", metrics=["accuracy"])
model.compile("sgd", "mse", metrics=[closeness], weighted_metrics=[tf.keras.metrics.AUC()])
model.compile("sgd", "mse", metrics=[NAME])
model.compile("sgd", "mse", metrics=["mae"], weighted_metrics=None)
model.compile("sgd", "mse", metrics=unknown)
model.compile("sgd", "mse", metrics={"left": "mae"})
