import tensorflow as tf
from tensorflow.keras.callbacks import EarlyStopping, ModelCheckpoint

model = tf.keras.Sequential([tf.keras.layers.Dense(1, activation="sigmoid")])
model.compile("sgd", "mse", metrics=["accuracy", "AUC", 'RootMeanSquaredError'])
model.compile("sgd", "mse", weighted_metrics=["F1Score", "KLDivergence"])
stop = EarlyStopping(monitor="val_acc", patience=2)
keep = ModelCheckpoint("best.keras", "val_acc")
history = model.fit(x, y, callbacks=[stop, keep])
print(model.history.history["acc"])
print(history.history["acc"][-1], history.history['val_acc'])
