import tensorflow as tf
from tensorflow.keras.callbacks import EarlyStopping, ModelCheckpoint

callbacks = [
    EarlyStopping(monitor="val_dice", patience=3),
    EarlyStopping("val_masked_acc"),
    EarlyStopping("val_left_loss", mode="auto"),
    tf.keras.callbacks.ReduceLROnPlateau(
        monitor="val_left_loss",
        factor=0.5,  # by half
    ),
    ModelCheckpoint("best.keras", "val_auc", save_best_only=True),
    ModelCheckpoint("best.keras", monitor="val_right_accuracy", save_best_only=True),
    EarlyStopping("val_recall"),
    EarlyStopping("val_auc_1"),
    EarlyStopping("val_prc"),
]
metrics = [tf.keras.metrics.AUC(curve="PR", name="prc")]
