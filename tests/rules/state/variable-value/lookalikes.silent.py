import keras
import tensorflow as tf

w = tf.Variable(1.0)
print(w.value(), w.read_value())
cell.value()
sensor.read_value(3)
entry.value
keras.Variable(1.0).value


class Sensor:
    def read_value(self):
        return 3


Sensor().read_value()
