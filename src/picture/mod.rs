//! Pictures of a policy, as its rules or as its decision tree: for Graphviz (DOT) and for Mermaid.

mod dot;
mod drawing;
mod mermaid;
mod rules;
mod tree;

use thiserror::Error;

use crate::policy::Policy;
use crate::tree::View;
use drawing::Drawing;

/// A policy to be drawn: its rules as they are written, or its decision tree.
///
/// The rules are groups, the rules in them with their conditions, and who gets the leads; that can be
/// read at a hundred rules. The tree is questions, the answers that lead from one to the next, and at
/// the ends the rules: what a lead is asked, in which order. It grows faster than the rules do, so of
/// forty rules on six dimensions only its beginning can be read.
///
/// Answers are in the policy's own words; those that lead to the same place are one edge. Of a large
/// tree the questions nearest to the first are drawn, and how many more there are is said. Each
/// question draws its own ends, so lines cross little.
///
/// The picture is compiled for itself: it shows the graph also of a policy that decides by another
/// form, such as bitmaps. (Decisions are the same, whatever the form.)
///
/// ```
/// use leadtree::dimension::Taxonomy;
/// use leadtree::picture::Picture;
/// use leadtree::policy::PolicyDraft;
/// use leadtree::rule::{Rule, customer_size, region};
/// use leadtree::team::Team;
///
/// let policy = PolicyDraft::new()
///     .regions(Taxonomy::draft().paths(["cn/east", "us"]))
///     .team(Team::new("key").member("m-01"))
///     .team(Team::new("east").member("m-02"))
///     .rule(
///         Rule::new("big-east")
///             .when(region().within("cn/east") & customer_size().at_least(1000))
///             .assign_to("key"),
///     )
///     .rule(Rule::new("east").when(region().within("cn/east")).assign_to("east"))
///     .build()?;
/// assert_eq!(
///     Picture::of_tree(&policy)?.to_mermaid(),
///     r#"flowchart LR
///   q1{"region"}
///   q2{"customer_size"}
///   e1["otherwise<br>pool unmatched"]
///   e2["east<br>team east"]
///   e3["big-east<br>team key"]
///   q1 -->|"all others"| e1
///   q1 -->|"cn/east"| q2
///   q2 -->|"all others"| e2
///   q2 -->|"1,000 and more"| e3
/// "#,
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Picture {
    subject: Subject,
    most: usize,
}

enum Subject {
    Rules(Policy),
    Tree(View),
}

/// Why there is no picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PictureError {
    /// The rules share too little for one graph.
    #[error(
        "the rules share too little for one tree that could be drawn; draw the groups of the \
         policy one by one, each as a policy of its own"
    )]
    TooLarge,
}

/// So many questions of a tree are drawn, and so many rules, unless another number is said.
const MOST: (usize, usize) = (40, 200);

impl Picture {
    /// The picture of the rules as they are written.
    pub fn of_rules(policy: &Policy) -> Self {
        Self {
            subject: Subject::Rules(policy.clone()),
            most: MOST.1,
        }
    }

    /// The picture of the policy's tree. Compiles it within a fixed budget of time and memory.
    ///
    /// # Errors
    /// [`PictureError::TooLarge`] if the rules share so little that there is no graph within the
    /// budget; some thousands of rules in no order are needed for that.
    pub fn of_tree(policy: &Policy) -> Result<Self, PictureError> {
        Ok(Self {
            subject: Subject::Tree(View::of(policy).ok_or(PictureError::TooLarge)?),
            most: MOST.0,
        })
    }

    /// Draws at most so many questions of a tree, 40 unless said otherwise, or so many rules and
    /// groups, 200 unless said otherwise; at least one. How many more there are is said.
    #[must_use]
    pub fn at_most(mut self, most: usize) -> Self {
        self.most = most.max(1);
        self
    }

    /// The picture for Graphviz: `dot -Tsvg`.
    pub fn to_dot(&self) -> String {
        dot::write(&self.drawing())
    }

    /// The picture for Mermaid, which many pages of documentation draw by themselves.
    pub fn to_mermaid(&self) -> String {
        mermaid::write(&self.drawing())
    }

    fn drawing(&self) -> Drawing {
        match &self.subject {
            Subject::Rules(policy) => Drawing::of_rules(policy, self.most),
            Subject::Tree(view) => Drawing::of_tree(view, self.most),
        }
    }
}
