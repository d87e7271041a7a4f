import keras
from mine import load

model = keras.Sequential()
history = model.fit([], callbacks=[keras.callbacks.ReduceLROnPlateau()])
one = history.history["loss"]
two = load().history["lr"]
three = history.history["learning_rate"]
settings = load()
four = settings["lr"]
other = load()
five = other.history["lr"]
