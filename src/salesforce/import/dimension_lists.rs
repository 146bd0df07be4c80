//! The taxonomies and stages that the caller supplies.

use crate::dimension::{DimensionErrors, Stages, StagesDraft, Taxonomy, TaxonomyDraft};
use crate::salesforce::error::ImportError;

/// The taxonomies and stages as written.
#[derive(Debug, Clone, Default)]
pub(super) struct DimensionListDrafts {
    pub(super) regions: Option<TaxonomyDraft>,
    pub(super) industries: Option<TaxonomyDraft>,
    pub(super) product_lines: Option<TaxonomyDraft>,
    pub(super) lifecycle_stages: Option<StagesDraft>,
    pub(super) funnel_stages: Option<StagesDraft>,
}

/// The taxonomies and stages after checking.
#[derive(Debug)]
pub(super) struct DimensionLists {
    pub(super) regions: Option<Taxonomy>,
    pub(super) industries: Option<Taxonomy>,
    pub(super) product_lines: Option<Taxonomy>,
    pub(super) lifecycle_stages: Stages,
    pub(super) funnel_stages: Stages,
}

impl DimensionListDrafts {
    pub(super) fn build(&self) -> Result<DimensionLists, ImportError> {
        fn named<T>(
            what: &'static str,
            built: Result<T, DimensionErrors>,
        ) -> Result<T, ImportError> {
            built.map_err(|errors| ImportError::Values { what, errors })
        }
        let taxonomy = |what, draft: &Option<TaxonomyDraft>| {
            draft
                .as_ref()
                .map(|draft| named(what, draft.build()))
                .transpose()
        };
        let stages = |what, draft: &Option<StagesDraft>, default: fn() -> StagesDraft| {
            named(what, draft.clone().unwrap_or_else(default).build())
        };
        Ok(DimensionLists {
            regions: taxonomy("regions", &self.regions)?,
            industries: taxonomy("industries", &self.industries)?,
            product_lines: taxonomy("product lines", &self.product_lines)?,
            lifecycle_stages: stages(
                "lifecycle stages",
                &self.lifecycle_stages,
                StagesDraft::default_lifecycle,
            )?,
            funnel_stages: stages(
                "funnel stages",
                &self.funnel_stages,
                StagesDraft::default_funnel,
            )?,
        })
    }
}
