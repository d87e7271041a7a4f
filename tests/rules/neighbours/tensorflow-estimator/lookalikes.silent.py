import tensorflow as tf
from sklearn.base import BaseEstimator
from mylib import estimator

a = estimator.Estimator()
b = tf.keras.Model()
tensorflow = 3
