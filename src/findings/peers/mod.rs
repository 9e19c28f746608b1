//! Does a row stand beside the other townships, and do they all together reach the district's targets?

mod copied;
mod outliers;
mod shortfalls;

use super::context::Context;
use super::finding::Finding;

pub(super) use copied::COPIED_TEXT;
pub(super) use outliers::OUTLIER;
pub(super) use shortfalls::TARGET_SHORTFALL;

/// Compares the townships with each other and with the district's targets.
pub(super) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    copied::check(context, findings);
    outliers::check(context, findings);
    shortfalls::check(context, findings);
}
