import numpy as np
import tensorflow as tf

generator = np.random.Generator(np.random.PCG64(1))
drawing = tf.random.normal
