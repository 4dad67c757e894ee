//! Rows met by words in their sentences.

use super::*;

#[track_caller]
fn meets(
    text: &'static str,
    word: &str,
    pos: PartOfSpeech,
) -> Option<(Act, Option<Mode>, &'static str, Strength)> {
    let sentence = Sentence::parse(text);
    let row = Codebook::builtin().trigger(sentence.word(word), pos)?;
    Some((row.act, row.mode, row.cameo.as_deref().unwrap_or(""), row.strength))
}

#[track_caller]
fn verb(text: &'static str, word: &str, act: Act, mode: Option<Mode>, cameo: &str) {
    let (found, found_mode, found_cameo, _) = meets(text, word, PartOfSpeech::Verb).expect("a trigger");
    assert_eq!((found, found_mode, found_cameo), (act, mode, cameo), "{text}");
}

#[track_caller]
fn noun(text: &'static str, word: &str, act: Act, mode: Option<Mode>, cameo: &str) {
    let (found, found_mode, found_cameo, _) = meets(text, word, PartOfSpeech::Noun).expect("a trigger");
    assert_eq!((found, found_mode, found_cameo), (act, mode, cameo), "{text}");
}

#[track_caller]
fn nothing(text: &'static str, word: &str, pos: PartOfSpeech) {
    assert_eq!(meets(text, word, pos), None, "{text}");
}

#[test]
fn the_object_decides() {
    verb(
        "They/they/PRP/2/nsubj expelled/expel/VBD/0/root diplomats/diplomat/NNS/2/obj",
        "expelled",
        Act::Sanction,
        Some(Mode::Expel),
        "161",
    );
    verb(
        "They/they/PRP/2/nsubj expelled/expel/VBD/0/root workers/worker/NNS/2/obj",
        "expelled",
        Act::Sanction,
        Some(Mode::Expel),
        "1663",
    );
    verb(
        "They/they/PRP/2/nsubj expelled/expel/VBD/0/root dissidents/dissident/NNS/2/obj",
        "expelled",
        Act::Coerce,
        Some(Mode::Deport),
        "174",
    );
    verb(
        "Rebels/rebel/NNS/2/nsubj seized/seize/VBD/0/root towns/town/NNS/2/obj",
        "seized",
        Act::Coerce,
        Some(Mode::Seize),
        "192",
    );
    verb(
        "Police/police/NNS/2/nsubj seized/seize/VBD/0/root passports/passport/NNS/2/obj",
        "seized",
        Act::Coerce,
        Some(Mode::Seize),
        "1711",
    );
    verb(
        "Rome/Rome/NNP/2/nsubj recalled/recall/VBD/0/root envoy/envoy/NN/2/obj",
        "recalled",
        Act::Sanction,
        Some(Mode::Withdraw),
        "161",
    );
    verb(
        "Oslo/Oslo/NNP/2/nsubj sold/sell/VBD/0/root tanks/tank/NNS/2/obj",
        "sold",
        Act::Cooperate,
        None,
        "062",
    );
    verb(
        "Oslo/Oslo/NNP/2/nsubj sent/send/VBD/0/root blankets/blanket/NNS/2/obj",
        "sent",
        Act::Aid,
        None,
        "073",
    );
    verb(
        "Oslo/Oslo/NNP/2/nsubj sent/send/VBD/0/root warships/warship/NNS/2/obj",
        "sent",
        Act::Mobilize,
        Some(Mode::Weapons),
        "154",
    );
    verb(
        "They/they/PRP/2/nsubj lifted/lift/VBD/0/root sanctions/sanction/NNS/2/obj",
        "lifted",
        Act::Concede,
        None,
        "085",
    );
    verb(
        "They/they/PRP/2/nsubj lifted/lift/VBD/0/root siege/siege/NN/2/obj",
        "lifted",
        Act::Retreat,
        Some(Mode::Withdraw),
        "0872",
    );
    verb(
        "They/they/PRP/2/nsubj violated/violate/VBD/0/root truce/truce/NN/2/obj",
        "violated",
        Act::Assault,
        None,
        "196",
    );
    verb(
        "They/they/PRP/2/nsubj violated/violate/VBD/0/root embargo/embargo/NN/2/obj",
        "violated",
        Act::Reject,
        Some(Mode::Yield),
        "128",
    );
    verb(
        "Cairo/Cairo/NNP/2/nsubj welcomed/welcome/VBD/0/root truce/truce/NN/2/obj",
        "welcomed",
        Act::Support,
        None,
        "051",
    );
    verb(
        "Cairo/Cairo/NNP/2/nsubj welcomed/welcome/VBD/0/root premier/premier/NN/2/obj",
        "welcomed",
        Act::Consult,
        Some(Mode::Visit),
        "042",
    );
}

#[test]
fn coordinated_objects_and_passive_subjects_count() {
    verb(
        "Rockets/rocket/NNS/4/conj and/and/CC/1/cc x/x/X/4/dep diplomats/diplomat/NNS/6/nsubj:pass were/be/VBD/6/aux:pass expelled/expel/VBN/0/root",
        "expelled",
        Act::Sanction,
        Some(Mode::Expel),
        "161",
    );
    verb(
        "Bern/Bern/NNP/2/nsubj supplied/supply/VBD/0/root uniforms/uniform/NNS/2/obj and/and/CC/5/cc rifles/rifle/NNS/3/conj",
        "supplied",
        Act::Aid,
        None,
        "072",
    );
}

#[test]
fn particles_and_prepositions_decide() {
    verb(
        "Kyiv/Kyiv/NNP/2/nsubj called/call/VBD/0/root on/on/IN/4/case Minsk/Minsk/NNP/2/obl to/to/TO/6/mark stop/stop/VB/2/xcomp",
        "called",
        Act::Request,
        None,
        "020",
    );
    verb(
        "Kyiv/Kyiv/NNP/2/nsubj called/call/VBD/0/root for/for/IN/4/case talks/talk/NNS/2/obl",
        "called",
        Act::Request,
        Some(Mode::Meet),
        "026",
    );
    verb(
        "Kyiv/Kyiv/NNP/2/nsubj called/call/VBD/0/root off/off/RP/2/compound:prt talks/talk/NNS/2/obj",
        "called",
        Act::Reject,
        Some(Mode::Meet),
        "125",
    );
    nothing(
        "Kyiv/Kyiv/NNP/2/nsubj called/call/VBD/0/root elections/election/NNS/2/obj",
        "called",
        PartOfSpeech::Verb,
    );
    verb(
        "Troops/troops/NNS/2/nsubj pulled/pull/VBD/0/root out/out/RP/2/compound:prt of/of/IN/5/case Gaza/Gaza/NNP/2/obl from/from/IN/7/case base/base/NN/2/obl",
        "pulled",
        Act::Retreat,
        Some(Mode::Withdraw),
        "0874",
    );
    verb(
        "They/they/PRP/2/nsubj pulled/pull/VBD/0/root out/out/RP/2/compound:prt of/of/IN/5/case talks/talk/NNS/2/obl",
        "pulled",
        Act::Sanction,
        Some(Mode::Withdraw),
        "164",
    );
    verb(
        "They/they/PRP/2/nsubj pulled/pull/VBD/0/root out/out/RP/2/compound:prt of/of/IN/5/case treaty/treaty/NN/2/obl",
        "pulled",
        Act::Sanction,
        Some(Mode::Withdraw),
        "160",
    );
    verb(
        "He/he/PRP/2/nsubj arrived/arrive/VBD/0/root in/in/IN/4/case Baku/Baku/NNP/2/obl",
        "arrived",
        Act::Consult,
        Some(Mode::Visit),
        "042",
    );
    nothing(
        "Aid/aid/NN/2/nsubj arrived/arrive/VBD/0/root in/in/IN/4/case Baku/Baku/NNP/2/obl",
        "arrived",
        PartOfSpeech::Verb,
    );
    verb(
        "He/he/PRP/2/nsubj stepped/step/VBD/0/root down/down/RP/2/compound:prt",
        "stepped",
        Act::Retreat,
        Some(Mode::Resign),
        "0831",
    );
}

#[test]
fn complements_decide() {
    verb(
        "Riga/Riga/NNP/2/nsubj refused/refuse/VBD/0/root to/to/TO/4/mark meet/meet/VB/2/xcomp",
        "refused",
        Act::Reject,
        Some(Mode::Meet),
        "125",
    );
    verb(
        "Riga/Riga/NNP/2/nsubj refused/refuse/VBD/0/root to/to/TO/4/mark withdraw/withdraw/VB/2/xcomp",
        "refused",
        Act::Reject,
        Some(Mode::Yield),
        "124",
    );
    nothing(
        "Riga/Riga/NNP/2/nsubj declined/decline/VBD/0/root to/to/TO/4/mark comment/comment/VB/2/xcomp",
        "declined",
        PartOfSpeech::Verb,
    );
    verb(
        "Riga/Riga/NNP/2/nsubj threatened/threaten/VBD/0/root to/to/TO/4/mark invade/invade/VB/2/xcomp",
        "threatened",
        Act::Threaten,
        Some(Mode::Violence),
        "138",
    );
    nothing(
        "Floods/flood/NNS/2/nsubj threatened/threaten/VBD/0/root towns/town/NNS/2/obj",
        "threatened",
        PartOfSpeech::Verb,
    );
    verb(
        "Riga/Riga/NNP/2/nsubj vowed/vow/VBD/0/root to/to/TO/4/mark retaliate/retaliate/VB/2/xcomp",
        "vowed",
        Act::Threaten,
        Some(Mode::Violence),
        "138",
    );
    verb(
        "Riga/Riga/NNP/2/nsubj agreed/agree/VBD/0/root to/to/TO/4/mark send/send/VB/2/xcomp",
        "agreed",
        Act::Agree,
        None,
        "033",
    );
    verb(
        "We/we/PRP/2/nsubj want/want/VBP/0/root them/they/PRP/2/obj to/to/TO/5/mark act/act/VB/2/xcomp",
        "want",
        Act::Request,
        None,
        "020",
    );
    nothing(
        "We/we/PRP/2/nsubj want/want/VBP/0/root to/to/TO/4/mark act/act/VB/2/xcomp",
        "want",
        PartOfSpeech::Verb,
    );
}

#[test]
fn nouns_and_their_compounds() {
    noun("air/air/NN/2/compound strike/strike/NN/0/root", "strike", Act::Assault, Some(Mode::Aerial), "195");
    noun(
        "hunger/hunger/NN/2/compound strike/strike/NN/0/root",
        "strike",
        Act::Protest,
        Some(Mode::Hunger),
        "142",
    );
    noun(
        "miners/miner/NNS/2/compound strike/strike/NN/0/root",
        "strike",
        Act::Protest,
        Some(Mode::Strike),
        "143",
    );
    noun("phone/phone/NN/2/compound call/call/NN/0/root", "call", Act::Consult, Some(Mode::Phone), "041");
    noun(
        "call/call/NN/0/root for/for/IN/3/case talks/talk/NNS/1/nmod",
        "call",
        Act::Request,
        Some(Mode::Meet),
        "026",
    );
    noun(
        "press/press/NN/2/compound conference/conference/NN/0/root",
        "conference",
        Act::Statement,
        None,
        "010",
    );
    noun("peace/peace/NN/2/compound talks/talk/NNS/0/root", "talks", Act::Consult, None, "046");
    noun("talks/talk/NNS/0/root in/in/IN/3/case Oslo/Oslo/NNP/1/nmod", "talks", Act::Consult, None, "046");
    nothing("talk/talk/NN/0/root in/in/IN/3/case Oslo/Oslo/NNP/1/nmod", "talk", PartOfSpeech::Noun);
    nothing("heart/heart/NN/2/compound attack/attack/NN/0/root", "attack", PartOfSpeech::Noun);
    noun(
        "drone/drone/NN/2/compound attack/attack/NN/0/root",
        "attack",
        Act::Assault,
        Some(Mode::Drone),
        "195",
    );
    noun("joint/joint/JJ/2/amod exercises/exercise/NNS/0/root", "exercises", Act::Cooperate, None, "062");
    noun(
        "naval/naval/JJ/2/amod exercises/exercise/NNS/0/root",
        "exercises",
        Act::Mobilize,
        Some(Mode::Troops),
        "150",
    );
    noun("martial/martial/JJ/2/amod law/law/NN/0/root", "law", Act::Coerce, Some(Mode::MartialLaw), "1724");
    nothing("tax/tax/NN/2/compound law/law/NN/0/root", "law", PartOfSpeech::Noun);
    noun(
        "visit/visit/NN/0/root to/to/IN/3/case Lima/Lima/NNP/1/nmod",
        "visit",
        Act::Consult,
        Some(Mode::Visit),
        "042",
    );
}

#[test]
fn strength_says_how_much_politics_is_needed() {
    let strength = |word: &str, pos| {
        Codebook::builtin()
            .triggers_for(word, pos)
            .filter(|row| row.when.is_empty())
            .map(|row| row.strength)
            .next()
    };
    assert_eq!(strength("annex", PartOfSpeech::Verb), Some(Strength::Sure));
    assert_eq!(strength("accuse", PartOfSpeech::Verb), Some(Strength::Sure));
    assert_eq!(strength("condemn", PartOfSpeech::Verb), Some(Strength::Likely));
    assert_eq!(strength("visit", PartOfSpeech::Noun), Some(Strength::Weak));
    assert_eq!(strength("said", PartOfSpeech::Verb), None);
}

#[test]
fn participants_stand_in_their_slots() {
    let book = Codebook::builtin();
    let text = "Armenia/Armenia/NNP/2/nsubj occupies/occupy/VBZ/0/root Azerbaijan/Azerbaijan/NNP/5/nmod:poss 's/'s/POS/3/case territories/territory/NNS/2/obj";
    let sentence = Sentence::parse(text);
    let word = sentence.word("occupies");
    let row = book.trigger(word, PartOfSpeech::Verb).unwrap();
    assert_eq!(row.aspect, Some(Aspect::Situation));
    assert_eq!(first_filled(book.actor_slots(row), word), ["Armenia"]);
    assert_eq!(first_filled(book.recipient_slots(row), word), ["Azerbaijan"]);

    let text = "Lisbon/Lisbon/NNP/2/nsubj hosted/host/VBD/0/root ministers/minister/NNS/2/obj";
    let sentence = Sentence::parse(text);
    let word = sentence.word("hosted");
    let row = book.trigger(word, PartOfSpeech::Verb).unwrap();
    assert_eq!(first_filled(book.actor_slots(row), word), ["ministers"], "the guest is the actor");
    assert_eq!(first_filled(book.recipient_slots(row), word), ["Lisbon"]);

    let text = "Reports/report/NNS/2/nsubj worried/worry/VBD/0/root Ankara/Ankara/NNP/2/obj";
    let sentence = Sentence::parse(text);
    let word = sentence.word("worried");
    let row = book.trigger(word, PartOfSpeech::Verb).unwrap();
    assert_eq!(first_filled(book.actor_slots(row), word), ["Ankara"], "who worries disapproves");
}

#[test]
fn a_shared_subject_is_found() {
    let text = "Quito/Quito/NNP/2/nsubj wants/want/VBZ/0/root to/to/TO/4/mark visit/visit/VB/2/xcomp Lima/Lima/NNP/4/obj";
    let sentence = Sentence::parse(text);
    assert_eq!(sentence.word("visit").shared_subject().map(|word| word.at), Some(0));
    let text = "Quito/Quito/NNP/2/nsubj urged/urge/VBD/0/root Lima/Lima/NNP/2/obj to/to/TO/5/mark withdraw/withdraw/VB/2/xcomp";
    let sentence = Sentence::parse(text);
    assert_eq!(sentence.word("withdraw").shared_subject().map(|word| word.at), Some(2));
}

#[test]
fn light_verbs_hand_over_their_participants() {
    let book = Codebook::builtin();
    let sentence = Sentence::parse(
        "Castro/Castro/NNP/2/nsubj paid/pay/VBD/0/root a/a/DT/4/det visit/visit/NN/2/obj to/to/IN/6/case Hanoi/Hanoi/NNP/2/obl",
    );
    let (row, verb) = book.light_verb(sentence.word("visit")).unwrap();
    assert_eq!(first_filled(&row.actor, verb), ["Castro"]);
    assert_eq!(first_filled(&row.recipient, verb), ["Hanoi"]);
    assert!(row.effect.is_empty());

    let sentence = Sentence::parse(
        "Castro/Castro/NNP/2/nsubj called/call/VBD/0/root off/off/RP/2/compound:prt visit/visit/NN/2/obj",
    );
    let (row, _) = book.light_verb(sentence.word("visit")).unwrap();
    assert_eq!(row.effect.disposition, Some(Disposition::CalledOff));

    let sentence =
        Sentence::parse("town/town/NN/4/nsubj is/be/VBZ/4/cop under/under/IN/4/case siege/siege/NN/0/root");
    assert!(book.light_verb(sentence.word("siege")).is_none(), "a root hangs on nothing");
}

#[test]
fn status_cues_touch_their_acts() {
    let book = Codebook::builtin();
    let effect = |sentence: &Sentence, cue: &str, act: &str| {
        let (cue, act) = (sentence.word(cue), sentence.word(act));
        book.cues_for(&cue.lemma().to_lowercase())
            .filter(|row| row.words.len() == 1)
            .find(|row| row.touches(cue, act))
            .map(|row| row.effect)
    };
    let sentence = Sentence::parse("He/he/PRP/3/nsubj will/will/MD/3/aux visit/visit/VB/0/root");
    assert_eq!(effect(&sentence, "will", "visit").unwrap().modality, Some(Modality::Planned));
    let sentence = Sentence::parse(
        "He/he/PRP/2/nsubj prepares/prepare/VBZ/0/root to/to/TO/4/mark visit/visit/VB/2/xcomp",
    );
    assert_eq!(effect(&sentence, "prepares", "visit").unwrap().modality, Some(Modality::Planned));
    let sentence = Sentence::parse("He/he/PRP/3/nsubj never/never/RB/3/advmod visited/visit/VBD/0/root");
    assert_eq!(effect(&sentence, "never", "visited").unwrap().polarity, Some(Polarity::Negated));
    let sentence = Sentence::parse(
        "He/he/PRP/3/nsubj is/be/VBZ/5/aux x/x/X/5/dep to/to/TO/5/mark visit/visit/VB/0/root",
    );
    assert_eq!(effect(&sentence, "is", "visit").unwrap().modality, Some(Modality::Planned));
    let sentence = Sentence::parse("He/he/PRP/3/nsubj is/be/VBZ/3/aux visiting/visit/VBG/0/root");
    assert_eq!(effect(&sentence, "is", "visiting"), None);
    let sentence = Sentence::parse(
        "They/they/PRP/2/nsubj urged/urge/VBD/0/root Lima/Lima/NNP/2/obj to/to/TO/5/mark withdraw/withdraw/VB/2/xcomp",
    );
    assert_eq!(effect(&sentence, "urged", "withdraw").unwrap().modality, Some(Modality::Requested));
    let sentence = Sentence::parse(
        "They/they/PRP/2/nsubj said/say/VBD/0/root Bern/Bern/NNP/5/nsubj would/would/MD/5/aux join/join/VB/2/ccomp",
    );
    let would =
        book.cues_for("would").filter(|row| row.touches(sentence.word("would"), sentence.word("join")));
    let best = would.max_by_key(|row| row.when.len()).unwrap();
    assert_eq!(best.effect.modality, Some(Modality::Planned), "reported future of the past");
}

#[test]
fn reporting_words_have_stance_and_frames() {
    let book = Codebook::builtin();
    let said = book.reporting_for("say").next().unwrap();
    assert_eq!((said.stance, said.medium.as_str(), said.strength), (Stance::Asserts, "said", Strength::Sure));
    let told = book.reporting_for("tell").next().unwrap();
    assert!(told.frames.iter().any(|frame| !frame.requires.is_empty()), "an addressee");
    assert!(book.reporting_for("deny").any(|row| row.stance == Stance::Denies));
    assert!(book.reporting_for("claim").any(|row| row.stance == Stance::Claims));
    let phrase = book.reporting_for("according").next().unwrap();
    assert_eq!(phrase.words, ["according", "to"]);
    let verbs: BTreeSet<_> = book.reporting().iter().map(|row| &row.words).collect();
    assert!(verbs.len() >= 200, "{}", verbs.len());
}

#[test]
fn multi_word_cues_begin_with_their_first_word() {
    let book = Codebook::builtin();
    let ahead = book.cues_for("ahead").next().unwrap();
    assert_eq!(ahead.words, ["ahead", "of"]);
    assert_eq!(ahead.effect.modality, Some(Modality::Planned));
}

#[test]
fn an_effect_sets_only_what_it_says() {
    let mut parts = StatusParts { background: true, ..StatusParts::default() };
    Effect { modality: Some(Modality::Planned), ..Effect::default() }.apply(&mut parts);
    assert_eq!(
        parts,
        StatusParts { background: true, modality: Modality::Planned, ..StatusParts::default() }
    );
}

#[test]
fn plover_contexts_are_complete() {
    let names: Vec<_> = Codebook::builtin().contexts().iter().map(|context| context.name.as_str()).collect();
    assert_eq!(names.len(), 37);
    assert!(
        names.contains(&"diplomatic") && names.contains(&"cbrn") && names.contains(&"political_institutions")
    );
}
