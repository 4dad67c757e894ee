//! What is or would be done: the acts of PLOVER with STATEMENT beside them, and their modes.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// The kind of an act, whether it happened or not.
    Act, "act" {
        /// Agrees, promises, offers, pledges, declares readiness.
        Agree = "AGREE",
        /// Meets, visits, hosts, negotiates, telephones, mediates.
        Consult = "CONSULT",
        /// Praises, endorses, recognises, signs or ratifies an agreement.
        Support = "SUPPORT",
        /// Concedes in words: pardons, apologises, announces a withdrawal, accepts a demand.
        Concede = "CONCEDE",
        /// Cooperates materially, to the benefit of both sides.
        Cooperate = "COOPERATE",
        /// Gives money, goods, arms, troops, asylum, relief.
        Aid = "AID",
        /// Withdraws, releases, disarms, cedes, resigns.
        Retreat = "RETREAT",
        /// Asks, demands, urges, proposes, invites.
        Request = "REQUEST",
        /// Criticises, accuses, complains, sues, investigates.
        Accuse = "ACCUSE",
        /// Refuses, declines, vetoes, denies a charge.
        Reject = "REJECT",
        /// Threatens, warns with consequences, sets an ultimatum.
        Threaten = "THREATEN",
        /// Demonstrates, strikes, riots, boycotts.
        Protest = "PROTEST",
        /// Reduces relations: embargo, expulsion of diplomats, suspension of aid or membership.
        Sanction = "SANCTION",
        /// Moves or raises troops, police or weapons without using them.
        Mobilize = "MOBILIZE",
        /// Arrests, seizes, occupies, blockades, bans, censors, deports.
        Coerce = "COERCE",
        /// Attacks, kills, bombs, fights, kidnaps, tortures, destroys.
        Assault = "ASSAULT",
        /// A speech, press conference or published statement as an act (CAMEO 01).
        Statement = "STATEMENT",
    }
}

vocabulary! {
    /// How an act is done. `modes.tsv` of the codebook says which act has which modes.
    Mode, "mode" {
        /// CONSULT: the actor visits, the recipient hosts.
        Visit = "visit",
        /// CONSULT: a third party hosts the meeting.
        ThirdParty = "third-party",
        /// CONSULT: inside an alliance or an international organisation.
        Multilateral = "multilateral",
        /// CONSULT: by telephone or another remote medium.
        Phone = "phone",
        /// RETREAT: forces leave; SANCTION: the actor takes itself or its resources away.
        Withdraw = "withdraw",
        /// RETREAT: captives or property go free.
        Release = "release",
        /// RETREAT: weapons are given up.
        Disarm = "disarm",
        /// RETREAT: a ceasefire is kept.
        Ceasefire = "ceasefire",
        /// RETREAT: observers, peacekeepers, relief workers are let in.
        Access = "access",
        /// RETREAT: an office is given up.
        Resign = "resign",
        /// REQUEST, REJECT: exchange, relations, help.
        Assist = "assist",
        /// REQUEST, REJECT: a change of policy, persons, institutions.
        Change = "change",
        /// REQUEST, REJECT: a concession.
        Yield = "yield",
        /// REQUEST, REJECT: a meeting, talks, a settlement.
        Meet = "meet",
        /// ACCUSE: disapproves, condemns, complains.
        Disapprove = "disapprove",
        /// ACCUSE: inquires.
        Investigate = "investigate",
        /// ACCUSE: accuses, sues, indicts.
        Allege = "allege",
        /// THREATEN, COERCE: movement, trade or political activity is restricted.
        Restrict = "restrict",
        /// THREATEN, COERCE: a person is held.
        Arrest = "arrest",
        /// THREATEN: relations or talks would end.
        Relations = "relations",
        /// THREATEN, SANCTION: diplomats, peacekeepers, members are sent away.
        Expel = "expel",
        /// THREATEN: territory would be taken.
        Territory = "territory",
        /// THREATEN: force would be used.
        Violence = "violence",
        /// PROTEST: a largely peaceful demonstration.
        Demo = "demo",
        /// PROTEST: a violent one.
        Riot = "riot",
        /// PROTEST: work is stopped.
        Strike = "strike",
        /// PROTEST: a hunger strike.
        Hunger = "hunger",
        /// PROTEST: relations or an activity are shunned.
        Boycott = "boycott",
        /// PROTEST: a way is blocked.
        Obstruct = "obstruct",
        /// PROTEST: a symbolic damage to property.
        Vandalize = "vandalize",
        /// SANCTION: a court finds guilty.
        Convict = "convict",
        /// SANCTION: exchanges, aid or relations are cut.
        Discontinue = "discontinue",
        /// MOBILIZE: soldiers.
        Troops = "troops",
        /// MOBILIZE: weapons, ships, missiles.
        Weapons = "weapons",
        /// MOBILIZE: police.
        Police = "police",
        /// MOBILIZE: armed groups outside the state.
        Militia = "militia",
        /// COERCE: property, premises or land is taken.
        Seize = "seize",
        /// COERCE: publications or information are suppressed.
        Censor = "censor",
        /// COERCE: a curfew.
        Curfew = "curfew",
        /// COERCE: a state of emergency, martial law.
        MartialLaw = "martial-law",
        /// COERCE: persons are sent out of the country.
        Deport = "deport",
        /// COERCE: public goods are withheld.
        Withhold = "withhold",
        /// COERCE: deception is spread.
        Misinformation = "misinformation",
        /// COERCE: an attack on computers or networks.
        Cyber = "cyber",
        /// ASSAULT: a person or vehicle is seized by force.
        Abduct = "abduct",
        /// ASSAULT: blows.
        Beat = "beat",
        /// ASSAULT: torture.
        Torture = "torture",
        /// ASSAULT: sexual violence.
        Sexual = "sexual",
        /// ASSAULT: a chosen victim, an execution, a massacre of the defenceless.
        Targeted = "targeted",
        /// ASSAULT: property is destroyed on purpose.
        Destroy = "destroy",
        /// ASSAULT: blades, fire, stones.
        Primitive = "primitive",
        /// ASSAULT: rifles, pistols.
        Firearms = "firearms",
        /// ASSAULT: mines, planted bombs.
        Explosives = "explosives",
        /// ASSAULT: the attacker dies with it.
        SuicideAttack = "suicide-attack",
        /// ASSAULT: manned aircraft.
        Aerial = "aerial",
        /// ASSAULT: unmanned aircraft.
        Drone = "drone",
        /// ASSAULT: artillery, rockets, armour.
        HeavyWeapons = "heavy-weapons",
        /// ASSAULT: tear gas, water cannon, shots in the air.
        CrowdControl = "crowd-control",
        /// ASSAULT: chemical, biological, radiological, nuclear weapons.
        Unconventional = "unconventional",
    }
}

vocabulary! {
    /// Verbal or material, cooperation or conflict, as PLOVER parts them.
    Quad, "quad class" {
        /// 1.
        VerbalCooperation = "1",
        /// 2.
        MaterialCooperation = "2",
        /// 3.
        VerbalConflict = "3",
        /// 4.
        MaterialConflict = "4",
    }
}

impl Quad {
    /// The class as the number that records carry, 1 to 4.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Quad::VerbalCooperation => 1,
            Quad::MaterialCooperation => 2,
            Quad::VerbalConflict => 3,
            Quad::MaterialConflict => 4,
        }
    }
}
