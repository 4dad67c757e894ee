#!/usr/bin/env python3
"""Train the reading model. One command per step; see README.md.

  python train.py base  DATA WORK [--epochs N]          stage (a) -> WORK/base.pt
  python train.py graph DATA WORK CORPUS [--epochs N]   stage (b), open sets -> WORK/graph.pt
  python train.py joint DATA WORK CORPUS [--epochs N]   stage (c), with the internal sets -> WORK/model.pt
  python train.py folds DATA WORK CORPUS [--seeds N]    stage (c) for five folds of PLV_train by sentence text
  python train.py export DATA WORK MODELS CHECK          WORK/model.pt -> MODELS/reader.safetensors, CHECK
"""
import argparse
import json
import statistics
import zlib

import torch

from chancery_training import datasets, evaluate, export, train

GRAPH_EPOCHS, JOINT_EPOCHS = 8, 3


def fold_of(key):
    """Fold of a normalised sentence text, the same for all sets that hold the sentence."""
    return zlib.crc32(key.encode()) % 5


def folds(data, work, corpus, epochs, seeds):
    wordpiece = train.base_wordpiece()
    rows = datasets.pair_examples(data)
    results = []
    for seed in range(seeds):
        merged = ([], [], [], [])
        for fold in range(5):
            # Stage (b) has seen no sentence of the internal sets, so that all folds may begin from it.
            network, inventory = train.restore(f"{work}/graph.pt", wordpiece)
            held = lambda key: fold_of(key) == fold
            train.graph_stage(network, inventory, wordpiece, data, work, epochs, seed, corpus, True, held)
            found = evaluate.relations(network, wordpiece, inventory, [r for r in rows if held(r["key"])])
            for all_, part in zip(merged, found):
                all_ += part
            print(json.dumps({"seed": seed, "fold": fold} | evaluate.relation_figures(*found)), flush=True)
        results.append(evaluate.relation_figures(*merged))
        print(json.dumps({"seed": seed} | results[-1]), flush=True)
    for key in ("root.macro_f1", "quad.macro_f1"):
        values = [r[key] for r in results]
        spread = statistics.stdev(values) if len(values) > 1 else 0.0
        print(f"{key} mean {statistics.mean(values):.4f} deviation {spread:.4f} over {len(values)} seeds", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=["base", "graph", "joint", "folds", "export"])
    parser.add_argument("data")
    parser.add_argument("work")
    parser.add_argument("corpus", nargs="?", help="folder of the corpus; for export the folder of the weights")
    parser.add_argument("check", nargs="?", help="export: the file that holds Rust against this framework")
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--weights", default="model.pt", help="export: the file in WORK to take")
    parser.add_argument("--threads", type=int, default=2)
    a = parser.parse_args()
    torch.set_num_threads(a.threads)
    if a.step == "base":
        train.base_stage(a.data, a.work, a.epochs or 8, a.seed)
    elif a.step in ("graph", "joint"):
        start, end, epochs = ("base.pt", "graph.pt", GRAPH_EPOCHS) if a.step == "graph" else ("graph.pt", "model.pt", JOINT_EPOCHS)
        wordpiece = train.base_wordpiece()
        network, inventory = train.restore(f"{a.work}/{start}", wordpiece)
        epochs, internal = a.epochs or epochs, a.step == "joint"
        train.graph_stage(network, inventory, wordpiece, a.data, a.work, epochs, a.seed, a.corpus, internal, say=a.step)
        train.save(f"{a.work}/{end}", network, inventory)
        print(json.dumps(evaluate.development(network, wordpiece, inventory, a.data, a.work)))
    elif a.step == "export":
        wordpiece = train.base_wordpiece()
        network, inventory = train.restore(f"{a.work}/{a.weights}", wordpiece)
        card = export.with_sums(json.load(open(f"{a.corpus}/card.json", encoding="utf-8")), a.data)
        print(export.export(network, wordpiece, inventory, f"{a.corpus}/reader.safetensors", a.check, card), "bytes")
    else:
        folds(a.data, a.work, a.corpus, a.epochs or JOINT_EPOCHS, a.seeds)


if __name__ == "__main__":
    main()
