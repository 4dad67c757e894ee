"""What each head is held to."""
import torch
import torch.nn.functional as F

from . import labels
from .collate import IGNORE

STRICT = labels.strict_tensor()
NO_ACT = len(labels.ACTS)
# Triggers and participants are few among the words over which their losses are means; without these weights the
# network does not even learn the triggers of its training text.
TRIGGER_WEIGHT, PARTICIPANT_WEIGHT = 8.0, 30.0
# (acts, modes): which entries of the mode head belong to an act.
MODES_OF_ACT = torch.tensor([[m.split("/")[0] == act for m in labels.MODES] for act in labels.ACTS])


def tag_loss(logits, gold):
    if not (gold != IGNORE).any():
        return 0.0  # a batch without such labels would give no number
    return F.cross_entropy(logits.flatten(0, 1), gold.flatten(), ignore_index=IGNORE)


def masked_arcs(network, w, batch):
    """Arc scores with heads outside the word's own sentence ruled out."""
    arcs = network.arcs(w)
    same = batch["sentence"][:, :, None] == batch["sentence"][:, None]
    ok = torch.cat([torch.ones_like(same[..., :1]), same], -1)
    ok[..., 1:] &= ~torch.eye(w.shape[1], dtype=torch.bool)[None]
    return arcs.masked_fill(~ok, -1e4)


def syntax(network, w, batch):
    dropped = network.dropout(w)
    loss = 0.5 * tag_loss(network.upos(dropped), batch["upos"])
    loss = loss + 0.5 * tag_loss(network.xpos(dropped), batch["xpos"])
    loss = loss + 0.5 * tag_loss(network.lemma(dropped), batch["lemma"])
    loss = loss + tag_loss(masked_arcs(network, w, batch), batch["head"])
    return loss + tag_loss(network.relations(w, batch["head"]), batch["rel"])


def roles(network, w, batch):
    known = batch["predicate"] != IGNORE
    if not known.any():
        return 0.0
    is_predicate = network.predicate(network.dropout(w))[..., 0][known]
    loss = 0.3 * F.binary_cross_entropy_with_logits(is_predicate, batch["predicate"][known].float())
    if batch["roles"]:
        rows = torch.tensor([[r, p] for r, p, _ in batch["roles"]]).T
        scores = network.roles(w, (rows[0], rows[1]))
        gold = torch.zeros(scores.shape[:2], dtype=torch.long)
        gold[batch["sentence"][rows[0]] != batch["sentence"][rows[0], rows[1]][:, None]] = IGNORE
        for n, (_, _, arguments) in enumerate(batch["roles"]):
            for word, role in arguments.items():
                gold[n, word] = labels.ROLES.index(role)
        weight = torch.ones(len(labels.ROLES))
        loss = loss + F.cross_entropy(scores.flatten(0, 1), gold.flatten(), weight, ignore_index=IGNORE) * 2
    return loss


def names(network, w, batch):
    return tag_loss(network.names(network.dropout(w)), batch["names"])


def factuality(network, w, batch):
    known = ~torch.isnan(batch["factuality"])
    if not known.any():
        return 0.0
    value = network.factuality(network.event(w))[..., 0][known]
    return F.smooth_l1_loss(value, batch["factuality"][known])


def mean_of(vectors, words):
    """Mean over the words of a span; vectors (W, n)."""
    return vectors[words].mean(0)


def events(network, w, batch):
    """Triggers, their acts and status, and which words belong to each participant."""
    known = batch["act"] != IGNORE
    if not known.any():
        return 0.0
    e = network.event(w)
    base = network.act(e)
    loss = TRIGGER_WEIGHT * F.cross_entropy(base[known], batch["act"][known])
    if not batch["events"]:
        return loss
    rows = torch.tensor([[r, event["trigger"]] for r, event in batch["events"]]).T
    state = e[rows[0], rows[1]]
    gold = lambda key, names: torch.tensor([names.index(event[key]) for _, event in batch["events"]])
    loss = loss + F.cross_entropy(network.modality(state), gold("modality", labels.MODALITIES))
    modes = network.mode(state).masked_fill(~MODES_OF_ACT[gold("act", labels.ACTS)], -1e4)
    loss = loss + 0.5 * F.cross_entropy(modes, gold("mode", labels.MODES))
    loss = loss + 0.5 * F.cross_entropy(network.polarity(state), gold("polarity", ["affirmed", "negated"]))
    loss = loss + 0.5 * F.cross_entropy(network.aspect(state), gold("aspect", labels.ASPECTS))
    loss = loss + 0.5 * F.cross_entropy(network.background(state), gold("background", ["no", "yes"]))
    scores = network.participants(w, (rows[0], rows[1]))
    target = torch.zeros_like(scores)
    for n, (_, event) in enumerate(batch["events"]):
        for p, name in enumerate(labels.PARTICIPANTS):
            target[n, event["spans"][name], p] = 1.0
    inside = (batch["sentence"][rows[0]] >= 0)[..., None].expand_as(scores)
    loss = loss + PARTICIPANT_WEIGHT * F.binary_cross_entropy_with_logits(scores[inside], target[inside])
    # The act again with the participants known, so that the pair scorer learns beside its latent use.
    actor, recipient = network.pair_actor(w), network.pair_recipient(w)
    trigger = network.pair_trigger(w[rows[0], rows[1]])
    pick = lambda v, r, s, null: mean_of(v[r], s) if s else null
    a = torch.stack([pick(actor, r, x["spans"]["actor"], network.null_actor) for r, x in batch["events"]])
    b = torch.stack([pick(recipient, r, x["spans"]["recipient"], network.null_recipient) for r, x in batch["events"]])
    acts = base[rows[0], rows[1], :NO_ACT] + network.pair_acts(trigger, a, b)
    return loss + F.cross_entropy(acts, gold("act", labels.ACTS))


def pair_scores(network, w, batch, pairs):
    """Log probability (N, roots) of the strict root of each pair, the trigger latent (design section 6).

    log p(root | a, b) = log sum_t p(t | a, b) sum_{act, modality -> root} p(act | t, a, b) p(modality | t)
    """
    rows = torch.tensor([r for r, _ in pairs])
    wr, words = w[rows], w.shape[1]
    n = len(pairs)
    index = (torch.arange(n).repeat_interleave(words), torch.arange(words).repeat(n))
    # The pairs choose among triggers by the participant head, which only annotated participants teach: what else stands
    # in these sentences is not known.
    parts = network.participants(wr, index).view(n, words, words, len(labels.PARTICIPANTS)).detach()
    e = network.event(wr)
    base = network.act(e)
    actor, recipient = network.pair_actor(wr), network.pair_recipient(wr)
    a = torch.stack([mean_of(actor[i], p["actor"]) for i, (_, p) in enumerate(pairs)])
    b = torch.stack([mean_of(recipient[i], p["recipient"]) for i, (_, p) in enumerate(pairs)])
    link = torch.stack(
        [
            parts[i, :, p["actor"], 0].mean(-1) + parts[i, :, p["recipient"], 1].mean(-1)
            for i, (_, p) in enumerate(pairs)
        ]
    )
    happens = torch.logsumexp(base[..., :NO_ACT], -1) - base[..., NO_ACT]
    real = batch["sentence"][rows] >= 0
    where = (link + happens).masked_fill(~real, -1e4).log_softmax(-1)
    acts = base[..., :NO_ACT] + network.pair_acts(network.pair_trigger(wr), a[:, None], b[:, None])
    acts = acts.softmax(-1)
    modality = network.modality(e).softmax(-1)
    roots = torch.einsum("nwa,nwm,amr->nwr", acts, modality, STRICT)
    return torch.logsumexp(where[..., None] + torch.log(roots + 1e-6), 1)


def pairs(network, w, batch):
    if not batch["pairs"]:
        return 0.0
    scores = pair_scores(network, w, batch, batch["pairs"]).log_softmax(-1)
    gold = torch.tensor([labels.ROOTS.index(p["root"]) for _, p in batch["pairs"]])
    return F.cross_entropy(scores, gold, label_smoothing=0.05)


def quads(network, w, batch):
    """Sentences that hold no event, or one of a quad class somewhere: the strongest trigger must agree."""
    if not batch["quads"]:
        return 0.0
    e = network.event(w)
    log_acts = network.act(e).log_softmax(-1)
    modality = network.modality(e).softmax(-1)
    by_quad = torch.zeros(len(labels.ROOTS), 4)
    for i, root in enumerate(labels.ROOTS):
        by_quad[i, labels.ROOT_QUAD[root] - 1] = 1
    strict = torch.einsum("amr,rq->amq", STRICT, by_quad)
    loss = 0.0
    for r, quad in batch["quads"]:
        n = int(batch["words"][r])
        none = log_acts[r, :n, NO_ACT]
        if quad == 0:
            loss = loss - none.mean() * 3
            continue
        p = torch.einsum("wa,wm,amq->wq", log_acts[r, :n, :NO_ACT].exp(), modality[r, :n], strict)[:, quad - 1]
        loss = loss - torch.log(1 - torch.prod(1 - p.clamp(max=0.999)) + 1e-6)
    return loss / len(batch["quads"])


def total(network, batch):
    """All losses that the batch has labels for."""
    w = network.words(batch)
    loss = torch.zeros(())
    if (batch["head"] != IGNORE).any():
        loss = loss + syntax(network, w, batch)
    loss = loss + roles(network, w, batch)
    if (batch["names"] != IGNORE).any():
        loss = loss + names(network, w, batch)
    loss = loss + 0.5 * factuality(network, w, batch)
    loss = loss + events(network, w, batch)
    loss = loss + pairs(network, w, batch)
    return loss + 0.2 * quads(network, w, batch)
