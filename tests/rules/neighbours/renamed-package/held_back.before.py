import keras_nlp

keras_hub = None
tokenizer = keras_nlp.models.BertTokenizer
preprocessor = keras_nlp.models.BartPreprocessor
