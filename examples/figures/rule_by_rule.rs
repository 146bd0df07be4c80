//! The library's interpreter on leads with strings, the reference for all answers.

use chrono::DateTime;
use leadtree::policy::Policy;
use leadtree::tree::Interpreter;

use crate::engine::{Answers, Engine};
use crate::shapes::LeadCodes;

pub(crate) struct RuleByRule<'a> {
    interpreter: Interpreter<'a>,
    leads: &'a [LeadCodes],
}

impl<'a> RuleByRule<'a> {
    pub(crate) fn engine(policy: &'a Policy, leads: &'a [LeadCodes]) -> Box<dyn Engine + 'a> {
        Box::new(Self {
            interpreter: Interpreter::new(policy),
            leads,
        })
    }

    fn of(&self, lead: &LeadCodes) -> usize {
        self.interpreter
            .decide(&lead.lead, DateTime::UNIX_EPOCH)
            .index()
    }
}

impl Answers for RuleByRule<'_> {
    const NAME: &'static str = "interpreter";

    fn leads(&self) -> usize {
        self.leads.len()
    }

    #[inline]
    fn answer(&self, lead: usize) -> usize {
        self.of(&self.leads[lead])
    }

    fn bytes(&self) -> usize {
        0
    }
}
