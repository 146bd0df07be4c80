//! The values that names in conditions can refer to.

use std::borrow::Cow;

use crate::dimension::{
    Attributes, Bands, BandsDraft, DimensionErrors, Dimensions, Stages, StagesDraft, Taxonomy,
};
use crate::place::{Place, Placed};
use crate::policy::draft::PolicyDraft;
use crate::policy::errors::PolicyFault;

/// The values of each dimension; `None` where they have faults. Names in such a dimension are not
/// checked, so that one fault is not reported twice.
#[derive(Debug)]
pub(in crate::policy) struct KnownValues<'a> {
    pub(super) regions: Option<Cow<'a, Taxonomy>>,
    pub(super) industries: Option<Cow<'a, Taxonomy>>,
    pub(super) product_lines: Option<Cow<'a, Taxonomy>>,
    pub(super) customer_sizes: Option<Cow<'a, Bands>>,
    pub(super) lifecycle_stages: Option<Cow<'a, Stages>>,
    pub(super) funnel_stages: Option<Cow<'a, Stages>>,
    pub(super) attributes: Option<Cow<'a, Attributes>>,
}

impl<'a> KnownValues<'a> {
    pub(in crate::policy) fn of(dimensions: &'a Dimensions) -> Self {
        Self {
            regions: Some(Cow::Borrowed(&dimensions.regions)),
            industries: Some(Cow::Borrowed(&dimensions.industries)),
            product_lines: Some(Cow::Borrowed(&dimensions.product_lines)),
            customer_sizes: Some(Cow::Borrowed(&dimensions.customer_sizes)),
            lifecycle_stages: Some(Cow::Borrowed(&dimensions.lifecycle_stages)),
            funnel_stages: Some(Cow::Borrowed(&dimensions.funnel_stages)),
            attributes: Some(Cow::Borrowed(&dimensions.attributes)),
        }
    }
}

impl KnownValues<'static> {
    /// Builds the values of every dimension; keeps those that have no faults.
    pub(in crate::policy) fn build(
        draft: &PolicyDraft,
        faults: &mut Vec<Placed<PolicyFault>>,
    ) -> Self {
        fn keep<T: Clone>(
            faults: &mut Vec<Placed<PolicyFault>>,
            field: &str,
            built: Result<T, DimensionErrors>,
        ) -> Option<Cow<'static, T>> {
            let place = Place::whole().field(field);
            built
                .map_err(|errors| {
                    faults.extend(errors.0.into_iter().map(|fault| {
                        Placed::new(fault.place.under(&place), PolicyFault::from(fault.fault))
                    }));
                })
                .ok()
                .map(Cow::Owned)
        }

        let sizes = draft
            .customer_sizes
            .clone()
            .unwrap_or_else(BandsDraft::default_bands);
        let lifecycle = draft
            .lifecycle_stages
            .clone()
            .unwrap_or_else(StagesDraft::default_lifecycle);
        let funnel = draft
            .funnel_stages
            .clone()
            .unwrap_or_else(StagesDraft::default_funnel);
        KnownValues {
            regions: keep(faults, "regions", draft.regions.build()),
            industries: keep(faults, "industries", draft.industries.build()),
            product_lines: keep(faults, "product_lines", draft.product_lines.build()),
            customer_sizes: keep(faults, "customer_sizes", sizes.build()),
            lifecycle_stages: keep(faults, "lifecycle_stages", lifecycle.build()),
            funnel_stages: keep(faults, "funnel_stages", funnel.build()),
            attributes: keep(faults, "attributes", Attributes::build(&draft.attributes)),
        }
    }
}

impl KnownValues<'_> {
    /// All values; `None` if some dimension has faults.
    pub(in crate::policy) fn complete(self) -> Option<Dimensions> {
        Some(Dimensions {
            regions: self.regions?.into_owned(),
            industries: self.industries?.into_owned(),
            product_lines: self.product_lines?.into_owned(),
            customer_sizes: self.customer_sizes?.into_owned(),
            lifecycle_stages: self.lifecycle_stages?.into_owned(),
            funnel_stages: self.funnel_stages?.into_owned(),
            attributes: self.attributes?.into_owned(),
        })
    }
}
