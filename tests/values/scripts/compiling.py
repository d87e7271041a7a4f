"""Models that are compiled with losses, metrics and callbacks, and what their logs hold."""

import numpy as np
import tensorflow as tf

x = np.linspace(0.0, 1.0, 12).reshape(4, 3).astype("float32")
labels = np.array([[1.0], [0.0], [0.0], [1.0]], "float32")


def made():
    inputs = tf.keras.Input((3,))
    dense = tf.keras.layers.Dense(1, "sigmoid", kernel_initializer="ones", name="left")
    left = dense(inputs)
    right = tf.keras.layers.Dense(1, kernel_initializer="ones", name="right")(left)
    return tf.keras.Model(inputs, [right, left])


def closeness(y_true, y_pred):
    return 1.0 - abs(y_true - y_pred)


def logs(model):
    found = model.evaluate(x, [labels, labels], verbose=0, return_dict=True)
    return {name: np.array(value, "float32") for name, value in sorted(found.items())}


for_all = made()
for_all.compile("sgd", "mse", metrics=["mae"])
several = made()
several.compile("sgd", "mse", metrics=["mae", closeness, tf.keras.metrics.Recall(name="r")])
as_many = made()
as_many.compile("sgd", "mse", metrics=["mae", closeness])
weighted = made()
weighted.compile("sgd", "mse", loss_weights=[1.0, 0.2])
by_name = made()
by_name.compile("sgd", "mse", loss_weights={"left": 1.0, "right": 0.2})
in_order = made()
in_order.compile("sgd", ["mse", "mae"], loss_weights={"left": 1.0, "right": 0.2})
partly = made()
partly.compile("sgd", {"left": "mse", "right": "mae"}, loss_weights={"left": 0.2})

model = made()
stop = tf.keras.callbacks.EarlyStopping("val_left_loss", patience=1)
reduce = tf.keras.callbacks.ReduceLROnPlateau("val_right_closeness", patience=1)
keep = tf.keras.callbacks.EarlyStopping("val_left_accuracy", patience=9)
model.compile(tf.keras.optimizers.SGD(0.5), "mse", metrics=["accuracy", closeness])
fitted = model.fit(
    x,
    [labels, 1.0 - labels],
    validation_data=(x, [labels, 1.0 - labels]),
    batch_size=4,
    epochs=6,
    shuffle=False,
    verbose=0,
    callbacks=[stop, reduce, keep],
)

dense = tf.keras.layers.Dense(1, "sigmoid", kernel_initializer="ones", name="dense")
single = tf.keras.Sequential([tf.keras.Input((3,)), dense])
single.compile("sgd", {"dense": "mse"}, metrics=["AUC", "RootMeanSquaredError", "accuracy"])
constant = tf.keras.callbacks.LearningRateScheduler(lambda epoch: 0.125)
fit = single.fit(x, labels, callbacks=[constant], batch_size=4, shuffle=False, verbose=0)

result = {
    "for all": logs(for_all),
    "several": logs(several),
    "as many": logs(as_many),
    "weighted": logs(weighted),
    "by name": logs(by_name),
    "in order": logs(in_order),
    "partly": logs(partly),
    "epochs": len(fitted.history["loss"]),
    "loss": np.array(fitted.history["val_left_loss"], "float32"),
    "rate": np.array(model.optimizer.learning_rate, "float32"),
    "rates": np.array(fit.history["lr"], "float32"),
    "auc": np.array(fit.history["auc"], "float32"),
    "error": np.array(fit.history["root_mean_squared_error"], "float32"),
}
