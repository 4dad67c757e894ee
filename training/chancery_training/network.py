"""The network: MiniLM-L6 with a case feature and all heads on one pass.

Shapes: B windows, T pieces, W words, H = 384. A word is represented by its first piece.

Heads, all on the same encoder pass:
  upos, xpos, lemma, names    linear over words
  arc, relation               biaffine, Dozat & Manning 2017; the root is a learned vector
  role                        PropBank roles as a biaffine from predicate to argument head
  act, mode, modality, polarity, aspect, background, factuality   event state of each word
  participant                 biaffine from trigger to the heads of actor, recipient, place, time
  pair                        act given trigger, actor and recipient, added to the word's own act
"""
import torch
import torch.nn.functional as F
from torch import nn

from . import labels

HIDDEN, LAYERS, HEADS, FEED = 384, 6, 12, 1536


class SharedDropout(nn.Module):
    """Dropout with one mask for all positions of a window (Gal & Ghahramani 2016); cheap to draw."""

    def __init__(self, rate):
        super().__init__()
        self.rate = rate

    def forward(self, x):
        if not self.training:
            return x
        shape = (x.shape[0], 1, x.shape[-1]) if x.dim() == 3 else x.shape
        keep = (torch.rand(shape) >= self.rate).to(x.dtype)
        return x * (keep / (1 - self.rate))


class Layer(nn.Module):
    """One post-norm transformer layer of BERT."""

    def __init__(self, dropout):
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.up = nn.Linear(HIDDEN, FEED)
        self.down = nn.Linear(FEED, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = SharedDropout(dropout)

    def forward(self, x, mask):
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
        a = (q @ k.transpose(-1, -2) * (HIDDEN // HEADS) ** -0.5 + mask).softmax(-1).to(v.dtype) @ v
        x = self.norm1(x + self.dropout(self.out(a.transpose(1, 2).reshape(b, t, HIDDEN))))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """BERT's embeddings (with the case feature) and layers."""

    def __init__(self, vocabulary, dropout=0.1):
        super().__init__()
        self.word = nn.Embedding(vocabulary, HIDDEN)
        self.position = nn.Embedding(512, HIDDEN)
        self.segment = nn.Parameter(torch.zeros(HIDDEN))
        self.case = nn.Embedding(4, HIDDEN)
        nn.init.zeros_(self.case.weight)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = SharedDropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))

    def forward(self, ids, cases, lengths):
        t = ids.shape[1]
        x = self.word(ids) + self.position.weight[:t] + self.segment + self.case(cases)
        x = self.dropout(self.norm(x))
        hidden = torch.arange(t)[None] >= lengths[:, None]
        mask = torch.zeros(hidden.shape).masked_fill(hidden, -1e4)[:, None, None]
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def load_base(self, tensors):
        """Take the weights of a BERT checkpoint (dictionary of tensors)."""
        get = lambda name: tensors[name].float()
        with torch.no_grad():
            self.word.weight.copy_(get("embeddings.word_embeddings.weight"))
            self.position.weight.copy_(get("embeddings.position_embeddings.weight"))
            self.segment.copy_(get("embeddings.token_type_embeddings.weight")[0])
            self.norm.weight.copy_(get("embeddings.LayerNorm.weight"))
            self.norm.bias.copy_(get("embeddings.LayerNorm.bias"))
            for i, layer in enumerate(self.layers):
                p = f"encoder.layer.{i}."
                parts = [p + f"attention.self.{n}." for n in ("query", "key", "value")]
                layer.qkv.weight.copy_(torch.cat([get(n + "weight") for n in parts]))
                layer.qkv.bias.copy_(torch.cat([get(n + "bias") for n in parts]))
                for mine, name in (
                    ("out", "attention.output.dense"),
                    ("up", "intermediate.dense"),
                    ("down", "output.dense"),
                    ("norm1", "attention.output.LayerNorm"),
                    ("norm2", "output.LayerNorm"),
                ):
                    getattr(layer, mine).weight.copy_(get(p + name + ".weight"))
                    getattr(layer, mine).bias.copy_(get(p + name + ".bias"))


def with_one(x):
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)


class Projection(nn.Module):
    """Linear, GELU, dropout."""

    def __init__(self, out, dropout=0.2):
        super().__init__()
        self.linear = nn.Linear(HIDDEN, out)
        self.before, self.after = SharedDropout(dropout), SharedDropout(dropout)

    def forward(self, x):
        return self.after(F.gelu(self.linear(self.before(x))))


class Network(nn.Module):
    """Encoder and heads. `scripts` is the number of lemma scripts."""

    ARC, REL, ROLE, PART, EVENT = 256, 96, 96, 96, 192

    def __init__(self, vocabulary, upos, xpos, scripts, relations):
        super().__init__()
        self.encoder = Encoder(vocabulary)
        self.dropout = SharedDropout(0.1)
        linear = lambda n: nn.Linear(HIDDEN, n)
        self.upos, self.xpos, self.lemma, self.names = (
            linear(upos),
            linear(xpos),
            linear(scripts),
            linear(len(labels.NAME_TAGS)),
        )
        self.arc_dependent, self.arc_head = Projection(self.ARC), Projection(self.ARC)
        self.rel_dependent, self.rel_head = Projection(self.REL), Projection(self.REL)
        bilinear = lambda n, out: nn.Parameter(torch.randn(out, n + 1, n + 1) * 0.01)
        self.arc = bilinear(self.ARC, 1)
        self.relation = bilinear(self.REL, relations)
        self.root_arc = nn.Parameter(torch.randn(self.ARC) * 0.02)
        self.root_rel = nn.Parameter(torch.randn(self.REL) * 0.02)
        self.predicate = linear(1)
        self.role_predicate, self.role_argument = Projection(self.ROLE), Projection(self.ROLE)
        self.role = bilinear(self.ROLE, len(labels.ROLES))
        self.event = Projection(self.EVENT, 0.1)
        out = lambda n: nn.Linear(self.EVENT, n)
        self.act = out(len(labels.ACTS) + 1)
        self.mode = out(len(labels.MODES))
        self.modality, self.polarity = out(len(labels.MODALITIES)), out(2)
        self.aspect, self.background = out(len(labels.ASPECTS)), out(2)
        self.factuality = out(1)
        self.part_trigger, self.part_word = Projection(self.PART, 0.1), Projection(self.PART, 0.1)
        self.participant = bilinear(self.PART, len(labels.PARTICIPANTS))
        self.pair_trigger, self.pair_actor = linear(self.EVENT), linear(self.EVENT)
        self.pair_recipient = linear(self.EVENT)
        self.null_actor = nn.Parameter(torch.zeros(self.EVENT))
        self.null_recipient = nn.Parameter(torch.zeros(self.EVENT))
        self.pair = nn.Linear(self.EVENT, len(labels.ACTS))

    def words(self, batch):
        """Word vectors (B, W, H)."""
        h = self.encoder(batch["ids"], batch["cases"], batch["lengths"])
        index = batch["first"][..., None].expand(-1, -1, HIDDEN)
        return torch.gather(h, 1, index).float()

    def arcs(self, w):
        """Arc scores (B, W dependents, 1 + W heads); head 0 is the root."""
        d, h = self.arc_dependent(w), self.arc_head(w)
        root = self.root_arc.expand(w.shape[0], 1, -1)
        return torch.einsum("bdi,ij,bhj->bdh", with_one(d), self.arc[0], with_one(torch.cat([root, h], 1)))

    def relations(self, w, heads):
        """Relation scores (B, W, R) given heads (B, W), 0 the root."""
        d, h = self.rel_dependent(w), self.rel_head(w)
        h = torch.cat([self.root_rel.expand(w.shape[0], 1, -1), h], 1)
        h = torch.gather(h, 1, heads.clamp(min=0)[..., None].expand(-1, -1, self.REL))
        return torch.einsum("bdi,oij,bdj->bdo", with_one(d), self.relation, with_one(h))

    def roles(self, w, rows):
        """Role scores (N, W, roles) of the predicates at rows = (batch index, word index)."""
        p, a = self.role_predicate(w)[rows], self.role_argument(w)
        left = torch.einsum("ni,oij->noj", with_one(p), self.role)
        return torch.einsum("noj,nwj->nwo", left, with_one(a)[rows[0]])

    def participants(self, w, rows):
        """Participant scores (N, W, 4) of the triggers at rows."""
        t, a = self.part_trigger(w)[rows], self.part_word(w)
        left = torch.einsum("ni,oij->noj", with_one(t), self.participant)
        return torch.einsum("noj,nwj->nwo", left, with_one(a)[rows[0]])

    def pair_acts(self, trigger, actor, recipient):
        """Act scores (..., 17) that the participants add to the trigger's own."""
        return self.pair(F.gelu(trigger + actor + recipient))

    def actor_vector(self, w, at, present):
        v = self.pair_actor(w[at])
        return torch.where(present[:, None], v, self.null_actor.expand_as(v))

    def recipient_vector(self, w, at, present):
        v = self.pair_recipient(w[at])
        return torch.where(present[:, None], v, self.null_recipient.expand_as(v))
