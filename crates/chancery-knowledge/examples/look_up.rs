//! Prints what the tables know about the words given, and how long opening them took:
//! `cargo run --release -p chancery-knowledge --example look_up -- Downing Street`.

use std::time::Instant;

use chancery_knowledge::Knowledge;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let start = Instant::now();
    let knowledge = Knowledge::builtin();
    eprintln!("tables {} opened in {:.1?}", knowledge.version(), start.elapsed());
    let start = Instant::now();
    let towns = knowledge.gazetteer_len();
    eprintln!("gazetteer of {towns} towns opened in {:.1?}", start.elapsed());
    for start in 0..words.len() {
        for found in knowledge.match_at(&words[start..]) {
            println!("{}\t{:?}", words[start..start + found.words].join(" "), found.entry);
        }
    }
    for place in knowledge.places(&words) {
        println!("place\t{place:?}");
    }
}
