"""A tiny model of meaning for tests: a BertModel of two layers as a sentence-transformers folder, made in a moment.

Its numbers are drawn, not learned: the vector of a text is close to the mean of its words' vectors, so texts that share
words are near each other, and words declared ``alike`` count as one. Words outside its vocabulary fall into letters.
"""

from __future__ import annotations

import string
import unicodedata
import warnings
from collections.abc import Sequence
from pathlib import Path

_WORDS = """
    ủy ban nhân dân hội đồng quyết định nghị thông báo tờ trình kế hoạch công văn biên bản giấy chứng nhận hợp báo cáo
    chỉ thị xã phường thị trấn huyện quận tỉnh thành phố thôn làng về việc của cho các và là được có tại theo trên trong
    ngày tháng năm số điều khoản căn cứ luật xét đề ông bà đất đai sử dụng quyền nhà ở xây dựng cấp phép thu hồi đền bù
    giải phóng mặt bằng trường học chợ đường cầu nước điện kết hôn khai sinh tử hộ tịch khen thưởng kỷ cán bộ bổ nhiệm
    ngân sách thuế bầu cử đại biểu quân sự nghĩa vụ khiếu nại tố giáo dục y tế hòa bình phú sơn hà nội đông tây nam bắc
    mẫu vườn ruộng rừng sông biển trâu bò lúa gạo hợp tác kinh doanh văn hóa lễ đình chùa mộ liệt sĩ thương binh chính
    sách nghèo vay vốn hỗ trợ bão lụt dân tộc người già trẻ em phụ nữ thanh niên đoàn đảng viên chi bộ sửa chữa mua bán
"""
_LETTERS = (
    "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz"
    + string.digits
    + string.punctuation
)
_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


def vocabulary() -> list[str]:
    """The pieces, in the order of their numbers."""
    words = sorted(set(unicodedata.normalize("NFC", _WORDS).split()))
    letters = [letter for letter in _LETTERS if letter not in words]
    return [*_SPECIAL, *words, *letters, *(f"##{letter}" for letter in _LETTERS)]


def make(
    folder: Path,
    *,
    seed: int = 0,
    dimensions: int = 32,
    window: int = 128,
    prompts: dict[str, str] | None = None,
    alike: Sequence[Sequence[str]] = (),
) -> Path:
    """Write the model into ``folder`` and return it; the same arguments give the same vectors.

    ``seed``: another gives another model; ``window``: tokens that it reads; ``prompts``: those that its config names;
    ``alike``: words of the vocabulary, in groups, that share one vector.
    """
    import torch
    from sentence_transformers import SentenceTransformer

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # version 6 has them elsewhere too
        from sentence_transformers.models import Normalize, Pooling, Transformer
    from tokenizers import BertWordPieceTokenizer
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    pieces = vocabulary()
    numbers = {piece: number for number, piece in enumerate(pieces)}
    tokenizer = BertWordPieceTokenizer(numbers, lowercase=True, strip_accents=False)
    inner = folder / "made"
    inner.mkdir(parents=True)
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer._tokenizer,
        pad_token="[PAD]",
        unk_token="[UNK]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
        model_max_length=window,
    ).save_pretrained(inner)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = BertModel(
            BertConfig(
                vocab_size=len(pieces),
                hidden_size=dimensions,
                num_hidden_layers=2,
                num_attention_heads=4,
                intermediate_size=2 * dimensions,
                max_position_embeddings=window,
            )
        )
        words = model.embeddings.word_embeddings.weight.data
        words.normal_()
        for group in alike:
            for word in group:
                words[numbers[word]] = words[numbers[group[0]]]
    model.save_pretrained(inner)
    modules = [Transformer(str(inner), max_seq_length=window), Pooling(dimensions, "mean"), Normalize()]
    made = SentenceTransformer(modules=modules, device="cpu", prompts=prompts)
    made.save(str(folder), create_model_card=False)
    for leftover in inner.iterdir():
        leftover.unlink()
    inner.rmdir()
    return folder
