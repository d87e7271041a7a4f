import tensorflow as tf
from somewhere import losses, metric
from tensorflow.keras.layers import Dense

inputs = tf.keras.Input((3,))
x = Dense(8)(inputs)
first = Dense(1, name="a")(x)
second = Dense(1, name="b")(x)

# The same order.
model = tf.keras.Model(inputs, [first, second])
model.compile("sgd", "mse", metrics=["mae", "mse"])
print(model.evaluate(x, y)[3])
a, b, c, d, e, f, g = model.evaluate(x, y)

# Losses come first in both.
other = tf.keras.Model(inputs, [second, first])
other.compile("sgd", "mse", metrics=["mse", "mae"])
print(other.evaluate(x, y)[0], other.evaluate(x, y)[1], other.evaluate(x, y))
result = other.evaluate(x, y, return_dict=True)
print(result["a_mse"])
whole = other.evaluate(x, y)
print(whole[2])
for number in whole:
    print(number)

# Unknown metrics, losses, names, or compiled twice.
third = tf.keras.Model(inputs, [second, first])
third.compile("sgd", "mse", metrics=["mse", metric])
print(third.evaluate(x, y)[3])
fourth = tf.keras.Model(inputs, [second, first])
fourth.compile("sgd", losses, metrics=["mse", "mae"])
print(fourth.evaluate(x, y)[3])
fifth = tf.keras.Model(inputs, [Dense(1)(x), Dense(1)(x)])
fifth.compile("sgd", "mse", metrics=["mse", "mae"])
print(fifth.evaluate(x, y)[3])
sixth = tf.keras.Model(inputs, [second, first])
sixth.compile("sgd", "mse", metrics=["mse", "mae"])
sixth.compile("sgd", "mse", metrics=["mae", "mse"])
print(sixth.evaluate(x, y)[3])

# One output.
one = tf.keras.Model(inputs, second)
one.compile("sgd", "mse", metrics=["mse", "mae"])
print(one.evaluate(x, y)[1])
