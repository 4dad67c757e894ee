//! How the closed vocabularies of the register are written down: once, with their text.

/// A word that stands in none of the values of a closed vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{word}' is no {vocabulary}; the values are {}", values.join(", "))]
pub struct UnknownWord {
    /// The word as it was written.
    pub word: String,
    /// What was looked for, for instance "act".
    pub vocabulary: &'static str,
    /// The values that are possible.
    pub values: Vec<&'static str>,
}

/// Declares a closed vocabulary: an enum whose values have exactly one text
/// each, the same in tables, in records and in the JSON Schema.
macro_rules! vocabulary {
    (
        $(#[$outer:meta])*
        $name:ident, $called:literal {
            $( $(#[$inner:meta])* $variant:ident = $text:literal ),+ $(,)?
        }
    ) => {
        $(#[$outer])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord,
            serde::Serialize, serde::Deserialize, schemars::JsonSchema,
        )]
        pub enum $name {
            $( $(#[$inner])* #[serde(rename = $text)] $variant, )+
        }

        impl $name {
            /// Every value, in the order of the codebook.
            pub const ALL: &'static [$name] = &[$( $name::$variant ),+];

            /// The text that stands for the value in tables and records.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $( $name::$variant => $text, )+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::vocabulary::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $( $text => Ok($name::$variant), )+
                    _ => Err($crate::vocabulary::UnknownWord {
                        word: word.to_owned(),
                        vocabulary: $called,
                        values: vec![$( $text ),+],
                    }),
                }
            }
        }
    };
}

pub(crate) use vocabulary;
