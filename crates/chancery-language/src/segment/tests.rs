//! What the segmenter does with the constructions of news prose.
//!
//! Tokens are written with "|" between them; sentences as a list.

use chancery_core::{Zone, ZoneKind};
use proptest::prelude::*;

use super::*;

/// Asserts the tokens of the text that "|" and the blanks divide.
fn tokens(expected: &str) {
    let text = expected.replace('|', "");
    let found = words(&text, 0..text.len());
    let wanted: Vec<&str> =
        expected.split(['|', ' ', '\u{A0}', '\u{202F}']).filter(|t| !t.is_empty()).collect();
    assert_eq!(found, wanted, "in {text:?}");
}

fn words(text: &str, range: Range<usize>) -> Vec<&str> {
    tokenize(text, range).into_iter().map(|token| &text[token]).collect()
}

fn split(text: &str) -> Vec<&str> {
    segment(text, &[]).sentences.into_iter().map(|sentence| &text[sentence.range]).collect()
}

/// Asserts that sentences joined by a space are found again.
fn sentences(expected: &[&str]) {
    assert_eq!(split(&expected.join(" ")), expected);
}

fn zones(text: &str) -> Vec<(ZoneKind, &str)> {
    segment(text, &[]).sentences.into_iter().map(|s| (s.zone, &text[s.range])).collect()
}

fn opening(text: &str) -> Option<&str> {
    dateline(text, 0..text.len()).map(|range| &text[range])
}

// Tokens

#[test]
fn clitics_are_split() {
    tokens("They do|n't know what he|'s done|, and we|'ve said we|'d ask");
    tokens("It wo|n’t hold|; I|’m told they|’ll leave and you|’re next");
    tokens("should|n't|'ve");
    tokens("IT IS|N'T OVER");
}

#[test]
fn possessives_are_split_with_any_apostrophe() {
    tokens("Moldova|’s envoy and Chad|'s minister in the ministers|’ hall");
    tokens("Kenya|ʼs and Peru|`s");
    tokens("the U.S.|'s role and the U.N.|’s");
    tokens("Lagos 's port");
}

#[test]
fn names_with_apostrophes_are_whole() {
    tokens("O'Brien|, N’Djamena|, Sana'a|, Xi'an|'s and Côte d'Ivoire");
    tokens("at five o'clock|, ma'am");
}

#[test]
fn words_written_together_are_split() {
    tokens("We can|not and are gon|na wait|; lem|me see|, we got|ta go");
    tokens("'t|was late and they do|nt care");
}

#[test]
fn short_words_in_capitals_are_no_contractions() {
    tokens("The HES survey");
}

#[test]
fn quotation_marks_stand_apart() {
    tokens("“|We agree|,|” he said|, \"|fully|\"|.");
    tokens("„|Ja|“ and «|oui|» and ‘|yes|’ and '|no|'");
    tokens("``|So it is|''");
}

#[test]
fn single_quotes_are_not_apostrophes() {
    tokens("a '|special operation|' and ‘|fake|’|, he said");
    tokens("the '|Freedom|' party|'s list");
}

#[test]
fn hyphenated_words_are_split() {
    tokens("a high|-|ranking|, Paris|-|based long|-|term observer");
    tokens("U.S.|-|Japan|-|Korea talks with al|-|Shabaab");
    tokens("the commander|-|in|-|chief|'s twenty|-|five aides");
}

#[test]
fn bound_prefixes_stay() {
    tokens("mid-1980s|, anti-government|, pro-Western|, ex-president|, co-chair|, re-elected|, non-nuclear");
    tokens("an e-mail on post-war counter-terrorism");
    tokens("a non-high|-|level visit");
    tokens("an E|-|3 aircraft");
}

#[test]
fn bound_suffixes_stay() {
    tokens("vote-wise|, a ten-fold rise");
}

#[test]
fn slashes_divide_words_and_not_dates() {
    tokens("and|/|or the Kabul|/|Islamabad road since 9/11 and 11/03/2004");
}

#[test]
fn abbreviations_keep_their_full_stop() {
    tokens("Mr. Okoro|, Gen. Diaz|, Lt. Col. Lee and St. Petersburg|-|born Dr. Petrov");
    tokens("Acme Corp. v. Delta Inc. of Portland|, Ore. on Jan. 5");
    tokens("at 5 p.m. or 6 a.m. local time|, e.g. today|, i.e. now");
    tokens("Sgt. Ann Low|, Ph.D.|, of the U.S.S.R.");
}

#[test]
fn abbreviations_written_to_the_next_word() {
    tokens("St.|Petersburg|, J.K.|Rowe|, A.|Azimov|, Nov.|17 and No.|5");
}

#[test]
fn initials_keep_their_full_stop() {
    tokens("George W. Stone|, J. R. R. Hill and Nursultan A. Beg");
    tokens("They chose plan B|.");
    tokens("so do I|.");
    tokens("Tsar Nicholas I. Petrov");
}

#[test]
fn numbered_references() {
    tokens("Resolution No. 5 and Art. 12|, pp. 3|-|4 of Vol. II");
    tokens("He said no|.");
    tokens("Is that art|?");
}

#[test]
fn months_and_days_that_are_words() {
    tokens("on Mar. 3 and Sat.|, Oct. 12");
    tokens("They sat|.");
    tokens("under the Sun|.");
}

#[test]
fn unknown_abbreviations_before_small_letters() {
    tokens("the Blvd. and Brd. office");
}

#[test]
fn figures() {
    tokens("1,500.5 and 2.75|% of 12,000,000|; 1,00,000 rupees|; .5 points");
    tokens("in 2005|,|2006");
    tokens("the 1990s|, the 1980's|, the '90s|, the 21st of ’68");
}

#[test]
fn currencies() {
    tokens("$|5|m|, €|12.5|bn|, £|3|, US$|40 and HK$|2 million");
    tokens("C$|10|-|a|-|barrel");
}

#[test]
fn measures() {
    tokens("a 130|-|km border|, 130|km|, 20|kg|, 5|pm|, 35|°|C|, 15|%");
    tokens("the 4G network|, 7th Army|, F|-|16s and 3D");
}

#[test]
fn clock_times_dates_and_ranges() {
    tokens("at 3:30 on 07.04.2006|, 2006-04-07 or 7-4-2006");
    tokens("5|-|10 people in 1994|–|1996|, 10:00|-|11:30");
    tokens("call 212-555-0147 or 555-0147|; 500|-|1000 troops");
}

#[test]
fn addresses_are_whole() {
    tokens("see https://www.example.org/a/b?c=d#e|, or www.example.net|.");
    tokens("press@example.gov|, @mfa_press|, #PeaceTalks2020 and #|1");
    tokens("Example.com|'s editors|; report.pdf");
    tokens("(|http://example.org/x_(y)|)|.");
}

#[test]
fn missing_space_after_a_full_stop() {
    tokens("the talks ended|.|The envoy left|.|but");
}

#[test]
fn ellipses_and_runs_of_marks() {
    tokens("Well|... perhaps|… what|?! no|!!! [|...|] etc. and so on");
    tokens("----- ***");
}

#[test]
fn etc_at_the_end_gives_up_its_full_stop() {
    tokens("arms|, money|, etc|.");
}

#[test]
fn dashes() {
    tokens("Kyiv|—|not Minsk|—|agreed -- so they say – today|--|again");
}

#[test]
fn brackets() {
    tokens("the Union (|EU|) [|and Oslo|] {|x|} said|(|s|)");
}

#[test]
fn names_with_marks_and_ampersands() {
    tokens("Yahoo! and AT&T said R&D at Marks & Co. rose|!");
}

#[test]
fn blanks_of_every_kind() {
    tokens("10\u{A0}km east\u{202F}of Kars");
    let text = "Oslo\u{200B}Bergen \u{FEFF}Rome\u{2009}Paris\u{3000}Lima";
    assert_eq!(words(text, 0..text.len()), ["Oslo", "Bergen", "Rome", "Paris", "Lima"]);
}

#[test]
fn soft_hyphens_and_joiners_stay_inside_words() {
    tokens("inter\u{AD}national co\u{2060}operation|,");
    let text = "\u{200E}Doha\u{200F} \u{AD}";
    assert_eq!(words(text, 0..text.len()), ["Doha"]);
}

#[test]
fn combining_marks_stay_with_their_letter() {
    tokens("Ha\u{306}na\u{306}u and Bras\u{327}ov");
}

#[test]
fn emoji_are_one_token() {
    tokens("Bravo 👍🏽 👩‍👩‍👧 🇳🇴|🇸🇪 ❤️|!");
}

#[test]
fn other_scripts() {
    tokens("the party Единая Россия|, 民主党 and حزب");
}

#[test]
fn ranges_that_cut_characters_are_narrowed() {
    let text = "é Ok é";
    assert_eq!(words(text, 1..text.len() - 1), ["Ok"]);
    assert!(tokenize(text, 90..400).is_empty());
    let reversed = Range { start: 5, end: 2 };
    assert!(tokenize(text, reversed).is_empty());
}

// Sentences

#[test]
fn plain_sentences() {
    sentences(&["The council met on Friday.", "It adopted no text.", "Will it meet again?", "Nobody knows!"]);
}

#[test]
fn titles_and_initials_do_not_end() {
    sentences(&["Gen. Ali Hasan met Prime Minister J. R. Kamau.", "Mrs. Dlamini and Rep. Cole stayed away."]);
}

#[test]
fn a_country_before_a_name_does_not_end() {
    sentences(&[
        "The U.S. Secretary of State met U.N. Special Envoy Per Lund.",
        "The U.S. Congress objected.",
    ]);
}

#[test]
fn a_country_before_a_function_word_ends() {
    sentences(&[
        "He flew back to the U.S.",
        "The talks go on.",
        "They left Washington, D.C.",
        "On Monday they were in Rome.",
    ]);
}

#[test]
fn companies_and_times() {
    sentences(&[
        "It sold shares in Volta Inc.",
        "The buyer was not named.",
        "The vote began at 9 a.m.",
        "Turnout was low.",
    ]);
    sentences(&["The curfew starts at 10 p.m. Monday and ends at 5 a.m. GMT on Tuesday."]);
    sentences(&["Volta Corp. Chief Executive Ida Berg resigned."]);
}

#[test]
fn months_before_days_do_not_end() {
    sentences(&["The ceasefire of Sept. 3 held until Dec. 12, 2011.", "It then broke."]);
}

#[test]
fn etc_ends_before_a_capital_only() {
    sentences(&["Flour, oil, etc. were sent.", "They need tents, water, etc.", "Nothing came."]);
}

#[test]
fn closing_quotes_stay_with_their_sentence() {
    sentences(&["“The border is closed.”", "He gave no date."]);
    sentences(&["He said: \"It is over.\"", "She disagreed.", "'Not yet.'", "They parted."]);
    sentences(&["«Nous partons.»", "The envoy left."]);
}

#[test]
fn quotations_of_several_sentences() {
    sentences(&["“We want peace.", "We shall not beg for it.", "Let them come,” the president said."]);
}

#[test]
fn a_question_inside_a_sentence() {
    sentences(&["“Will they sign?” a reporter asked.", "“Never!” he replied."]);
    sentences(&["“Will they sign?” Minister Berg asked.", "“Never!” Berg said."]);
    sentences(&["“Will they sign?”", "Berg said the draft was still open."]);
}

#[test]
fn citations_before_the_full_stop() {
    sentences(&[
        "Both sides agreed to meet (Interfax, May 4).",
        "No date was set (Press office, June 1, 2007).",
    ]);
}

#[test]
fn citations_after_the_full_stop() {
    sentences(&[
        "Both sides agreed to meet. (Interfax, May 4).",
        "No date was set. (Press office, June 1)",
        "Talks go on.",
    ]);
    sentences(&["“We agree.” (, May 4).", "They met."]);
}

#[test]
fn a_sentence_in_brackets_is_one() {
    sentences(&["They met in Oslo.", "(The minister was not there.)", "No text was signed."]);
    sentences(&["They met.", "(Earlier reports that he had already left the capital were wrong)."]);
}

#[test]
fn marks_inside_brackets_do_not_end() {
    sentences(&["The party (it won in 2004. It lost in 2008) is small.", "It may merge."]);
}

#[test]
fn note_numbers_stay_with_their_sentence() {
    sentences(&[
        "The treaty was signed in 1921.[3][4]",
        "It lapsed.²",
        "Nobody noticed. [5]",
        "It was revived.",
    ]);
}

#[test]
fn ellipses_end_before_capitals() {
    sentences(&["We waited... and waited … until dawn.", "Then nothing...", "The line went dead."]);
}

#[test]
fn mixed_marks() {
    sentences(&["They did what?!", "Yes!!!", "Is it true?..", "Perhaps."]);
}

#[test]
fn names_with_marks_do_not_end() {
    sentences(&["Yahoo! News quoted the ministry.", "Shares of Yahoo! fell."]);
}

#[test]
fn sentences_in_small_letters() {
    sentences(&[
        "The raid failed.",
        "al-Shabaab claimed it.",
        "iPhone sales were stopped.",
        "eBay closed its office.",
    ]);
}

#[test]
fn sentences_that_start_with_figures_and_quotes() {
    sentences(&[
        "The vote was close.",
        "51 deputies abstained.",
        "\"Shame,\" one shouted.",
        "$5 was the fee.",
    ]);
}

#[test]
fn missing_spaces_between_sentences() {
    assert_eq!(split("The envoy left.The talks ended."), ["The envoy left.", "The talks ended."]);
    assert_eq!(split("Version 2.0 of example.com is out."), ["Version 2.0 of example.com is out."]);
}

#[test]
fn numbers_of_items_do_not_end() {
    sentences(&["1. The parties shall meet."]);
    sentences(&["II. The Sanctions Regime"]);
    sentences(&["Article 5. The parties shall meet.", "They may vote."]);
    sentences(&[
        "It asks two things: 1. that arms be laid down and 2. that talks begin.",
        "Neither happened.",
    ]);
}

#[test]
fn the_author_of_a_quotation_stays() {
    sentences(&["“Nothing is lost with peace.” — Ana Ortiz"]);
}

#[test]
fn headlines_in_title_case_are_whole() {
    sentences(&["U.S. And Japan Agree On Rice"]);
}

// Datelines

#[test]
fn datelines_of_agencies() {
    assert_eq!(opening("BAKU, April 12 (AzerTag) -- Talks began."), Some("BAKU, April 12 (AzerTag) --"));
    assert_eq!(opening("KABUL/ISLAMABAD (Reuters) - Talks began."), Some("KABUL/ISLAMABAD (Reuters) -"));
    assert_eq!(
        opening("UNITED NATIONS, Sept. 3 (Xinhua) — Talks"),
        Some("UNITED NATIONS, Sept. 3 (Xinhua) —")
    );
    assert_eq!(opening("PORT-AU-PRINCE, Haiti (AP) _ x — Talks"), None);
    assert_eq!(opening("PORT-AU-PRINCE, Haiti (AP) — Talks"), Some("PORT-AU-PRINCE, Haiti (AP) —"));
}

#[test]
fn datelines_without_an_agency() {
    assert_eq!(opening("GENEVA – Talks began."), Some("GENEVA –"));
    assert_eq!(opening("Washington, D.C., March 3, 2006 – Talks"), Some("Washington, D.C., March 3, 2006 –"));
    assert_eq!(opening("Nairobi, 14 June 2011 - Talks"), Some("Nairobi, 14 June 2011 -"));
    assert_eq!(opening("LONDON, Thursday, May 3: Talks"), Some("LONDON, Thursday, May 3:"));
}

#[test]
fn datelines_with_full_stops() {
    let text = "Baku. 12 April. REPORT.AZ/ The envoy arrived. He left.";
    assert_eq!(opening(text), Some("Baku. 12 April. REPORT.AZ/"));
    assert_eq!(split(text), ["Baku. 12 April. REPORT.AZ/ The envoy arrived.", "He left."]);
}

#[test]
fn datelines_belong_to_the_first_sentence() {
    sentences(&["MINSK, Dec. 8 (BelTA) -- The leaders of three republics met.", "They signed."]);
}

#[test]
fn what_is_no_dateline() {
    assert_eq!(opening("The talks in Geneva - the third round - failed."), None);
    assert_eq!(opening("Geneva - the third round - failed."), None);
    assert_eq!(opening("BREAKING — Talks fail"), None);
    assert_eq!(opening("U.S.-Japan talks began."), None);
    assert_eq!(opening("NATO-led troops left."), None);
    assert_eq!(opening("Kofi Annan (UN) said talks failed"), None);
    assert_eq!(opening(""), None);
}

// Layout

#[test]
fn wrapped_lines_are_joined() {
    let text = "The foreign minister of Norway told reporters on Tuesday that Envoy\nSvein Moen would travel to the region before the end of the month and\nmeet both leaders. He gave no further details about the plan, which the\nU.S.\nState Department has not seen.";
    assert_eq!(
        split(text),
        [
            "The foreign minister of Norway told reporters on Tuesday that Envoy\nSvein Moen would travel to the region before the end of the month and\nmeet both leaders.",
            "He gave no further details about the plan, which the\nU.S.",
            "State Department has not seen."
        ]
    );
}

#[test]
fn a_headline_above_wrapped_text_stands_alone() {
    let text = "Envoy to Visit Region\nThe foreign minister of Norway told reporters on Tuesday that Envoy\nSvein Moen would travel to the region before the end of the month and\nmeet both leaders.\n";
    let found = zones(text);
    assert_eq!(found[0], (ZoneKind::Headline, "Envoy to Visit Region"));
    assert_eq!(found.len(), 2);
}

#[test]
fn hard_line_breaks_of_unwrapped_text_end_paragraphs() {
    let text = "Talks resume in Doha\nBy Lena Sand\nThe two delegations came back to the table on Wednesday after a pause of eleven days, mediators said.\nA second round is planned.";
    assert_eq!(split(text).len(), 4);
}

#[test]
fn a_line_that_breaks_off_goes_on() {
    let text = "The delegation arrived in the capital late on Monday and\nmet the president of the republic.";
    assert_eq!(split(text).len(), 1);
}

#[test]
fn lists_are_one_item_a_paragraph() {
    let text = "The sides agreed:\n- to exchange prisoners\n- to open the road\n1. The road opens in May\n(b) the bridge in June\n• Aid follows";
    let found = zones(text);
    assert_eq!(found.len(), 6);
    assert!(found.iter().skip(1).all(|(zone, _)| *zone == ZoneKind::List));
    assert_eq!(found[3].1, "1. The road opens in May");
}

#[test]
fn headings_need_no_full_stop() {
    let text =
        "Sanctions extended\n\nThe Council extended the measures.\r\n\r\nReactions\r\n\r\nMoscow protested.";
    let kinds: Vec<ZoneKind> = zones(text).into_iter().map(|(zone, _)| zone).collect();
    assert_eq!(kinds, [ZoneKind::Headline, ZoneKind::Body, ZoneKind::Headline, ZoneKind::Body]);
    let paragraphs: Vec<usize> = segment(text, &[]).sentences.iter().map(|s| s.paragraph).collect();
    assert_eq!(paragraphs, [0, 1, 2, 3]);
}

#[test]
fn speech_that_breaks_off_is_no_heading() {
    let text = "MODERATOR: Please go on. We have time for\n\nMINISTER: I only wanted to say —";
    assert!(zones(text).iter().all(|(zone, _)| *zone == ZoneKind::Body));
}

#[test]
fn rules_between_parts() {
    assert_eq!(split("The end came\n* * *\nin the night."), ["The end came", "* * *", "in the night."]);
}

#[test]
fn zones_are_kept() {
    let text = "Talks fail\nDoha. The talks failed.\nReuters";
    let zones =
        [Zone { kind: ZoneKind::Headline, range: 0..10 }, Zone { kind: ZoneKind::Quotation, range: 11..34 }];
    let found: Vec<(ZoneKind, &str)> =
        segment(text, &zones).sentences.into_iter().map(|s| (s.zone, &text[s.range])).collect();
    assert_eq!(
        found,
        [
            (ZoneKind::Headline, "Talks fail"),
            (ZoneKind::Quotation, "Doha."),
            (ZoneKind::Quotation, "The talks failed."),
            (ZoneKind::Body, "Reuters")
        ]
    );
}

#[test]
fn zones_that_overlap_or_leave_the_text_do_no_harm() {
    let text = "Één. Twee. Drie.";
    let zones = [
        Zone { kind: ZoneKind::Header, range: 1..9 },
        Zone { kind: ZoneKind::Body, range: 4..900 },
        Zone { kind: ZoneKind::Caption, range: Range { start: 500, end: 2 } },
    ];
    let joined: String = segment(text, &zones).tokens.into_iter().map(|token| &text[token]).collect();
    assert_eq!(joined, text.replace(' ', ""));
}

// Bounds

#[test]
fn very_long_sentences_are_cut_at_punctuation() {
    let text = format!("{}end.", "one two three four five six seven; ".repeat(200));
    let found = segment(&text, &[]);
    assert!(found.sentences.len() > 3);
    for sentence in &found.sentences {
        assert!(sentence.tokens.len() <= LONGEST_SENTENCE);
    }
    assert!(found.sentences.iter().rev().skip(1).all(|s| text[s.range.clone()].ends_with(';')));
}

#[test]
fn nothing_gives_nothing() {
    assert_eq!(segment("", &[]), Segmentation::default());
    assert_eq!(segment(" \n\t\u{200B}\r\n", &[]), Segmentation::default());
}

/// Stretches that make the segmenter look ahead, without a line break: time must stay linear.
#[test]
fn long_lines_take_linear_time() {
    for piece in [
        "a",
        "a.",
        "1-",
        "(",
        "\"",
        "'s",
        "a@",
        "1,",
        "!",
        "http://a(",
        "\u{AD}",
        "-a",
        "[1]",
        "A. ",
        "1/2",
        "🇳",
        "/ ",
    ] {
        let text = piece.repeat(1_000_000 / piece.len());
        let started = std::time::Instant::now();
        let found = segment(&text, &[]);
        assert!(found.sentences.iter().all(|s| s.tokens.len() <= LONGEST_SENTENCE));
        assert!(started.elapsed().as_secs() < 20, "{piece:?} took {:?}", started.elapsed());
    }
}

/// Text made of what matters to the segmenter, and of anything else.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,6}",
        "[A-Za-z]{1,5}",
        "[.!?,;:'’\"“”()\\[\\]/@#$%&*_+=<>|^~-]{1,3}",
        "[0-9]{1,4}",
        Just(" ".to_owned()),
        Just("\n".to_owned()),
        Just("\r\n\r\n".to_owned()),
        Just("U.S.".to_owned()),
        Just("don’t".to_owned()),
        Just("can't've".to_owned()),
        Just("cannot".to_owned()),
        Just("https://a.b/".to_owned()),
        Just("a@b.com".to_owned()),
        Just("(AzerTag, May 1).".to_owned()),
        Just("👩‍👩‍👧🇳🇴\u{200B}\u{AD}\u{301}".to_owned()),
        Just("BAKU, April 12 --".to_owned()),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn check(text: &str, found: &Segmentation) -> Result<(), TestCaseError> {
    let mut end = 0;
    for token in &found.tokens {
        prop_assert!(token.start >= end && token.start < token.end);
        prop_assert!(text.get(token.clone()).is_some());
        prop_assert!(!text[token.clone()].contains(chars::is_blank));
        for c in text[end..token.start].chars() {
            prop_assert!(chars::is_blank(c) || chars::is_invisible(c), "{c:?} is in no token");
        }
        end = token.end;
    }
    prop_assert!(text[end..].chars().all(|c| chars::is_blank(c) || chars::is_invisible(c)));
    let mut next = 0;
    let mut paragraph = 0;
    for sentence in &found.sentences {
        prop_assert_eq!(sentence.tokens.start, next);
        prop_assert!(!sentence.tokens.is_empty() && sentence.tokens.len() <= LONGEST_SENTENCE);
        prop_assert!(sentence.paragraph >= paragraph);
        prop_assert_eq!(sentence.range.start, found.tokens[sentence.tokens.start].start);
        prop_assert_eq!(sentence.range.end, found.tokens[sentence.tokens.end - 1].end);
        next = sentence.tokens.end;
        paragraph = sentence.paragraph;
    }
    prop_assert_eq!(next, found.tokens.len());
    Ok(())
}

proptest! {
    #[test]
    fn tokens_partition_what_is_visible(text in any_text()) {
        check(&text, &segment(&text, &[]))?;
    }

    #[test]
    fn any_unicode_is_segmented(text in any::<String>()) {
        check(&text, &segment(&text, &[]))?;
    }

    #[test]
    fn any_zones_are_accepted(text in any_text(), bounds in prop::collection::vec((0usize..300, 0usize..300), 0..5)) {
        let zones: Vec<Zone> =
            bounds.into_iter().map(|(start, end)| Zone { kind: ZoneKind::List, range: start..end }).collect();
        check(&text, &segment(&text, &zones))?;
    }

    #[test]
    fn datelines_start_their_paragraph(text in any_text()) {
        if let Some(range) = dateline(&text, 0..text.len()) {
            prop_assert!(text.get(range).is_some_and(|found| !found.is_empty()));
        }
    }
}
