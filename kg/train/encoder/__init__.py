"""The recipe of the encoder's weights: one pretrained model, passages and annotated articles → what `kg.encoder` loads.

    pretrained, vocabulary      a multilingual sentence encoder (e5, Wang et al. 2022, 2024), its pieces pruned
    annotated, written, slots   articles with their statements, and passages of our own writing whose names are drawn
    tagged → names              words with BILOU labels → the layers that find names
    examples, batches → events  mentions and ordered pairs of them → the layers that relate them
    calibration, export, ship   scores as probabilities; ONNX of eight bits; the folder with its settings

Reading and training share `kg.encoder`'s pieces, labels, pairs and features, and `kg.extract`'s mentions, so that the
model is asked what it was taught. `run` strings the parts together; recipe.toml holds the numbers.
"""
