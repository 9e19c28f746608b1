//! What do the parts of a word processor's document hold? For published plans, under the limits of every container.

use super::container::Container;
use super::limits::{Budget, Limits};
use super::refusal::Refusal;
use super::xml::text_of;

/// The texts of some parts of a zip container, each `None` where the container has no part of that name.
///
/// # Errors
/// A [`Refusal`] where the container is damaged or larger than the limits.
pub fn document_parts(bytes: &[u8], names: &[&str], limits: &Limits) -> Result<Vec<Option<String>>, Refusal> {
    let mut budget = Budget::new(limits);
    let mut container = Container::open(bytes, &budget)?;
    let part = |name: &&str| container.with_part(name, &mut budget, |bytes, _| Ok(text_of(bytes).into_owned()));
    names.iter().map(part).collect()
}
