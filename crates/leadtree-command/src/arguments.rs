//! The command line as a whole.

use clap::{Parser, ValueEnum};

use crate::assign::arguments::AssignArguments;
use crate::check::CheckArguments;
use crate::columns::ColumnsArguments;
use crate::completions::CompletionsArguments;
use crate::draw::DrawArguments;
use crate::examples::TestArguments;
use crate::explain::ExplainArguments;
use crate::format::FormatArguments;
use crate::import::ImportArguments;
use crate::new::NewArguments;
use crate::schema::SchemaArguments;

const EXIT_STATUS: &str = "\
Exit status, of every subcommand:
  0  all is well
  1  there is something to correct: errors in a policy, failed
     examples, a file that is not formatted, rows left out
  2  it could not run: wrong usage, or a file that cannot be read
     or written

Where a file is read or written, `-` means standard input or output.";

/// Decides who gets a sales lead, by a policy file.
#[derive(Debug, Parser)]
#[command(name = "leadtree", version, after_help = EXIT_STATUS, max_term_width = 100)]
pub(crate) struct Arguments {
    /// When to use colors; `NO_COLOR` is heeded, too
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(crate) color: Color,

    #[command(subcommand)]
    pub(crate) subcommand: Subcommand,
}

#[derive(Debug, clap::Subcommand)]
pub(crate) enum Subcommand {
    Check(CheckArguments),
    Format(FormatArguments),
    Explain(ExplainArguments),
    Test(TestArguments),
    Assign(AssignArguments),
    Columns(ColumnsArguments),
    Draw(DrawArguments),
    New(NewArguments),
    Schema(SchemaArguments),
    Import(ImportArguments),
    Completions(CompletionsArguments),
}

/// When to use colors.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// Makes it the choice of all that is printed.
    pub(crate) fn choose(self) {
        let choice = match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }
}
