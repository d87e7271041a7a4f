"""Steps of training, evaluation and prediction that code writes itself."""
