"""Training of Chancery's reading model: data, network, training loop, export."""
