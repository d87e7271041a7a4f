import tensorflow as tf
import tensorflow.compat.v1 as tf1
from keras.layers import CuDNNGRU
from tensorflow.compat.v1.keras.layers import CuDNNLSTM

a = CuDNNLSTM(4, "ones", return_sequences=True)
b = CuDNNGRU(3)
c = tf.compat.v1.keras.losses.cosine_proximity([1.0], [2.0])
d = tf1.layers.dense([[1.0]], 3)
e = tf.layers.Dense(3)
f = tf1.nn.rnn_cell.BasicLSTMCell(3)
g = tf1.keras.backend.get_session()
