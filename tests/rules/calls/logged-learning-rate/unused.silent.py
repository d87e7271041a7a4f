import keras
from mine import LogRate

model = keras.Sequential()
history = model.fit([], callbacks=[LogRate()])
one = history.history["lr"]
