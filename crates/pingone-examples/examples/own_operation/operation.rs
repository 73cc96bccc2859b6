use pingone_model::{Document, Ids, Operation, OperationInfo, Path, Untyped};

// The operation begins here.
pub(crate) struct ReadPopulation {
    pub(crate) id: String,
}

impl Operation for ReadPopulation {
    const INFO: &'static OperationInfo =
        &OperationInfo::get("population.read", Path::api("/environments/{envID}/populations/{populationID}"), &[]);
    type Output = Document<Untyped>;

    fn ids(&self) -> Ids<'_> {
        Ids::of(("population_id", &*self.id))
    }
}
// The operation ends here.
