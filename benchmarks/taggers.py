"""The two taggers that are compared, trained on marked text: spaCy's NER, and the net of nlp/tagger.py."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.marked_text import Marked
from nlp.tagger import EDGE, PLACES, REACH, TAGS, rows_of, tokens

ROWS: Final = 1 << 13
WIDTH: Final = 32
HIDDEN: Final = 64
BATCH: Final = 16
"""Documents."""
Spans = list[tuple[int, int, str, float]]
"""Start, end, label, probability."""


def tagged(one: Marked) -> tuple[list[str], list[int]]:
    """Words and tags of a document."""
    spots = tokens(one.text)
    tags = [0] * len(spots)
    for start, end, label in one.spans:
        inside = [number for number, spot in enumerate(spots) if spot[0] < end and spot[1] > start]
        for number in inside:
            tags[number] = TAGS.index(("B-" if number == inside[0] else "I-") + label)
    return [one.text[start:end] for start, end in spots], tags


# the net


def train_net(documents: Sequence[Marked], file: Path, *, rounds: int = 12, seed: int = 1) -> None:
    """Fit by cross entropy (Adam) and write the weights in half precision to ``file`` (npz)."""
    import torch

    torch.manual_seed(seed)
    torch.set_num_threads(1)
    dice = random.Random(seed)
    data = [tagged(one) for one in documents]
    table = torch.nn.EmbeddingBag(ROWS, WIDTH, mode="sum")
    torch.nn.init.normal_(table.weight, std=0.1)
    window = torch.nn.Linear(WIDTH * PLACES, HIDDEN)
    out = torch.nn.Linear(HIDDEN, len(TAGS))
    drop = torch.nn.Dropout(0.2)
    parameters = [*table.parameters(), *window.parameters(), *out.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=2e-3, weight_decay=1e-6)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.1, rounds)
    for round_ in range(rounds):
        dice.shuffle(data)
        losses = []
        for first in range(0, len(data), BATCH):
            words, tags = _stream(data[first : first + BATCH])
            distinct = list(dict.fromkeys(words))
            place = {word: number for number, word in enumerate(distinct)}
            rows = [rows_of(word, ROWS) for word in distinct]
            starts = np.cumsum([0, *map(len, rows[:-1])])
            vectors = table(torch.tensor([row for one in rows for row in one]), torch.tensor(starts))
            spread = drop(vectors[torch.tensor([place[word] for word in words])])
            wide = torch.cat([spread[k : len(words) - 2 * REACH + k] for k in range(PLACES)], 1)
            scores = out(drop(torch.relu(window(wide))))
            loss = torch.nn.functional.cross_entropy(scores, torch.tensor(tags[REACH:-REACH]), ignore_index=-100)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        schedule.step()
        print(f"net: round {round_ + 1}, loss {np.mean(losses):.4f}", flush=True)
    arrays = {
        "table": table.weight,
        "window": window.weight.reshape(HIDDEN, PLACES, WIDTH).permute(1, 2, 0),
        "bias": window.bias,
        "out": out.weight.T,
        "out_bias": out.bias,
    }
    halves: dict[str, Any] = {name: one.detach().numpy().astype(np.float16) for name, one in arrays.items()}
    np.savez_compressed(file, **halves)


def _stream(some: Sequence[tuple[list[str], list[int]]]) -> tuple[list[str], list[int]]:
    """Documents one behind the other, parted by edges that have no tag."""
    words, tags = [EDGE] * REACH, [-100] * REACH
    for theirs, own in some:
        words += theirs + [EDGE] * REACH
        tags += own + [-100] * REACH
    return words, tags


# spaCy


def train_spacy(documents: Sequence[Marked], folder: Path, *, minutes: float = 4.0) -> None:
    """Train a small NER (hash embedding, two convolutions of width 48) for so many minutes of processor time."""
    import spacy
    from spacy.tokens import Span
    from spacy.training import Example
    from spacy.util import minibatch

    spacy.util.fix_random_seed(1)
    language = spacy.blank("xx")
    tok2vec = {
        "@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": None, "width": 48, "depth": 2,
        "embed_size": 1500, "window_size": 1, "maxout_pieces": 2, "subword_features": True,
    }  # fmt: skip
    model = {
        "@architectures": "spacy.TransitionBasedParser.v2", "state_type": "ner", "extra_state_tokens": False,
        "hidden_width": 48, "maxout_pieces": 2, "use_upper": False, "tok2vec": tok2vec,
    }  # fmt: skip
    language.add_pipe("ner", config={"model": model})
    examples = []
    for one in documents:
        words, tags = tagged(one)
        predicted, reference = _doc(language, words), _doc(language, words)
        ents = []
        for number, tag in enumerate(tags):
            name = TAGS[tag]
            if name[0] == "B":
                ents.append([number, number + 1, name[2:]])
            elif name[0] == "I":
                ents[-1][1] = number + 1
        reference.ents = [Span(reference, first, last, label) for first, last, label in ents]
        examples.append(Example(predicted, reference))
    optimizer = language.initialize(lambda: examples[:200])
    dice = random.Random(1)
    started, rounds = time.process_time(), 0
    while time.process_time() - started < minutes * 60:
        dice.shuffle(examples)
        losses: dict[str, float] = {}
        for batch in minibatch(examples, BATCH):
            language.update(batch, sgd=optimizer, losses=losses, drop=0.15)
            if time.process_time() - started > minutes * 60:
                break
        rounds += 1
        print(f"spaCy: round {rounds}, loss {losses['ner']:.0f}, {time.process_time() - started:.0f} s", flush=True)
    language.to_disk(folder)


def _doc(language: Any, words: Sequence[str]) -> Any:
    """A Doc of these tokens; a line end is a sign, for spaCy lets no name hold white space."""
    from spacy.tokens import Doc

    return Doc(language.vocab, words=["¶" if word[0] == "\n" else word for word in words])


def spacy_spans(folder: Path) -> Callable[[str], Spans]:
    """The trained NER as a function from a text to its names; it knows no probabilities."""
    import spacy

    language = spacy.load(folder)

    def spans(text: str) -> Spans:
        spots = tokens(text)
        if not spots:
            return []
        doc = language.get_pipe("ner")(_doc(language, [text[start:end] for start, end in spots]))
        return [(spots[ent.start][0], spots[ent.end - 1][1], ent.label_, 1.0) for ent in doc.ents]

    return spans
