//! The parse as the codebook's conditions see it.

use chancery_core::codebook::Node;

use crate::scene::Scene;

/// A word of a scene.
#[derive(Clone, Copy)]
pub(super) struct Word<'s, 'a> {
    pub scene: &'s Scene<'a>,
    pub index: usize,
}

impl<'s, 'a> Word<'s, 'a> {
    pub fn new(scene: &'s Scene<'a>, index: usize) -> Self {
        Word { scene, index }
    }
}

impl Node for Word<'_, '_> {
    fn form(&self) -> &str {
        self.scene.form(self.index)
    }

    fn lemma(&self) -> &str {
        self.scene.analysis.lemma(self.index)
    }

    fn tag(&self) -> &str {
        self.scene.analysis.xpos(self.index)
    }

    fn relation(&self) -> &str {
        self.scene.analysis.relation(self.index)
    }

    fn head(&self) -> Option<Self> {
        self.scene.analysis.head(self.index).map(|index| Word { index, ..*self })
    }

    fn children(&self) -> impl Iterator<Item = Self> {
        self.scene.analysis.dependents(self.index).iter().map(|index| Word { index: *index, ..*self })
    }
}
