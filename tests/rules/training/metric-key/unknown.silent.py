import tensorflow as tf
from somewhere import acc
from tensorflow.keras.callbacks import EarlyStopping

model = tf.keras.Sequential([tf.keras.layers.Dense(1)])
model.compile("sgd", "mse", metrics=["accuracy", acc])
stop = EarlyStopping(monitor="val_acc", patience=2)
history = model.fit(x, y, callbacks=[stop])
print(history.history["acc"], history.history["val_acc"])


def train(model):
    # Keras 3 code, that knows the name.
    history = model.fit(x, y)
    model.compile("sgd", "mse", metrics=["AUC", "Recall"])
    return history.history["AUC"], history.history["val_Recall"]
