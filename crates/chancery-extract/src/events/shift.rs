//! Moves the records of a later part of a long document to their place in the whole text.

use chancery_core::record::{
    Citation, DocumentActor, Mention, Participant, Span, Statement, mention_id, statement_id,
};

fn move_span(span: &mut Span, by: usize) {
    span.0 += by;
    span.1 += by;
}

fn move_participant(participant: &mut Participant, by: usize) {
    if let Some(span) = &mut participant.span {
        move_span(span, by);
    }
    if let Some(words) = &mut participant.resolved_from {
        move_span(&mut words.span, by);
    }
}

/// Shifts mentions by scalar values and sentences; ids and the links between them follow.
pub fn mentions(mentions: &mut [Mention], by: usize, sentences: usize, text_sha256: &str) {
    let mut renamed = Vec::new();
    for m in mentions.iter_mut() {
        move_span(&mut m.trigger.span, by);
        move_span(&mut m.sentence.span, by);
        m.sentence.index += sentences;
        m.actors.iter_mut().chain(&mut m.recipients).for_each(|p| move_participant(p, by));
        m.time.iter_mut().filter_map(|t| t.span.as_mut()).for_each(|s| move_span(s, by));
        m.places.iter_mut().filter_map(|p| p.span.as_mut()).for_each(|s| move_span(s, by));
        m.quantities.iter_mut().for_each(|q| move_span(&mut q.span, by));
        for link in &mut m.attribution {
            move_participant(&mut link.holder, by);
            link.cue.iter_mut().for_each(|c| move_span(&mut c.span, by));
            link.span.iter_mut().for_each(|s| move_span(s, by));
        }
        let id = mention_id(text_sha256, m.trigger.span, 0);
        renamed.push((std::mem::replace(&mut m.id, id.clone()), id));
    }
    for link in mentions.iter_mut().flat_map(|m| &mut m.links) {
        if let Some((_, new)) = renamed.iter().find(|(old, _)| *old == link.to) {
            link.to.clone_from(new);
        }
    }
}

/// Shifts statements.
pub fn statements(statements: &mut [Statement], by: usize, sentences: usize, text_sha256: &str) {
    for s in statements {
        move_participant(&mut s.speaker, by);
        s.addressees.iter_mut().for_each(|p| move_participant(p, by));
        s.cue.iter_mut().for_each(|c| move_span(&mut c.span, by));
        move_span(&mut s.content.span, by);
        s.citation.iter_mut().for_each(|c| move_span(c, by));
        s.sentence += sentences;
        s.id = statement_id(text_sha256, s.content.span);
    }
}

/// Shifts citations.
pub fn citations(citations: &mut [Citation], by: usize) {
    for c in citations {
        move_span(&mut c.span, by);
        move_span(&mut c.covers, by);
    }
}

/// Shifts actors and numbers them on from those of the parts before; mentions follow.
pub fn actors(actors: &mut [DocumentActor], mentions: &mut [Mention], by: usize, before: usize) {
    let number = |id: &str| id.trim_start_matches('a').parse::<usize>().map(|n| format!("a{}", n + before));
    for actor in actors.iter_mut() {
        actor.mentions.iter_mut().for_each(|s| move_span(s, by));
        if let Ok(id) = number(&actor.actor_id) {
            actor.actor_id = id;
        }
    }
    let all = mentions.iter_mut().flat_map(|m| {
        m.actors.iter_mut().chain(&mut m.recipients).chain(m.attribution.iter_mut().map(|a| &mut a.holder))
    });
    for participant in all {
        if let Some(id) = participant.actor_id.as_deref().and_then(|id| number(id).ok()) {
            participant.actor_id = Some(id);
        }
    }
}
