from keras.layers import AveragePooling1D, AveragePooling3D

pooled = AveragePooling1D(name="p")
block = AveragePooling3D()
