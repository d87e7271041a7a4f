from keras.layers import AveragePooling1D, AveragePooling3D

pooled = AveragePooling1D(name="p", pool_size=2)
block = AveragePooling3D(pool_size=(2, 2, 2))
