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
w.assign(2.0, read_value=False)
w.assign_add(delta=2.0)


class Desk:
    def assign(self, person, name):
        return person, name


Desk().assign(1, name="a")
frame.assign(name=3)
