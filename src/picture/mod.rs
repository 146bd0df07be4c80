//! Diagrams of a policy's rules or decision tree, for Graphviz (DOT) and Mermaid.

mod dot;
mod drawing;
mod mermaid;
mod rules;
mod tree;

use thiserror::Error;

use crate::policy::Policy;
use crate::tree::View;
use drawing::Drawing;

/// A diagram of a policy: of its rules as written, or of its decision tree.
///
/// The diagram of the rules shows groups, the rules in them with their conditions, and who gets the
/// leads. Rules are numbered in their order, conditions are complete, and periods are in the policy's time
/// zone. It stays readable at a hundred rules. The diagram of the tree shows the questions, the
/// answers that lead from one to the next, and the matching rules at the ends. It grows faster than
/// the number of rules: with forty rules on six dimensions, only its beginning is readable.
///
/// Answers are labelled with the policy's own names; answers with the same result share an edge. Of
/// a large tree, the questions nearest to the root are drawn, and the diagram says how many more
/// there are. Ends are not shared between questions, so few lines cross.
///
/// The tree is compiled for the diagram: it shows the graph even if the policy's own
/// [`DecisionTree`](crate::tree::DecisionTree) uses another representation, such as bitmaps. All
/// representations decide alike.
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
#[derive(Debug, Clone)]
pub struct Picture {
    subject: Drawn,
    most: usize,
}

#[derive(Debug, Clone)]
enum Drawn {
    Rules(Policy),
    Tree(View),
}

/// Why a diagram could not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PictureError {
    /// The graph of the rules would exceed the budget of time and memory.
    #[error(
        "the rules share too little for a single tree that could be drawn; draw the groups of the \
         policy one by one, each as a policy of its own"
    )]
    TooLarge,
}

/// The default number of questions of a tree, and of rules.
const MOST: (usize, usize) = (40, 200);

impl Picture {
    /// A diagram of the rules as written.
    pub fn of_rules(policy: &Policy) -> Self {
        Self {
            subject: Drawn::Rules(policy.clone()),
            most: MOST.1,
        }
    }

    /// A diagram of the policy's decision tree. Compiles the tree, within a fixed budget of time
    /// and memory.
    ///
    /// # Errors
    /// [`PictureError::TooLarge`] if the graph would exceed the budget. That takes some thousands
    /// of rules that test different dimensions in no common order.
    pub fn of_tree(policy: &Policy) -> Result<Self, PictureError> {
        Ok(Self {
            subject: Drawn::Tree(View::of(policy).ok_or(PictureError::TooLarge)?),
            most: MOST.0,
        })
    }

    /// Limits the diagram to `most` questions of a tree (default 40), or `most` rules and groups
    /// (default 200); 0 counts as 1. The diagram says how many more there are. Of a question, it shows at
    /// most 200 answers.
    #[must_use]
    pub fn at_most(mut self, most: usize) -> Self {
        self.most = most.max(1);
        self
    }

    /// The diagram in the DOT language of Graphviz; render it with `dot -Tsvg`.
    pub fn to_dot(&self) -> String {
        dot::write(&self.drawing())
    }

    /// The diagram as a Mermaid flowchart, which many documentation sites render.
    pub fn to_mermaid(&self) -> String {
        mermaid::write(&self.drawing())
    }

    fn drawing(&self) -> Drawing {
        match &self.subject {
            Drawn::Rules(policy) => Drawing::of_rules(policy, self.most),
            Drawn::Tree(view) => Drawing::of_tree(view, self.most),
        }
    }
}
