//! Tab-separated tables with a header line and `#` comments.

use super::problem::Problem;

/// One row of a table.
#[derive(Debug, Clone)]
pub(super) struct Row<'t> {
    pub file: &'t str,
    pub line: usize,
    cells: Vec<&'t str>,
    columns: &'static [&'static str],
}

impl<'t> Row<'t> {
    /// A cell by the name of its column; empty where the row ends before it.
    pub fn cell(&self, column: &str) -> &'t str {
        let at = self.columns.iter().position(|name| *name == column);
        at.and_then(|at| self.cells.get(at)).copied().unwrap_or("")
    }

    /// A problem of this row.
    pub fn problem(&self, message: impl Into<String>) -> Problem {
        Problem { file: self.file.to_owned(), line: self.line, message: message.into() }
    }

    /// The items of a cell that are parted by commas (or another mark).
    pub fn items(&self, column: &str, mark: char) -> impl Iterator<Item = &'t str> {
        self.cell(column).split(mark).map(str::trim).filter(|item| !item.is_empty())
    }
}

/// Reads the rows of a table whose header must be `columns`. Rows with too many cells are problems and left out.
pub(super) fn rows<'t>(
    file: &'t str,
    text: &'t str,
    columns: &'static [&'static str],
    problems: &mut Vec<Problem>,
) -> Vec<Row<'t>> {
    let mut out = Vec::new();
    let mut header = false;
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let row = Row { file, line: index + 1, cells, columns };
        if !header {
            header = true;
            if row.cells != columns {
                problems.push(row.problem(format!("the header must be: {}", columns.join(" TAB "))));
                return out;
            }
        } else if row.cells.len() > columns.len() {
            problems.push(row.problem(format!(
                "the row has {} cells and the table {} columns; take out the tabs that are too many",
                row.cells.len(),
                columns.len()
            )));
        } else {
            out.push(row);
        }
    }
    if out.is_empty() {
        problems.push(Problem {
            file: file.to_owned(),
            line: 0,
            message: "the table has no rows; give it a header line and at least one row".to_owned(),
        });
    }
    out
}
