"""Examples to tensors."""
import numpy as np
import torch

from . import labels
from .wordpiece import case_of

IGNORE = -100
PIECE_LIMIT = 250


class Inventory:
    """The label sets that come from data: tags, relations, lemma scripts."""

    def __init__(self, upos, xpos, scripts, relations):
        self.upos, self.xpos, self.scripts, self.relations = upos, xpos, scripts, relations
        index = lambda names: {n: i for i, n in enumerate(names)}
        self.index = {"upos": index(upos), "xpos": index(xpos), "lemma": index(scripts), "rel": index(relations)}

    @classmethod
    def collect(cls, documents, least=3):
        count = {"upos": {}, "xpos": {}, "lemma": {}, "rel": {}}
        for document in documents:
            for e in document:
                for key, seen in count.items():
                    for value in e[key]:
                        seen[value] = seen.get(value, 0) + 1
        keep = lambda key, n: sorted(v for v, c in count[key].items() if c >= n)
        return cls(keep("upos", 1), keep("xpos", 1), keep("lemma", least), keep("rel", 1))

    def as_dict(self):
        return {"upos": self.upos, "xpos": self.xpos, "scripts": self.scripts, "relations": self.relations}


def size(example, wordpiece):
    """Number of pieces, markers included."""
    return 2 + sum(len(wordpiece.pieces(w)) for w in example["words"])


def padded(n):
    """Lengths come in steps of 16: every new shape costs the matrix library a compilation."""
    return -(-n // 16) * 16


def batches(examples, wordpiece, rng, budget=3000):
    """Groups of examples of like length, about `budget` pieces with padding; too long ones are left out."""
    by_length = {}
    for e in examples:
        n = size(e, wordpiece)
        if n <= PIECE_LIMIT:
            by_length.setdefault(padded(n), []).append(e)
    out = []
    for length, group in sorted(by_length.items()):
        rng.shuffle(group)
        many = max(1, budget // length)
        out += [group[i : i + many] for i in range(0, len(group), many)]
    rng.shuffle(out)
    return out


def tensors(group, wordpiece, inventory):
    """One batch; labels are IGNORE where a set has none."""
    pieces = [[wordpiece.pieces(w) for w in e["words"]] for e in group]
    t = padded(max(2 + sum(map(len, p)) for p in pieces))
    w = max(len(e["words"]) for e in group)
    b = len(group)
    zeros = lambda *s: np.zeros(s, dtype=np.int64)
    blank = lambda *s: np.full(s, IGNORE, dtype=np.int64)
    batch = {
        "ids": zeros(b, t), "cases": zeros(b, t), "lengths": zeros(b), "first": zeros(b, w),
        "words": zeros(b), "sentence": np.full((b, w), -1, dtype=np.int64),
        "upos": blank(b, w), "xpos": blank(b, w), "lemma": blank(b, w), "rel": blank(b, w),
        "head": blank(b, w), "names": blank(b, w), "predicate": blank(b, w),
        "act": blank(b, w), "factuality": np.full((b, w), np.nan, dtype=np.float32),
    }  # fmt: skip
    roles, events, pairs, quads = [], [], [], []
    for r, (e, word_pieces) in enumerate(zip(group, pieces)):
        at = 1
        batch["ids"][r, 0] = wordpiece.cls
        for i, ids in enumerate(word_pieces):
            batch["first"][r, i] = at
            batch["ids"][r, at : at + len(ids)] = ids
            batch["cases"][r, at : at + len(ids)] = case_of(e["words"][i])
            at += len(ids)
        batch["ids"][r, at] = wordpiece.sep
        batch["lengths"][r] = at + 1
        n = len(e["words"])
        batch["words"][r] = n
        batch["sentence"][r, :n] = e["sentence"]
        for key, index in inventory.index.items():
            for i, value in enumerate(e.get(key) or []):
                batch[key][r, i] = index.get(value, IGNORE)
        for i, h in enumerate(e.get("head") or []):
            batch["head"][r, i] = IGNORE if h is None else h
        for i, tag in enumerate(e.get("names") or []):
            batch["names"][r, i] = IGNORE if tag is None else labels.NAME_TAGS.index(tag)
        for i in e.get("rolled", ()):
            batch["predicate"][r, i] = 0
        for p, arguments in e.get("roles", {}).items():
            batch["predicate"][r, p] = 1
            roles.append((r, p, arguments))
        for i, value in e.get("factuality", {}).items():
            batch["factuality"][r, i] = value
        if e.get("evented"):
            batch["act"][r, :n] = len(labels.ACTS)
            for event in e.get("events", []):
                batch["act"][r, event["trigger"]] = labels.ACTS.index(event["act"])
                events.append((r, event))
        if "pair" in e and e["pair"]["actor"] and e["pair"]["recipient"]:
            pairs.append((r, e["pair"]))
        if e.get("quad") is not None:
            quads.append((r, e["quad"]))
    batch = {k: torch.from_numpy(v) for k, v in batch.items()}
    batch |= {"roles": roles, "events": events, "pairs": pairs, "quads": quads}
    return batch
