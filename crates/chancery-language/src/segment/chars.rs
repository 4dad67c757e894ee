//! Classes of characters that the segmenter tells apart.

/// Characters between tokens: white space, control characters, and the zero-width characters that
/// mark a place between words.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200B}' | '\u{FEFF}' | '\u{180E}')
}

/// Characters that show nothing and may stand inside a word: soft hyphen, joiners, marks of direction.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200C}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}')
}

/// Combining marks and variation selectors, which belong to the character before them.
pub(super) fn is_extending(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5BD}' | '\u{610}'..='\u{61A}'
        | '\u{64B}'..='\u{65F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Characters that words and figures are made of.
pub(super) fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || (!c.is_ascii() && ((c.is_alphanumeric() && c != MODIFIER_APOSTROPHE) || is_extending(c)))
}

const MODIFIER_APOSTROPHE: char = '\u{2BC}';

/// Everything that is set as an apostrophe. Most of these are quotation marks too; where they stand decides.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | MODIFIER_APOSTROPHE | '＇' | '`' | '´' | '′')
}

/// The hyphens that join words.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Signs of currencies.
pub(super) fn is_currency(c: char) -> bool {
    matches!(c, '$' | '£' | '€' | '¥' | '¢' | '\u{20A0}'..='\u{20CF}')
}

/// Marks that end a sentence.
pub(super) fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‼' | '⁇' | '⁈' | '⁉' | '‽' | '。' | '！' | '？')
}

/// Pictures: emoji and the dingbats that serve as such.
pub(super) fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}')
}

/// Half of a flag.
pub(super) fn is_regional_indicator(c: char) -> bool {
    matches!(c, '\u{1F1E6}'..='\u{1F1FF}')
}

/// Characters that continue a pictograph: variation selector, skin tone, keycap, tag.
pub(super) fn continues_pictograph(c: char) -> bool {
    is_extending(c) || matches!(c, '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0020}'..='\u{E007F}')
}

/// Signs that stand before the items of a list.
pub(super) fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '•' | '‣'
            | '◦'
            | '▪'
            | '■'
            | '□'
            | '●'
            | '○'
            | '·'
            | '➢'
            | '►'
            | '▶'
            | '✓'
            | '*'
            | '\u{F0B7}'
    )
}

/// Opening brackets, with the bracket that closes them.
pub(super) fn closing_bracket(c: char) -> Option<char> {
    match c {
        '(' => Some(')'),
        '[' => Some(']'),
        '{' => Some('}'),
        '（' => Some('）'),
        _ => None,
    }
}

/// Closing brackets.
pub(super) fn is_closing_bracket(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '）')
}

/// Quotation marks of every kind, whichever side they stand on.
pub(super) fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '”'
            | '„'
            | '‟'
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '`'
            | '´'
            | '＂'
    )
}
