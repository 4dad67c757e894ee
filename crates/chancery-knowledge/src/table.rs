//! Reading a table: tab-separated, one header line, `#` comments, `;` between list items.

use crate::error::KnowledgeError;

/// A table in memory, with line numbers for complaints.
#[derive(Debug)]
pub(crate) struct Table<'t> {
    file: &'t str,
    columns: Vec<&'t str>,
    rows: Vec<(usize, Vec<&'t str>)>,
}

/// One row; cells are asked for by column name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'t> {
    /// Name of the file, for complaints.
    pub(crate) file: &'t str,
    /// Line in the file, from 1.
    pub(crate) line: usize,
    columns: &'t [&'t str],
    cells: &'t [&'t str],
}

impl<'t> Table<'t> {
    /// Reads `text`; `known` lists the columns that the table may have, `required` those
    /// that it must have.
    pub(crate) fn parse(
        file: &'t str,
        text: &'t str,
        required: &[&str],
        optional: &[&str],
    ) -> Result<Self, KnowledgeError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut lines = text
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line))
            .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        let Some((line, header)) = lines.next() else {
            return Ok(Self { file, columns: Vec::new(), rows: Vec::new() });
        };
        let columns: Vec<&str> = header.split('\t').map(str::trim).collect();
        for name in required {
            if !columns.contains(name) {
                return Err(KnowledgeError::row(
                    file,
                    line,
                    format!("the header has no column “{name}”"),
                    "add it; columns are separated by tabs",
                ));
            }
        }
        for (index, name) in columns.iter().enumerate() {
            if !required.contains(name) && !optional.contains(name) {
                return Err(KnowledgeError::row(
                    file,
                    line,
                    format!("unknown column “{name}”"),
                    format!("known are {} {}", required.join(" "), optional.join(" ")),
                ));
            }
            if columns.iter().take(index).any(|earlier| earlier == name) {
                return Err(KnowledgeError::row(
                    file,
                    line,
                    format!("column “{name}” stands twice"),
                    "keep one of them",
                ));
            }
        }
        let mut rows = Vec::new();
        for (line, text) in lines {
            let cells: Vec<&str> = text.split('\t').map(str::trim).collect();
            if cells.len() > columns.len() {
                return Err(KnowledgeError::row(
                    file,
                    line,
                    format!("{} cells under {} columns", cells.len(), columns.len()),
                    "remove the surplus tabs",
                ));
            }
            rows.push((line, cells));
        }
        Ok(Self { file, columns, rows })
    }

    /// The rows in the order of the file.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, cells)| Row {
            file: self.file,
            line: *line,
            columns: &self.columns,
            cells,
        })
    }
}

impl<'t> Row<'t> {
    /// The cell under `column`, empty if the row or the table lacks it.
    pub(crate) fn cell(&self, column: &str) -> &'t str {
        self.columns
            .iter()
            .position(|name| *name == column)
            .and_then(|index| self.cells.get(index))
            .copied()
            .unwrap_or("")
    }

    /// The cells that are not empty, with their columns.
    pub(crate) fn filled(&self) -> impl Iterator<Item = (&'t str, &'t str)> + use<'t> {
        self.columns.iter().copied().zip(self.cells.iter().copied()).filter(|(_, cell)| !cell.is_empty())
    }

    /// The cell under `column`, which must not be empty.
    pub(crate) fn required(&self, column: &str) -> Result<&'t str, KnowledgeError> {
        match self.cell(column) {
            "" => Err(self.wrong(format!("“{column}” is empty"), "fill it in or remove the row")),
            text => Ok(text),
        }
    }

    /// The items of a list cell.
    pub(crate) fn list(&self, column: &str) -> impl Iterator<Item = &'t str> + use<'t> {
        self.cell(column).split(';').map(str::trim).filter(|item| !item.is_empty())
    }

    /// The items of a list cell, owned.
    pub(crate) fn strings(&self, column: &str) -> Vec<String> {
        self.list(column).map(str::to_owned).collect()
    }

    /// The cell, absent if empty.
    pub(crate) fn optional(&self, column: &str) -> Option<String> {
        Some(self.cell(column)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// A yes-or-no cell; empty is no.
    pub(crate) fn flag(&self, column: &str) -> Result<bool, KnowledgeError> {
        match self.cell(column) {
            "yes" => Ok(true),
            "" | "no" => Ok(false),
            other => Err(self.wrong(format!("“{other}” under “{column}”"), "write yes or no")),
        }
    }

    /// A number, absent if the cell is empty.
    pub(crate) fn number<N: std::str::FromStr>(&self, column: &str) -> Result<Option<N>, KnowledgeError> {
        match self.cell(column) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| {
                self.wrong(
                    format!("“{text}” under “{column}” is no number"),
                    "write digits or leave it empty",
                )
            }),
        }
    }

    /// One of a fixed set of words.
    pub(crate) fn choice<T: Copy>(&self, column: &str, choices: &[(&str, T)]) -> Result<T, KnowledgeError> {
        let text = self.cell(column);
        choices.iter().find(|(word, _)| *word == text).map(|(_, value)| *value).ok_or_else(|| {
            let words: Vec<&str> =
                choices.iter().map(|(word, _)| if word.is_empty() { "nothing" } else { *word }).collect();
            self.wrong(format!("“{text}” under “{column}”"), format!("use one of {}", words.join(", ")))
        })
    }

    /// A complaint about this row.
    pub(crate) fn wrong(&self, problem: impl Into<String>, remedy: impl Into<String>) -> KnowledgeError {
        KnowledgeError::row(self.file, self.line, problem, remedy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_short_rows_are_fine() {
        let text = "# towns\nname\tnote\n\nOslo\n# more\nBern\tseat\n";
        let table = Table::parse("towns.tsv", text, &["name"], &["note"]).unwrap();
        let names: Vec<_> = table.rows().map(|row| (row.line, row.cell("name"), row.cell("note"))).collect();
        assert_eq!(names, [(4, "Oslo", ""), (6, "Bern", "seat")]);
    }

    #[test]
    fn complaints_name_file_and_line() {
        let error = Table::parse("towns.tsv", "name\nOslo\tNorway\n", &["name"], &[]).unwrap_err();
        assert_eq!(error.to_string(), "towns.tsv, line 2: 2 cells under 1 columns; remove the surplus tabs");
        let error = Table::parse("towns.tsv", "nmae\nOslo\n", &["name"], &[]).unwrap_err();
        assert!(error.to_string().starts_with("towns.tsv, line 1: the header has no column “name”"));
    }
}
