"""A GLiNER2 checkpoint with weights of chance, of a few kilobytes: what its package makes, and none of its sense."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path


def checkpoint(folder: Path, texts: list[str]) -> Path:
    """Write a checkpoint that knows the words of some texts; needs GLiNER2 with PyTorch and transformers."""
    from tokenizers import Tokenizer, models, pre_tokenizers

    torch, transformers, gliner2 = map(import_module, ("torch", "transformers", "gliner2"))  # of an extra

    words = sorted({word for text in texts for word in re.findall(r"\w+|[^\w\s]", text.lower())})
    vocabulary = {word: at for at, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *words])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    fast = transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]"
    )
    torch.manual_seed(7)
    encoder = transformers.BertConfig(
        vocab_size=len(vocabulary) + 40,
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=1024,
    )
    model = gliner2.SpanExtractor(
        gliner2.ExtractorConfig(model_name="chance", max_width=4), encoder_config=encoder, tokenizer=fast
    )
    model.save_pretrained(str(folder))
    return folder
