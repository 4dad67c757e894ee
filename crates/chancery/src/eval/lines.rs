//! Gold files, read whole or as JSON Lines.

use serde::de::DeserializeOwned;

use super::EvalError;

/// The text of a gold file.
///
/// # Errors
/// [`EvalError::Unreadable`] when it cannot be read or is not UTF-8.
pub fn read_text(path: &str) -> Result<String, EvalError> {
    std::fs::read_to_string(path).map_err(|source| EvalError::Unreadable { path: path.to_owned(), source })
}

/// The rows of a JSON Lines file; blank lines are left out.
///
/// # Errors
/// [`EvalError`] that names the line, where one is not of the form.
pub fn read_rows<T: DeserializeOwned>(path: &str) -> Result<Vec<T>, EvalError> {
    let mut rows = Vec::new();
    for (at, line) in read_text(path)?.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        rows.push(serde_json::from_str(line).map_err(|fault| EvalError::Form {
            path: path.to_owned(),
            line: at + 1,
            problem: fault.to_string(),
        })?);
    }
    if rows.is_empty() {
        return Err(EvalError::Nothing { path: path.to_owned(), expected: "JSON Lines" });
    }
    Ok(rows)
}
